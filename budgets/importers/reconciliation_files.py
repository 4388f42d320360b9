"""The other two ledgers: the members whom BPJS counts as active, and the payments that the bank made."""

from collections.abc import Iterator, Mapping
from itertools import islice
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from budgets.importers.money_cells import CellRefused, date_of, is_blank, rupiah_of, text_of
from participants.importers.closing_rows import is_numbering, is_total
from participants.importers.header import labels_of
from participants.importers.list_row import table_name
from participants.importers.merged import Spread, SpreadNumber
from participants.importers.numbers_of_persons import kpj_in
from participants.importers.refusal import ListRefused
from participants.importers.tables import TableKind, Tables
from participants.importers.workbook import Cell, open_workbook
from participants.nik import NikRefused, parse_nik

MOST_MEMBERS = 50_000
MOST_PAYMENTS = 2_000
_AT_ONCE = 2_000
_MEMBERS = labels_of(
    {
        "order": "no | nomor | no urut",
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
    """`nik` and `kpj` are digits or empty, one of them is there; `billed` is None where nothing is said."""

    sheet: str
    number: int
    nik: str
    kpj: str
    name: str
    billed: int | None


class PaymentRow(NamedTuple):
    number: str
    paid_on: Any
    amount: int


def send_members(path: Path, name: str, connection: Connection) -> None:
    """For the reading process: members, many at once, None for each row that names nobody."""
    count = 0
    rows = (_member(*one) for one in _rows(path, name, _MEMBERS))
    while chunk := list(islice(rows, _AT_ONCE)):
        count += len(chunk)
        if count > MOST_MEMBERS:
            raise _too_many(MOST_MEMBERS)
        connection.send(chunk)
    if not count:
        raise ListRefused(
            _('Tidak ada daftar peserta di berkas ini. Beri judul kolom "NIK" atau "KPJ" dan "Nama".')
        )


def send_payments(path: Path, name: str, connection: Connection) -> None:
    """For the reading process: all payments, None for each row that cannot be read."""
    rows = [_payment(cells) for _sheet, _number, cells in _rows(path, name, _PAYMENTS) if "amount" in cells]
    if len(rows) > MOST_PAYMENTS:
        raise _too_many(MOST_PAYMENTS)
    if not rows:
        raise ListRefused(
            _('Tidak ada pembayaran di berkas ini. Beri judul kolom "Tanggal", "Nomor SP2D" dan "Rupiah".')
        )
    connection.send(rows)


def _too_many(most: int) -> ListRefused:
    return ListRefused(_("Daftar lebih dari %(most)s baris. Bagi menjadi beberapa berkas.") % {"most": most})


def _rows(path: Path, name: str, labels: Mapping[str, str]) -> Iterator[tuple[str, int, dict[str, Cell]]]:
    kind = TableKind(
        known=labels,
        is_complete=lambda header: any(one in header.columns for one in _KEYS),
    )
    for sheet in open_workbook(path, name):
        if sheet.hidden:
            continue
        for tables, (number, cells), _sure in Tables(kind).split(sheet.read()):
            if is_total(cells) or is_numbering(cells):
                continue
            for table in tables:
                told = _told(cells, dict(table.header.columns))
                if set(told) - {"order", "name"}:
                    yield table_name(sheet.name[:50], table.order), number, told


def _told(cells: list[Cell], named: dict[Any, int]) -> dict[str, Cell]:
    """The cells of a row by field; a sum in merged cells stands once."""
    told = {field: cells[index] for field, index in named.items() if index < len(cells)}
    return {
        field: cell
        for field, cell in told.items()
        if not is_blank(cell) and not (field == "amount" and isinstance(cell, Spread | SpreadNumber))
    }


def _member(sheet: str, number: int, cells: Mapping[str, Cell]) -> MemberRow | None:
    try:
        nik = parse_nik(cells.get("nik", "")).digits
    except NikRefused:
        nik = ""
    kpj = kpj_in(text_of(cells.get("kpj", ""))).digits
    if not nik and not kpj:
        return None
    try:
        billed = rupiah_of(cells["amount"]) if "amount" in cells else None
    except CellRefused:
        return None
    return MemberRow(sheet, number, nik, kpj, text_of(cells.get("name", ""))[:120], billed)


def _payment(cells: Mapping[str, Cell]) -> PaymentRow | None:
    try:
        paid_on = date_of(cells["paid_on"]) if "paid_on" in cells else None
        return PaymentRow(text_of(cells.get("number", ""))[:80], paid_on, rupiah_of(cells["amount"]))
    except CellRefused:
        return None
