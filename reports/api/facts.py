"""Facts with their sources: an address for each kind that a model declares, with its own columns."""

from collections.abc import Iterator
from typing import Any, ClassVar

import django_filters as filters
from django.db.models import QuerySet
from rest_framework.request import Request

from regions.access import require_anywhere
from regions.fact_kind import PROVENANCE, FactKind
from regions.models import User
from regions.selectors.fact import list_facts
from regions.selectors.fact_change import counted_kinds
from reports.api.columns import row_serializer
from reports.api.filters import MonthFilter, SubtreeFilter
from reports.api.table import TableView

# Who entered it, and the revision by which a later change is told from an earlier one.
_ENTERED = ("origin", "revision", "entered_at", "changed_at")


def fact_kinds() -> Iterator[FactKind]:
    return (kind for kind in counted_kinds() if isinstance(kind, FactKind))


def columns_of(kind: FactKind) -> dict[str, str]:
    """Without those that may say who somebody is."""
    named = ("id", "region", *kind.key, *kind.values, *kind.derived, *PROVENANCE, *_ENTERED)
    return {
        column.removesuffix("_id"): column.removesuffix("_id")
        for column in dict.fromkeys(named)
        if column not in kind.personal
    }


class FactTable(TableView):
    kind: ClassVar[FactKind]
    ordering = "pk"

    def initial(self, request: Request, *args: Any, **where: Any) -> None:
        super().initial(request, *args, **where)
        for needed in (self.kind.seen_with, self.kind.listed_with):
            require_anywhere(request.user, needed)

    def rows(self, user: User) -> QuerySet[Any]:
        return list_facts(user, self.kind)


def _filters_of(kind: FactKind) -> type[filters.FilterSet]:
    fields: dict[str, Any] = {
        "region": filters.CharFilter(field_name="region_id", help_text="This region alone."),
        "under": SubtreeFilter(field_name="region__code", help_text="This region and all below it."),
    }
    if "month" in kind.key:
        fields["month"] = MonthFilter(field_name="month", help_text="YYYY-MM")
        fields["month_from"] = MonthFilter(field_name="month", lookup_expr="gte")
        fields["month_to"] = MonthFilter(field_name="month", lookup_expr="lte")
    for column in ("category_id", "funding_id", "segment"):
        if column in (*kind.key, *kind.values):
            fields[column.removesuffix("_id")] = filters.CharFilter(field_name=column)
    if "year" in (*kind.key, *kind.values):
        fields["year"] = filters.NumberFilter(field_name="year")
    meta = type("Meta", (), {"model": kind.model, "fields": []})
    return type(f"{kind.model.__name__}Filter", (filters.FilterSet,), {**fields, "Meta": meta})


def fact_view(kind: FactKind) -> type[FactTable]:
    """The list of one kind; a new kind has one by being declared."""
    columns = columns_of(kind)
    name = kind.model.__name__
    body = {
        "kind": kind,
        "columns": columns,
        "serializer_class": row_serializer(name, kind.model, columns),
        "filterset_class": _filters_of(kind),
        "__doc__": f"Facts: {kind.model._meta.verbose_name_raw}. Rows in the caller's scope.",
        "__module__": __name__,
    }
    return type(f"{name}List", (FactTable,), body)
