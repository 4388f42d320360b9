"""The rules by which the state of a duty follows from data: pure, one for each name, with its sentence."""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from regions.addresses import address
from regions.duty import DutyRule, DutyState
from regions.formats import day_name, month_name, rupiah
from regions.models import Duty, Region
from regions.regulation import RegulationStanding
from reports.selectors.regulations.duty_facts import DutyFacts


@dataclass(frozen=True)
class DutyVerdict:
    """What the data say: the state, why, and where the rows stand."""

    state: DutyState
    why: str
    url: str


def verdict_of(duty: Duty, region: Region, facts: DutyFacts, category: str) -> DutyVerdict:
    """`category`: what the category of the rule is called."""
    return _RULES[DutyRule(duty.rule)](duty, region, facts, category)


def _budgeted(duty: Duty, region: Region, facts: DutyFacts, category: str) -> DutyVerdict:
    at, year = (region.pk, duty.argument), facts.today.year
    url = address("allocation_list", region=region.pk, month=f"{year}-12")
    amount, paid = facts.budgeted.get(at), facts.paid.get(at)
    told = {"category": category, "year": year, "rupiah": rupiah(amount or 0)}
    if amount is None:
        why = _("Belum ada baris anggaran %(year)s untuk %(category)s.") % told
        return DutyVerdict(DutyState.OPEN, why, url)
    if paid is None:
        why = _("%(category)s dianggarkan %(rupiah)s pada %(year)s, tetapi belum ada bulan yang dibayar.")
        return DutyVerdict(DutyState.PARTLY, why % told, url)
    told |= {"first": month_name(paid.first), "last": month_name(paid.last)}
    why = _(
        "%(category)s dianggarkan %(rupiah)s pada %(year)s dan iurannya sudah dibayar untuk bulan "
        "%(first)s sampai %(last)s."
    )
    return DutyVerdict(DutyState.DONE, why % told, url)


def _enrolled(duty: Duty, region: Region, facts: DutyFacts, category: str) -> DutyVerdict:
    month = facts.enrolled.get((region.pk, duty.argument))
    if month is None:
        why = _("Laporan tiga bulan terakhir tidak memuat %(category)s yang iurannya ditanggung.")
        url = reverse("category_need", args=[region.pk])
        return DutyVerdict(DutyState.OPEN, why % {"category": category}, url)
    why = _("Laporan %(month)s memuat %(category)s yang iurannya ditanggung.")
    url = address("region_tab", region.pk, "kategori", month=month)
    return DutyVerdict(DutyState.DONE, why % {"category": category, "month": month_name(month)}, url)


def _regulated(duty: Duty, region: Region, facts: DutyFacts, _category: str) -> DutyVerdict:
    rules = facts.rules.get((duty.regulation_id, region.pk), [])
    found = {standing: rule for rule, standing in rules}
    in_force = found.get(RegulationStanding.IN_FORCE)
    coming = found.get(RegulationStanding.SET) or found.get(RegulationStanding.DRAFT)
    told = {"instruction": str(duty.regulation)}
    if in_force is not None:
        why = _("%(rule)s melaksanakan %(instruction)s dan berlaku.") % {**told, "rule": in_force}
        return DutyVerdict(DutyState.DONE, why, reverse("regulation_detail", args=[in_force.pk]))
    if coming is not None:
        why = _("%(rule)s melaksanakan %(instruction)s, tetapi belum berlaku.") % {**told, "rule": coming}
        return DutyVerdict(DutyState.PARTLY, why, reverse("regulation_detail", args=[coming.pk]))
    why = _("Belum ada regulasi daerah dalam register yang melaksanakan %(instruction)s.") % told
    return DutyVerdict(DutyState.OPEN, why, address("regulation_list", region=region.pk))


def _reported(_duty: Duty, region: Region, facts: DutyFacts, _category: str) -> DutyVerdict:
    months, closed = facts.quarter.months, facts.closed.get(region.pk, set())
    url = address("month_matrix", region=region.pk)
    told = {"quarter": facts.quarter.label, "count": len(closed), "due": day_name(facts.quarter.due)}
    if len(closed) == len(months):
        return DutyVerdict(DutyState.DONE, _("Semua bulan %(quarter)s sudah ditutup.") % told, url)
    if closed:
        why = _("%(count)s dari 3 bulan %(quarter)s sudah ditutup; laporannya ditunggu %(due)s.")
        return DutyVerdict(DutyState.PARTLY, why % told, url)
    why = _("Belum ada bulan %(quarter)s yang ditutup; laporannya ditunggu %(due)s.")
    return DutyVerdict(DutyState.OPEN, why % told, url)


_RULES: dict[DutyRule, Callable[[Duty, Region, DutyFacts, str], DutyVerdict]] = {
    DutyRule.BUDGETED: _budgeted,
    DutyRule.ENROLLED: _enrolled,
    DutyRule.REGULATED: _regulated,
    DutyRule.REPORTED: _reported,
}
