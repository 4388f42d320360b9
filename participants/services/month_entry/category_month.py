"""What is done to a whole category at once: a month like the one before, or the end of all."""

from dataclasses import dataclass
from datetime import date

import pghistory
from django.db import transaction
from django.db.models import F
from django.utils.formats import date_format
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _

from participants.enums import EnrolmentState, Occurrence
from participants.models import Enrolment, Headcount
from participants.selectors.persons.month import headcount_to_repeat, list_ending, list_repeatable
from participants.services.headcount import record_headcounts
from regions.access import require
from regions.enums import Origin, ReportKind, Verb
from regions.errors import FactRefused, Problem
from regions.models import User
from regions.month import add_months, first_of, next_month
from regions.month_rules import EARLIEST, month_problem
from regions.roles import Permission
from regions.services.act import record_act
from regions.services.change import record_changes


@dataclass(frozen=True)
class Repeated:
    extended: int
    headcount: Headcount | None


@dataclass(frozen=True)
class Ended:
    ended: int
    rejected: int


@transaction.atomic
def repeat_month(*, by: User, region_code: str, category: str, funding: str, month: date) -> Repeated:
    """Give the month the persons, and the number without names, of the month before.

    Safe to do twice. Raises FactRefused for a month that has not begun.
    """
    require(by, Permission.ENTER_PERSONS, region_code)
    problems = list(month_problem(0, month))
    if problems:
        raise FactRefused(problems)
    spells = list_repeatable(region_code, category, funding, month).select_related(None)
    wanted = list(spells.select_for_update(of=("self",)).values_list("pk", flat=True))
    with pghistory.context(user=by.pk, reason=_same_as(month)):
        extended = Enrolment.objects.filter(pk__in=wanted).update(
            last_month=month, revision=F("revision") + 1, changed_at=now()
        )
    headcount = _repeat_headcount(by, region_code, category, funding, month)
    if extended:
        record_changes([(region_code, (month, month))], report=ReportKind.PERSONS)
    if extended or headcount:
        record_act(
            by=by,
            verb=Verb.ENROLLED,
            subject=str(Enrolment._meta.verbose_name_plural),
            region_code=region_code,
            detail={
                **{"category": category, "funding": funding},
                **{"reason": _same_as(month), "people_extended": extended},
            },
            months=[month],
        )
    return Repeated(extended, headcount)


@transaction.atomic
def end_category(
    *,
    by: User,
    region_code: str,
    category: str,
    funding: str,
    on_date: date,
    cause: Occurrence,
    reason: str,
) -> Ended:
    """End all running spells with the month of the day; those that would start later are rejected."""
    require(by, Permission.ENTER_PERSONS, region_code)
    _check_ending(on_date, reason)
    month = first_of(on_date)
    ending = list_ending(region_code, category, funding, month)
    again = {"revision": F("revision") + 1, "changed_at": now(), "reason": reason}
    later = list(ending.later.select_related(None).select_for_update().values_list("pk", flat=True))
    running = list(ending.running.select_related(None).select_for_update().values_list("pk", flat=True))
    with pghistory.context(user=by.pk, reason=reason):
        ended = Enrolment.objects.filter(pk__in=running).update(
            state=EnrolmentState.ENDED, ended_by=cause, last_month=month, **again
        )
        rejected = Enrolment.objects.filter(pk__in=later).update(
            state=EnrolmentState.REJECTED, ended_by="", **again
        )
    if ended or rejected:
        record_changes([(region_code, (next_month(month), None))], report=ReportKind.PERSONS)
        record_act(
            by=by,
            verb=Verb.ENDED,
            subject=str(Enrolment._meta.verbose_name_plural),
            region_code=region_code,
            detail={
                **{"category": category, "funding": funding, "reason": reason},
                **{"cause": str(Occurrence(cause).label), "ended": ended, "rejected": rejected},
            },
            months=[month],
        )
    return Ended(ended, rejected)


def _repeat_headcount(
    by: User, region_code: str, category: str, funding: str, month: date
) -> Headcount | None:
    before = headcount_to_repeat(region_code, category, funding, month)
    if before is None:
        return None
    row = Headcount(
        region_id=region_code,
        category_id=category,
        funding_id=funding,
        month=month,
        people=before.people,
        note=before.note,
        source=_same_as(month),
        as_of=localdate(),
        origin=Origin.FORM,
    )
    return record_headcounts([row], by=by).rows[0]


def _same_as(month: date) -> str:
    return _("sama dengan bulan %(month)s") % {"month": date_format(add_months(month, -1), "F Y")}


def _check_ending(on_date: date, reason: str) -> None:
    problems = []
    if on_date < EARLIEST:
        problems.append(
            Problem(
                0, "on_date", _("Terlalu lama: BPJS Ketenagakerjaan mulai Januari 2014. Periksa tahunnya.")
            )
        )
    if not reason.strip():
        problems.append(Problem(0, "reason", _("Tulis alasannya, misalnya nomor SK pemberhentian.")))
    if problems:
        raise FactRefused(problems)
