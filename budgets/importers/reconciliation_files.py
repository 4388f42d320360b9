"""The other two ledgers: the members whom BPJS counts as active, and the payments that the bank made."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import islice
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from budgets.importers.money_cells import CellRefused, date_of, has_one_comma, is_blank, rupiah_of, text_of
from budgets.importers.reconciliation_account import UnreadRow, Unusable, unread_by_nik
from participants.importers.closing_rows import is_numbering, is_total
from participants.importers.header import Field, Header, labels_of, titles_known
from participants.importers.ledger import NikLedger, looks_like_nik
from participants.importers.list_row import table_name
from participants.importers.merged import Spread, SpreadNumber
from participants.importers.numbers_of_persons import kpj_in
from participants.importers.places import alone_in
from participants.importers.refusal import ListRefused
from participants.importers.standing import Standing, heading_of, said_by_remark, said_by_status
from participants.importers.tables import SheetTable, TableKind, Tables
from participants.importers.unpacked import open_sheets
from participants.importers.workbook import Cell, Sheet
from participants.nik import NikRefused, mask_digits, parse_nik

MOST_MEMBERS = 50_000
MOST_PAYMENTS = 2_000
_AT_ONCE = 2_000
_OTHER_NUMBER = re.compile(r"\b(?:kk|nik|ktp)\b|kartu keluarga", re.IGNORECASE)
_NUMBERED_NAME = re.compile(r"\d\d")
# Titles of a status are those that lists of persons know.
_STATUS = {label: "status" for label, field in titles_known(None, None).items() if field == Field.STATUS}
_MEMBERS = _STATUS | labels_of(
    {
        "order": "no | nomor | no urut | nomor urut",
        "nik": "nik | no nik | nomor nik | nik ktp | no ktp | nomor induk kependudukan | nomor identitas "
        "| no identitas",
        "kpj": "kpj | no kpj | nomor kpj | no peserta | nomor peserta "
        "| no kartu peserta | nomor kartu peserta",
        "name": "nama | nama lengkap | nama peserta | nama tenaga kerja | nama tk | nama pekerja",
        "amount": "iuran | jumlah iuran | rupiah | nominal | total iuran | iuran (rp) | jumlah | tagihan",
    }
)
_PAYMENTS = labels_of(
    {
        "order": "no | nomor urut | no urut",
        "number": "nomor sp2d | no sp2d | sp2d | nomor bukti | no bukti | nomor bukti setor | ntpn "
        "| no referensi | nomor referensi | nomor transaksi | no transaksi",
        "paid_on": "tanggal sp2d | tgl sp2d | tanggal | tgl | tanggal bayar | tgl bayar | tanggal transaksi "
        "| tgl transaksi",
        "amount": "rupiah | jumlah | nilai | nominal | nilai sp2d | jumlah sp2d | jumlah (rp) | nilai (rp) "
        "| debet | debit | jumlah bayar",
    }
)

# A table of members names one of them by number, one of payments an amount.
_KEYS = ("nik", "kpj", "paid_on", "number")


class MemberRow(NamedTuple):
    """`nik` and `kpj` are digits or empty, one of them is there; `billed` is None where nothing is said.

    `has_comma`: a comma in the amount was read as thousands. `is_unpriced`: the amount could not be read.
    `unknown_status` are words that say neither that a member is active nor that they left.
    """

    sheet: str
    number: int
    nik: str
    kpj: str
    name: str
    billed: int | None
    has_comma: bool = False
    is_unpriced: bool = False
    unknown_status: str = ""


class PaymentRow(NamedTuple):
    """`number` is that of the order; `is_undated`: the day is written, but could not be read."""

    sheet: str
    row: int
    number: str
    paid_on: date | None
    amount: int
    has_comma: bool = False
    is_undated: bool = False


def send_members(path: Path, name: str, connection: Connection) -> None:
    """For the reading process: members, many at once, an UnreadRow for each row that names none; last the
    account of all numbers of the file."""
    count, ledger = 0, NikLedger()
    rows = (_member(*one) for one in _rows(path, name, _MEMBERS, ledger))
    while chunk := list(islice(rows, _AT_ONCE)):
        count += len(chunk)
        if count > MOST_MEMBERS:
            raise _too_many(MOST_MEMBERS)
        connection.send(chunk)
    connection.send(ledger)
    if not count:
        raise ListRefused(
            _('Tidak ada daftar peserta di berkas ini. Beri judul kolom "NIK" atau "KPJ" dan "Nama".')
        )


def send_payments(path: Path, name: str, connection: Connection) -> None:
    """For the reading process: all payments, an UnreadRow for each without an amount; then the account."""
    ledger = NikLedger()
    found = (_payment(*one) for one in _rows(path, name, _PAYMENTS, ledger))
    rows = [row for row in found if row is not None]
    if len(rows) > MOST_PAYMENTS:
        raise _too_many(MOST_PAYMENTS)
    if not any(isinstance(row, PaymentRow) or row.why == Unusable.BAD_AMOUNT for row in rows):
        raise ListRefused(
            _('Tidak ada pembayaran di berkas ini. Beri judul kolom "Tanggal", "Nomor SP2D" dan "Rupiah".')
        )
    connection.send(rows)
    connection.send(ledger)


def _too_many(most: int) -> ListRefused:
    return ListRefused(_("Daftar lebih dari %(most)s baris. Bagi menjadi beberapa berkas.") % {"most": most})


_Row = tuple[str, int, dict[str, Cell]]


def _rows(path: Path, name: str, labels: Mapping[str, str], ledger: NikLedger) -> Iterator[_Row]:
    """A sheet without titles is read like the one before it."""
    kind = TableKind(known=labels, is_complete=lambda header: any(one in header.columns for one in _KEYS))
    before: list[SheetTable] = []
    for sheet in open_sheets(path, name):
        ledger.hidden_rows += sheet.hidden_rows
        if sheet.hidden:
            ledger.leave_sheet(sheet.name, sheet.read())
            continue
        tables, own = Tables(kind), NikLedger()
        yield from _rows_of(sheet, tables, (), own)
        if not tables.found and not tables.best and before:
            tables, own = Tables(kind), NikLedger()
            yield from _rows_of(sheet, tables, before[-1:], own)
        ledger.take(own)
        before = tables.found or before


def _rows_of(
    sheet: Sheet, tables: Tables, inherited: Sequence[SheetTable], ledger: NikLedger
) -> Iterator[_Row]:
    heading = heading_of(sheet.name)
    for placed, (number, cells), _sure in tables.split(sheet.read(), inherited):
        ledger.leave_unread(sheet.name, number, cells, [table.header for table in placed])
        if found := heading_of(alone_in(cells)):
            heading = found
            continue
        if is_total(cells) or is_numbering(cells):
            continue
        moved = _has_moved(sheet, cells, [table.header for table in placed])
        for table in placed:
            told = _told(cells, dict(table.header.columns))
            own = {field for field, cell in told.items() if not (field == "amount" and _reaches_down(cell))}
            # Signatures have a name; a member without a number has a place in the order too.
            if own - {"order", "name"} or len(own) > 1:
                ledger.numbered += looks_like_nik(told.get("nik", ""))
                if moved and "nik" in told:
                    told["moved"] = told.pop("nik")
                if heading is not None and heading.said is not None:
                    told["heading"] = heading.said.words
                yield table_name(sheet.name[:50], table.order), number, told


def _has_moved(sheet: Sheet, cells: Sequence[Cell], headers: Sequence[Header]) -> bool:
    """Whether the cells of a row are not under their titles: a number like a NIK stands under a title that
    tells of no such number, or a text file has a mark too many or too few."""
    if sheet.width and ((sheet.is_even and len(cells) < sheet.width) or any(cells[sheet.width :])):
        return True
    read = {index for header in headers for index in header.columns.values()}
    others = {index: title for header in headers for index, title in header.others.items()}
    return any(
        index not in read and looks_like_nik(cell) and not _OTHER_NUMBER.search(others.get(index, ""))
        for index, cell in enumerate(cells)
    )


def _told(cells: list[Cell], named: dict[Any, int]) -> dict[str, Cell]:
    """The cells of a row by field."""
    told = {field: cells[index] for field, index in named.items() if index < len(cells)}
    return {field: cell for field, cell in told.items() if not is_blank(cell)}


def _reaches_down(cell: Cell) -> bool:
    """Whether a sum in merged cells stands in a row above already."""
    return isinstance(cell, Spread | SpreadNumber)


def _member(sheet: str, number: int, cells: Mapping[str, Cell]) -> MemberRow | UnreadRow:
    refused = UnreadRow(sheet, number, Unusable.MOVED if "moved" in cells else Unusable.NO_NUMBER)
    try:
        nik = parse_nik(cells["nik"]).digits if "nik" in cells else ""
    except NikRefused as refusal:
        nik, refused = "", unread_by_nik(sheet, number, refusal.reason)
    kpj = kpj_in(text_of(cells.get("kpj", ""))).digits
    name = text_of(cells.get("name", ""))
    if not nik and not kpj:
        return refused
    # A name of digits stands in a row whose cells moved: its other numbers are somebody else's too.
    if _NUMBERED_NAME.search(name):
        return UnreadRow(sheet, number, Unusable.MOVED)
    status = said_by_remark(text_of(cells.get("heading", "")))
    status = status or said_by_status(text_of(cells.get("status", "")))
    if status is not None and status.standing != Standing.UNKNOWN:
        why = Unusable.DEAD if status.standing == Standing.DEAD else Unusable.NOT_ACTIVE
        return UnreadRow(sheet, number, why, status.words)
    billed, is_unpriced = _billed(cells.get("amount", ""))
    return MemberRow(
        sheet,
        number,
        nik,
        kpj,
        name[:120],
        billed,
        has_comma=billed is not None and has_one_comma(cells["amount"]),
        is_unpriced=is_unpriced,
        unknown_status=status.words if status else "",
    )


def _billed(cell: Cell) -> tuple[int | None, bool]:
    """What is billed, and whether there is something that could not be read."""
    if is_blank(cell) or _reaches_down(cell):
        return None, False
    try:
        return rupiah_of(cell, comma_groups=True), False
    except CellRefused:
        return None, True


def _payment(sheet: str, row: int, cells: Mapping[str, Cell]) -> PaymentRow | UnreadRow | None:
    """None for a row that tells of no payment, and for one whose sum stands above in merged cells."""
    amount, number = cells.get("amount", ""), text_of(cells.get("number", ""))[:80]
    if _reaches_down(amount):
        return None
    day, is_undated = _day(cells.get("paid_on", ""))
    if is_blank(amount):
        is_payment = day is not None or any(map(str.isdigit, number))
        return UnreadRow(sheet, row, Unusable.NO_AMOUNT) if is_payment else None
    try:
        rupiah = rupiah_of(amount, comma_groups=True)
    except CellRefused:
        return UnreadRow(sheet, row, Unusable.BAD_AMOUNT, mask_digits(text_of(amount))[:60])
    return PaymentRow(sheet, row, number, day, rupiah, has_one_comma(amount), is_undated)


def _day(cell: Cell) -> tuple[date | None, bool]:
    """The day of a payment, and whether there is something that is none."""
    if is_blank(cell):
        return None, False
    try:
        return date_of(cell), False
    except CellRefused:
        return None, True
