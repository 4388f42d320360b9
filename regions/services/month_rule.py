"""Laying down when the months of a region are due and lock, and which steps they take."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from regions.access import require
from regions.enums import Level, Verb
from regions.errors import MonthRefused
from regions.models import MonthRule, User
from regions.models.region import level_of
from regions.month import first_of
from regions.month_steps import BETWEEN, CLOSE, SUBMIT
from regions.month_way import TAKERS, MonthWay, way_from
from regions.personal_numbers import masked_numbers
from regions.roles import Permission
from regions.services.act import record_act
from regions.services.month_lock import take_region_lock

_VALUES = ("due_days", "lock_days", "return_days", "separate_closer", "steps", "legal_source")


@transaction.atomic
def lay_down_rule(rule: MonthRule, *, by: User) -> MonthRule:
    """Store the rule, in place of one of the same region and month. What was handed in keeps its steps.

    Raises OutsideScope, NotPermitted or MonthRefused.
    """
    require(by, Permission.MANAGE_REFERENCE, rule.region_id)
    _check(rule)
    take_region_lock(rule.region_id)
    at = {"region_id": rule.region_id, "first_month": rule.first_month}
    stored = MonthRule.objects.select_for_update(of=("self",)).filter(**at).first()
    before = {name: _told(stored, name) for name in _VALUES}
    kept = stored or MonthRule(**at)
    for name in _VALUES:
        setattr(kept, name, getattr(rule, name))
    kept.legal_source = masked_numbers(kept.legal_source.strip())[:250]
    kept.save()
    moved = {name: [before[name], _told(kept, name)] for name in _VALUES if before[name] != _told(kept, name)}
    if moved:
        record_act(
            by=by,
            verb=Verb.CORRECTED if stored else Verb.RECORDED,
            subject=f"{MonthRule._meta.verbose_name} {kept.region_id} {kept.first_month:%Y-%m}",
            region_code=kept.region_id,
            detail={"changed": moved},
        )
    return kept


def _told(rule: MonthRule | None, name: str) -> Any:
    """For the ledger: steps in words."""
    if rule is None:
        return ""
    value = getattr(rule, name)
    return way_from(value).words if name == "steps" else "" if value is None else value


def _check(rule: MonthRule) -> None:
    if level_of(rule.region_id) > Level.REGENCY:
        raise MonthRefused(_("Bulan laporan hanya ada pada tingkat kabupaten, kota, provinsi, dan nasional."))
    if rule.first_month != first_of(rule.first_month):
        raise MonthRefused(_("Aturan berlaku sejak awal sebuah bulan."))
    if rule.lock_days is not None and rule.lock_days < rule.due_days:
        raise MonthRefused(_("Bulan tidak dapat terkunci sebelum jatuh tempo. Naikkan hari terkuncinya."))
    if rule.steps and not _is_way(way_from(rule.steps)):
        raise MonthRefused(
            _("Langkah dimulai dengan “Ajukan” dan berakhir dengan “Tutup”; setiap pemeriksaan sekali saja.")
        )


def _is_way(way: MonthWay) -> bool:
    first, *between, last = [one.step for one in way.further] if len(way.further) > 1 else [None, None]
    known = all(one.taker in TAKERS for one in way.further)
    return (
        known
        and (first, last) == (SUBMIT, CLOSE)
        and set(between) <= set(BETWEEN)
        and len(between) == len(set(between))
    )
