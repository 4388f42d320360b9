"""What the description of the API says of writing facts."""

from typing import Any

from django.db import models
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema, inline_serializer
from rest_framework import serializers

from regions.fact_kind import FactKind
from reports.api.columns import described
from reports.api.fact_rows import corrected_columns, written_columns
from reports.api.fact_writing import MOST_ROWS
from reports.api.once import DRY_RUN, IF_MATCH, KEY_PARAMETER
from reports.api.problem import ProblemRenderer
from reports.api.schema import ERRORS, PROBLEM

_REASON = serializers.CharField(max_length=250, help_text="Kept in the history; auditors read it.")
_OVERWRITE = OpenApiParameter("overwrite", bool, description="Replace what is stored with other values.")
_PARTIAL = OpenApiParameter(
    "partial", bool, description="Store the good rows of a set that has refused ones; answered by 207."
)
_TOLD_ROW = inline_serializer(
    "WrittenRow",
    {
        "row": serializers.IntegerField(help_text="Its place among the rows that were sent, from 0."),
        "state": serializers.ChoiceField(["created", "changed", "unchanged", "refused"]),
        "id": serializers.IntegerField(required=False, allow_null=True),
        "revision": serializers.IntegerField(required=False),
        "spell": serializers.IntegerField(
            required=False, allow_null=True, help_text="Of a person: the spell that was stored."
        ),
        "doubts": serializers.ListField(child=serializers.CharField(), required=False),
        "errors": ERRORS,
    },
    many=True,
)
WRITTEN_SET = inline_serializer(
    "WrittenSet",
    {
        "dry_run": serializers.BooleanField(),
        **{state: serializers.IntegerField() for state in ("created", "changed", "unchanged", "refused")},
        "rows": _TOLD_ROW,
    },
)


REMOVAL = inline_serializer("Removal", {"reason": _REASON})


def refusals(*codes: int) -> dict[Any, Any]:
    return {(code, ProblemRenderer.media_type): OpenApiResponse(PROBLEM) for code in codes}


def _written(field: Any) -> Any:
    """The same column as it is read, but written."""
    known = described(field.model, field.name)
    about = {"help_text": str(field.verbose_name), "allow_null": field.null}
    about["required"] = not (field.has_default() or field.null or field.blank)
    if field.is_relation:
        numbered = isinstance(field.target_field, models.AutoField | models.BigAutoField)
        return (serializers.IntegerField if numbered else serializers.CharField)(**about)
    if field.choices:
        return serializers.CharField(**about)
    if isinstance(known, serializers.DecimalField):
        return serializers.FloatField(**about)
    if isinstance(known, serializers.DateField):
        return serializers.CharField(**about)
    if isinstance(known, serializers.ListField):
        return serializers.ListField(child=serializers.CharField(), **about)
    if isinstance(known, serializers.CharField):
        about |= {"max_length": field.max_length, "allow_blank": field.blank}
    return type(known)(**about)


def _serializer(name: str, columns: dict[str, Any], **more: Any) -> type[serializers.Serializer]:
    fields = {one: _written(field) for one, field in columns.items()}
    return type(f"{name}Serializer", (serializers.Serializer,), {**fields, **more})


def describes_set(kind: FactKind) -> Any:
    name = kind.model.__name__
    row = _serializer(f"{name}Row", written_columns(kind))
    body = inline_serializer(f"{name}Set", {"rows": row(many=True)})
    return extend_schema(
        operation_id=f"facts_{kind.name}_record",
        description=f"Record a set of at most {MOST_ROWS:,} rows, whole or not at all.",
        request=body,
        parameters=[_OVERWRITE, _PARTIAL, DRY_RUN, KEY_PARAMETER],
        responses={200: WRITTEN_SET, 201: WRITTEN_SET, 207: WRITTEN_SET, **refusals(409, 413, 415, 422)},
        filters=False,
    )


def describes_correction(kind: FactKind, answer: Any) -> Any:
    columns = corrected_columns(kind)
    body = _serializer(f"{kind.model.__name__}Change", columns, reason=_REASON)
    for name in columns:
        body().fields[name].required = False
    return extend_schema(
        operation_id=f"facts_{kind.name}_correct",
        description="Correct one row; the earlier one stays in its history.",
        request=body(partial=True),
        parameters=[IF_MATCH, DRY_RUN],
        responses={200: answer, **refusals(412, 413, 415, 422, 428)},
    )


def describes_removal(kind: FactKind) -> Any:
    return extend_schema(
        operation_id=f"facts_{kind.name}_remove",
        description="Take away a row that should never have been there; its history stays.",
        request=REMOVAL,
        parameters=[IF_MATCH, DRY_RUN, KEY_PARAMETER],
        responses={204: None, **refusals(409, 412, 413, 415, 422, 428)},
    )
