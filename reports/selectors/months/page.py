"""What one page about one reporting month shows."""

from dataclasses import dataclass
from datetime import date

from django.db.models import F
from django.utils.timezone import localdate

from participants.models import Comment
from participants.selectors.month_entry.cells import CellCounts, count_cells
from regions.access import Scope, scope_of, sees_drafts
from regions.enums import Level, MonthState, ReportKind
from regions.models import MonthRule, MonthStep, Region, Reopening, ReportingMonth, User
from regions.month_steps import CLOSE, REVIEWED, SUBMIT, TRANSITIONS, Transition, needs_changers
from regions.month_way import MonthWay, hindrance, way_of
from regions.roles import Permission
from regions.selectors.fact_change import changers_of
from regions.selectors.reporting_month import (
    Lock,
    Rules,
    deadline_of,
    due_on,
    get_lock,
    get_reporting_month,
    list_reopenings,
    list_steps,
)
from reports.models import Restatement, Run
from reports.selectors.months.review import MonthReview, get_review
from reports.selectors.months.since_approval import SinceApproval, get_since_approval
from reports.selectors.run import find_run


@dataclass(frozen=True)
class Choice:
    """A step that the person's role may take; `hindered` says why not now, empty where they may."""

    step: Transition
    hindered: str


@dataclass(frozen=True)
class MonthPage:
    region: Region
    month: date
    row: ReportingMonth
    rule: MonthRule
    way: MonthWay
    lock: Lock | None
    choices: list[Choice]
    steps: list[MonthStep]
    # None for who sees closed months only: a change since then is a draft.
    since_approval: SinceApproval | None
    reopenings: list[Reopening]
    comments: list[Comment]
    restatements: list[Restatement]
    run: Run | None
    # What stands in the entry grid; None above the regencies, which have none.
    cells: CellCounts | None
    may_ask: bool
    user_id: int
    may_decide: bool
    may_make_record: bool
    may_take_evidence: bool
    may_enter: bool
    # What those read who may take a step that says the figures are right; None for all others.
    review: MonthReview | None

    @property
    def due(self) -> date:
        return due_on(self.month, self.rule)

    @property
    def is_late(self) -> bool:
        """As the tasks say it: a month that was handed in is late until it is closed."""
        return localdate() > self.due and self.row.state != MonthState.CLOSED

    @property
    def deadline(self) -> date | None:
        return deadline_of(self.month, self.row, self.rule)

    @property
    def open_for(self) -> str:
        """What was reopened, in words; empty where everything is open."""
        return ", ".join(str(ReportKind(one).label) for one in self.row.open_for)

    @property
    def asked_for(self) -> str:
        """What somebody asks to be opened, in words."""
        kinds = self.undecided.open_for if self.undecided else ()
        return ", ".join(str(ReportKind(one).label) for one in kinds)

    @property
    def possible(self) -> list[Transition]:
        return [choice.step for choice in self.choices if not choice.hindered]

    @property
    def hindered(self) -> list[Choice]:
        """Steps of the role that stand next on the way, yet not for this person."""
        return [c for c in self.choices if c.hindered and self.row.state in self.way.sources(c.step)]

    @property
    def stages(self) -> list[tuple[str, bool]]:
        return [(str(one.label), is_taken) for one, is_taken in self.way.stages(MonthState(self.row.state))]

    @property
    def deciders(self) -> str:
        """Who decides whether the month is opened again: whoever closes it."""
        return ", ".join(taker.label for taker in self.way.takers(CLOSE))

    @property
    def undecided(self) -> Reopening | None:
        return next((wish for wish in self.reopenings if wish.decided_at is None), None)

    @property
    def open_comments(self) -> int:
        return sum(1 for comment in self.comments if comment.settled_at is None)


def get_month_page(user: User, region: Region, month: date) -> MonthPage:
    scope, row = scope_of(user), get_reporting_month(region, month)
    may_enter = scope.holds(Permission.ENTER_HEADCOUNT, region.code)
    rule = Rules.of([region.code]).at(region.code, month)
    way = way_of(row, rule)
    choices = _choices(user, row, rule, scope)
    reviews = any(one.step in REVIEWED for one in choices) and row.state != MonthState.CLOSED
    steps = list(list_steps(region, month))
    return MonthPage(
        region=region,
        month=month,
        row=row,
        rule=rule,
        way=way,
        lock=get_lock(region.code, month),
        choices=choices,
        steps=steps,
        since_approval=get_since_approval(user, region, month, steps)
        if sees_drafts(user, region.code)
        else None,
        reopenings=list(list_reopenings(region, month)),
        comments=_comments(region, month, scope),
        restatements=list(
            Restatement.objects.filter(region=region, period=month)
            .select_related("before", "after")
            .defer("before__quantities", "after__quantities")
        ),
        run=find_run(user, region, month),
        cells=count_cells(region.code, month) if region.level == Level.REGENCY else None,
        may_ask=way.may_take(scope, SUBMIT, region.code),
        may_decide=way.may_take(scope, CLOSE, region.code),
        user_id=user.pk,
        may_make_record=scope.holds(Permission.MAKE_PACK, region.code),
        may_take_evidence=scope.holds(Permission.VIEW_LEDGER, region.code),
        may_enter=may_enter,
        review=get_review(user, region, month, may_enter=may_enter) if reviews else None,
    )


def _choices(user: User, row: ReportingMonth, rule: MonthRule, scope: Scope) -> list[Choice]:
    at = (row.region_id, row.month)
    changers = changers_of([row.region_id], [row.month]).get(at, ()) if needs_changers(row) else ()
    way = way_of(row, rule)
    return [
        Choice(step, hindrance(step, row, rule, user.pk, changers))
        for step in TRANSITIONS.values()
        if way.may_take(scope, step, row.region_id)
    ]


def _comments(region: Region, month: date, scope: Scope) -> list[Comment]:
    """Remarks on the month's cells, open ones first, for those who may read them in the grid."""
    if not scope.holds(Permission.VIEW_PERSONS, region.code):
        return []
    rows = Comment.objects.filter(region=region, month=month)
    found = rows.select_related("category", "funding", "entered_by", "settled_by")
    return list(found.order_by(F("settled_at").desc(nulls_first=True), "-pk")[:50])
