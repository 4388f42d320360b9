"""Commitments as rows of a pack: what was promised, by whom, by when, and what became of it by its end."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.utils.translation import gettext as _

from regions.formats import day_name, month_name
from regions.meeting import CommitmentState
from regions.models import Commitment


def follow_up_lines(
    rows: Iterable[Commitment], below: Sequence[Commitment], first: date, last: date
) -> tuple[str, ...]:
    """Of a period from the first of a month to the last day of another; cells parted by a vertical bar.

    Those of regions below begin with the name of the region.
    """
    own = [_cells(row, first, last) for row in rows]
    others = [_cells(row, first, last) for row in below]
    names = [row.region.full_label for row in below]
    told = [[f"{name}: {cells[0]}", *cells[1:]] for name, cells in zip(names, others, strict=True)]
    return tuple(" | ".join(map(_cell, cells)) for cells in (*own, *told))


def _cells(row: Commitment, first: date, last: date) -> list[str]:
    problem = row.problem
    if row.month < first:
        problem = _("%(problem)s (dibawa dari %(month)s)") % {
            "problem": problem,
            "month": month_name(row.month),
        }
    due = day_name(row.due_on) if row.due_on else _("tanpa tenggat")
    return [problem, row.promise, row.owner, due, became(row, last)]


def became(row: Commitment, last: date) -> str:
    """What had become of it by that day: what was settled afterwards was open then."""
    if row.settled_on and row.settled_on <= last:
        told = {"day": day_name(row.settled_on), "outcome": row.outcome}
        if row.state == CommitmentState.WITHDRAWN:
            return _("Dibatalkan %(day)s: %(outcome)s") % told
        return _("Selesai %(day)s: %(outcome)s") % told
    days = (last - row.due_on).days if row.due_on else 0
    if days > 0:
        return _("Belum selesai, terlambat %(days)s hari") % {"days": days}
    return _("Belum selesai")


def _cell(text: str) -> str:
    return " ".join(text.replace("|", "/").split())
