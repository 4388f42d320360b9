"""Where one figure comes from, down to the rows of facts and their sources."""

from typing import Any, cast

from django.http import Http404
from drf_spectacular.utils import OpenApiParameter, extend_schema, inline_serializer
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from regions.access import get_region
from regions.models import User
from regions.roles import Permission
from regions.views.asked import month_of
from reports.api.asked import ApiView
from reports.api.schema import PER
from reports.explanations.fact_row import FactRow, FactSection
from reports.measures.catalogue import MEASURES
from reports.models import MeasureValue
from reports.selectors.explanation import Explanation, explain_value
from reports.selectors.standing import require_told
from reports.selectors.value import DIMENSIONS, find_value
from reports.views.requests import per_of

_FIGURE: dict[str, Any] = {
    "region": serializers.CharField(),
    "period": serializers.DateField(),
    "measure": serializers.CharField(),
    **{name: serializers.CharField(help_text="Empty where it is not divided by it.") for name in DIMENSIONS},
    "numerator": serializers.IntegerField(),
    "denominator": serializers.IntegerField(allow_null=True),
    "rate": serializers.FloatField(allow_null=True),
    "definition": serializers.CharField(),
    "run": serializers.IntegerField(),
}
_ROW = inline_serializer(
    "ExplainedRow",
    {
        "kind": serializers.CharField(allow_null=True, help_text="Null for a list of persons."),
        "id": serializers.IntegerField(allow_null=True),
        "label": serializers.CharField(),
        "amount": serializers.IntegerField(),
        "unit": serializers.CharField(),
        "source": serializers.CharField(),
        "as_of": serializers.DateField(),
        "origin": serializers.CharField(),
        "place": serializers.CharField(),
    },
    many=True,
)
_SECTIONS = inline_serializer(
    "ExplainedSection",
    {
        "title": serializers.CharField(),
        "rows": _ROW,
        "count": serializers.IntegerField(),
        "total": serializers.IntegerField(),
        "withheld": serializers.BooleanField(help_text="The caller's role is told only number and sum."),
    },
    many=True,
)


def _figures(name: str) -> Any:
    return inline_serializer(name, dict(_FIGURE), many=True)


class ExplanationView(ApiView):
    @extend_schema(
        operation_id="explanations_read",
        parameters=[*(OpenApiParameter(name, str) for name in DIMENSIONS), PER],
        responses=inline_serializer(
            "Explanation",
            {
                "figure": inline_serializer("ExplainedFigure", dict(_FIGURE)),
                "formula": serializers.CharField(),
                "sections": _SECTIONS,
                "parts": _figures("ExplainedPart"),
                "below": _figures("ExplainedBelow"),
                "not_reported": serializers.ListField(
                    child=serializers.CharField(), help_text="Regions below without this figure."
                ),
            },
        ),
    )
    def get(self, request: Request, code: str, period: str, measure: str) -> Response:
        """A figure taken apart: rows of facts, the measures it is made of, the regions it sums."""
        user = cast(User, request.user)
        region, month = get_region(user, code, Permission.VIEW_COVERAGE), month_of(period)
        if measure not in MEASURES:
            raise Http404(measure)
        per = per_of(request)
        require_told(user, region, month)
        dimensions = {name: request.query_params.get(name, "") for name in DIMENSIONS}
        value = find_value(user, region, month, measure, per, **dimensions)
        if value is None:
            raise Http404(measure)
        return Response(_told(explain_value(user, value, per)))


def _told(explanation: Explanation) -> dict[str, Any]:
    measure = explanation.measure
    return {
        "figure": _figure(explanation.value),
        "formula": f"{measure.numerator} ÷ {measure.denominator}",
        "sections": [*map(_section, explanation.sections), *map(_withheld, explanation.withheld)],
        "parts": list(map(_figure, explanation.parts)),
        "below": [_figure(row.value) for row in explanation.below if row.value],
        "not_reported": [row.region.code for row in explanation.below if row.value is None],
    }


def _figure(value: MeasureValue) -> dict[str, Any]:
    return {
        "region": value.run.region_id,
        "period": value.run.period,
        "measure": value.measure,
        **{name: getattr(value, name) for name in DIMENSIONS},
        "numerator": value.numerator,
        "denominator": value.denominator,
        "rate": value.rate,
        "definition": value.definition,
        "run": value.run_id,
    }


def _section(section: FactSection) -> dict[str, Any]:
    return {
        "title": section.title,
        "rows": list(map(_row, section.shown)),
        "count": len(section.rows),
        "total": section.total,
        "withheld": False,
    }


def _withheld(section: Any) -> dict[str, Any]:
    told = {"title": section.title, "count": section.count, "total": section.total}
    return {**told, "rows": [], "withheld": True}


def _row(row: FactRow) -> dict[str, Any]:
    fact = row.fact
    return {
        "kind": row.kind.name if row.kind else None,
        "id": getattr(fact, "pk", None),
        "label": row.label,
        "amount": row.amount,
        "unit": str(row.unit.value),
        "source": fact.source,
        "as_of": fact.as_of,
        "origin": fact.origin,
        "place": row.place,
    }
