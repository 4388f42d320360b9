"""Every measure, found in the modules beside this one; the page of definitions is rendered from here.

A measure is declared in the `DECLARED` of one module of this folder, beside what it computes.
"""

import pkgutil
from collections.abc import Iterable
from importlib import import_module

from reports import measures
from reports.measures.codes import MeasureCode
from reports.measures.measure import BoardLine, Measure, MeasureSection, PackTable, TableColumn
from reports.measures.quantities import Quantities
from reports.measures.shares import grade_of, of_segment

# Raised by hand whenever a measure or the gathering of its quantities computes something else.
_COMPUTATION = "2026.11.12"


def found_in(folders: Iterable[str], package: str) -> dict[str, Measure]:
    """What the modules of the folders declare, by code: sections in their order, then codes."""
    names = sorted(module.name for module in pkgutil.iter_modules(list(folders)))
    # This module is among them; it declares nothing and is not imported once more.
    modules = [import_module(f"{package}.{name}") for name in names if name != "catalogue"]
    declared = [measure for module in modules for measure in getattr(module, "DECLARED", ())]
    order = list(MeasureSection)
    ordered = sorted(declared, key=lambda measure: (order.index(measure.section), measure.code))
    if len({measure.code for measure in ordered}) < len(ordered):
        raise ValueError("two measures have one code")
    return {measure.code: measure for measure in ordered}


MEASURES: dict[str, Measure] = found_in(measures.__path__, measures.__name__)
# With how many measures there are: so a new one is computed for the months that are known already.
COMPUTATION_VERSION = f"{_COMPUTATION}.{len(MEASURES)}"


def grades_of(quantities: Quantities) -> dict[tuple[str, str], str]:
    """By the code of the measure and the segment, empty where there is none: how whole the figures are."""
    grades = {
        (code, ""): grade_of([quantities.share(name) for name in measure.rests_on]).value
        for code, measure in MEASURES.items()
    }
    for segment in quantities.members:
        grade = grade_of([quantities.share(of_segment(segment))]).value
        grades[MeasureCode.SEGMENT_COVERAGE, segment] = grade
    return grades


def lines_of(section: MeasureSection) -> list[Measure]:
    """Measures that a section of the board shows as lines."""
    return [one for one in MEASURES.values() if one.section == section and isinstance(one.shown, BoardLine)]


def columns_of(section: MeasureSection) -> list[Measure]:
    """Measures that a section of the board shows as columns of its table, from left to right."""
    placed = [
        (one.shown.place, one)
        for one in MEASURES.values()
        if one.section == section and isinstance(one.shown, TableColumn)
    ]
    return [one for _place, one in sorted(placed, key=lambda pair: (pair[0], pair[1].code))]


def measures_in_pack(table: PackTable | None = None) -> list[Measure]:
    """Measures that a pack tells of, of one table or of all."""
    used = [one for one in MEASURES.values() if one.pack_table is not None]
    return [one for one in used if table is None or one.pack_table == table]
