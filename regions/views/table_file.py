"""The table of a page as a file, whole and in the order of the page: `?unduh=csv`, `?unduh=xlsx`."""

import csv
from collections.abc import Iterable, Sequence
from io import TextIOWrapper
from tempfile import TemporaryFile
from typing import IO, Any

from django.http import FileResponse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from regions.dead_cells import csv_cell, dead
from regions.enums import Verb
from regions.services.act import record_act
from regions.signed_in import SignedInRequest
from regions.workbook_rows import write_workbook

ASKED_AS = "unduh"
_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
Rows = Iterable[Sequence[object]]


def asked_file(request: SignedInRequest) -> str:
    """Which kind of file the address asks for; empty for the page."""
    kind = request.GET.get(ASKED_AS, "")
    return kind if kind in _TYPES else ""


def table_file(
    request: SignedInRequest,
    *,
    name: str,
    subject: str,
    header: Sequence[object],
    rows: Rows,
    region_code: str = "",
) -> FileResponse:
    """Written to disk row by row, whatever their number; that it was taken is an act."""
    kind = asked_file(request)
    file = TemporaryFile()  # noqa: SIM115 (the answer closes it)
    counted = _Counted(rows)
    if kind == "xlsx":
        write_workbook(file, header, ([dead(cell) for cell in row] for row in counted))
    else:
        _write_csv(file, header, counted)
    file.seek(0)
    record_act(
        by=request.user,
        verb=Verb.EXPORTED,
        subject=_("tabel %s") % subject,
        region_code=region_code,
        detail={"rows": counted.count},
    )
    named = f"{name}-{localdate():%Y-%m-%d}.{kind}"
    response = FileResponse(file, as_attachment=True, filename=named, content_type=_TYPES[kind])
    response["Cache-Control"] = "no-store, private"
    return response


class _Counted:
    def __init__(self, rows: Rows) -> None:
        self._rows, self.count = rows, 0

    def __iter__(self) -> Any:
        for row in self._rows:
            self.count += 1
            yield row


def _write_csv(file: IO[bytes], header: Sequence[object], rows: Rows) -> None:
    # Excel here reads a semicolon as separator, a comma as decimal mark,
    # and needs the byte order mark to see UTF-8.
    text = TextIOWrapper(file, encoding="utf-8-sig", newline="")
    writer = csv.writer(text, delimiter=";")
    writer.writerow(header)
    writer.writerows([csv_cell(cell) for cell in row] for row in rows)
    text.detach()
