"""Lists that were sent, by number, file, source or what they are of."""

from django.db.models import Q, QuerySet

from participants.models import Batch
from participants.selectors.batches.batch import list_batches
from regions.models import User
from regions.search_words import any_column, words_of

_COLUMNS = ("file_name", "source", "category__name", "institution__name", "region__name")
_MOST_DIGITS = 9


def search_batches(user: User, text: str, *, region_code: str = "") -> QuerySet[Batch]:
    return list_batches(user, region_code=region_code).filter(asked_words(text))


def asked_words(text: str) -> Q:
    """`#12` and `12` are numbers of lists as well."""
    asked = Q()
    for word in words_of(text):
        number = word.removeprefix("#")
        found = any_column(word, _COLUMNS)
        if number.isascii() and number.isdigit() and len(number) <= _MOST_DIGITS:
            found |= Q(pk=int(number))
        asked &= found
    return asked
