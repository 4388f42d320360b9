"""Bringing a reporting month on, by the steps and the people that its rule names."""

from collections.abc import Mapping
from typing import Any, cast

from drf_spectacular.utils import extend_schema, inline_serializer
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from regions.access import get_region
from regions.enums import Level
from regions.errors import NotPermitted, OutsideScope
from regions.models import User
from regions.month_steps import CHECKS
from regions.roles import Permission
from regions.second_factor import lacks_second_factor
from regions.views.asked import month_of
from reports.api.asked import ApiView
from reports.api.fact_description import refusals
from reports.api.once import DRY_RUN, KEY_PARAMETER, done_once
from reports.api.refusals import refused_in_both
from reports.forms.month import StepForm
from reports.services.handing_in import take_step

_VERBS = [verb for verb, _label in StepForm.base_fields["verb"].choices]  # type: ignore[attr-defined]
_WAITING = [value for value, _label in StepForm.base_fields["waiting"].choices]  # type: ignore[attr-defined]
_STEP = inline_serializer(
    "MonthStepping",
    {
        "verb": serializers.ChoiceField(_VERBS),
        "reason": serializers.CharField(required=False, max_length=500),
        "waiting": serializers.ChoiceField(
            _WAITING, required=False, help_text="At closing: what becomes of rows that wait."
        ),
        "drop_reason": serializers.CharField(required=False, max_length=250),
    },
)


class MonthSteps(ApiView):
    @extend_schema(
        operation_id="months_step",
        request=_STEP,
        parameters=[DRY_RUN, KEY_PARAMETER],
        responses={
            200: inline_serializer(
                "SteppedMonth",
                {
                    "region": serializers.CharField(),
                    "month": serializers.DateField(),
                    "state": serializers.CharField(),
                    "closing": serializers.IntegerField(),
                },
            ),
            **refusals(409, 413, 415, 422),
        },
    )
    def post(self, request: Request, code: str, month: str) -> Response:
        user = cast(User, request.user)
        region, at = get_region(user, code, Permission.VIEW_COVERAGE), month_of(month)
        if region.level > Level.REGENCY:
            raise OutsideScope(code)
        form = StepForm(request.data if isinstance(request.data, Mapping) else {})
        if not form.is_valid():
            raise ValidationError(dict[str, Any](form.errors))
        if form.step in CHECKS and lacks_second_factor(user):
            raise NotPermitted("second factor")

        def work() -> Response:
            row = take_step(
                form.step,
                region_code=code,
                month=at,
                by=user,
                reason=form.cleaned_data["reason"],
                waiting=form.waiting_rows,
            )
            told: dict[str, Any] = {"region": row.region_id, "month": row.month}
            return Response({**told, "state": row.state, "closing": row.closing})

        return done_once(request, lambda: refused_in_both(work, in_set=False))
