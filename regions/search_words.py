"""What somebody typed into a search box, as words that must all be found."""

import re
from collections.abc import Iterable, Sequence

from django.db.models import Q

from regions.personal_numbers import has_personal_number
from regions.plain_characters import plain_line

_MOST = 6
# Nine digits or more, in a row or in groups: a whole NIK, or one that is being typed.
_LONG_NUMBER = re.compile(r"\d(?:[\s\-'’.]{0,2}\d){8,}")
# Groups between dots, as accounts of budgets are written.
_DOTTED = re.compile(r"\d{1,3}(?:\.\d{1,4}){3,}")


def words_of(text: str) -> list[str]:
    return plain_line(text).split()[:_MOST]


def every_word(words: Iterable[str], *columns: str) -> Q:
    """Rows of which each word stands in one of the columns."""
    asked = Q()
    for word in words:
        asked &= any_column(word, columns)
    return asked


def any_column(word: str, columns: Sequence[str]) -> Q:
    found = Q()
    for column in columns:
        found |= Q(**{f"{column}__icontains": word})
    return found


def may_be_of_a_person(text: str) -> bool:
    """Whether a number stands in it that may be somebody's: such text never goes into an address."""
    rest = _DOTTED.sub(" ", text) if not has_personal_number(text) else text
    return has_personal_number(text) or bool(_LONG_NUMBER.search(rest))
