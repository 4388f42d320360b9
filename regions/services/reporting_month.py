"""The steps of a reporting month, each by somebody other than who made what is checked."""

from datetime import date, timedelta

from django.db import transaction
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _

from regions.access import require
from regions.enums import Happened, Level, MonthState, Verb
from regions.errors import MonthRefused
from regions.models import MonthRule, MonthStep, ReportingMonth, User
from regions.models.region import level_of
from regions.month import first_of, iso_month
from regions.month_steps import CHECKS, SIGNED, Transition
from regions.month_way import DRAFTS, hindrance, way_from, way_of
from regions.personal_numbers import masked_numbers
from regions.roles import Permission
from regions.selectors.fact_change import changers_of
from regions.selectors.month_way import require_step
from regions.selectors.reporting_month import Rules
from regions.services.act import record_act
from regions.services.change import record_changes
from regions.services.month_lock import take_region_lock
from regions.services.outbox import announce


@transaction.atomic
def move_month(
    transition: Transition, *, region_code: str, month: date, by: User, reason: str = ""
) -> ReportingMonth:
    """Take one step. Sent twice by the same person it is one step.

    Raises OutsideScope, NotPermitted or MonthRefused.
    """
    require(by, Permission.VIEW_COVERAGE, region_code)
    if by.is_program:
        raise MonthRefused(_("Langkah bulan laporan diambil oleh orang, bukan oleh program."))
    _check_place(region_code, month)
    take_region_lock(region_code)
    row = locked_row(region_code, month)
    rule = Rules.of([region_code]).at(region_code, month)
    require_step(by, transition, region_code, way_of(row, rule))
    if row.state == transition.target and row.changed_by_id == by.pk:
        return row
    at = (region_code, month)
    changers = changers_of([region_code], [month]).get(at, ()) if transition in CHECKS else ()
    if hindered := hindrance(transition, row, rule, by.pk, changers):
        raise MonthRefused(hindered)
    if transition.needs_reason and not reason.strip():
        raise MonthRefused(_("Tulis alasannya, agar yang memperbaiki tahu apa yang salah."))
    return step(row, transition.verb, transition.target, by=by, reason=reason.strip())


def locked_row(region_code: str, month: date) -> ReportingMonth:
    """The row for update; made as a draft where there is none."""
    rows = ReportingMonth.objects.select_for_update(of=("self",)).select_related("changed_by")
    row, _made = rows.get_or_create(region_id=region_code, month=month, defaults={"changed_at": now()})
    return row


def step(
    row: ReportingMonth, verb: Verb, target: MonthState, *, by: User | None, reason: str = ""
) -> ReportingMonth:
    """Write a step that is known to be allowed: the row, its timeline and the ledger."""
    source = MonthState(row.state)
    row.state, row.changed_by, row.changed_at, row.reason = target, by, now(), masked_numbers(reason)[:500]
    _sign(row, target, by)
    if target == MonthState.CLOSED:
        row.closing += 1
    row.save()
    MonthStep.objects.create(
        region_id=row.region_id,
        month=row.month,
        at=row.changed_at,
        by=by,
        verb=verb,
        from_state=source,
        to_state=target,
        reason=row.reason,
        closing=row.closing,
    )
    if MonthState.CLOSED in {source, target}:
        # The recomputation takes note: what it counts is fixed now, or no longer.
        record_changes([(row.region_id, (row.month, row.month))], report=None)
    if target == MonthState.CLOSED:
        told = {"month": iso_month(row.month), "closing": row.closing}
        announce(Happened.MONTH_CLOSED, region_code=row.region_id, data=told)
    record_act(
        by=by,
        verb=verb,
        subject=_("bulan laporan %s") % iso_month(row.month),
        region_code=row.region_id,
        detail={
            "changed": {"keadaan": [str(source.label), str(target.label)]},
            "reason": row.reason,
            "closing": row.closing or "",
        },
        actor_name="" if by else "sistem",
        months=[row.month],
    )
    return row


def _sign(row: ReportingMonth, target: MonthState, by: User | None) -> None:
    if target in DRAFTS:
        for signed in SIGNED:
            setattr(row, signed.signer, None)
    for signed in SIGNED:
        if signed.target == target:
            setattr(row, signed.signer, by)
    if target == MonthState.RETURNED:
        row.steps = []
        row.open_until = localdate() + timedelta(days=_rule(row).return_days)
    elif target == MonthState.REOPENED:
        row.steps = []
    elif target == MonthState.SUBMITTED:
        row.open_until, row.steps = None, way_from(_rule(row).steps).stored
    elif target == MonthState.CLOSED:
        row.open_for = []


def _rule(row: ReportingMonth) -> MonthRule:
    return Rules.of([row.region_id]).at(row.region_id, row.month)


def _check_place(region_code: str, month: date) -> None:
    if level_of(region_code) > Level.REGENCY:
        raise MonthRefused(_("Bulan laporan hanya ada pada tingkat kabupaten, kota, provinsi, dan nasional."))
    if month != first_of(month) or month > localdate():
        raise MonthRefused(_("Bulan ini belum tiba. Pilih bulan yang sudah berjalan atau sudah lewat."))
