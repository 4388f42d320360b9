"""The answer of Dukcapil or BPJS Ketenagakerjaan to a list sent for matching: NIK and what they found."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from django.utils.translation import gettext as _

from participants.enums import MatchResult
from participants.importers.closing_rows import closes, is_numbering, is_total
from participants.importers.faults import sentence_of
from participants.importers.header import Field, Header, label_of, titles_known
from participants.importers.ledger import NikLedger, looks_like_nik
from participants.importers.list_row import row_of, text_of_cell
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
    "hasil pemadanan",
    "status padanan",
    "status pemadanan",
    "status nik",
    "status kependudukan",
    "hasil verifikasi",
    "status verifikasi",
    "hasil validasi",
    "status validasi",
    "validasi",
    "respon",
    "keterangan hasil",
    "ket hasil",
    "hasil cek",
    "hasil cek nik",
    "hasil pengecekan",
    "hasil pencocokan",
    "hasil pemeriksaan",
    "hasil konfirmasi",
    "status pemadanan",
    "status pencocokan",
    "status hasil",
    "status padan",
    "keterangan padanan",
    "keterangan pemadanan",
    "keterangan status",
)
# A cell with fewer digits holds no number of a person, not even a broken one.
_LEAST_DIGITS = 10
_KIND_WORDS = dict.fromkeys(_TITLES, Field.STATUS)


class Answer(NamedTuple):
    """What is said of one person, and where."""

    nik: Nik
    status: MatchResult
    sheet: str = ""
    row: int = 0


@dataclass(frozen=True)
class AnswerFault:
    """A row that could not be used; `row` is the one Excel shows, the NIK is not repeated."""

    sheet: str
    row: int
    message: str
    # The words of a status that is not known, and of whom they are said.
    words: str = ""
    nik: Nik | None = None


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
    """Every row with a status or a number is an answer or a fault; None for all others."""
    index = header.columns[Field.NIK]
    nik = cells[index] if index < len(cells) else ""
    said = _cells(cells, header, Field.STATUS) or _cells(cells, header, Field.NOTE)
    try:
        read = parse_nik(nik)
    except NikRefused as refused:
        if not _speaks(sheet, number, cells, header, said):
            return None
        return AnswerFault(sheet, number, sentence_of(refused.reason.value))
    status = _agreed(said)
    if status is None:
        words = mask_digits(" / ".join(said))[:80]
        return AnswerFault(sheet, number, _unknown(words) if words else _silent(), words, read)
    return Answer(read, status, sheet, number)


def _speaks(sheet: str, number: int, cells: Sequence[Cell], header: Header, said: Sequence[str]) -> bool:
    """Whether a row without a usable NIK is about somebody; signatures and totals under the list are not."""
    texts = [text for cell in cells if (text := text_of_cell(cell))]
    nik = _cell_text(cells, header.columns[Field.NIK])
    if closes(row_of(sheet, number, header, {Field.NIK: nik})):
        return False
    if sum(map(str.isdigit, nik)) >= _LEAST_DIGITS:
        return True
    if not said or is_total(cells) or is_numbering(cells) or _is_title(said, header):
        return False
    if any(status_of(text) for text in said):
        return True
    signs = any(closes(row_of(sheet, number, header, {Field.NAME: text})) for text in texts)
    return len(texts) > 1 and not signs


def _cell_text(cells: Sequence[Cell], index: int) -> str:
    return text_of_cell(cells[index]) if index < len(cells) else ""


def _is_title(said: Sequence[str], header: Header) -> bool:
    """Titles repeated in the midst of the list."""
    titles = {header.titles.get(Field.STATUS, ""), header.titles.get(Field.NOTE, "")}
    return label_of(said[0]) in {label_of(title) for title in titles}


def _agreed(said: Sequence[str]) -> MatchResult | None:
    """What several columns of a status say together; where they disagree only a death is believed."""
    found = {status_of(text) for text in said}
    if MatchResult.DECEASED in found:
        return MatchResult.DECEASED
    return found.pop() if len(found) == 1 else None


def _silent() -> str:
    return _("Status kosong, maka tidak ada yang dicatat.")


def _unknown(words: str) -> str:
    return _(
        'Status "%(words)s" tidak dikenal atau bersyarat, maka tidak dicatat. Tulis salah satu: valid, '
        "nama berbeda, tanggal lahir berbeda, tidak sesuai, tidak ditemukan, belum rekam, atau meninggal."
    ) % {"words": words}
