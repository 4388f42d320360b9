"""Storing and correcting coverage targets."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from participants.models import Target
from regions.enums import ReportKind
from regions.errors import Problem
from regions.models import User
from regions.month import Span
from regions.roles import Permission
from regions.services.fact import FactKind, Outcome, correct_fact, of_no_month, record_facts


def record_targets(rows: Sequence[Target], *, by: User, overwrite: bool = False) -> Outcome[Target]:
    return record_facts(TARGET, rows, by=by, overwrite=overwrite)


def correct_target(*, pk: int, revision: int, by: User, reason: str, new: dict[str, Any]) -> Target:
    return correct_fact(TARGET, pk=pk, revision=revision, by=by, reason=reason, new=new)


def _stale(row: Target) -> Span:
    """A target stands before every month up to its own year's end, since none is nearer."""
    return date(2000, 1, 1), date(row.year, 12, 1)


def _problems(rows: Sequence[Target]) -> Iterable[Problem]:
    for index, row in enumerate(rows):
        if not 0 < row.percent <= 100:
            yield Problem(index, "percent", _("Target UCJ harus di atas 0 sampai 100 persen."))


TARGET: FactKind[Target] = FactKind(
    model=Target,
    key=("region_id", "year", "frame"),
    values=("percent",),
    permission=Permission.ENTER_WORKFORCE,
    report=ReportKind.MEMBERS,
    stale=_stale,
    told=of_no_month,
    problems=_problems,
    label=lambda: _("target UCJ"),
    reaches_down=True,
)
