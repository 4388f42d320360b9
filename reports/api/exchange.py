"""Sets of values as DHIS2 sends and takes them (`dataValueSets`), in the codes kept for that system."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, cast

from django.utils.timezone import localdate
from drf_spectacular.utils import OpenApiParameter, extend_schema, inline_serializer
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from regions.access import require_anywhere
from regions.models import User
from regions.roles import Permission
from reports.api.asked import ApiView
from reports.api.fact_description import WRITTEN_SET, refusals
from reports.api.fact_writing import MOST_ROWS, answer_of, record_set
from reports.api.facts import fact_kinds
from reports.api.once import DRY_RUN, KEY_PARAMETER, done_once, is_asked
from reports.api.refusals import RefusedCell, SetRefused
from reports.api.table import told
from reports.exchange_figure import HEADCOUNT, ExchangeFigure
from reports.models import ExchangeSystem
from reports.selectors.exchange import ExchangeCodes, codes_of, get_system, list_systems, told_to

_PERIOD = re.compile(r"(20\d\d)(0[1-9]|1[0-2])")
_LONGEST_SOURCE = 250
_VALUE: dict[str, Any] = {
    "dataElement": serializers.CharField(),
    "period": serializers.CharField(help_text="202507"),
    "orgUnit": serializers.CharField(),
    "value": serializers.CharField(),
    "comment": serializers.CharField(required=False),
}
_VALUES = inline_serializer("DataValue", dict(_VALUE), many=True)
_SYSTEM = inline_serializer(
    "ExchangeSystem",
    {"code": serializers.CharField(), "label": serializers.CharField(), "region": serializers.CharField()},
    many=True,
)


class ExchangeList(ApiView):
    @extend_schema(
        operation_id="exchange_list",
        responses=inline_serializer(
            "ExchangePage", {"data": _SYSTEM, "next": serializers.CharField(allow_null=True)}
        ),
    )
    def get(self, request: Request) -> Response:
        """Other systems with codes of their own, kept where the caller sees coverage."""
        found = list_systems(cast(User, request.user))
        return told({"code": one.code, "label": one.label, "region": one.region_id} for one in found)


class DataValueSets(ApiView):
    @extend_schema(
        operation_id="exchange_read",
        parameters=[OpenApiParameter("period", str, required=True, description="202507")],
        responses=inline_serializer("DataValueSet", {"dataValues": _VALUES}),
    )
    def get(self, request: Request, code: str) -> Response:
        """What the caller may see of the month, in the codes of that system; ready to be sent to it."""
        user = cast(User, request.user)
        system, month = get_system(user, code), _month(request.query_params.get("period", ""))
        period = f"{month:%Y%m}"
        values = [
            {
                "dataElement": one.figure,
                "period": period,
                "orgUnit": one.place,
                "value": f"{one.value}",
                **({"comment": one.comment} if one.comment else {}),
            }
            for one in told_to(user, system, month)
        ]
        return Response({"dataValues": values})

    @extend_schema(
        operation_id="exchange_record",
        description="Record facts that come in the codes of that system; each value is answered.",
        request=inline_serializer(
            "DataValueSetSent",
            {
                "dataValues": inline_serializer("DataValueSent", dict(_VALUE), many=True),
                "source": serializers.CharField(required=False, max_length=_LONGEST_SOURCE),
                "completeDate": serializers.DateField(required=False),
            },
        ),
        parameters=[
            OpenApiParameter("overwrite", bool),
            OpenApiParameter("partial", bool),
            DRY_RUN,
            KEY_PARAMETER,
        ],
        responses={200: WRITTEN_SET, 201: WRITTEN_SET, 207: WRITTEN_SET, **refusals(409, 413, 415, 422)},
    )
    def post(self, request: Request, code: str) -> Response:
        user = cast(User, request.user)
        system = get_system(user, code)
        require_anywhere(user, Permission.ENTER_HEADCOUNT)
        return done_once(request, lambda: _recorded(request, system, user))


def _month(text: str) -> date:
    found = _PERIOD.fullmatch(text)
    if found is None:
        raise ValidationError({"period": "202507"})
    return date(int(found[1]), int(found[2]), 1)


def _recorded(request: Request, system: ExchangeSystem, user: User) -> Response:
    sent = request.data if isinstance(request.data, Mapping) else {}
    values = sent.get("dataValues")
    if not isinstance(values, list) or not 0 < len(values) <= MOST_ROWS:
        raise ValidationError({"dataValues": f"1–{MOST_ROWS}"})
    source = sent.get("source") or system.label
    if not isinstance(source, str) or len(source) > _LONGEST_SOURCE:
        raise ValidationError({"source": f"≤ {_LONGEST_SOURCE}"})
    word = {"source": source, "as_of": sent.get("completeDate") or localdate().isoformat()}
    rows, refused = _as_rows(values, codes_of(system), word)
    is_partial = is_asked(request, "partial")
    if refused and not is_partial:
        raise SetRefused(refused)
    answers: dict[int, dict[str, Any]] = {}
    for kind in fact_kinds():
        mine = [(place, row) for place, (name, row) in rows.items() if name == kind.name]
        if mine:
            answers |= _of_kind(kind, mine, request, user, refused)
    for one in refused:
        held = answers.setdefault(one.row, {"row": one.row, "state": "refused", "errors": []})
        held["errors"].append(one.told())
    if not any(one["state"] != "refused" for one in answers.values()):
        raise SetRefused(refused)
    return answer_of([answers[place] for place in sorted(answers)], is_dry=is_asked(request, "dry_run"))


def _of_kind(
    kind: Any, mine: Sequence[tuple[int, Any]], request: Request, user: User, refused: list[RefusedCell]
) -> dict[int, dict[str, Any]]:
    """Place among the values → what became of it; the refused go to `refused`, or all of it is refused."""
    places = [place for place, _row in mine]
    is_partial = is_asked(request, "partial")
    try:
        answer = record_set(
            kind,
            {"rows": [row for _place, row in mine]},
            by=user,
            overwrite=is_asked(request, "overwrite"),
            partial=is_partial,
            is_dry=is_asked(request, "dry_run"),
        )
    except SetRefused as error:
        found = [one.at(places[one.row]) for one in error.refusals]
        if not is_partial:
            raise SetRefused(found) from error
        refused += found
        return {}
    told_rows = {}
    for row in answer.data["rows"]:
        place = places[row["row"]]
        errors = [
            {**one, "pointer": one["pointer"].replace(f"/rows/{row['row']}", f"/rows/{place}", 1)}
            for one in row.get("errors", [])
        ]
        told_rows[place] = {**row, "row": place, **({"errors": errors} if errors else {})}
    return told_rows


def _as_rows(
    values: Sequence[Any], codes: ExchangeCodes, word: Mapping[str, Any]
) -> tuple[dict[int, tuple[str, dict[str, Any]]], list[RefusedCell]]:
    """Place → (kind of fact, row), and what has no code here or cannot be read."""
    rows: dict[int, tuple[str, dict[str, Any]]] = {}
    refused: list[RefusedCell] = []
    for place, value in enumerate(values):
        told_value = value if isinstance(value, Mapping) else {}
        figure = codes.figures.get(str(told_value.get("dataElement")))
        region = codes.places.get(str(told_value.get("orgUnit")))
        period = _PERIOD.fullmatch(str(told_value.get("period")))
        count = str(told_value.get("value"))
        wrong = {
            "dataElement": figure is None or not figure.is_fact,
            "orgUnit": region is None,
            "period": period is None,
            "value": not count.isdecimal() or len(count) > 15,
        }
        refused += [_unknown(place, name) for name, is_wrong in wrong.items() if is_wrong]
        if figure is not None and period is not None and not any(wrong.values()):
            month = f"{period[1]}-{period[2]}"
            note = told_value.get("comment", "")
            shared = {**word, "region": region, "month": month, "note": note if isinstance(note, str) else ""}
            rows[place] = (figure.kind, {**shared, **_said(figure, int(count))})
    return rows, refused


def _said(figure: ExchangeFigure, count: int) -> dict[str, Any]:
    if figure.kind == HEADCOUNT:
        return {"category": figure.category, "funding": figure.funding, "people": count}
    return {"segment": figure.segment, "members": count}


def _unknown(place: int, name: str) -> RefusedCell:
    return RefusedCell(
        *(place, name, "unknown"),
        "Kode atau isi ini tidak ada di antara kode sistem ini.",
        "This code or value is not known among the codes of this system.",
    )
