"""A region's figures of a month, and what moved them between two, each in one answer."""

from collections.abc import Iterable
from fractions import Fraction
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response

from regions.access import get_region
from regions.month import iso_month
from regions.roles import Permission
from regions.views.asked import month_of
from reports.api.asked import demand_known
from reports.api.schema import PER
from reports.selectors.moves.page import moves_of
from reports.selectors.moves.step import Move
from reports.selectors.run import find_run
from reports.selectors.standing import require_all_told, require_told
from reports.selectors.value import list_values, values_as_rows
from reports.views.requests import per_of


class RegionValueSerializer(serializers.Serializer):
    code = serializers.CharField()
    segment = serializers.CharField(allow_null=True)
    category = serializers.CharField(allow_null=True)
    funding = serializers.CharField(allow_null=True)
    target = serializers.CharField(allow_null=True)
    variant = serializers.CharField(allow_null=True)
    numerator = serializers.IntegerField()
    denominator = serializers.IntegerField(allow_null=True)
    rate = serializers.FloatField(allow_null=True)
    reported = serializers.IntegerField(allow_null=True)
    expected = serializers.IntegerField(allow_null=True)
    grade = serializers.CharField(allow_null=True)
    missing = serializers.ListField(child=serializers.CharField())
    partial = serializers.IntegerField()  # type: ignore[assignment]
    definition = serializers.CharField()


class RegionMonthSerializer(serializers.Serializer):
    region = serializers.CharField()
    period = serializers.CharField(help_text="YYYY-MM")
    per = serializers.DateField(allow_null=True)
    run = serializers.IntegerField(allow_null=True)
    values = RegionValueSerializer(many=True)


class ChangeStepSerializer(serializers.Serializer):
    kind = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    region = serializers.CharField(allow_null=True)
    numerator = serializers.IntegerField()
    denominator = serializers.IntegerField()
    effect = serializers.CharField(help_text="A fraction such as 61/200.")


class RegionChangeSerializer(serializers.Serializer):
    code = serializers.CharField()
    before = serializers.CharField(allow_null=True)
    after = serializers.CharField(allow_null=True)
    change = serializers.CharField(allow_null=True)
    why_not = serializers.CharField(allow_null=True)
    steps = ChangeStepSerializer(many=True)


class ChangesSerializer(serializers.Serializer):
    region = serializers.CharField()
    changes = RegionChangeSerializer(many=True)

    def get_fields(self) -> dict[str, Any]:
        """`from` is a word of Python."""
        months = {name: serializers.CharField(help_text="YYYY-MM") for name in ("from", "to")}
        return {**super().get_fields(), **months}


@extend_schema(operation_id="region_month_values", responses=RegionMonthSerializer, parameters=[PER])
@api_view(["GET", "HEAD"])
def measures(request: Request, code: str, period: str) -> Response:
    """All values of a region and month, as the command `measures --json` prints them."""
    demand_known(request, ("per",))
    region = get_region(request.user, code, Permission.VIEW_COVERAGE)
    month, per = month_of(period), per_of(request)
    require_told(request.user, region, month)
    run = find_run(request.user, region, month, per)
    return Response(
        {
            "region": region.code,
            "period": iso_month(month),
            "per": per and per.isoformat(),
            "run": run.pk if run else None,
            "values": values_as_rows(list_values(run)) if run else [],
        }
    )


@extend_schema(operation_id="region_changes", responses=ChangesSerializer)
@api_view(["GET", "HEAD"])
def changes(request: Request, code: str, first: str, last: str) -> Response:
    """The steps of each change; fractions are texts such as `61/200`, so that nothing is rounded."""
    demand_known(request, ())
    region = get_region(request.user, code, Permission.VIEW_COVERAGE)
    months = month_of(first), month_of(last)
    require_all_told(request.user, region, *months)
    told = [_written(move) for move in moves_of(region, months)]
    return Response(
        {"region": code, "from": iso_month(months[0]), "to": iso_month(months[1]), "changes": told}
    )


def _written(move: Move) -> dict[str, object]:
    return {
        "code": move.code,
        "before": _exact(move.before),
        "after": _exact(move.after),
        "change": _exact(move.change),
        "why_not": move.why_not or None,
        "steps": list(_steps(move)),
    }


def _steps(move: Move) -> Iterable[dict[str, object]]:
    for step in move.steps:
        yield {
            "kind": step.kind,
            "label": str(step.label),
            "region": step.region or None,
            "numerator": step.people,
            "denominator": step.workers,
            "effect": str(step.effect),
        }


def _exact(value: Fraction | None) -> str | None:
    return None if value is None else str(value)
