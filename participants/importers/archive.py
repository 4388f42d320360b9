"""What a zipped workbook would unpack to, counted before anything else opens it."""

import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple

from django.utils.translation import gettext as _

from participants.importers.refusal import ListRefused, broken
from participants.importers.spans import HiddenRows, NamedSpan, OdsSpan, Span, XlsxSpan

MOST_UNPACKED = 250 * 2**20
MOST_ENTRIES = 3000
MOST_RATIO = 150
# A ratio says nothing about small files.
RATIO_FROM = 20 * 2**20
MOST_CELLS = 8_000_000
_CHUNK = 2**18
_LOCAL_HEADER = 30
_LIST_ENDINGS = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".csv", ".txt", ".tsv", ".htm", ".html")


class Weight(NamedTuple):
    """The rows of the longest sheet, and how many rows of all sheets are hidden or filtered away."""

    rows: int
    hidden_rows: int


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


def lists_inside(entries: Iterable[zipfile.ZipInfo]) -> list[str]:
    """The names of what look like lists in an archive, without what macOS adds."""
    return [
        entry.filename
        for entry in entries
        if entry.filename.lower().endswith(_LIST_ENDINGS)
        and not entry.is_dir()
        and "__MACOSX" not in entry.filename
        and not Path(entry.filename).name.startswith((".", "~$"))
    ]


def is_locked_ods(file: Path | BinaryIO) -> bool:
    """Whether this is a workbook of LibreOffice behind a password."""
    return b"encryption-data" in read_entry(file, "META-INF/manifest.xml")


def read_entry(file: Path | BinaryIO, name: str, most: int = 2**20) -> bytes:
    """The beginning of one entry; nothing where the archive has none of this name or it is damaged."""
    try:
        with zipfile.ZipFile(file) as archive, archive.open(name) as entry:
            return entry.read(most)
    except (KeyError, OSError, RuntimeError, ValueError, NotImplementedError, zipfile.BadZipFile, zlib.error):
        return b""


def weigh(path: Path, entries: list[zipfile.ZipInfo]) -> Weight:
    """Unpack every entry without keeping it.

    Raises ListRefused where it unpacks to too much.

    Declared sizes can lie and two far cells can span billions, so both are counted here.
    """
    most, unpacked, rows = _most_unpacked(path), 0, 0
    hidden = HiddenRows()
    with path.open("rb") as file:
        for entry in entries:
            spans = [OdsSpan()] if entry.filename == "content.xml" else [NamedSpan(), XlsxSpan()]
            for span in spans:
                hidden.begin(entry.filename)
                size = _measure(file, entry, (span, hidden), most - unpacked)
                if span.cells <= MOST_CELLS:
                    break
            else:
                raise _too_wide()
            unpacked += size
            rows = max(rows, span.rows)
    return Weight(rows, hidden.count)


def _measure(file: BinaryIO, entry: zipfile.ZipInfo, spans: tuple[Span, HiddenRows], most: int) -> int:
    """The size of an entry, its span filled; stops where the span is too large already."""
    size = 0
    span, hidden = spans
    for chunk in _unpacked(file, entry):
        size += len(chunk)
        if size > most:
            raise _too_big()
        span.add(chunk)
        hidden.add(chunk)
        if span.cells > MOST_CELLS:
            break
    return size


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
            "Isi berkas terlalu besar untuk sebuah daftar sehingga tidak dibuka. Salin daftarnya ke "
            "buku kerja baru, simpan sebagai .xlsx, lalu kirim lagi."
        )
    )


def _too_wide() -> ListRefused:
    return ListRefused(
        _(
            "Terdapat isian jauh di bawah atau di kanan daftar. Hapus isi itu atau salin daftarnya ke "
            "buku kerja baru, lalu kirim lagi."
        )
    )
