"""Storing and correcting active members per segment."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from participants.models import MembershipCount
from participants.month_entry_key import MonthEntryKey
from participants.selectors.workforce import official_workers
from participants.services.month_entry.empty_cell import drop_reasons
from regions.enums import ReportKind
from regions.errors import Problem
from regions.models import User
from regions.month import Span
from regions.number import grouped
from regions.roles import Permission
from regions.services.fact import FactKind, Outcome, correct_fact, month_problem, record_facts

# Commuters may push coverage above 100 %, but three times the workers of a place is a slip of the hand.
IMPLAUSIBLE_RATIO = 3


@transaction.atomic
def record_membership_counts(
    rows: Sequence[MembershipCount], *, by: User, overwrite: bool = False
) -> Outcome[MembershipCount]:
    """Store active members; where a number arrives, nothing is empty on purpose any more."""
    outcome = record_facts(MEMBERSHIP_COUNT, rows, by=by, overwrite=overwrite)
    places = ((row.region_id, row.month, MonthEntryKey.members(row.segment)) for row in outcome.rows)
    drop_reasons(places, by=by)
    return outcome


def correct_membership_count(
    *, pk: int, revision: int, by: User, reason: str, new: dict[str, Any]
) -> MembershipCount:
    return correct_fact(MEMBERSHIP_COUNT, pk=pk, revision=revision, by=by, reason=reason, new=new)


def _stale(row: MembershipCount) -> Span:
    return row.month, row.month


def _problems(rows: Sequence[MembershipCount]) -> Iterable[Problem]:
    workers = official_workers({(row.region_id, row.month.year) for row in rows})
    for index, row in enumerate(rows):
        yield from month_problem(index, row.month)
        if row.members < 0:
            yield Problem(
                index,
                "members",
                _("Jumlah peserta tidak boleh negatif. Isi 0 bila memang tidak ada."),
            )
        eligible = workers.get((row.region_id, row.month.year))
        if eligible is not None and row.members > IMPLAUSIBLE_RATIO * eligible:
            yield Problem(
                index,
                "members",
                _(
                    "%(members)s lebih dari tiga kali jumlah pekerja wilayah ini (%(workers)s). "
                    "Periksa kelebihan angka, atau perbaiki dahulu jumlah pekerjanya."
                )
                % {"members": grouped(row.members), "workers": grouped(eligible)},
            )


MEMBERSHIP_COUNT: FactKind[MembershipCount] = FactKind(
    model=MembershipCount,
    key=("month", "region_id", "segment"),
    values=("members",),
    permission=Permission.ENTER_MEMBERSHIP,
    report=ReportKind.MEMBERS,
    stale=_stale,
    told=lambda row: {row.month: row.members},
    problems=_problems,
    label=lambda: _("jumlah peserta aktif"),
)
