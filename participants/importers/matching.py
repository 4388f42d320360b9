"""The answer of Dukcapil or BPJS Ketenagakerjaan to a list sent for matching: NIK and what they found."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import NamedTuple

from django.utils.translation import gettext as _

from participants.enums import MatchResult
from participants.importers.header import LOOKED_AT, Field, Header, find_header, label_of
from participants.importers.refusal import ListRefused
from participants.importers.rows import MOST_ROWS
from participants.importers.workbook import Cell, Sheet, open_workbook
from participants.nik import Nik, NikRefused, parse_nik

_TITLES = (
    "status",
    "hasil",
    "hasil padanan",
    "status padanan",
    "hasil pemadanan",
    "status nik",
    "status kependudukan",
    "hasil verifikasi",
    "status verifikasi",
    "hasil validasi",
    "status validasi",
    "validasi",
    "respon",
)
_STATUS_LABELS = {label_of(title) for title in _TITLES}
_DECEASED = ("meninggal", "wafat", "almarhum")
_NAME = ("bedanama", "namabeda", "namaberbeda", "namatidak", "namakurang", "tidaksesuainama")
_MISSING = ("tidakditemukan", "tidakada", "tidakterdaftar", "tidakvalid", "invalid", "tidakpadan", "notfound")
_VALID = ("valid", "padan", "sesuai", "cocok", "ditemukan", "terdaftar", "ok")


class Answer(NamedTuple):
    nik: Nik
    status: MatchResult


@dataclass(frozen=True)
class AnswerFault:
    """A row that could not be used; `row` is the one Excel shows, the NIK is not repeated."""

    sheet: str
    row: int
    message: str


def read_answers(path: Path, name: str = "") -> Iterator[Answer | AnswerFault]:
    """Every row of the sheets that are not hidden. Raises ListRefused for a file that is no answer."""
    count = 0
    for sheet in open_workbook(path, name):
        if sheet.hidden:
            continue
        for answer in _read_sheet(sheet):
            count += 1
            if count > MOST_ROWS:
                raise ListRefused(
                    _("Daftar lebih dari %(most)s baris. Bagi menjadi beberapa berkas.") % {"most": MOST_ROWS}
                )
            yield answer
    if not count:
        raise ListRefused(
            _('Tidak ada jawaban di berkas ini. Beri judul kolom "NIK" dan "Status", lalu kirim lagi.')
        )


def status_of(text: str) -> MatchResult | None:
    """What an office calls it → what we call it; None for words that say none of the four."""
    label = label_of(text)
    for words, status in (
        (_DECEASED, MatchResult.DECEASED),
        (_NAME, MatchResult.NAME_DIFFERS),
        (_MISSING, MatchResult.NOT_FOUND),
    ):
        if any(word in label for word in words):
            return status
    return MatchResult.VALID if label.startswith(_VALID) or label in {"nikvalid", "datavalid"} else None


def _read_sheet(sheet: Sheet) -> Iterator[Answer | AnswerFault]:
    rows = sheet.read()
    first = list(islice(rows, LOOKED_AT))
    header = find_header(first, dict.fromkeys(_TITLES, Field.NOTE))
    column = _status_column(header) if header else None
    if header is None or column is None or Field.NIK not in header.columns:
        return
    for number, cells in chain((row for row in first if row[0] > header.last_row), rows):
        found = _judged(sheet.name, number, _cell(cells, header.columns[Field.NIK]), _cell(cells, column))
        if found is not None:
            yield found


def _status_column(header: Header) -> int | None:
    """A column called status; a mere column of remarks only where there is none."""
    for index, title in header.others.items():
        if label_of(title) in _STATUS_LABELS:
            return index
    return header.columns.get(Field.NOTE)


def _cell(cells: Sequence[Cell], index: int) -> Cell:
    return cells[index] if index < len(cells) else ""


def _judged(sheet: str, number: int, nik: Cell, said: Cell) -> Answer | AnswerFault | None:
    text = str(said).strip()
    if not text and str(nik).strip() == "":
        return None
    try:
        read = parse_nik(nik)
    except NikRefused:
        # Signatures and totals under the list hold no digits to speak of.
        if sum(map(str.isdigit, str(nik))) < 10:
            return None
        return AnswerFault(
            sheet, number, _("NIK tidak terbaca sebagai 16 angka. Ubah kolomnya menjadi Teks.")
        )
    status = status_of(text)
    if status is None:
        return AnswerFault(
            sheet,
            number,
            _("Status tidak dikenal. Tulis: valid, nama berbeda, tidak ditemukan, atau meninggal."),
        )
    return Answer(read, status)
