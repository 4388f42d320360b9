"""The account of a file: every number that looks like a NIK, and whether its row was given on or left out."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from participants.importers.header import Header, is_family_card
from participants.importers.list_row import column_letter
from participants.nik import Nik, NikRefused, mask_digits
from regions.number import grouped

_NUMBER = re.compile(r"(?<!\d)\d(?:[ .\-]?\d){15}(?!\d)")
_CUT = re.compile(r"\d[.,]\d+e\+?1[56]", re.IGNORECASE)
_FILLING = re.compile(r"\D")
_SHOWN_ROWS = 8
_SHORTEST = 16
_NUMERIC = range(10**15, 10**16)


class Why(StrEnum):
    """Why a number was not read. The first two are rows that somebody may miss."""

    OUTSIDE = "outside"
    HIDDEN = "hidden"
    GROUP = "group"
    COLUMN = "column"


_MISSED = (Why.OUTSIDE, Why.HIDDEN)
_SENTENCES = {
    Why.OUTSIDE: gettext_noop(
        'Lembar "%(sheet)s": %(count)s baris bernomor mirip NIK di luar tabel tidak dibaca (baris %(rows)s). '
        "Beri judul kolom di atasnya, lalu kirim lagi."
    ),
    Why.HIDDEN: gettext_noop(
        'Lembar tersembunyi "%(sheet)s": %(count)s baris bernomor NIK tidak dibaca. '
        "Bila isinya perlu dibaca, pilih lembarnya atau tampilkan di Excel, lalu kirim lagi."
    ),
    Why.GROUP: gettext_noop(
        'Lembar "%(sheet)s": %(count)s nomor di bawah "%(title)s" bukan nomor peserta, maka tidak dibaca.'
    ),
    Why.COLUMN: gettext_noop(
        'Lembar "%(sheet)s", kolom %(column)s "%(title)s": %(count)s nomor mirip NIK tidak dibaca '
        "(baris %(rows)s)."
    ),
}


@dataclass
class LeftOut:
    """Numbers of one sheet that were left out for one cause; `rows` are the first of them."""

    sheet: str
    why: str
    column: str = ""
    title: str = ""
    count: int = 0
    rows: list[int] = field(default_factory=list)

    @property
    def sentence(self) -> str:
        told = {
            "sheet": mask_digits(self.sheet),
            "column": self.column,
            "title": self.title,
            "count": grouped(self.count),
            "rows": ", ".join(map(str, self.rows)) + (" …" if self.count > len(self.rows) else ""),
        }
        return _(_SENTENCES[Why(self.why)]) % told


@dataclass
class NikLedger:
    """`numbered` counts rows given on that bear such a number, right or wrong."""

    numbered: int = 0
    left_out: dict[tuple[str, str, str, str], LeftOut] = field(default_factory=dict)
    # Rows that the file hides or filters away; they count like all others.
    hidden_rows: int = 0

    def leave(self, sheet: str, row: int, why: Why, *, column: str = "", title: str = "") -> None:
        sheet, title = sheet[:60], mask_digits(title)[:60]
        key = (sheet, why.value, column, title)
        entry = self.left_out.setdefault(key, LeftOut(sheet, why.value, column, title))
        entry.count += 1
        if len(entry.rows) < _SHOWN_ROWS:
            entry.rows.append(row)

    def take(self, other: "NikLedger") -> None:
        """Add what another ledger holds of sheets this one has not seen."""
        self.numbered += other.numbered
        self.left_out |= other.left_out

    def leave_row(self, sheet: str, row: int, cells: Sequence[object], why: Why) -> None:
        """Count a row once where any of its cells looks like a NIK."""
        if any(looks_like_nik(cell) for cell in cells):
            self.leave(sheet, row, why)

    def leave_sheet(self, sheet: str, rows: Iterable[tuple[int, Sequence[object]]]) -> None:
        """Count what a hidden sheet holds."""
        for number, cells in rows:
            self.leave_row(sheet, number, cells, Why.HIDDEN)

    def leave_unread(self, sheet: str, row: int, cells: Sequence[object], headers: Sequence[Header]) -> None:
        """Count what looks like a NIK outside the columns that these tables read."""
        read = {index for header in headers for index in header.columns.values()}
        for index, cell in enumerate(cells):
            if index in read or not looks_like_nik(cell):
                continue
            if headers:
                title = next((one.others[index] for one in headers if index in one.others), "")
                if is_family_card(title):
                    continue
                self.leave(sheet, row, Why.COLUMN, column=column_letter(index), title=title)
            else:
                self.leave(sheet, row, Why.OUTSIDE)
                return

    def as_json(self) -> dict[str, Any]:
        """As a batch keeps it."""
        return {
            "numbered": self.numbered,
            "left_out": [asdict(entry) for entry in self.left_out.values()],
            "hidden_rows": self.hidden_rows,
        }


def looks_like_nik(cell: object) -> bool:
    """Whether a cell holds what could be a NIK: sixteen digits that begin and go on as one, or what a
    spreadsheet makes of them."""
    if isinstance(cell, str):
        if len(cell) < _SHORTEST:
            return bool(_CUT.fullmatch(cell.strip()))
        return _NUMBER.search(cell) is not None and any(map(_is_nik, _NUMBER.findall(cell)))
    return isinstance(cell, int | float) and not isinstance(cell, bool) and _is_numeric_nik(cell)


def _is_nik(text: str) -> bool:
    try:
        Nik(_FILLING.sub("", text))
    except NikRefused:
        return False
    return True


def _is_numeric_nik(number: float) -> bool:
    return number == number and abs(number) < 10**17 and int(number) in _NUMERIC  # noqa: PLR0124 - not a number


def entries_of(balance: Mapping[str, Any]) -> list[LeftOut]:
    """What was left out, from the account as it is kept."""
    return [LeftOut(**entry) for entry in balance.get("left_out", [])]


def remarks_of(balance: Mapping[str, Any]) -> list[str]:
    """What somebody should know of a file beside its rows, in sentences."""
    remarks = [entry.sentence for entry in entries_of(balance)]
    if hidden := balance.get("hidden_rows"):
        remarks.append(hidden_sentence(hidden))
    return remarks


def hidden_sentence(count: int) -> str:
    return _("%(count)s baris berkas ini tersembunyi atau tersaring di Excel; semuanya ikut dibaca.") % {
        "count": grouped(count)
    }


def count_missed(entries: Iterable[LeftOut]) -> int:
    """Rows with a number that nobody read and that may be persons."""
    return sum(entry.count for entry in entries if entry.why in _MISSED)


def balance_sentence(*, read: int, parked: int, missed: int) -> str:
    told = {"total": read + parked + missed, "read": read, "parked": parked, "missed": missed}
    return _(
        "Berkas berisi %(total)s baris bernomor NIK: %(read)s dibaca, %(parked)s diparkir, "
        "%(missed)s terlewat."
    ) % {name: grouped(number) for name, number in told.items()}
