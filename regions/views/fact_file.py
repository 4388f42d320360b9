"""Rows of one kind of fact as cells: whatever tells them apart, what they say, and on whose word."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from regions.fact_kind import PROVENANCE, FactKind
from regions.models import Region, User
from regions.month import iso_month

_ENTERED = ("origin", "entered_by", "entered_at", "changed_at", "revision")


def fact_fields(kind: FactKind) -> list[Any]:
    names = (*kind.fixed_fields, *kind.value_fields, *PROVENANCE, *_ENTERED)
    return [kind.model._meta.get_field(name) for name in dict.fromkeys(names)]


def fact_header(kind: FactKind) -> list[str]:
    """What the columns are called, in one word each; what has a code stands as code and in words."""
    found = [_("nomor")]
    for field in fact_fields(kind):
        title = str(field.verbose_name).replace(" ", "_")
        found += [_("kode_%s") % title, title] if _has_code(field) else [title]
    return found


def fact_cells(kind: FactKind, rows: Iterable[Any]) -> Iterator[list[object]]:
    fields = fact_fields(kind)
    labels = {field: _labels(field) for field in fields}
    for row in rows:
        cells: list[object] = [row.pk]
        for field in fields:
            if _has_code(field):
                cells.append(getattr(row, field.attname))
            cells.append(_cell(field, getattr(row, field.name), labels[field]))
        yield cells


def related_names(kind: FactKind) -> list[str]:
    return [field.name for field in fact_fields(kind) if field.is_relation]


def _has_code(field: Any) -> bool:
    return field.is_relation and not issubclass(field.related_model, User)


def _labels(field: Any) -> dict[Any, str]:
    base = field.base_field if isinstance(field, ArrayField) else field
    return {value: str(label) for value, label in base.flatchoices} if base.choices else {}


def _cell(field: Any, value: Any, labels: dict[Any, str]) -> object:
    if isinstance(value, models.Model):
        return value.full_label if isinstance(value, Region) else str(value)
    if isinstance(value, list):
        return ", ".join(labels.get(one, str(one)) for one in value)
    if isinstance(value, bool):
        return _("ya") if value else _("tidak")
    if isinstance(value, datetime):
        return localtime(value).isoformat(timespec="seconds")
    if isinstance(value, date):
        return iso_month(value) if field.name.endswith("month") else value.isoformat()
    return labels.get(value, value)
