"""One value of an act in words: the choice, name, month or number that it stands for."""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext as _

from regions.formats import MISSING, day_name, month_name, whole
from regions.month import parse_month
from regions.number import decimal

# Table and key → what the row is called; empty where nobody knows it any more.
NameOf = Callable[[type[models.Model], str], str]
_QUOTED = re.compile(r"'([^']*)'")


def no_names(_model: type[models.Model], _key: str) -> str:
    return ""


def value_words(field: Any, value: Any, name_of: NameOf = no_names) -> str:
    """`field` is the column the value is of; without one it stands as it is."""
    text = "" if value is None else str(value)
    if text in {"", "None"}:
        return MISSING
    if field is None:
        return text
    if field.is_relation:
        return name_of(field.related_model, text) or text
    if isinstance(field, ArrayField):
        parts = _QUOTED.findall(text)
        return ", ".join(value_words(field.base_field, part, name_of) for part in parts) or text
    if field.choices:
        return str({str(key): label for key, label in field.flatchoices}.get(text, text))
    return _plain_words(field, text)


def _plain_words(field: Any, text: str) -> str:
    if isinstance(field, models.BooleanField):
        return {"True": _("ya"), "False": _("tidak")}.get(text, text)
    if isinstance(field, models.DateField):
        return day_or_month(text)
    if isinstance(field, models.PositiveSmallIntegerField):
        # Years and counts of months: nothing to group.
        return text
    if isinstance(field, models.IntegerField | models.DecimalField):
        return _number(text)
    return text


def day_or_month(text: str) -> str:
    """`2025-07` → `Juli 2025`, `2025-07-05` → `5 Juli 2025`."""
    try:
        return month_name(parse_month(text)) if len(text) == 7 else day_name(date.fromisoformat(text[:10]))
    except ValueError:
        return text


def _number(text: str) -> str:
    try:
        return decimal(Decimal(text)) if "." in text else whole(int(text))
    except (InvalidOperation, ValueError):
        return text
