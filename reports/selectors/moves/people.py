"""By what the number of people paid for changed between two months.

Cell by cell of category and source of funds. A cell counted by name in both months is told person by person;
one counted by a report is told by what was reported; one that changed from one to the other by itself.
"""

from collections.abc import Iterator, Mapping

from django.utils.translation import gettext as _

from reports.measures.codes import MeasureCode
from reports.measures.quantities import Quantities
from reports.selectors.moves.coverage import CAUSE_WORDS
from reports.selectors.moves.persons import Cell, MoveCause, TwoMonths, causes_of
from reports.selectors.moves.step import Move, MoveStep, counted
from reports.selectors.moves.stored import RegionMoved


def people_move(place: RegionMoved, words: Mapping[str, str]) -> Move:
    """`words` are what categories and sources of funds are called."""
    before, after = place.of(place.code)
    if not before.funded or not after.funded:
        return Move(MeasureCode.FUNDED, None, None, why_not=_("salah satu bulan tanpa laporan orang"))
    if place.persons is not None:
        steps = list(_steps_of_own(before, after, place.persons, words))
    else:
        steps = list(_steps_of_sum(place))
    return counted(MeasureCode.FUNDED, _total(before), steps)


def _total(quantities: Quantities) -> int:
    return sum(amount.value for amount in quantities.funded.values())


def _steps_of_own(
    before: Quantities, after: Quantities, persons: TwoMonths, words: Mapping[str, str]
) -> Iterator[MoveStep]:
    reported = before.headcounts.keys() | after.headcounts.keys()
    by_name = (before.funded.keys() | after.funded.keys()) - reported
    causes = causes_of(persons.of(by_name))
    for cause in MoveCause:
        yield MoveStep(cause, CAUSE_WORDS[cause], causes[cause])
    for cell in sorted(reported):
        yield _step_of_cell(cell, before, after, words)


def _step_of_cell(cell: Cell, before: Quantities, after: Quantities, words: Mapping[str, str]) -> MoveStep:
    told = {"cell": f"{words.get(cell[0], cell[0])} · {words.get(cell[1], cell[1])}"}
    was, now = (one.funded[cell].value if cell in one.funded else 0 for one in (before, after))
    if cell in before.headcounts and cell in after.headcounts:
        return MoveStep("reported", _("Perubahan laporan %(cell)s") % told, now - was, short=told["cell"])
    if cell not in before.funded:
        return MoveStep("came", _("%(cell)s mulai dilaporkan") % told, now, short=told["cell"])
    if cell not in after.funded:
        return MoveStep(
            "left", _("%(cell)s belum dilaporkan untuk bulan ini") % told, -was, short=told["cell"]
        )
    label = _("%(cell)s: berganti antara laporan dan daftar nama") % told
    return MoveStep("basis", label, now - was, short=told["cell"])


def _steps_of_sum(place: RegionMoved) -> Iterator[MoveStep]:
    """Each region below, and what the region itself said of cells of its own."""
    before, after = place.of(place.code)
    rest = _total(after) - _total(before)
    for child, name in place.names.items():
        was, now = place.of(child)
        if not was.funded and not now.funded:
            continue
        kind, label = "members", name
        if not was.funded:
            kind, label = "came", _("%(region)s baru ikut") % {"region": name}
        elif not now.funded:
            kind, label = "left", _("%(region)s belum melapor") % {"region": name}
        moved = _total(now) - _total(was)
        rest -= moved
        yield MoveStep(kind, label, moved, 0, child)
    if rest:
        yield MoveStep("own", _("Yang dilaporkan wilayah ini sendiri"), rest)
