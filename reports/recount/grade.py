"""How whole the figures of a region are, by the regencies that are in what they rest on."""

from fractions import Fraction

from reports.recount.counted import CountedMonth

_RESTS_ON = {
    **dict.fromkeys(("COV-01", "COV-03", "COV-04"), ("coverage",)),
    **dict.fromkeys(("CAT-01", "CAT-02", "CAT-07", "BUD-07", "CON-05"), ("funded",)),
    **dict.fromkeys(
        ("CAT-03", "CAT-05", "CAT-06", *(f"CAT-{number:02}" for number in range(8, 13))), ("named",)
    ),
    "CAT-04": ("funded", "named"),
    **dict.fromkeys(("BUD-01", "BUD-04"), ("allocated",)),
    **dict.fromkeys(("BUD-02", "BUD-05"), ("realised",)),
    **dict.fromkeys(("BUD-03", "BUD-08"), ("allocated", "realised")),
    "BUD-06": ("allocated", "funded"),
    **dict.fromkeys(("BUD-11", "BUD-12"), ("bills",)),
    **dict.fromkeys(("BUD-09", "BUD-10"), ("realised", "coverage")),
    **dict.fromkeys(("CON-01", "CON-02", "CON-03", "CON-04"), ("due",)),
    **dict.fromkeys(("BAL-01", "BAL-06"), ("contributions",)),
    **dict.fromkeys(("BAL-02", "BAL-07", "CLM-01", "CLM-02", "CLM-03", "CLM-04"), ("claims",)),
    **dict.fromkeys(("BAL-03", "BAL-04", "BAL-05", "BAL-08"), ("contributions", "claims")),
    **dict.fromkeys(("EMP-01", "EMP-02", "EMP-03", "EMP-04", "EMP-05"), ("employers",)),
    **dict.fromkeys(("JAK-01", "JAK-02", "JAK-03"), ("projects",)),
    "CMP-01": ("reports",),
    "COV-02": (),
}


def grades_of(counted: CountedMonth, code: str) -> dict[tuple[str, str], str]:
    """By the code of the measure and the segment."""
    shares = {
        "coverage": _part(*counted.covers.cover_share[code]),
        "reports": _part(*counted.reports[code]),
    }
    names = {name for told in _RESTS_ON.values() for name in told} - set(shares)
    shares |= {name: _share(counted, code, name) for name in names}
    grades = {
        (measure, ""): _letter(min((shares[name] for name in told), default=Fraction(1)))
        for measure, told in _RESTS_ON.items()
    }
    for cell in counted.final.of(code, "members"):
        grades["COV-02", cell.a] = _letter(_share(counted, code, "members", cell.a))
    return grades


def _share(counted: CountedMonth, code: str, name: str, segment: str = "") -> Fraction:
    told, of = _told(counted, code, name, segment), counted.tree.regencies(code)
    return _part(of if told is None else told, of)


def _told(counted: CountedMonth, code: str, name: str, segment: str) -> int | None:
    """Regencies that are in a quantity; None where the region has none of it."""
    cells = [cell for cell in counted.final.of(code, name) if not segment or cell.a == segment]
    if not cells:
        return None
    if all(cell.told[0] is None for cell in cells):
        return counted.tree.regencies(code)
    return sum(_told(counted, child, name, segment) or 0 for child in counted.tree.below(code))


def _part(told: int, of: int) -> Fraction:
    return Fraction(told, of) if of else Fraction(1)


def _letter(part: Fraction) -> str:
    if part >= 1:
        return "A"
    if part >= Fraction(9, 10):
        return "B"
    return "C" if part >= Fraction(1, 2) else "D"
