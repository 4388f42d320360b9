"""What waits for a person: each task with its owner's role, its day and the page where it is done."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date

from django.db.models import Q
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from participants.enums import BatchState, CandidateState
from participants.models import DuplicateCandidate
from participants.selectors.batches.waiting import WaitingList, list_waiting
from participants.selectors.reach import holds_batch
from regions.access import Scope, codes_today, covers, scope_of, visible_regions, within
from regions.addresses import address
from regions.enums import LOCKED_STATES, Level, MonthState
from regions.models import Region, ReportingMonth, User
from regions.month import iso_month
from regions.month_steps import CLOSE, COMPLETE, SUBMIT, Transition, needs_changers
from regions.month_way import hindrance, way_from
from regions.number import grouped
from regions.roles import Permission, Role
from regions.selectors.fact_change import changers_of
from regions.selectors.hook import list_troubled
from regions.selectors.month_way import regencies_asked
from regions.selectors.region import in_subtree, list_entry_regions
from regions.selectors.reporting_month import Rules, list_reporting_months, list_undecided
from regions.stored_text import shown
from reports.models import Reminder
from reports.quarter import Quarter, quarter_before
from reports.selectors.months.queue import WaitingMonth, waiting_months
from reports.selectors.tasks.promised import promised_tasks
from reports.selectors.tasks.question import question_tasks
from reports.selectors.tasks.task import Task

_MOST = 200


def list_tasks(
    user: User, waiting: Sequence[WaitingMonth] | None = None, *, verified: Sequence[Region] | None = None
) -> list[Task]:
    """Late ones first, then by day; at most two hundred. `waiting` where `waiting_of` was asked already,
    `verified` the regencies whose months the person verifies, where these were."""
    found = [
        *_month_tasks(user, waiting_of(user) if waiting is None else waiting),
        *_list_tasks(user),
        *_reopening_tasks(user),
        *_quarter_tasks(user, verified),
        *_duplicate_tasks(user),
        *_hook_tasks(user),
        *question_tasks(user),
        *(Task(one.region, one.title, one.due, one.url) for one in promised_tasks(user, _duties(user))),
    ]
    return sorted(found, key=lambda task: (task.due or date.max, task.region.code, task.title))[:_MOST]


def waiting_of(user: User) -> list[WaitingMonth]:
    """The months that wait where this person hands in, else verifies, else is named by a rule."""
    permissions = (Permission.COMPLETE_MONTH, Permission.VERIFY_MONTH)
    held = scope_of(user)
    asked = next((one for one in permissions if held.holds_anywhere(one)), None)
    if asked:
        return waiting_months(own_regencies(user, asked))
    return waiting_months(list(regencies_asked(user).order_by("code")[:_MOST]))


def _month_tasks(user: User, waiting: Sequence[WaitingMonth]) -> Iterable[Task]:
    scope, duties = scope_of(user), _duties(user)
    months, codes = {one.month for one in waiting}, {one.region.code for one in waiting}
    reminders = _reminders(list(codes), list(months))
    asked = [one for one in waiting if needs_changers(one.row)]
    places = ({one.region.code for one in asked}, {one.month for one in asked})
    changers = changers_of(*places) if asked else {}
    for one in waiting:
        at = (one.region.code, one.month)
        if one.row.pk is None and not any(covers(held, one.region.code) for held in duties):
            continue
        step = _next_step(user, one, scope, changers.get(at, ()))
        if step is not None:
            yield _month_task(one, step, reminders.get(at))


def _hook_tasks(user: User) -> Iterable[Task]:
    """Addresses of programs that are told nothing because they fail."""
    for hook in list_troubled(user):
        if hook.place is not None:
            title = _("Pemberitahuan ke program %s gagal: periksa alamatnya") % hook.host
            yield Task(hook.place, title, None, reverse("hook_detail", args=[hook.pk]))


def _month_task(one: WaitingMonth, step: Transition, reminder: Reminder | None) -> Task:
    """What is missing is entered before the month is said to be complete."""
    fills = step is COMPLETE and one.missing
    title = _("Isi dan nyatakan lengkap: %s") if fills else f"{step.label}: %s"
    due = one.row.open_until if one.row.state not in LOCKED_STATES else None
    return Task(
        region=one.region,
        title=title % _month_words(one.month),
        due=due or one.due,
        url=one.gap_url if fills else one.url,
        reminder=reminder,
        month=one.month,
        step=_("Isi") if fills else step.label,
        gaps=one.gaps if fills else (),
    )


def _next_step(user: User, one: WaitingMonth, scope: Scope, changers: Collection[int]) -> Transition | None:
    """The one step that brings the month on and that this person may take."""
    row = one.row
    step = one.way.next_step(MonthState(row.state))
    if step is None or not one.way.may_take(scope, step, row.region_id):
        return None
    return None if hindrance(step, row, one.rule, user.pk, changers) else step


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


def _list_tasks(user: User) -> Iterable[Task]:
    """Lists with rows to be mended or approved, of the regions where this person's duty is to enter them."""
    entered = list_entry_regions(user, Permission.ENTER_PERSONS).filter(level=Level.REGENCY)
    duties = _duties(user)
    codes = [code for code in entered.values_list("code", flat=True) if any(covers(d, code) for d in duties)]
    for waiting in list_waiting(codes).values():
        own = (one for one in waiting if holds_batch(user, Permission.ENTER_PERSONS, one.batch))
        yield from (_list_task(one) for one in own if not one.is_busy)


