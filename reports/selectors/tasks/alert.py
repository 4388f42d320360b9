"""What crosses a threshold in a person's regions: counted from current figures, never stored."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Count
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _

from participants.enums import CandidateState
from participants.models import DuplicateCandidate
from participants.selectors.persons.look_up import count_refused
from regions.access import scope_of, visible_regions, within
from regions.addresses import address
from regions.enums import Level
from regions.formats import moment, month_name
from regions.models import Commitment, LedgerCheck, Region, User
from regions.month import add_months, first_of, iso_month
from regions.number import decimal, grouped
from regions.roles import Permission, Role
from regions.selectors.ledger_check import last_check
from regions.selectors.meeting import overdue
from reports.enums import AlertKind
from reports.measures.codes import MeasureCode
from reports.models import AlertRule, MeasureValue, Run
from reports.selectors.recount_finding import list_different
from reports.selectors.standing import standing
from reports.selectors.tasks.arrears import overdue_months
from reports.selectors.tasks.ending import list_ending
from reports.selectors.tasks.pledge import list_pledges_due

_MOST = 100
# A check of every night that is older than this did not run.
_CHECKED_WITHIN = timedelta(hours=36)
_ATTACKS = frozenset({AlertKind.LEDGER, AlertKind.LOOK_UPS})
_LEDGER_KEEPERS = frozenset({Role.ADMINISTRATOR, Role.AUDITOR})


@dataclass(frozen=True)
class Alert:
    kind: AlertKind
    region: Region
    sentence: str
    url: str


def list_alerts(user: User) -> list[Alert]:
    """In the regencies whose coverage the user sees, by region; at most a hundred."""
    rules = _thresholds(localdate())
    regencies = visible_regions(user).filter(level=Level.REGENCY, valid_until=None)
    regions = {region.code: region for region in regencies.order_by("code")}
    found = [
        *_ratio(user, regions, rules),
        *_drops(user, regions, rules),
        *_arrears(user, regions, rules),
        *_ending(user, regions, rules),
        *_commitments(regions, rules),
        *_pledges(user, rules),
        *_duplicates(user, regions, rules),
        *_moved(user, regions, rules),
        *_recounted(user, rules),
        *_look_ups(user, rules),
        *_ledger(user, rules),
    ]
    return sorted(found, key=_by_weight)[:_MOST]


def _by_weight(alert: Alert) -> tuple[bool, str, str]:
    """What may be an attack goes before the figures, however many of these there are."""
    return alert.kind not in _ATTACKS, alert.region.code, alert.kind


def _thresholds(day: date) -> dict[str, Decimal]:
    rows = AlertRule.objects.filter(valid_from__lte=day).order_by("valid_from")
    return {row.kind: row.threshold for row in rows}


def _newest(user: User, codes: Iterable[str], measure: str) -> dict[str, MeasureValue]:
    """Each region's newest current value of an undivided measure, as far as the user is told."""
    rows = (
        MeasureValue.objects.filter(
            standing(user, at="run__"),
            run__region__in=list(codes),
            run__period__gte=add_months(first_of(localdate()), -18),
            measure=measure,
        )
        .select_related("run")
        .defer("run__quantities")
    )
    return {row.run.region_id: row for row in rows.order_by("run__period")}


def _ratio(user: User, regions: dict[str, Region], rules: dict[str, Decimal]) -> Iterable[Alert]:
    limit = rules.get(AlertKind.CLAIM_RATIO)
    if limit is None:
        return
    for code, value in _newest(user, regions, MeasureCode.CLAIM_RATIO).items():
        if value.rate is not None and value.rate > limit:
            sentence = _("Klaim mencapai %(rate)s%% dari iuran tahun berjalan.") % {
                "rate": decimal(value.rate)
            }
            yield Alert(AlertKind.CLAIM_RATIO, regions[code], sentence, _explain(value))


