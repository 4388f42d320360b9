"""Where the reporting months stand, and whether facts of them may still be entered."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext as _

from regions.access import scope_of, within
from regions.enums import LOCKED_STATES, MonthState, ReportKind, Verb
from regions.models import MonthRule, MonthStep, Region, Reopening, ReportingMonth, User
from regions.models.region import ancestor_codes
from regions.month import last_day, months_between
from regions.month_steps import CLOSE, RETURN
from regions.month_way import way_of
from regions.region_months import RegionMonths

# Used where no rule has been laid down: due on the tenth of the next month (SE Mendagri 842.2/5193/SJ
# names that day for the quarterly report), and never locked by itself.
NO_RULE = MonthRule(due_days=10, lock_days=None, return_days=7)
At = tuple[str, date]


@dataclass(frozen=True)
class Lock:
    """Why nothing can be entered into a month; `until` is None where only a decision opens it."""

    region_code: str
    month: date
    since: date
    why: str
    remedy: str

    @property
    def sentence(self) -> str:
        told = _("%(month)s terkunci sejak %(since)s: %(why)s. %(remedy)s")
        return told % {
            "month": date_format(self.month, "F Y"),
            "since": date_format(self.since, "j F Y"),
            "why": self.why,
            "remedy": self.remedy,
        }


def get_lock(region_code: str, month: date, report: ReportKind | None = None) -> Lock | None:
    return locks_of([region_code], [month], report).get((region_code, month))


def locks_of(
    codes: Iterable[str], months: Sequence[date], report: ReportKind | None = None
) -> dict[At, Lock]:
    """The locked ones among these regions and months; of a `report`, or of any where none is named."""
    wanted = sorted(set(codes))
    if not wanted or not months:
        return {}
    rows = ReportingMonth.objects.filter(
        region__in=wanted, month__range=(min(months), max(months))
    ).select_related("changed_by")
    found = {(row.region_id, row.month): row for row in rows}
    rules, today, locks = Rules.of(wanted), localdate(), {}
    for code in wanted:
        for month in months:
            lock = lock_of((code, month), found.get((code, month)), rules.at(code, month), report, today)
            if lock:
                locks[code, month] = lock
    return locks


def lock_of(
    at: At, row: ReportingMonth | None, rule: MonthRule, report: ReportKind | None, today: date
) -> Lock | None:
    """The law of the lock, of one month."""
    code, month = at
    if row is not None and row.state in LOCKED_STATES:
        since = localtime(row.changed_at).date()
        remedy = _ask_reopening() if row.state == MonthState.CLOSED else _ask_return(row, rule)
        return Lock(code, month, since, _locked_by(row), remedy)
    until = deadline_of(month, row, rule)
    if until is not None and today > until:
        return Lock(code, month, until + timedelta(days=1), _deadline_words(row, until), _ask_reopening())
    if row is not None and report is not None and row.open_for and report not in row.open_for:
        since, only = localtime(row.changed_at).date(), _only_open_for(row)
        return Lock(code, month, since, only, _ask_reopening())
    return None


def newest_locked(region_code: str, report: ReportKind) -> date | None:
    """The last month of a region into which nothing of this report may be entered any more."""
    stored = ReportingMonth.objects.filter(region=region_code).select_related("changed_by")
    rows = {row.month: row for row in stored}
    rules, today = Rules.of([region_code]), localdate()
    if not rows and not rules.by_region:
        return None
    first = min([*rows, *(rule.first_month for found in rules.by_region.values() for rule in found)])
    locked = (
        month
        for month in months_between(first, max([today, *rows]))
        if lock_of((region_code, month), rows.get(month), rules.at(region_code, month), report, today)
    )
    return max(locked, default=None)


def deadline_of(month: date, row: ReportingMonth | None, rule: MonthRule) -> date | None:
    """The last day on which the month is open by itself; None: no such day."""
    if row is not None and row.open_until is not None:
        return row.open_until
    if rule.lock_days is None:
        return None
    return last_day(month) + timedelta(days=rule.lock_days)


def due_on(month: date, rule: MonthRule) -> date:
    """The day by which the month should have been submitted."""
    return last_day(month) + timedelta(days=rule.due_days)


def _only_open_for(row: ReportingMonth) -> str:
    words = _("hanya dibuka kembali untuk %s") % ", ".join(str(ReportKind(one).label) for one in row.open_for)
    if row.open_until is None:
        return words
    return _("%(words)s, sampai %(until)s") % {
        "words": words,
        "until": date_format(row.open_until, "j F Y"),
    }


def _locked_by(row: ReportingMonth) -> str:
    words = _("%(state)s oleh %(who)s") % {
        "state": row.get_state_display().lower(),
        "who": row.changed_by or _("sistem"),
    }
    return f"{words} ({row.reason})" if row.reason else words


def _deadline_words(row: ReportingMonth | None, until: date) -> str:
    day = date_format(until, "j F Y")
    if row is not None and row.open_until is not None:
        return _("batas perbaikan %s sudah lewat") % day
    return _("batas pengisian %s sudah lewat") % day


def _ask_reopening() -> str:
    return _("Minta dibuka kembali dengan alasannya di halaman bulan ini.")


def _ask_return(row: ReportingMonth, rule: MonthRule) -> str:
    who = f" {_('atau')} ".join(taker.label for taker in way_of(row, rule).takers(RETURN))
    return _("Minta %s mengembalikannya di halaman bulan ini bila ada yang salah.") % who


@dataclass(frozen=True)
class Rules:
    """The rules that may hold for some regions, read once."""

    by_region: Mapping[str, list[MonthRule]]

    @classmethod
    def of(cls, codes: Iterable[str]) -> "Rules":
        places = {one for code in codes for one in (code, *ancestor_codes(code))}
        found: dict[str, list[MonthRule]] = {}
        for rule in MonthRule.objects.filter(region__in=places).order_by("-first_month"):
            found.setdefault(rule.region_id, []).append(rule)
        return cls(found)

    def with_rule(self, rule: MonthRule) -> "Rules":
        """The same once this rule has been laid down, in place of one of the same day."""
        others = (
            one for one in self.by_region.get(rule.region_id, ()) if one.first_month != rule.first_month
        )
        newest_first = sorted([rule, *others], key=lambda one: one.first_month, reverse=True)
        return Rules({**self.by_region, rule.region_id: newest_first})

    def at(self, code: str, month: date) -> MonthRule:
        """The rule of the nearest region that has one in force for the month."""
        if self.by_region:
            for place in (code, *reversed(ancestor_codes(code))):
                for rule in self.by_region.get(place, ()):
                    if rule.first_month <= month:
                        return rule
        return NO_RULE


def get_reporting_month(region: Region, month: date) -> ReportingMonth:
    """The stored row, or an unsaved draft where nothing has happened yet."""
    row = ReportingMonth.objects.filter(region=region, month=month).first()
    return row or ReportingMonth(region=region, month=month)


def list_reporting_months(codes: Iterable[str], months: Sequence[date]) -> dict[At, ReportingMonth]:
    rows = ReportingMonth.objects.filter(region__in=list(codes), month__in=months)
    return {(row.region_id, row.month): row for row in rows.select_related("changed_by")}


def list_steps(region: Region, month: date) -> QuerySet[MonthStep]:
    """The timeline, oldest first."""
    return MonthStep.objects.filter(region=region, month=month).select_related("by").order_by("pk")


def list_reopenings(region: Region, month: date) -> QuerySet[Reopening]:
    rows = Reopening.objects.filter(region=region, month=month)
    return rows.select_related("asked_by", "decided_by").order_by("-pk")


def get_reopening(user: User, pk: int) -> Reopening | None:
    """A request somewhere in the user's regions; whether they may decide it is asked of the region."""
    return Reopening.objects.filter(within(user), pk=pk).select_related("region").first()