def _list_task(one: WaitingList) -> Task:
    batch = one.batch
    said = {"count": grouped(one.parked), "number": batch.pk, "category": shown(batch.category.name)}
    if batch.state == BatchState.CHECKED:
        return Task(
            batch.region,
            _("Setujui unggahan #%(number)s, %(category)s") % said,
            None,
            address("batch_detail", batch.pk),
        )
    title = _("Perbaiki %(count)s baris unggahan #%(number)s, %(category)s") % said
    return Task(batch.region, title, None, address("batch_detail", batch.pk, state="refused"))


def _reopening_tasks(user: User) -> Iterable[Task]:
    for wish in list_undecided(user):
        yield Task(
            wish.region,
            _("Putuskan permintaan buka kembali: %s") % _month_words(wish.month),
            wish.open_until,
            reverse("month_page", args=[wish.region_id, iso_month(wish.month)]),
        )


def _quarter_tasks(user: User, verified: Sequence[Region] | None) -> Iterable[Task]:
    """The quarter's report, due on the tenth (SE Mendagri 842.2/5193/SJ), until its months are closed."""
    quarter, scope, duties = quarter_before(localdate()), scope_of(user), _duties(user)
    if scope.holds_anywhere(Permission.VERIFY_MONTH):
        asked, step, title = Permission.VERIFY_MONTH, CLOSE, _("Tutup semua bulan untuk laporan %s")
        states = frozenset({MonthState.CLOSED})
    elif scope.holds_anywhere(Permission.SUBMIT_MONTH):
        asked, step, title = Permission.SUBMIT_MONTH, SUBMIT, _("Ajukan semua bulan untuk laporan %s")
        states = LOCKED_STATES
    else:
        return
    known = verified if asked == Permission.VERIFY_MONTH else None
    regions = own_regencies(user, asked) if known is None else known
    codes = [region.code for region in regions]
    stored, rules = list_reporting_months(codes, quarter.months), Rules.of(codes)
    for region in regions:
        code = region.code
        way = way_from(rules.at(code, quarter.last).steps)
        if not way.may_take(scope, step, code) or not any(covers(held, code) for held in duties):
            continue
        rows = [stored[code, month] for month in quarter.months if (code, month) in stored]
        if sum(row.state in states for row in rows) < len(quarter.months):
            yield Task(region, title % quarter.label, quarter.due, _quarter_url(region, quarter))


def _quarter_url(region: Region, quarter: Quarter) -> str:
    return address("month_matrix", region=region.code, month=quarter.last)


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
