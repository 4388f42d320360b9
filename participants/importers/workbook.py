"""Opening a file whatever it is called: xlsx, xls, ods, csv or an HTML table."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import partial
from pathlib import Path
from typing import TypeVar

from django.utils.translation import gettext as _
from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from participants.importers import archive
from participants.importers.delimited import decode, is_even, read_delimited, usual_width
from participants.importers.html_table import read_html
from participants.importers.merged import Range, Spread, fill_merged
from participants.importers.ods_merges import ods_merges
from participants.importers.refusal import ListRefused, Protected, ZipOfLists, broken
from regions.personal_numbers import masked_numbers
from regions.plain_characters import plain_text

Cell = str | int | float | bool | date | datetime | time | timedelta
NumberedRow = tuple[int, list[Cell]]
Result = TypeVar("Result")

MOST_BYTES = 25 * 2**20
# The parser of HTML is slow on what is none.
MOST_HTML = 5 * 2**20
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_HTML = (b"<html", b"<table", b"<!doctype html", b"<meta", b"<head", b"<body", b"<style")
_NAMED_KINDS = {b"\x89PNG": "PNG", b"\xff\xd8\xff": "JPEG", b"{\\rtf": "RTF"}
_NAMED_KINDS |= {b"Rar!": "RAR", b"7z\xbc\xaf": "7z", b"\x1f\x8b": "GZIP"}
# Of larger sheets the merged cells are not looked for.
_MOST_ODS = 60 * 2**20
# The old kind of workbook: how long it is shows while it is read.
_UNWEIGHED = archive.Weight(0, 0)
_TEXT_CONTROLS = frozenset(range(32)) - {9, 10, 12, 13, 26, 27}
# More of them than this share of a text, and it is none.
_MOST_CONTROLS = 0.02


@dataclass(frozen=True)
class Sheet:
    """`read()` gives (row number as Excel shows it, cells from column A on), once more at each call.

    `expected` is how many rows there will be at most, for telling how far a reader has come.
    """

    name: str
    hidden: bool
    read: Callable[[], Iterator[NumberedRow]]
    expected: int = 0
    # How many cells most rows of a text file have, and whether nearly all have; 0 for other files.
    width: int = 0
    is_even: bool = False
    # With the first sheet: rows of the whole file that are hidden or filtered away, yet read like all others.
    hidden_rows: int = 0


def open_workbook(path: Path, name: str = "") -> list[Sheet]:
    """The sheets of a file, told by its content. Raises ListRefused for anything that is no table.

    A text file is one sheet called `name`, or like the file. Numbers of persons in names of sheets are
    masked here, before anything can keep them.
    """
    taken: set[str] = set()
    found = _open(path, name)
    return [replace(sheet, name=own_name(masked_numbers(sheet.name), taken)) for sheet in found]


def own_name(name: str, taken: set[str]) -> str:
    """A name that no sheet before has; two that look alike masked stay two."""
    while name in taken:
        name += "'"
    taken.add(name)
    return name


def _open(path: Path, name: str) -> list[Sheet]:
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            start = file.read(4096)
    except OSError as error:
        raise ListRefused(_("Berkas tidak dapat dibaca. Kirim sekali lagi.")) from error
    if size > MOST_BYTES:
        raise _too_large(MOST_BYTES)
    if not start.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        raise ListRefused(_("Berkas kosong. Isi daftarnya, simpan, lalu kirim lagi."))
    if start.startswith(b"PK"):
        return _open_zipped(path)
    if start.startswith(OLE):
        return _open_old_excel(path)
    return _open_text(path, start, name or path.stem)


def _open_zipped(path: Path) -> list[Sheet]:
    entries = archive.list_entries(path)
    if archive.is_locked_ods(path):
        raise Protected()
    names = {entry.filename.lower() for entry in entries}
    if any(name.endswith(".iwa") or name.endswith("index.zip") for name in names):
        raise ListRefused(
            _(
                "Ini berkas Numbers dari Apple. Di Numbers pilih Berkas, Ekspor ke, Excel, "
                "lalu kirim berkas .xlsx itu."
            )
        )
    is_excel = any(name.endswith(("workbook.xml", "workbook.bin")) for name in names)
    lists = [] if is_excel or "content.xml" in names else archive.lists_inside(entries)
    if lists:
        raise ZipOfLists(lists)
    weight = archive.weigh(path, entries)
    if not is_excel and "content.xml" not in names:
        raise _no_table(_("berkas ZIP atau dokumen lain"))
    merges = {} if is_excel else ods_merges(archive.read_entry(path, "content.xml", _MOST_ODS))
    return _open_calamine(path, weight, merges)


def _open_old_excel(path: Path) -> list[Sheet]:
    if _ENCRYPTED in path.read_bytes():
        raise Protected()
    return _open_calamine(path)


def _open_calamine(
    path: Path, weight: archive.Weight = _UNWEIGHED, merges: Mapping[str, list[Range]] | None = None
) -> list[Sheet]:
    book = _guarded(lambda: CalamineWorkbook.from_path(path))
    sheets = [one for one in book.sheets_metadata if one.typ == SheetTypeEnum.WorkSheet]
    return [
        Sheet(
            name=sheet.name,
            hidden=sheet.visible != SheetVisibleEnum.Visible,
            read=partial(_calamine_rows, book, sheet.name, (merges or {}).get(sheet.name, [])),
            expected=weight.rows,
            hidden_rows=0 if place else weight.hidden_rows,
        )
        for place, sheet in enumerate(sheets)
    ]


def _calamine_rows(book: CalamineWorkbook, name: str, merges: list[Range]) -> Iterator[NumberedRow]:
    sheet = _guarded(lambda: book.get_sheet_by_name(name))
    rows = _numbered_rows(sheet)
    told = None if merges else _guarded(lambda: sheet.merged_cell_ranges)
    return fill_merged(rows, merges or told or [])


def _numbered_rows(sheet: CalamineSheet) -> Iterator[NumberedRow]:
    rows = _guarded(sheet.iter_rows)
    # Empty columns before the first are left out, empty rows are not.
    before: list[Cell] = [""] * (sheet.start[1] if sheet.start else 0)
    number = 0
    while True:
        number += 1
        cells = _guarded(lambda: next(rows, None))
        if cells is None:
            return
        if any(cell != "" for cell in cells):
            # Nearly every cell is plain; asking so here saves a call for each.
            yield (
                number,
                before
                + [
                    cell
                    if cell.__class__ is not str
                    or (cell.isascii() and cell.isprintable() and "_x" not in cell)
                    else plain_text(cell)
                    for cell in cells
                ],
            )


def _guarded(read: Callable[[], Result]) -> Result:
    """Run one call of the reader. Raises ListRefused for whatever it stumbles over."""
    try:
        return read()
    except PasswordError as error:
        raise Protected() from error
    except (CalamineError, OSError, ValueError, OverflowError) as error:
        raise broken() from error
    except BaseException as error:
        # The reader is written in Rust, whose panics are no Exception and have no importable class.
        if type(error).__name__ == "PanicException":
            raise broken() from error
        raise


def _open_text(path: Path, start: bytes, name: str) -> list[Sheet]:
    if start.lstrip().startswith(b"%PDF"):
        raise ListRefused(
            _(
                "Ini berkas PDF, bukan lembar kerja. Minta berkas Excel-nya kepada pengirim, "
                "atau salin tabelnya ke Excel, lalu kirim sebagai .xlsx."
            )
        )
    for mark, kind in _NAMED_KINDS.items():
        if start.startswith(mark):
            raise _no_table(_("berkas %(kind)s") % {"kind": kind})
    content = path.read_bytes()
    text = decode(content)
    head = start.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith(b"<?xml") and b"office:spreadsheet" in content[:20_000]:
        raise ListRefused(
            _("Berkas berformat XML lama dari Excel. Buka di Excel, simpan sebagai .xlsx, lalu kirim lagi.")
        )
    if head.startswith(_HTML) or (
        text[:1000].lstrip("\ufeff \t\r\n").startswith("<") and "<table" in text.lower()
    ):
        if len(text) > MOST_HTML:
            raise _too_large(MOST_HTML)
        return [Sheet(name, False, lambda: _html_rows(text), text.lower().count("<tr"))]
    sample = text[:20_000]
    controls = sum(ord(letter) in _TEXT_CONTROLS for letter in sample)
    if head.startswith(b"<") or controls > len(sample) * _MOST_CONTROLS:
        raise _no_table(_("berkas jenis lain"))
    width = usual_width(text)
    return [Sheet(name, False, lambda: _text_rows(text), text.count("\n"), width, is_even(text))]


def _text_rows(text: str) -> Iterator[NumberedRow]:
    for number, cells in read_delimited(text):
        plain: list[Cell] = [plain_text(cell) for cell in cells]
        if any(cell.strip() for cell in cells):
            yield number, plain


def _html_rows(text: str) -> Iterator[NumberedRow]:
    for number, cells in enumerate(read_html(text), start=1):
        if any(cells):
            yield number, [_kept(cell) for cell in cells]


def _kept(cell: str) -> str:
    plain = plain_text(cell)
    return Spread(plain) if isinstance(cell, Spread) else plain


def _no_table(kind: str) -> ListRefused:
    return ListRefused(
        _("Berkas ini berjenis %(kind)s, bukan lembar kerja. Kirim daftarnya sebagai .xlsx, .ods, atau .csv.")
        % {"kind": kind}
    )


def _too_large(most: int) -> ListRefused:
    return ListRefused(
        _("Berkas lebih besar dari %(most)s MB. Bagi daftarnya menjadi beberapa berkas.")
        % {"most": most // 2**20}
    )
