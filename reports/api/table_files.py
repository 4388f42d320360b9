"""A whole list as a file, row by row from the database: CSV on its way out, the others by way of the disk."""

import csv
import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from io import StringIO
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile
from typing import IO, Any

import fastparquet
import pandas as pd
from django.utils.timezone import localtime
from rest_framework.renderers import BaseRenderer

from regions.dead_cells import dead
from regions.workbook_rows import write_workbook

_BLOCK, _GROUP = 1_000, 50_000
Rows = Iterable[Sequence[Any]]


class FileRenderer(BaseRenderer):
    """Says that the whole list can be had as a file; the rows go past it."""

    def render(self, data: Any, *_args: Any, **_more: Any) -> bytes:
        return data if isinstance(data, bytes) else str(data).encode()


class CsvRenderer(FileRenderer):
    media_type = "text/csv"
    format = "csv"
    charset = "utf-8"


class WorkbookRenderer(FileRenderer):
    media_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    format = "xlsx"
    charset = None
    render_style = "binary"


class ParquetRenderer(FileRenderer):
    media_type = "application/vnd.apache.parquet"
    format = "parquet"
    charset = None
    render_style = "binary"


class SdmxRenderer(FileRenderer):
    """SDMX-CSV 2.0: what the structure is, what is done with each row, dimensions, value, attributes."""

    media_type = "application/vnd.sdmx.data+csv"
    format = "sdmx"
    charset = "utf-8"


FILE_RENDERERS = (CsvRenderer, WorkbookRenderer, ParquetRenderer)
# Codes come again row by row.
_dead = lru_cache(maxsize=4096)(dead)


def csv_blocks(names: Sequence[str], rows: Rows) -> Iterator[str]:
    """The lines, a thousand in a piece: servers send each piece by itself."""
    yield _lines([names])
    for block in _blocks(rows, _BLOCK):
        yield _lines([_written(value) for value in row] for row in block)


def workbook(names: Sequence[str], rows: Rows) -> IO[bytes]:
    file = TemporaryFile()  # noqa: SIM115 (the answer closes it)
    write_workbook(file, names, ([_written(value) for value in row] for row in rows))
    file.seek(0)
    return file


def parquet(names: Sequence[str], kinds: Sequence[str], rows: Rows) -> IO[bytes]:
    """`kinds`: what each column holds, as pandas calls it; groups of rows are written as they come."""
    with TemporaryDirectory() as place:
        path = Path(place) / "data.parquet"
        blocks = _blocks(rows, _GROUP)
        # An empty list is a file too, with its columns.
        _add(path, names, kinds, next(blocks, []), append=False)
        for block in blocks:
            _add(path, names, kinds, block, append=True)
        # Without a name the file goes when the answer closes it.
        return path.open("rb")


def _add(path: Path, names: Sequence[str], kinds: Sequence[str], block: Rows, *, append: bool) -> None:
    frame = pd.DataFrame([[_plain(value) for value in row] for row in block], columns=list(names))
    for name, kind in zip(names, kinds, strict=True):
        frame[name] = _column(frame[name], kind)
    fastparquet.write(
        str(path), frame, write_index=False, append=append, compression="SNAPPY", has_nulls=True
    )


def _column(told: Any, kind: str) -> Any:
    """Moments in UTC. Days as nanoseconds: pandas reads them as seconds, which are written wrongly."""
    if not kind.startswith("datetime"):
        return told.astype(kind)
    found = pd.to_datetime(told, utc=True).dt.tz_convert(None)
    return found.astype("datetime64[ns]")


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return float(value)
    return _text(value) if isinstance(value, (list, dict)) else value


def _blocks(rows: Rows, size: int) -> Iterator[list[Sequence[Any]]]:
    left = iter(rows)
    while block := list(islice(left, size)):
        yield block


def _lines(rows: Rows) -> str:
    held = StringIO()
    csv.writer(held).writerows(rows)
    return held.getvalue()


def _written(value: Any) -> Any:
    """Days and moments by ISO 8601, nothing for what is not known; no text that a spreadsheet would run."""
    if value is None or isinstance(value, (int, Decimal)):
        return value
    if isinstance(value, datetime):
        return localtime(value).isoformat(timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    return dead(_text(value)) if isinstance(value, (list, dict)) else _dead(value)


def _text(value: Any) -> str:
    return " ".join(map(str, value)) if isinstance(value, list) else json.dumps(value, ensure_ascii=False)
