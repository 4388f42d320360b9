"""The answer of Dukcapil or BPJS Ketenagakerjaan to a list sent for matching: NIK and what they found."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from django.utils.translation import gettext as _

from participants.enums import MatchResult
from participants.importers.header import Field, Header, titles_known
from participants.importers.ledger import NikLedger, looks_like_nik
from participants.importers.list_row import text_of_cell
from participants.importers.match_words import status_of
from participants.importers.refusal import ListRefused
from participants.importers.rows import MOST_ROWS, bears_number
from participants.importers.tables import TableKind, Tables
from participants.importers.unpacked import open_sheets
from participants.importers.workbook import Cell, Sheet
from participants.nik import Nik, NikRefused, mask_digits, parse_nik

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
_KIND_WORDS = dict.fromkeys(_TITLES, Field.STATUS)


class Answer(NamedTuple):
    nik: Nik
    status: MatchResult


@dataclass(frozen=True)
class AnswerFault:
    """A row that could not be used; `row` is the one Excel shows, the NIK is not repeated."""

    sheet: str
    row: int
    message: str
    # The words of a status that is not known.
    words: str = ""


def read_answers(path: Path, name: str = "") -> Iterator[Answer | AnswerFault]:
    """Every row of the sheets that are not hidden; of a hidden one that it was left out.

    Raises ListRefused for a file that is no answer.
    """
    count = 0
    for sheet in open_sheets(path, name):
        if sheet.hidden:
            yield from _hidden(sheet)
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


def _read_sheet(sheet: Sheet) -> Iterator[Answer | AnswerFault]:
    kind = TableKind(
        known=titles_known(_KIND_WORDS, None),
        is_complete=lambda header: Field.NIK in header.columns and _tells(header),
        is_surely_data=bears_number,
    )
    for tables, (number, cells), _sure in Tables(kind).split(sheet.read()):
        if not tables and any(map(looks_like_nik, cells)):
            yield AnswerFault(
                sheet.name, number, _("Baris ini di luar tabel. Beri judul kolom NIK dan Status di atasnya.")
            )
        for table in tables:
            found = _judged(sheet.name, number, cells, table.header)
            if found is not None:
                yield found


def _hidden(sheet: Sheet) -> Iterator[AnswerFault]:
    """One fault for a sheet that is not read and has numbers."""
    ledger = NikLedger()
    ledger.leave_sheet(sheet.name, sheet.read())
    for entry in ledger.left_out.values():
        yield AnswerFault(sheet.name, entry.rows[0], _("Lembar ini tersembunyi, maka tidak dibaca."))


def _tells(header: Header) -> bool:
    return Field.STATUS in header.columns or Field.NOTE in header.columns


def _cells(cells: Sequence[Cell], header: Header, field: Field) -> list[str]:
    texts = (text_of_cell(cells[index]) for index in header.all_of(field) if index < len(cells))
    return [text for text in texts if text]


def _judged(sheet: str, number: int, cells: Sequence[Cell], header: Header) -> Answer | AnswerFault | None:
    index = header.columns[Field.NIK]
    nik = cells[index] if index < len(cells) else ""
    said = _cells(cells, header, Field.STATUS) or _cells(cells, header, Field.NOTE)
    if not said and str(nik).strip() == "":
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
    status = _agreed(said)
    if status is None:
        words = mask_digits(" / ".join(said))[:80]
        return AnswerFault(sheet, number, _unknown(words), words)
    return Answer(read, status)


def _agreed(said: Sequence[str]) -> MatchResult | None:
    """What several columns of a status say together; where they disagree only a death is believed."""
    found = {status_of(text) for text in said}
    if MatchResult.DECEASED in found:
        return MatchResult.DECEASED
    return found.pop() if len(found) == 1 else None


def _unknown(words: str) -> str:
    return _(
        'Status "%(words)s" tidak dikenal atau bersyarat, maka tidak dicatat. Tulis salah satu: valid, '
        "nama berbeda, tanggal lahir berbeda, tidak sesuai, tidak ditemukan, belum rekam, atau meninggal."
    ) % {"words": words}
