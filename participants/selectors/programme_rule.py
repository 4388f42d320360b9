"""Which programmes make a person covered in a month."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cache

from django.apps import apps

from participants.models.programme_rule import ProgrammeRule
from participants.programme_set import USUAL_PROGRAMMES

# Month → programmes that count in it.
Programmes = Mapping[date, Sequence[str]]


def covering_programmes(month: date) -> Sequence[str]:
    return covering_programmes_of([month])[month]


def covering_programmes_of(months: Iterable[date]) -> Programmes:
    """By the rule in force on the first day of each month; before the first rule, by that one."""
    rows = list(_table().in_force().values_list("valid_from", "programmes"))
    first = rows[0][1] if rows else USUAL_PROGRAMMES
    return {month: next((told for day, told in reversed(rows) if day <= month), first) for month in months}


@cache
def _table() -> type[ProgrammeRule]:
    (model,) = (model for model in apps.get_models() if issubclass(model, ProgrammeRule))
    return model
