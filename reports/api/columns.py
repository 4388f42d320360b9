"""Columns of the API: a name for programs, and the way to what is stored. Types are read off the models."""

from collections.abc import Mapping
from typing import Any

from django.db import models
from rest_framework import serializers

_TYPES: dict[type[Any], type[Any]] = {
    models.BooleanField: serializers.BooleanField,
    models.DateField: serializers.DateField,
    models.DateTimeField: serializers.DateTimeField,
    models.IntegerField: serializers.IntegerField,
    models.BigIntegerField: serializers.IntegerField,
    models.PositiveIntegerField: serializers.IntegerField,
    models.PositiveSmallIntegerField: serializers.IntegerField,
    models.PositiveBigIntegerField: serializers.IntegerField,
    models.BigAutoField: serializers.IntegerField,
    models.FloatField: serializers.FloatField,
    models.JSONField: serializers.JSONField,
}


def field_at(model: type[models.Model], path: str) -> Any:
    """The stored field at the end of a way such as `run__region`."""
    name, _sign, rest = path.partition("__")
    found: Any = model._meta.get_field(name)
    if rest:
        return field_at(found.related_model, rest)
    return found.target_field if found.is_relation else found


def described(model: type[models.Model], path: str) -> Any:
    """What the description of the API says of a column."""
    stored, shown = field_at(model, path), _last(model, path)
    about: dict[str, Any] = {"read_only": True, "help_text": str(shown.verbose_name)}
    about["allow_null"] = any(one.null for one in _steps(model, path))
    if isinstance(stored, models.GeneratedField):
        stored = stored.output_field
        about["allow_null"] = True
    if isinstance(stored, models.DecimalField):
        about |= {"max_digits": None, "decimal_places": stored.decimal_places}
        return serializers.DecimalField(coerce_to_string=False, **about)
    inner = getattr(stored, "base_field", None)
    if inner is not None:
        return serializers.ListField(child=serializers.CharField(), **about)
    return _TYPES.get(type(stored), serializers.CharField)(**about)


def _steps(model: type[models.Model], path: str) -> list[Any]:
    name, _sign, rest = path.partition("__")
    found: Any = model._meta.get_field(name)
    return [found, *(_steps(found.related_model, rest) if rest else [])]


def _last(model: type[models.Model], path: str) -> Any:
    return _steps(model, path)[-1]


def has_order(model: type[models.Model], path: str) -> bool:
    """Whether rows can be ordered by a column, page by page: none of it is missing."""
    stored = field_at(model, path)
    has_parts = isinstance(stored, models.JSONField | models.GeneratedField) or hasattr(stored, "base_field")
    return not has_parts and not any(one.null for one in _steps(model, path))


def row_serializer(
    name: str, model: type[models.Model], columns: Mapping[str, str]
) -> type[serializers.Serializer]:
    """For the description only; rows are written from what the database answers."""
    fields: dict[str, Any] = {one: described(model, path) for one, path in columns.items()}
    return type(f"{name}Serializer", (serializers.Serializer,), {**fields, "model": model})
