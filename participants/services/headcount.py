from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext as _

from participants.models import Headcount
from regions.enums import Report
from regions.errors import Problem
from regions.models import User
from regions.month import Span
from regions.roles import Permission
from regions.services.fact import FactKind, Outcome, correct_fact, month_problem, record_facts


def record_headcounts(rows: Sequence[Headcount], *, by: User, overwrite: bool = False) -> Outcome[Headcount]:
    return record_facts(HEADCOUNT, rows, by=by, overwrite=overwrite)


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
    report=Report.HEADCOUNTS,
    stale=_stale,
    told=lambda row: {row.month: row.people},
    problems=_problems,
    label=lambda: _("jumlah orang per kategori"),
    # People of a month make contributions due, which are summed from January on.
    counts_on=True,
)
