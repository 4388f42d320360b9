"""What the rows are called that acts refer to by a number or a code."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models import Model

from regions.act_words import field_of, tables_of, values_said
from regions.models import Act, Region


class ActNames:
    """The names that a set of acts needs: one question for each table, whatever the number of acts."""

    def __init__(self, acts: Iterable[Act]) -> None:
        wanted: dict[type[Model], set[str]] = defaultdict(set)
        for act in acts:
            tables = tables_of(act)
            wanted[Region].add(act.region_code)
            for column, values in values_said(act.detail):
                field = field_of(column, tables)
                if field is not None and field.is_relation:
                    wanted[field.related_model].update(_keys(field, values))
        self._rows = {model: self._found(model, keys - {""}) for model, keys in wanted.items()}

    def __call__(self, model: type[Model], key: str) -> str:
        row: Any = self._rows.get(model, {}).get(key)
        return (row.full_label if isinstance(row, Region) else str(row)) if row is not None else ""

    @staticmethod
    def _found(model: type[Model], keys: set[str]) -> dict[str, Any]:
        return {str(key): row for key, row in model._default_manager.in_bulk(keys).items()} if keys else {}


def _keys(field: Any, values: Iterable[Any]) -> set[str]:
    """Those that can be keys of the table: numbers where it is numbered."""
    texts = {str(value) for value in values if value not in ("", None)}
    is_code = field.related_model._meta.pk.get_internal_type() in {"CharField", "SlugField"}
    return {text for text in texts if is_code or (text.isascii() and text.isdigit() and len(text) < 18)}
