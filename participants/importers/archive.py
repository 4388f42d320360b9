"""What a zipped workbook would unpack to, counted before anything else opens it."""

import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Protocol

from django.utils.translation import gettext as _

from participants.importers.refusal import ListRefused, broken

MOST_UNPACKED = 250 * 2**20
MOST_ENTRIES = 3000
MOST_RATIO = 150
# A ratio says nothing about small files.
RATIO_FROM = 20 * 2**20
MOST_CELLS = 8_000_000
_CHUNK = 2**18
_LOCAL_HEADER = 30
# Anything that names a cell, found fast; and a cell that holds something, found surely.
_COLUMN_OF_CELL = re.compile(rb'r="([A-Za-z]+)\d')
_ROW_OF_CELL = re.compile(rb'r="[A-Za-z]+(\d+)"')
_NAMED_OTHERWISE = re.compile(rb"r\s*=\s*[\"']([A-Za-z]+)(\d+)[\"']")
_XLSX_CELL = re.compile(
    rb"<(?:\w+:)?c\s(?:[^<>]*?\s)?r=[\"']([A-Za-z]+)(\d+)[\"'](?:[^<>]*[^<>/])?><(?:\w+:)?[vif]"
)
_ODS_TAG = re.compile(rb"<table:(table|table-row|table-cell|covered-table-cell)(\s[^<>]*)?>")
_REPEATED = re.compile(rb"number-(?:rows|columns)-repeated=[\"'](\d{1,9})")


def list_entries(path: Path) -> list[zipfile.ZipInfo]:
    """The entries as the archive declares them. Raises ListRefused for a broken or oversized archive."""
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
    except (
        zipfile.BadZipFile,
        ValueError,
        OSError,
        OverflowError,
        NotImplementedError,
        EOFError,
        struct.error,
    ) as error:
        raise broken() from error
    declared = sum(entry.file_size for entry in entries)
    if len(entries) > MOST_ENTRIES or declared > _most_unpacked(path):
        raise _too_big()
    if any(entry.flag_bits & 1 for entry in entries):
        raise ListRefused(
            _("Berkas ZIP ini dilindungi kata sandi. Buka dahulu, lalu kirim daftarnya satu per satu.")
        )
    return entries


def read_entry(path: Path, name: str, most: int = 2**20) -> bytes:
    """The beginning of one entry; nothing where the archive has none of this name or it is damaged."""
    try:
        with zipfile.ZipFile(path) as archive, archive.open(name) as file:
            return file.read(most)
    except (KeyError, OSError, RuntimeError, ValueError, NotImplementedError, zipfile.BadZipFile, zlib.error):
        return b""


def weigh(path: Path, entries: list[zipfile.ZipInfo]) -> int:
    """Unpack every entry without keeping it; the rows of the longest sheet.

    Raises ListRefused where it unpacks to too much.

    Declared sizes can lie and two far cells can span billions, so both are counted here.
    """
    most, unpacked, rows = _most_unpacked(path), 0, 0
    with path.open("rb") as file:
        for entry in entries:
            spans = [_OdsSpan()] if entry.filename == "content.xml" else [_NamedSpan(), _XlsxSpan()]
            for span in spans:
                size = _measure(file, entry, span, most - unpacked)
                if span.cells <= MOST_CELLS:
                    break
            else:
                raise _too_wide()
            unpacked += size
            rows = max(rows, span.rows)
    return rows


class _Span(Protocol):
    """Rows × columns of what a sheet holds."""

    rows: int

    @property
    def cells(self) -> int: ...

    def add(self, chunk: bytes) -> None: ...


def _measure(file: BinaryIO, entry: zipfile.ZipInfo, span: _Span, most: int) -> int:
    """The size of an entry, its span filled; stops where the span is too large already."""
    size = 0
    for chunk in _unpacked(file, entry):
        size += len(chunk)
        if size > most:
            raise _too_big()
        span.add(chunk)
        if span.cells > MOST_CELLS:
            break
    return size


