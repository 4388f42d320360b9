"""Facts with their sources: an address for each kind that a model declares, with its own columns."""

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar, cast

import django_filters as filters
from django.db.models import QuerySet
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from regions.access import require, require_anywhere, within
from regions.errors import FactRefused, OutsideScope, Problem
from regions.fact_kind import PROVENANCE, FactKind
from regions.models import User
from regions.personal_numbers import masked_numbers
from regions.selectors.fact import get_fact, list_facts
from regions.selectors.fact_change import counted_kinds
from regions.services.fact import store_of
from reports.api.asked import ApiView
from reports.api.columns import row_serializer
from reports.api.fact_description import describes_correction, describes_removal, describes_set
from reports.api.fact_rows import read_changes
from reports.api.fact_writing import record_set
from reports.api.filters import MonthFilter, SubtreeFilter
from reports.api.once import done_once, is_asked, seen_revision
from reports.api.refusals import refused_in_both
from reports.api.table import TableView

_LONGEST_REASON = 250

# Who entered it, and the revision by which a later change is told from an earlier one.
_ENTERED = ("origin", "revision", "entered_at", "changed_at")


def fact_kinds() -> Iterator[FactKind]:
    return (kind for kind in counted_kinds() if isinstance(kind, FactKind))


def columns_of(kind: FactKind) -> dict[str, str]:
    """What its register shows: names of employers too, not what is made of them to compare them by."""
    written = (*kind.fixed_fields, *kind.values)
    named = ("id", "region", *written, *kind.key, *kind.derived, *PROVENANCE, *_ENTERED)
    return {
        column.removesuffix("_id"): column.removesuffix("_id")
        for column in dict.fromkeys(named)
        if column in written or column not in kind.personal
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

    def post(self, request: Request) -> Response:
        require_anywhere(request.user, self.kind.permission)
        return done_once(request, lambda: self._recorded(request))

    def _recorded(self, request: Request) -> Response:
        user: Any = request.user
        return record_set(
            self.kind,
            request.data,
            by=user,
            overwrite=is_asked(request, "overwrite"),
            partial=is_asked(request, "partial"),
            is_dry=is_asked(request, "dry_run"),
        )


class FactDetail(ApiView):
    """One fact. Its ETag is its revision, by which a later change is told from an earlier one."""

    kind: ClassVar[FactKind]
    columns: ClassVar[dict[str, str]]

    def get(self, request: Request, pk: int) -> Response:
        return self._told(request, pk)

    def patch(self, request: Request, pk: int) -> Response:
        self._demand(request, pk)
        revision, user = seen_revision(request), cast(User, request.user)

        def correct() -> Response:
            sent = dict(request.data) if isinstance(request.data, Mapping) else {}
            reason = reason_of(sent.pop("reason", ""))
            store_of(self.kind).correct(
                pk=pk, revision=revision, by=user, reason=reason, new=read_changes(self.kind, sent)
            )
            return self._told(request, pk)

        return done_once(request, lambda: refused_in_both(correct, in_set=False))

    def _told(self, request: Request, pk: int) -> Response:
        user = cast(User, request.user)
        for needed in (self.kind.seen_with, self.kind.listed_with):
            require_anywhere(user, needed)
        found = list_facts(user, self.kind).filter(pk=pk).values(*self.columns.values()).first()
        if found is None:
            raise OutsideScope(pk)
        told = {name: found[path] for name, path in self.columns.items()}
        return Response(told, headers={"ETag": f'"{found["revision"]}"'})

    def _demand(self, request: Request, pk: int) -> None:
        """Who may not see the row learns nothing of it."""
        row = get_fact(self.kind.model, pk, within(request.user, permission=self.kind.seen_with))
        if row is None:
            raise OutsideScope(pk)
        require(request.user, self.kind.permission, row.region_id)


class FactRemoval(FactDetail):
    http_method_names = ("post", "options")

    def post(self, request: Request, pk: int) -> Response:
        self._demand(request, pk)
        revision, user = seen_revision(request), cast(User, request.user)

        def remove() -> Response:
            sent = request.data if isinstance(request.data, Mapping) else {}
            reason = reason_of(sent.get("reason", ""))
            store_of(self.kind).remove(pk=pk, revision=revision, by=user, reason=reason)
            return Response(status=status.HTTP_204_NO_CONTENT)

        return done_once(request, lambda: refused_in_both(remove, in_set=False))


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


def reason_of(said: Any) -> str:
    """Why a stored fact is corrected or removed. Raises FactRefused."""
    reason = masked_numbers(said.strip()) if isinstance(said, str) else ""
    if not reason or len(reason) > _LONGEST_REASON:
        raise FactRefused([Problem(0, "reason", _("Tulis alasannya, paling banyak 250 huruf."))])
    return reason


def fact_paths(kind: FactKind) -> Iterator[URLPattern]:
    """The addresses of one kind; a new kind has them by being declared."""
    columns, place, name = columns_of(kind), f"facts/{kind.name.replace('_', '-')}/", kind.model.__name__
    answer = row_serializer(name, kind.model, columns)
    shared = {"kind": kind, "columns": columns, "__module__": __name__}
    about = f"Facts: {kind.model._meta.verbose_name_raw}. Rows in the caller's scope."
    table: Any = type(
        f"{name}List",
        (FactTable,),
        {**shared, "serializer_class": answer, "filterset_class": _filters_of(kind), "__doc__": about},
    )
    row: Any = type(f"{name}Detail", (FactDetail,), dict(shared))
    removal: Any = type(f"{name}Removal", (FactRemoval,), dict(shared))
    table = extend_schema_view(post=describes_set(kind))(table)
    row = extend_schema_view(
        get=extend_schema(operation_id=f"facts_{kind.name}_read", responses=answer),
        patch=describes_correction(kind, answer),
    )(row)
    removal = extend_schema_view(post=describes_removal(kind))(removal)
    yield path(place, table.as_view(), name=f"api_{kind.name}")
    yield path(f"{place}<int:pk>/", row.as_view(), name=f"api_{kind.name}_row")
    yield path(f"{place}<int:pk>/removal/", removal.as_view(), name=f"api_{kind.name}_removal")
