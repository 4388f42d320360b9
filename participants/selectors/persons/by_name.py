"""Persons by a part of their name, for the search on every page."""

from django.db.models import Case, IntegerField, QuerySet, When

from participants.models import Participant
from participants.selectors.persons.person import PersonFilters, list_persons
from regions.access import scope_of
from regions.models import User
from regions.roles import Permission
from regions.search_words import words_of

# Shorter parts stand in nearly every name.
_LEAST = 3


def search_persons(user: User, text: str) -> QuerySet[Participant]:
    """Those who begin with the text first; nobody for numbers, short parts, or whom the user may not see."""
    words = words_of(text)
    if not scope_of(user).holds_anywhere(Permission.VIEW_PERSONS) or any(map(str.isdigit, text)):
        return Participant.objects.none()
    if max(map(len, words), default=0) < _LEAST:
        return Participant.objects.none()
    first = Case(When(name__istartswith=" ".join(words), then=0), default=1, output_field=IntegerField())
    return list_persons(user, PersonFilters(name=text)).order_by(first, "name", "pk")
