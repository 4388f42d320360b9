"""Fields that offices added to persons and months: which there are, and what a month holds of them."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import Any, cast

from drf_spectacular.utils import extend_schema, extend_schema_field, inline_serializer
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from participants.enums import ExtraAbout, ExtraKind
from participants.importers.extra import ExtraKey, is_extra
from participants.models import ExtraField, MonthExtra, Participant
from participants.selectors.extra_field import (
    get_month_extra,
    list_fields,
    list_seen_fields,
    told_extra,
)
from participants.services.month_extra import save_month_extra
from regions.access import get_region
from regions.enums import Level
from regions.errors import FactRefused, MonthLocked, OutsideScope
from regions.models import User
from regions.roles import Permission
from regions.views.asked import month_of
from reports.api.asked import ApiView
from reports.api.fact_description import refusals
from reports.api.once import DRY_RUN, IF_MATCH, demand_writing, done_once, seen_revision
from reports.api.refusals import RefusedCell, refused_in_both
from reports.api.table import told

_ABOUT_EXTRA = (
    "By the keys of `extra-fields`: text, a whole number, a day as YYYY-MM-DD, or null. A personal value is "
    "masked; it is told whole with the numbers of its person."
)


@extend_schema_field(
    {
        "type": "object",
        "description": _ABOUT_EXTRA,
        "additionalProperties": {"oneOf": [{"type": "string"}, {"type": "integer"}], "nullable": True},
    }
)
class ExtraValues(serializers.JSONField):
    """Values by the keys of their fields."""


_FIELD = inline_serializer(
    "ExtraField",
    {
        "key": serializers.CharField(help_text="Names the field for good; its name may change."),
        "region": serializers.CharField(help_text="The region and all below it have the field."),
        "about": serializers.ChoiceField(ExtraAbout.choices),
        "name": serializers.CharField(),
        "kind": serializers.ChoiceField(ExtraKind.choices),
        "choices": serializers.ListField(child=serializers.CharField()),
        "is_required": serializers.BooleanField(),
        "is_personal": serializers.BooleanField(),
        "seen_by": serializers.ListField(child=serializers.CharField()),
        "first_month": serializers.DateField(),
        "last_month": serializers.DateField(allow_null=True),
        "revision": serializers.IntegerField(),
    },
)
_MONTH = inline_serializer(
    "MonthExtra",
    {
        "region": serializers.CharField(),
        "month": serializers.DateField(),
        "revision": serializers.IntegerField(help_text="0 where nobody has written anything."),
        "extra": ExtraValues(),
    },
)


class ExtraFieldList(ApiView):
    """The fields that the caller sees somewhere, those that have ended too."""

    @extend_schema(
        operation_id="extra_fields_list",
        responses=inline_serializer(
            "ExtraFieldPage",
            {"data": type(_FIELD)(many=True), "next": serializers.CharField(allow_null=True)},
        ),
    )
    def get(self, request: Request) -> Response:
        return told(map(_told_field, list_seen_fields(cast(User, request.user))))


class MonthExtraView(ApiView):
    """What the fields of a month hold; written by who enters its figures, while it is open."""

    @extend_schema(operation_id="months_extra_read", responses=_MONTH)
    def get(self, request: Request, code: str, month: str) -> Response:
        user, at = cast(User, request.user), month_of(month)
        _demand_regency(user, code, Permission.VIEW_DRAFTS)
        return _answer(user, get_month_extra(code, at))

    @extend_schema(
        operation_id="months_extra_write",
        description="Keys that are left out stay as they are; null or an empty text empties a field.",
        request=inline_serializer("MonthExtraValues", {"extra": ExtraValues()}),
        parameters=[IF_MATCH, DRY_RUN],
        responses={200: _MONTH, **refusals(412, 413, 415, 422, 428)},
    )
    def patch(self, request: Request, code: str, month: str) -> Response:
        user, at = cast(User, request.user), month_of(month)
        demand_writing(request)
        _demand_regency(user, code, Permission.ENTER_HEADCOUNT)
        sent = request.data.get("extra") if isinstance(request.data, Mapping) else None
        cells = {str(key): text for key, text in cells_sent(sent, "extra").items()}
        revision = seen_revision(request)

        def work() -> Response:
            with pointing_at("extra"):
                row = save_month_extra(region_code=code, month=at, cells=cells, revision=revision, by=user)
            return _answer(user, row)

        return done_once(request, lambda: refused_in_both(work, in_set=False))


def _demand_regency(user: User, code: str, permission: Permission) -> None:
    if get_region(user, code, permission).level > Level.REGENCY:
        raise OutsideScope(code)


@contextmanager
def pointing_at(place: str) -> Iterator[None]:
    """Refusals of single cells name where these stand in what was sent."""
    try:
        yield
    except MonthLocked:
        raise
    except FactRefused as refused:
        raise FactRefused(
            [
                replace(one, field=f"{place}/{one.field}") if is_extra(one.field) else one
                for one in refused.problems
            ]
        ) from refused


def _answer(user: User, row: MonthExtra) -> Response:
    fields = list_fields(user, row.region_id, ExtraAbout.MONTH, row.month)
    said = {"region": row.region_id, "month": row.month, "revision": row.revision}
    return Response({**said, "extra": told_extra(fields, row)}, headers={"ETag": f'"{row.revision}"'})


def cells_sent(sent: Any, pointer: str) -> dict[ExtraKey, str]:
    """What a program sent, as cells. Raises ValidationError for what is no such object."""
    if not isinstance(sent, Mapping):
        raise ValidationError({pointer: _ABOUT_EXTRA})
    wrong = {key: _ABOUT_EXTRA for key, value in sent.items() if not (is_extra(key) and _is_cell(value))}
    if wrong:
        raise ValidationError({pointer: wrong})
    return {ExtraKey(key): "" if value is None else str(value) for key, value in sent.items()}


def cells_of_row(place: int, sent: Any) -> tuple[dict[ExtraKey, str], list[RefusedCell]]:
    """The same of one row of a set: what is no cell is refused with its row."""
    if not isinstance(sent, Mapping):
        return {}, [RefusedCell(place, "extra", "invalid", "{…}", "{…}")]
    cells, refused = {}, []
    for key, value in sent.items():
        if is_extra(key) and _is_cell(value):
            cells[ExtraKey(key)] = "" if value is None else str(value)
        else:
            refused.append(RefusedCell(place, f"extra/{_escaped(key)}", "invalid", '"…"', '"…"'))
    return cells, refused


def _escaped(key: str) -> str:
    return key.replace("~", "~0").replace("/", "~1")


def _is_cell(value: Any) -> bool:
    return value is None or (isinstance(value, str | int) and not isinstance(value, bool))


class ExtrasTold:
    """What persons hold in the fields that a user sees, the fields of each region asked for once."""

    def __init__(self, user: User) -> None:
        self._fields = lru_cache(maxsize=None)(
            lambda code: list_fields(user, code, ExtraAbout.PERSON, ended=True)
        )

    def of(self, person: Participant) -> dict[str, Any]:
        fields: Iterable[ExtraField] = self._fields(person.region_id)
        return told_extra(fields, person)


def _told_field(field: ExtraField) -> dict[str, Any]:
    names = ("about", "name", "kind", "choices", "is_required", "is_personal", "seen_by")
    said: dict[str, Any] = {name: getattr(field, name) for name in names}
    months: dict[str, date | None] = {"first_month": field.first_month, "last_month": field.last_month}
    return {"key": field.key, "region": field.region_id, **said, **months, "revision": field.revision}
