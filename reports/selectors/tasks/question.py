"""Questions about figures as tasks: answered by whose turn it is, or who was named; settled by who asked."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _

from regions.access import scope_of
from regions.formats import month_name
from regions.models import User
from reports.measures.catalogue import MEASURES
from reports.models import FigureQuestion
from reports.selectors.figure_question import TURN_OF, Turn, due_of, open_questions, turn_of
from reports.selectors.tasks.task import Task


def question_tasks(user: User) -> Iterable[Task]:
    scope = scope_of(user)
    for question in open_questions(user):
        code = question.region_id
        turns = [turn for turn in Turn if turn <= turn_of(question)]
        has_turn = any(scope.acts_as(TURN_OF[turn], code) for turn in turns)
        is_named = user in question.mentioned.all()
        if question.asked_by_id == user.pk:
            if question.answered_at is not None:
                yield _task(question, _("Pertanyaan Anda sudah dijawab: %(what)s"))
        elif is_named or (has_turn and question.answered_at is None):
            yield _task(question, _("Jawab pertanyaan: %(what)s"))


def _task(question: FigureQuestion, words: str) -> Task:
    label = MEASURES[question.measure].label if question.measure in MEASURES else question.measure
    what = f"{question.measure} {label}, {month_name(question.period)}"
    return Task(
        question.region,
        words % {"what": what},
        None if question.answered_at else due_of(question),
        reverse("question_detail", args=[question.pk]),
    )
