"""How many construction projects are registered, by number and by value."""

from reports.recount.lines import Lines

# Code → numerator, denominator.
_FIGURES = {
    "JAK-01": ("registered", "known"),
    "JAK-02": ("insured_value", "value"),
    "JAK-03": ("beside_registered", "beside"),
}


def project_figures(lines: Lines) -> None:
    told = {cell.a: cell for cell in lines.of("projects")}
    for code, (part, whole) in _FIGURES.items():
        if part in told and whole in told:
            lines.add(code, told[part].value, told[whole].value, told[part].told)