class _XlsxSpan:
    """Rows × columns up to the farthest cell that holds something."""

    def __init__(self) -> None:
        self._rest = b""
        self.rows = self._columns = 0

    @property
    def cells(self) -> int:
        return self.rows * self._columns

    def add(self, chunk: bytes) -> None:
        text = self._rest + chunk
        columns, rows = self._find(text)
        if rows:
            self.rows = max(self.rows, *map(int, rows))
            self._columns = max(self._columns, *map(_column_number, columns))
        self._rest = text[-300:]

    def _find(self, text: bytes) -> tuple[set[bytes], set[bytes]]:
        """The columns and the rows of cells in a piece of XML."""
        return _apart(_XLSX_CELL.findall(text))


class _NamedSpan(_XlsxSpan):
    """The same up to the farthest cell that is named at all: never less, and several times as fast."""

    def _find(self, text: bytes) -> tuple[set[bytes], set[bytes]]:
        rows = _ROW_OF_CELL.findall(text)
        if text.count(b"<c ") + text.count(b":c ") > len(rows):
            return _apart(_NAMED_OTHERWISE.findall(text))
        return set(_COLUMN_OF_CELL.findall(text)), set(rows)


def _apart(pairs: list[tuple[bytes, bytes]]) -> tuple[set[bytes], set[bytes]]:
    return {column for column, _row in pairs}, {row for _column, row in pairs}


class _OdsSpan:
    """As for xlsx; rows and cells of ods may be said once and repeated."""

    def __init__(self) -> None:
        self._rest = b""
        self._row = self._column = self.rows = self._columns = self._repeat = 0

    @property
    def cells(self) -> int:
        return self.rows * self._columns

    def add(self, chunk: bytes) -> None:
        text = self._rest + chunk
        end = 0
        for found in _ODS_TAG.finditer(text):
            end = found.end()
            self._take(found[1], found[2] or b"")
        cut = max(end, text.rfind(b"<"))
        self._rest = text[cut:][:4096]

    def _take(self, tag: bytes, attributes: bytes) -> None:
        repeated = _REPEATED.search(attributes)
        count = int(repeated[1]) if repeated else 1
        if tag == b"table":
            self._row = 0
        elif tag == b"table-row":
            self._row += count
            self._column = 0
        else:
            self._column += count
            if b"value-type" in attributes:
                self.rows = max(self.rows, self._row)
                self._columns = max(self._columns, self._column)


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def _unpacked(file: BinaryIO, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    if entry.header_offset < 0:
        raise broken()
    file.seek(entry.header_offset)
    header = file.read(_LOCAL_HEADER)
    if len(header) < _LOCAL_HEADER or entry.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
        raise broken()
    file.seek(int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:30], "little"), 1)
    left = entry.compress_size
    inflate = zlib.decompressobj(-zlib.MAX_WBITS) if entry.compress_type == zipfile.ZIP_DEFLATED else None
    while left > 0 and (packed := file.read(min(_CHUNK, left))):
        left -= len(packed)
        if inflate is None:
            yield packed
            continue
        try:
            while packed:
                yield inflate.decompress(packed, _CHUNK)
                packed = inflate.unconsumed_tail
        except zlib.error as error:
            raise broken() from error


def _most_unpacked(path: Path) -> int:
    return min(MOST_UNPACKED, max(RATIO_FROM, path.stat().st_size * MOST_RATIO))


def _too_big() -> ListRefused:
    return ListRefused(
        _(
            "Isi berkas jauh lebih besar daripada sebuah daftar, maka tidak dibuka. "
            "Salin daftarnya ke buku kerja baru, simpan sebagai .xlsx, lalu kirim lagi."
        )
    )


def _too_wide() -> ListRefused:
    return ListRefused(
        _(
            "Ada isi yang sangat jauh di bawah atau di kanan daftar. "
            "Hapus isi itu atau salin daftarnya ke buku kerja baru, lalu kirim lagi."
        )
    )