def list_undecided(user: User) -> list[Reopening]:
    """Requests to reopen that this user may decide: whoever closes such a month does."""
    scope = scope_of(user)
    rows = Reopening.objects.filter(within(user), decided_at=None).exclude(asked_by=user)
    wishes = list(rows.select_related("region", "asked_by").order_by("pk"))
    if not wishes:
        return []
    codes, months = {one.region_id for one in wishes}, sorted({one.month for one in wishes})
    stored, rules = list_reporting_months(codes, months), Rules.of(codes)
    found = []
    for wish in wishes:
        at = (wish.region_id, wish.month)
        row = stored.get(at) or ReportingMonth(region=wish.region, month=wish.month)
        if way_of(row, rules.at(*at)).may_take(scope, CLOSE, wish.region_id):
            found.append(wish)
    return found


def last_reason(region_code: str, month: date, verb: Verb) -> str:
    """Why a step was taken the last time; empty where it never was."""
    steps = MonthStep.objects.filter(region=region_code, month=month, verb=verb)
    return steps.order_by("-pk").values_list("reason", flat=True).first() or ""


def closings_of(asked: RegionMonths) -> dict[tuple[str, date], int]:
    """(Region code, month) → number of its closing, of the months that are closed."""
    rows = ReportingMonth.objects.filter(
        asked.of_regions(), month__range=(asked.first, asked.last), state=MonthState.CLOSED
    )
    columns = ("region_id", "month", "closing")
    return {(code, month): closing for code, month, closing in rows.values_list(*columns)}


def closed_in(month: date) -> dict[str, int]:
    """Region code → number of its closing, of the regions whose month is closed."""
    return {code: closing for (code, _month), closing in closings_of(RegionMonths.at(month)).items()}
