"""Storing and correcting targets of people per category."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from participants.models import CategoryTarget
from participants.selectors.workforce import official_workers
from regions.enums import ReportKind
from regions.errors import Problem
from regions.models import User
from regions.month import Span
from regions.number import grouped
from regions.roles import Permission
from regions.services.fact import FactKind, Outcome, correct_fact, of_no_month, record_facts


def record_category_targets(
    rows: Sequence[CategoryTarget], *, by: User, overwrite: bool = False
) -> Outcome[CategoryTarget]:
    return record_facts(CATEGORY_TARGET, rows, by=by, overwrite=overwrite)


def correct_category_target(
    *, pk: int, revision: int, by: User, reason: str, new: dict[str, Any]
) -> CategoryTarget:
    return correct_fact(CATEGORY_TARGET, pk=pk, revision=revision, by=by, reason=reason, new=new)


def _stale(row: CategoryTarget) -> Span:
    """Like a target of coverage: it stands before every month up to its own year's end."""
    return date(2000, 1, 1), date(row.year, 12, 1)


def _problems(rows: Sequence[CategoryTarget]) -> Iterable[Problem]:
    workers = official_workers({(row.region_id, row.year) for row in rows})
    for index, row in enumerate(rows):
        if row.people <= 0:
            yield Problem(index, "people", _("Target harus lebih dari 0 orang."))
        eligible = workers.get((row.region_id, row.year))
        if eligible is not None and row.people > eligible:
            yield Problem(
                index,
                "people",
                _(
                    "%(people)s orang lebih dari seluruh pekerja wilayah ini (%(workers)s). "
                    "Periksa kelebihan angka nol."
                )
                % {"people": grouped(row.people), "workers": grouped(eligible)},
            )


CATEGORY_TARGET: FactKind[CategoryTarget] = FactKind(
    model=CategoryTarget,
    key=("region_id", "year", "frame", "category_id"),
    values=("people",),
    permission=Permission.ENTER_WORKFORCE,
    report=ReportKind.HEADCOUNTS,
    stale=_stale,
    told=of_no_month,
    problems=_problems,
    label=lambda: _("target kategori"),
)
