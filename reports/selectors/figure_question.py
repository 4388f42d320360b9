"""Questions about figures: those a user may read, and whose turn each is."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum

from django.conf import settings
from django.db.models import Count, Exists, OuterRef, QuerySet
from django.utils.timezone import localdate, now

from regions.access import within
from regions.errors import OutsideScope
from regions.models import Region, User
from regions.roles import Permission, Role
from regions.selectors.people import administrators_of
from reports.models import FigureQuestion, MeasureValue, Run
from reports.selectors.standing import standing
from reports.selectors.value import DIMENSIONS


class Turn(IntEnum):
    """Who has to answer: those who enter, after some days who checks them, then who verifies."""

    ENTRY = 0
    SUPERVISION = 1
    VERIFICATION = 2


TURN_OF = {
    Turn.ENTRY: Role.OPERATOR,
    Turn.SUPERVISION: Role.SUPERVISOR,
    Turn.VERIFICATION: Role.BRANCH_HEAD,
}


@dataclass(frozen=True)
class QuestionFilter:
    region_code: str = ""
    settled: bool = False


def turn_of(question: FigureQuestion) -> Turn:
    """Each `QUESTION_DAYS` without an answer it goes one step up."""
    waited = (now() - question.asked_at).days // settings.QUESTION_DAYS
    return Turn(min(waited, Turn.VERIFICATION))


def due_of(question: FigureQuestion) -> date:
    """By when whoever has the turn answers."""
    days = settings.QUESTION_DAYS * (turn_of(question) + 1)
    return localdate(question.asked_at) + timedelta(days=days)


def list_questions(user: User, asked: QuestionFilter | None = None) -> QuerySet[FigureQuestion]:
    """Newest first, about figures that the user is told."""
    told = Run.objects.filter(standing(user), region=OuterRef("region"), period=OuterRef("period"))
    rows = FigureQuestion.objects.filter(within(user), Exists(told))
    if asked is not None:
        rows = rows.filter(settled_at__isnull=not asked.settled)
        if asked.region_code:
            rows = rows.filter(region=asked.region_code)
    return rows.select_related("region__parent", "asked_by", "settled_by").order_by("-pk")


def with_reply_counts(questions: QuerySet[FigureQuestion]) -> QuerySet[FigureQuestion]:
    return questions.annotate(reply_count=Count("replies")).order_by("-pk")


def get_question(user: User, pk: int) -> FigureQuestion:
    """Raises OutsideScope."""
    found = list_questions(user).filter(pk=pk).prefetch_related("replies__written_by", "mentioned").first()
    if found is None:
        raise OutsideScope(pk)
    return found


def questions_about(user: User, value: MeasureValue) -> QuerySet[FigureQuestion]:
    same = {name: getattr(value, name) for name in (*DIMENSIONS, "measure")}
    return list_questions(user).filter(region=value.run.region_id, period=value.run.period, **same)


def value_asked(user: User, question: FigureQuestion) -> MeasureValue | None:
    """The figure as it stands now, as far as the user is told of it."""
    same = {name: getattr(question, name) for name in (*DIMENSIONS, "measure")}
    rows = MeasureValue.objects.filter(
        standing(user, None, "run__"), run__region=question.region_id, run__period=question.period, **same
    )
    return rows.select_related("run", "run__region").defer("run__quantities").first()


def value_seen(question: FigureQuestion) -> MeasureValue:
    """The figure as it was when somebody asked; never stored."""
    names = ("measure", *DIMENSIONS, "numerator", "denominator", "rate")
    return MeasureValue(**{name: getattr(question, name) for name in names})


def open_questions(user: User) -> list[FigureQuestion]:
    """What waits for an answer or for being settled where the user is told of figures."""
    rows = list_questions(user, QuestionFilter()).prefetch_related("mentioned")
    return list(rows[:200])


def people_by_name(names: Iterable[str], region: Region) -> dict[str, User]:
    """Account name → the person who sees figures of the region; others are not found."""
    wanted = set(names)
    if not wanted:
        return {}
    found = administrators_of([region.code], Permission.VIEW_COVERAGE)
    return {one.username: one for one in found if one.username in wanted}
