"""The first steps of a role, each ticked by what the person has done or seen, never by hand."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse

from budgets.models import Allocation, Reconciliation, Scenario
from participants.enums import BatchState
from participants.models import Batch, Headcount, MembershipCount
from regions.access import Scope, home_codes, leading_role, scope_of
from regions.enums import Verb
from regions.models import Act, Invitation, User
from regions.roles import Role
from reports.handbook.books import CHAPTERS, SLUGS
from reports.handbook.chapter import Chapter, Proof
from reports.models import PackJob
from reports.selectors.preparation import get_preparation
from reports.taken_steps import TakenSteps

Rows = QuerySet[Any]
# Addresses that name the region a person's pages start from.
_OF_REGION = frozenset({"region_board", "category_need", "meeting"})
_STEPS = {
    Proof.MONTH_COMPLETED: [Verb.COMPLETED],
    Proof.MONTH_SUBMITTED: [Verb.SUBMITTED],
    Proof.MONTH_VERIFIED: [Verb.VERIFIED],
    Proof.MONTH_CLOSED: [Verb.CLOSED],
    Proof.DUPLICATE_DECIDED: [Verb.MERGED],
}


@dataclass(frozen=True)
class FirstStep:
    chapter: Chapter
    is_done: bool
    url: str
    handbook_url: str


@dataclass(frozen=True)
class FirstDay(TakenSteps[FirstStep]):
    role: Role
    slug: str
    steps: list[FirstStep]
    # The owner has put them away.
    is_away: bool


def get_first_day(user: User) -> FirstDay | None:
    """None for whom no role is in force, or whose role may do none of its steps here."""
    role, codes = leading_role(user), home_codes(user)
    if role is None or not codes:
        return None
    chapters = [one for one in CHAPTERS[role] if one.is_first_day and _may(one, scope_of(user))]
    held = _held(user, chapters)
    seen = set(user.first_day.get("seen", []))
    handbook = reverse("handbook", args=[SLUGS[role]])
    steps = [
        FirstStep(
            one,
            one.seen in seen if one.seen else held[str(one.proof)],
            reverse(one.page, args=codes[:1] if one.page in _OF_REGION else []),
            f"{handbook}#{one.key}",
        )
        for one in chapters
    ]
    return FirstDay(role, SLUGS[role], steps, bool(user.first_day.get("away"))) if steps else None


def is_past(user: User) -> bool:
    """Put away, or all done in the role the person has; asks nothing of the database."""
    return bool(user.first_day.get("away")) or over_mark(leading_role(user)) in user.first_day.get("seen", [])


def over_mark(role: Role | None) -> str:
    """What is remembered once all steps of a role are done."""
    return f"semua:{role}"


def _may(chapter: Chapter, scope: Scope) -> bool:
    asks = scope.holds_of_some if chapter.for_bound else scope.holds_anywhere
    return asks(chapter.permission)


def _held(user: User, chapters: list[Chapter]) -> dict[str, bool]:
    """All proofs in one question; each of the person's own work alone, wherever it was done."""
    wanted = [one.proof for one in chapters if one.proof]
    asked = {str(proof): _proven(proof) for proof in wanted if proof != Proof.PREPARED}
    row: Any = User.objects.filter(pk=user.pk).values(**asked).get() if asked else {}
    held: dict[str, bool] = dict(row)
    if Proof.PREPARED in wanted:
        held[Proof.PREPARED] = not get_preparation(user).missing
    return held


def _proven(proof: Proof) -> Exists | Q:
    if proof in _STEPS:
        acts = Act.objects.filter(actor_name=OuterRef("username"), actor_id=OuterRef("pk"))
        return Exists(acts.filter(verb__in=_STEPS[proof]))
    if proof == Proof.MONTH_ENTERED:
        return Q(Exists(_own(MembershipCount.objects.all()))) | Q(Exists(_own(Headcount.objects.all())))
    return Exists(_rows(proof))


def _own(rows: Rows) -> Rows:
    return rows.filter(entered_by=OuterRef("pk"))


def _rows(proof: Proof) -> Rows:
    me = OuterRef("pk")
    # One person's typing is a batch, too, but no list that was sent.
    lists = Batch.objects.filter(entered_by=me).exclude(file_name="")
    return {
        Proof.LIST_SENT: lists,
        Proof.LIST_STORED: lists.filter(state=BatchState.STORED),
        Proof.BUDGET_RECORDED: _own(Allocation.objects.all()),
        Proof.PLAN_MADE: Scenario.objects.filter(made_by=me),
        Proof.RECONCILED: Reconciliation.objects.filter(made_by=me),
        Proof.PACK_ASKED: PackJob.objects.filter(asked_by=me),
        Proof.PERSON_INVITED: Invitation.objects.filter(made_by=me),
    }[proof]
