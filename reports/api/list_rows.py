"""Rows of persons sent by programs as the list that they would be: read by the worker like any file."""

import csv
import io
from collections.abc import Iterable, Mapping
from typing import Any

from rest_framework.exceptions import ValidationError

from participants.importers.extra import Extras
from participants.importers.header import Field
from participants.person_columns import PERSON_COLUMNS
from participants.selectors.extra_field import person_extras
from regions.models import User
from reports.api.extras import cells_of_row
from reports.api.person_rows import CELLS

_MOST_ROWS = 20_000
# Titles by which the reader of lists knows its columns.
_TITLES = {Field.NIK: "NIK", **{column.field: column.template_title for column in PERSON_COLUMNS}}


def list_of_rows(rows: Any, terms: Any, user: User) -> bytes:
    """Each row is judged like a row of a file; columns that no row has are left out.

    Raises ValidationError.
    """
    if not isinstance(rows, list) or not 0 < len(rows) <= _MOST_ROWS:
        raise ValidationError({"rows": f"1–{_MOST_ROWS}"})
    region = terms.get("region") if isinstance(terms, Mapping) else None
    extras = person_extras(user, region) if isinstance(region, str) else ()
    wrong: dict[str, Any] = {
        str(place): "{…}" for place, row in enumerate(rows) if not _is_row(place, row, extras)
    }
    if wrong:
        raise ValidationError({"rows": wrong})
    used = [field for field in CELLS if any(field.value in row for row in rows)]
    own = [one for one in extras if any(one.key in row.get("extra", {}) for row in rows)]
    held = io.StringIO()
    writer = csv.writer(held, delimiter=";", quoting=csv.QUOTE_ALL)
    writer.writerow([*(_TITLES[field] for field in used), *(one.name for one in own)])
    for place, row in enumerate(rows):
        cells, _refused = cells_of_row(place, row.get("extra", {}))
        writer.writerow(
            [*(row.get(field.value, "") for field in used), *(cells.get(one.key, "") for one in own)]
        )
    return held.getvalue().encode()


def _is_row(place: int, row: Any, extras: Extras) -> bool:
    if not isinstance(row, Mapping):
        return False
    cells = {name: text for name, text in row.items() if name != "extra"}
    own, refused = cells_of_row(place, row.get("extra", {}))
    is_known = set(cells) <= {field.value for field in CELLS} and set(own) <= {one.key for one in extras}
    return is_known and _are_texts(cells.values()) and not refused


def _are_texts(cells: Iterable[Any]) -> bool:
    return all(isinstance(cell, str) for cell in cells)
