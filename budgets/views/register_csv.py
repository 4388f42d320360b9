"""A register whose rows name people, as a CSV; that it was taken is noted."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Model
from django.http import HttpResponse
from django.utils.translation import gettext as _

from regions.enums import Verb
from regions.models.region import common_code
from regions.services.act import record_act
from regions.signed_in import SignedInRequest
from regions.views.csv_file import csv_file


def register_csv(
    request: SignedInRequest,
    rows: Sequence[Any],
    *,
    name: str,
    subject: str,
    columns: Sequence[str],
    cells: Iterable[Sequence[object]],
) -> HttpResponse:
    """`columns` stand between the place of a row and its source, as `cells` do."""
    header = [_("kode_wilayah"), _("wilayah"), *columns, _("sumber")]
    table = [
        [row.region_id, row.region.full_label, *told, row.source]
        for row, told in zip(rows, cells, strict=True)
    ]
    place = common_code({row.region_id for row in rows}) if rows else ""
    response = csv_file(name, header, table)
    record_act(
        by=request.user, verb=Verb.EXPORTED, subject=subject, region_code=place, detail={"rows": len(rows)}
    )
    return response


def headings(model: type[Model], columns: Iterable[str]) -> list[str]:
    """What the columns are called, in one word each."""
    fields: list[Any] = [model._meta.get_field(column) for column in columns]
    return [str(field.verbose_name).replace(" ", "_") for field in fields]
