"""A CSV as spreadsheets here open it, in which no text can run."""

import csv
import re
from collections.abc import Iterable, Sequence

from django.http import HttpResponse

from regions.plain_characters import plain_text

_LIVE = ("=", "+", "-", "@", "\t", "\r")
_NUMBER = re.compile(r"-?\d+(,\d+)?")


def csv_file(name: str, header: Sequence[str], rows: Iterable[Sequence[object]]) -> HttpResponse:
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    # Excel here reads a semicolon as the separator and needs the mark to see UTF-8.
    response.write("\ufeff")
    writer = csv.writer(response, delimiter=";")
    writer.writerow(header)
    writer.writerows([[_dead(cell) for cell in row] for row in rows])
    return response


def _dead(cell: object) -> object:
    """Text that a spreadsheet would run is written so that it stays text; numbers stay numbers."""
    cell = plain_text(cell) if isinstance(cell, str) else cell
    if isinstance(cell, str) and cell.startswith(_LIVE) and not _NUMBER.fullmatch(cell):
        return f"'{cell}"
    return "" if cell is None else cell