def _drops(user: User, regions: dict[str, Region], rules: dict[str, Decimal]) -> Iterable[Alert]:
    limit = rules.get(AlertKind.COVERAGE_DROP)
    if limit is None:
        return
    newest = _newest(user, regions, MeasureCode.COVERAGE)
    before = {
        (row.run.region_id, row.run.period): row
        for row in MeasureValue.objects.filter(
            standing(user, at="run__"),
            run__region__in=list(newest),
            run__period__in={add_months(value.run.period, -1) for value in newest.values()},
            measure=MeasureCode.COVERAGE,
        )
        .select_related("run")
        .defer("run__quantities")
    }
    for code, value in newest.items():
        earlier = before.get((code, add_months(value.run.period, -1)))
        if earlier is None or earlier.rate is None or value.rate is None:
            continue
        drop = earlier.rate - value.rate
        if drop >= limit:
            sentence = _("UCJ turun %(points)s poin persentase dalam sebulan, menjadi %(rate)s%%.")
            told = {"points": decimal(drop), "rate": decimal(value.rate)}
            yield Alert(AlertKind.COVERAGE_DROP, regions[code], sentence % told, _explain(value))


def _arrears(user: User, regions: dict[str, Region], rules: dict[str, Decimal]) -> Iterable[Alert]:
    """Months whose day of payment had passed by the end of the newest computed one, not paid in full."""
    limit = rules.get(AlertKind.ARREARS)
    if limit is None:
        return
    newest = _newest(user, regions, MeasureCode.ARREARS)
    owed = overdue_months(newest.values())
    for code, value in newest.items():
        months = owed.get(value.run_id, {})
        if months and len(months) >= limit:
            sentence = _("Iuran untuk %(months)s bulan belum lunas, Rp%(rupiah)s.")
            told = {"months": len(months), "rupiah": grouped(sum(months.values()))}
            url = address("arrears", code, month=value.run.period)
            yield Alert(AlertKind.ARREARS, regions[code], sentence % told, url)


def _ending(user: User, regions: dict[str, Region], rules: dict[str, Decimal]) -> Iterable[Alert]:
    for one in list_ending(user, regions, rules):
        yield Alert(one.kind, one.region, one.sentence, one.url)


def _commitments(regions: dict[str, Region], rules: dict[str, Decimal]) -> Iterable[Alert]:
    """Of each region the most overdue, with how many there are."""
    limit, today = rules.get(AlertKind.COMMITMENT), localdate()
    if limit is None:
        return
    late: dict[str, list[Commitment]] = {}
    for row in overdue(regions, today):
        if row.days_late(today) >= limit:
            late.setdefault(row.region_id, []).append(row)
    for code, rows in late.items():
        sentence = _("%(count)s tindak lanjut terlambat; yang terlama %(days)s hari: %(promise)s")
        told = {"count": grouped(len(rows)), "days": rows[0].days_late(today), "promise": rows[0].promise}
        url = address("commitment_list", region=code, late=1)
        yield Alert(AlertKind.COMMITMENT, regions[code], sentence % told, url)


def _pledges(user: User, rules: dict[str, Decimal]) -> Iterable[Alert]:
    for one in list_pledges_due(user, rules):
        yield Alert(one.kind, one.region, one.sentence, one.url)


def _duplicates(user: User, regions: dict[str, Region], rules: dict[str, Decimal]) -> Iterable[Alert]:
    limit = rules.get(AlertKind.DUPLICATES)
    if limit is None:
        return
    waiting = DuplicateCandidate.objects.filter(
        within(user, field="first__region", permission=Permission.VIEW_PERSONS), state=CandidateState.OPEN
    )
    for code, count in waiting.order_by().values_list("first__region").annotate(count=Count("pk")):
        if code in regions and count >= limit:
            sentence = _("%(count)s pasang data yang diduga ganda menunggu diperiksa.") % {
                "count": grouped(count)
            }
            yield Alert(AlertKind.DUPLICATES, regions[code], sentence, reverse("duplicate_list"))


