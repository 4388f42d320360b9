"""What waits for a person: each task with its owner's role, its day and the page where it is done."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from participants.enums import CandidateState
from participants.models import DuplicateCandidate
from regions.access import Scope, codes_today, covers, scope_of, visible_regions, within
from regions.enums import LOCKED_STATES, Level, MonthState
from regions.models import Region, ReportingMonth, User
from regions.month import add_months, first_of, iso_month
from regions.month_steps import (
    CLOSE,
    COMPLETE,
    SUBMIT,
    VERIFY,
    Transition,
    hindrance,
    needs_changers,
)
from regions.roles import Permission, Role
from regions.selectors.fact_change import changers_of
from regions.selectors.region import in_subtree
from regions.selectors.reporting_month import (
    Rules,
    due_on,
    list_reporting_months,
    list_undecided,
    months_on_their_way,
)
from reports.models import Reminder
from reports.quarter import Quarter, quarter_before

# Ended months that are still to be handed in; older ones stand in the matrix.
_MONTHS = 3
_MOST = 200


@dataclass(frozen=True)
class Task:
    region: Region
    title: str
    due: date | None
    url: str
    # Who asked for it, where somebody did.
    reminder: Reminder | None = None
    # Of a task that brings a month on: which one, and what the button says.
    month: date | None = None
    step: str = ""

    @property
    def days_left(self) -> int | None:
        return None if self.due is None else (self.due - localdate()).days

    @property
    def is_late(self) -> bool:
        return self.days_left is not None and self.days_left < 0

    @property
    def is_soon(self) -> bool:
        return self.days_left is not None and 0 <= self.days_left <= 3


def list_tasks(user: User) -> list[Task]:
    """Late ones first, then by day; at most two hundred."""
    found = [*_month_tasks(user), *_reopening_tasks(user), *_quarter_tasks(user), *_duplicate_tasks(user)]
    return sorted(found, key=lambda task: (task.due or date.max, task.region.code, task.title))[:_MOST]


def _month_tasks(user: User) -> Iterable[Task]:
    scope, this_month = scope_of(user), first_of(localdate())
    months = [add_months(this_month, -back) for back in range(1, _MONTHS + 1)]
    oldest = min(months)
    regions = own_regencies(user, Permission.COMPLETE_MONTH) or own_regencies(user, Permission.VERIFY_MONTH)
    codes = [region.code for region in regions]
    # What somebody has begun or sent back waits however old it is.
    months = sorted({*months, *months_on_their_way(codes)})
    stored, rules = list_reporting_months(codes, months), Rules.of(codes)
    reminders, duties = _reminders(codes, months), _duties(user)
    asked = [at for at, row in stored.items() if needs_changers(row)]
    changers = changers_of({code for code, _m in asked}, {month for _c, month in asked}) if asked else {}
    for region in regions:
        for month in months:
            if month < oldest and (region.code, month) not in stored:
                continue
            row = stored.get((region.code, month)) or ReportingMonth(region=region, month=month)
            if row.pk is None and not any(covers(held, region.code) for held in duties):
                continue
            rule = rules.at(region.code, month)
            step = _next_step(user, row, scope, rules, changers.get((region.code, month), ()))
            if step is not None:
                due = row.open_until if row.state not in LOCKED_STATES else None
                title = f"{step.label}: {_month_words(month)}"
                url = reverse("month_page", args=[region.code, iso_month(month)])
                reminder = reminders.get((region.code, month))
                yield Task(region, title, due or due_on(month, rule), url, reminder, month, step.label)


def _next_step(
    user: User, row: ReportingMonth, scope: Scope, rules: Rules, changers: Collection[int]
) -> Transition | None:
    """The one step that brings the month on and that this person may take."""
    rule = rules.at(row.region_id, row.month)
    return next(
        (
            step
            for step in (CLOSE, VERIFY, SUBMIT, COMPLETE)
            if scope.holds(step.permission, row.region_id)
            and row.state in step.sources
            and not hindrance(step, row, rule, user.pk, changers)
        ),
        None,
    )


def own_regencies(user: User, permission: Permission) -> Sequence[Region]:
    """Those where the person has work to do, or where somebody began a month."""
    regions = visible_regions(user, permission).filter(level=Level.REGENCY, valid_until=None)
    begun = ReportingMonth.objects.exclude(state=MonthState.CLOSED).values("region_id")
    asked = Q(pk__in=begun)
    for held in _duties(user):
        asked |= in_subtree("code", held)
    return list(regions.filter(asked).order_by("code")[:_MOST])


def _duties(user: User) -> frozenset[str]:
    """Where work is asked of a person: an administrator may do everything everywhere, and need do nothing."""
    roles = [one for one in user.current_assignments if one.role != Role.ADMINISTRATOR]
    return frozenset(code for one in roles for code in codes_today(one))


def _reminders(codes: Sequence[str], months: Sequence[date]) -> dict[tuple[str, date], Reminder]:
    rows = Reminder.objects.filter(region__in=codes, month__in=months).select_related("by").order_by("pk")
    return {(row.region_id, row.month): row for row in rows}


def _reopening_tasks(user: User) -> Iterable[Task]:
    for wish in list_undecided(user):
        yield Task(
            wish.region,
            _("Putuskan permintaan buka kembali: %s") % _month_words(wish.month),
            wish.open_until,
            reverse("month_page", args=[wish.region_id, iso_month(wish.month)]),
        )


def _quarter_tasks(user: User) -> Iterable[Task]:
    """The quarter's report, due on the tenth (SE Mendagri 842.2/5193/SJ), until its months are closed."""
    quarter = quarter_before(localdate())
    regions = own_regencies(user, Permission.VERIFY_MONTH)
    states, title = frozenset({MonthState.CLOSED}), _("Tutup semua bulan untuk laporan %s")
    if not regions:
        regions = own_regencies(user, Permission.SUBMIT_MONTH)
        states, title = LOCKED_STATES, _("Ajukan semua bulan untuk laporan %s")
    rows = ReportingMonth.objects.filter(region__in=regions, month__in=quarter.months, state__in=states)
    done, duties = Counter(rows.values_list("region_id", flat=True)), _duties(user)
    for region in regions:
        is_asked = any(covers(held, region.code) for held in duties)
        if is_asked and done[region.code] < len(quarter.months):
            yield Task(region, title % quarter.label, quarter.due, _quarter_url(region, quarter))


def _quarter_url(region: Region, quarter: Quarter) -> str:
    return f"{reverse('month_matrix')}?wilayah={region.code}&periode={iso_month(quarter.last)}"


def _duplicate_tasks(user: User) -> Iterable[Task]:
    waiting = DuplicateCandidate.objects.filter(
        within(user, field="first__region", permission=Permission.DECIDE_PERSONS), state=CandidateState.OPEN
    )
    counted: dict[str, int] = {}
    for code in waiting.values_list("first__region", flat=True):
        counted[code] = counted.get(code, 0) + 1
    for region in Region.objects.filter(code__in=counted):
        title = _("Periksa %(count)s pasang data yang diduga ganda") % {"count": counted[region.code]}
        yield Task(region, title, None, reverse("duplicate_list"))


def _month_words(month: date) -> str:
    return date_format(month, "F Y")
