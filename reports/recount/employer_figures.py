"""How far employers are registered, and what they owe."""

from reports.recount.lines import Lines

# Code → numerator, denominator.
_FIGURES = {
    "EMP-01": ("registered", "known"),
    "EMP-02": ("partly", "registered"),
    "EMP-03": ("insured", "workers"),
    "EMP-04": ("arrears", ""),
    "EMP-05": ("in_arrears", "answered"),
}


def employer_figures(lines: Lines) -> None:
    told = {cell.a: cell for cell in lines.of("employers")}
    for code, (part, whole) in _FIGURES.items():
        if part in told and (not whole or whole in told):
            lines.add(code, told[part].value, told[whole].value if whole else None, told[part].told)
