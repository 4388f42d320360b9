"""Storing and correcting people per category without names."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from participants.models import Headcount
from participants.month_entry_key import MonthEntryKey
from participants.services.month_entry.empty_cell import drop_reasons
from regions.enums import ReportKind
from regions.errors import Problem
from regions.models import User
from regions.month import Span
from regions.roles import Permission
from regions.services.fact import FactKind, Outcome, correct_fact, month_problem, record_facts


@transaction.atomic
def record_headcounts(rows: Sequence[Headcount], *, by: User, overwrite: bool = False) -> Outcome[Headcount]:
    """Store numbers without names; where one arrives, nothing is empty on purpose any more."""
    outcome = record_facts(HEADCOUNT, rows, by=by, overwrite=overwrite)
    places = (
        (row.region_id, row.month, MonthEntryKey.headcount(row.category_id, row.funding_id))
        for row in outcome.rows
    )
    drop_reasons(places, by=by)
    return outcome


def correct_headcount(*, pk: int, revision: int, by: User, reason: str, new: dict[str, Any]) -> Headcount:
    return correct_fact(HEADCOUNT, pk=pk, revision=revision, by=by, reason=reason, new=new)


def _stale(row: Headcount) -> Span:
    return row.month, row.month


def _problems(rows: Sequence[Headcount]) -> Iterable[Problem]:
    for index, row in enumerate(rows):
        yield from month_problem(index, row.month)
        if row.people < 0:
            yield Problem(
                index, "people", _("Jumlah orang tidak boleh negatif. Isi 0 bila memang tidak ada.")
            )


HEADCOUNT: FactKind[Headcount] = FactKind(
    model=Headcount,
    key=("month", "region_id", "category_id", "funding_id"),
    values=("people",),
    permission=Permission.ENTER_HEADCOUNT,
    report=ReportKind.HEADCOUNTS,
    stale=_stale,
    told=lambda row: {row.month: row.people},
    problems=_problems,
    label=lambda: _("jumlah orang per kategori"),
    # People of a month make contributions due, which are summed from January on.
    counts_on=True,
)