def _moved(user: User, regions: dict[str, Region], rules: dict[str, Decimal]) -> Iterable[Alert]:
    limit = rules.get(AlertKind.MOVED)
    if limit is None:
        return
    moved = Run.objects.filter(standing(user), region__in=list(regions), moved_at__isnull=False)
    for code, count in moved.order_by().values_list("region_id").annotate(count=Count("pk")):
        if count >= limit:
            sentence = _("%(count)s bulan yang sudah ditutup masukannya berubah sejak itu.")
            url = address("month_matrix", region=code)
            yield Alert(AlertKind.MOVED, regions[code], sentence % {"count": grouped(count)}, url)


def _recounted(user: User, rules: dict[str, Decimal]) -> Iterable[Alert]:
    """Figures that still stand and came out otherwise when they were counted a second time."""
    limit = rules.get(AlertKind.RECOUNT)
    if limit is None:
        return
    for row in list_different(user):
        if row.different >= limit:
            first = row.differences[0]
            words = {
                "month": month_name(row.period),
                "code": first["identity"][0],
                "stored": _told(first["stored"]),
                "recounted": _told(first["recounted"]),
                "more": grouped(row.different - 1),
            }
            sentence = _(
                "%(month)s: %(code)s tersimpan %(stored)s, dalam hitungan kedua %(recounted)s; "
                "%(more)s angka lain juga berbeda."
            )
            url = address("region_board", row.region_id, month=row.period)
            yield Alert(AlertKind.RECOUNT, row.region, sentence % words, url)


def _look_ups(user: User, rules: dict[str, Decimal]) -> Iterable[Alert]:
    """People whose look-ups were refused: perhaps somebody tries numbers out."""
    limit = rules.get(AlertKind.LOOK_UPS)
    if limit is None:
        return
    counts = {key: count for key, count in count_refused(user).items() if count >= limit}
    regions = Region.objects.in_bulk({code for code, _who in counts})
    for (code, who), count in counts.items():
        sentence = _("%(who)s: %(count)s pencarian NIK ditolak dalam 24 jam. Tanyakan keperluannya.")
        told = {"who": who, "count": grouped(count)}
        yield Alert(AlertKind.LOOK_UPS, regions[code], sentence % told, reverse("ledger"))


def _ledger(user: User, rules: dict[str, Decimal]) -> Iterable[Alert]:
    """What the nightly check of the ledger found, for those who look after it."""
    limit = rules.get(AlertKind.LEDGER)
    if limit is None or not any(one.role in _LEDGER_KEEPERS for one in user.current_assignments):
        return
    sentence = _ledger_sentence(last_check(), limit)
    places = scope_of(user).codes.get(Permission.VIEW_LEDGER, frozenset())
    region = Region.objects.filter(code__in=places).order_by("level", "code").first()
    if sentence and region is not None:
        yield Alert(AlertKind.LEDGER, region, sentence, reverse("ledger"))


def _ledger_sentence(check: LedgerCheck | None, limit: Decimal) -> str:
    """Empty where all is well. A check that has not come for a day and a half says as much as a fault."""
    if check is None:
        return ""
    if now() - check.at > _CHECKED_WITHIN:
        return _("Log aktivitas belum diperiksa lagi sejak %(at)s.") % {"at": moment(check.at)}
    if len(check.faults) < limit:
        return ""
    told = {"count": grouped(len(check.faults)), "first": check.faults[0]}
    return _("Log aktivitas tidak utuh (%(count)s): %(first)s") % told


def _told(figure: dict[str, Any] | None) -> str:
    if figure is None:
        return _("tidak ada")
    whole = grouped(figure["numerator"])
    return whole if figure["denominator"] is None else f"{whole} ÷ {grouped(figure['denominator'])}"


def _explain(value: MeasureValue) -> str:
    return reverse("explanation", args=[value.run.region_id, iso_month(value.run.period), value.measure])
