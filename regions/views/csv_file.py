"""A CSV as spreadsheets here open it, in which no text can run."""

import csv
from collections.abc import Iterable, Sequence

from django.http import HttpResponse

from regions.dead_cells import csv_cell


def csv_file(name: str, header: Sequence[str], rows: Iterable[Sequence[object]]) -> HttpResponse:
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    # Excel here reads a semicolon as the separator and needs the mark to see UTF-8.
    response.write("\ufeff")
    writer = csv.writer(response, delimiter=";")
    writer.writerow(header)
    writer.writerows([csv_cell(cell) for cell in row] for row in rows)
    return response
