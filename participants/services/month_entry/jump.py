"""A typed figure that jumps is stored only with the word that it is right, and why."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from participants.models import Headcount, MembershipCount
from participants.programme_set import is_usual
from participants.selectors.month_entry.questions import ASKED_ORIGINS, questions_on
from regions.enums import Origin
from regions.errors import Problem

# The column of a fact in which the answer stands.
ANSWER = "note"


def unexplained(rows: Sequence[Headcount | MembershipCount]) -> Iterable[Problem]:
    """What was typed and raises a question; a file's rows are asked about before their month is complete.

    The grid counts the usual programmes alone, so a count of others has no row of months to stand in.
    A stored row that comes here is corrected by hand, whatever it came by.
    """
    typed = {
        place: row
        for place, row in enumerate(rows)
        if (row.origin == Origin.FORM or (row.pk and row.origin in ASKED_ORIGINS)) and _is_in_grid(row)
    }
    questions = questions_on(list(typed.values()))
    for place, index in enumerate(typed):
        if place in questions:
            sentence = _("%(question)s Bila benar, tulis sebabnya.") % {"question": questions[place]}
            yield Problem(index, ANSWER, sentence)


def _is_in_grid(row: Headcount | MembershipCount) -> bool:
    return not isinstance(row, MembershipCount) or is_usual(row.programmes)
