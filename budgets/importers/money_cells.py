"""What a cell of a file of money says: whole rupiah, people, days, months. No number is ever a float."""

import re
from datetime import date, datetime

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from participants.importers.birth_date import NotADate, day_of
from participants.importers.workbook import Cell
from regions.month import YEARS, first_of, parse_month
from regions.number import parse_rupiah, parse_whole

_MOST_RUPIAH = 10**15
_MOST_COUNT = 10**9
_LONGEST = 60
_BRACKETED = re.compile(r"\((.+)\)")
_ZERO_CENTS = re.compile(r"(-?\d{4,})\.00?")
_PACKED_MONTH = re.compile(r"(\d{4})(\d{2})")
_RANGE = re.compile(r"\s+(?:-|–|—|s/d|s\.?d\.?|sd|sampai(?:\s+dengan)?|hingga)\s+", re.IGNORECASE)
_YEAR = re.compile(r"\d{4}")


class CellRefused(ValueError):
    """The cell does not say what its column asks for; `sentence` says why and what to write."""

    def __init__(self, sentence: str) -> None:
        self.sentence = sentence
        super().__init__(sentence)


def text_of(cell: Cell) -> str:
    """The cell as one line, as it is shown again to who sent it."""
    if isinstance(cell, datetime):
        return f"{cell:%d/%m/%Y}"
    if isinstance(cell, date):
        return f"{cell:%d/%m/%Y}"
    if isinstance(cell, float) and abs(cell) < _MOST_RUPIAH and cell.is_integer():
        return str(int(cell))
    return " ".join(str(cell).replace("\x00", "").split())


def is_blank(cell: Cell) -> bool:
    return isinstance(cell, str) and cell.replace("\x00", "").strip(" \t\r\n\u00a0'") in {"", "-", "–"}


def rupiah_of(cell: Cell) -> int:
    """`Rp 480.457.660`, `480.457.660,00`, `(1.000)`, a whole number of Excel. Raises CellRefused."""
    example = _("Tulis rupiah penuh, misalnya 480.457.660.")
    if not isinstance(cell, str):
        return _from_number(cell, _MOST_RUPIAH, example)
    text = cell.strip().strip("'").strip()
    bracketed = _BRACKETED.fullmatch(text)
    if bracketed:
        text = bracketed[1]
    if plain := _ZERO_CENTS.fullmatch(text):
        text = plain[1]
    try:
        number = parse_rupiah(text)
    except ValueError as error:
        raise _not_whole(cell, example) from error
    return _bounded(-number if bracketed else number, _MOST_RUPIAH)


def whole_of(cell: Cell) -> int:
    """People, cases, months. Raises CellRefused."""
    example = _("Tulis angka saja, misalnya 1.528.")
    if not isinstance(cell, str):
        return _from_number(cell, _MOST_COUNT, example)
    try:
        number = parse_whole(cell.strip("'"))
    except ValueError as error:
        raise _not_whole(cell, example) from error
    if number < 0:
        raise CellRefused(_("Jumlah tidak boleh negatif."))
    return _bounded(number, _MOST_COUNT)


def _from_number(cell: Cell, most: int, example: str) -> int:
    if isinstance(cell, bool) or not isinstance(cell, int | float):
        raise _not_whole(cell, example)
    if isinstance(cell, float):
        if not cell.is_integer():
            raise CellRefused(
                _("Bilangan Excel ini bukan bilangan bulat. Bulatkan di berkasnya. %(example)s")
                % {"example": example}
            )
        if abs(cell) >= 10**15:
            raise CellRefused(
                _(
                    "Bilangan Excel lebih dari 15 angka tidak tersimpan tepat. Ubah format selnya menjadi "
                    "Teks, lalu ketik ulang angkanya."
                )
            )
    number = int(cell)
    if most == _MOST_COUNT and number < 0:
        raise CellRefused(_("Jumlah tidak boleh negatif."))
    return _bounded(number, most)


def _bounded(number: int, most: int) -> int:
    if abs(number) > most:
        raise CellRefused(_("Terlalu besar. Periksa kelebihan angka nol."))
    return number


def _not_whole(cell: Cell, example: str) -> CellRefused:
    return CellRefused(
        _("“%(said)s” bukan bilangan bulat. %(example)s")
        % {"said": text_of(cell)[:_LONGEST], "example": example}
    )


def date_of(cell: Cell) -> date:
    """Day first, a date of Excel, or `5 Juli 2025`. Raises CellRefused."""
    try:
        day = None if isinstance(cell, bool) else day_of(cell, today=localdate())
    except (NotADate, OverflowError):
        day = None
    if day is None or day.year not in YEARS:
        raise CellRefused(
            _("“%(said)s” bukan tanggal. Tulis hari/bulan/tahun, misalnya 28/02/2025.")
            % {"said": text_of(cell)[:_LONGEST]}
        )
    return day


def months_of(cell: Cell) -> tuple[date, date]:
    """`Juli 2025`, `2025-07`, `07/2025`, `202507`, a day, or `Januari – Maret 2025`. Raises CellRefused."""
    if isinstance(cell, date):
        return first_of(date_of(cell)), first_of(date_of(cell))
    text = text_of(cell)
    found = _month_in(text)
    if found is not None:
        return found, found
    parts = _RANGE.split(text)
    if len(parts) == 2:
        last = _month_in(parts[1])
        year = _YEAR.search(parts[1])
        first = _month_in(parts[0]) or (_month_in(f"{parts[0]} {year[0]}") if year else None)
        if first and last:
            return first, last
    raise CellRefused(
        _("“%(said)s” bukan bulan. Tulis seperti Juli 2025, 2025-07, atau 07/2025.")
        % {"said": text[:_LONGEST]}
    )


def _month_in(text: str) -> date | None:
    try:
        return parse_month(text)
    except ValueError:
        pass
    packed = _PACKED_MONTH.fullmatch(text)
    if packed and packed[0].isascii():
        year, month = int(packed[1]), int(packed[2])
        return date(year, month, 1) if year in YEARS and 1 <= month <= 12 else None
    try:
        day = day_of(text, today=localdate()) if "/" in text or "-" in text else None
    except NotADate:
        return None
    return first_of(day) if day and day.year in YEARS else None


def year_of(cell: Cell) -> int:
    year = whole_of(cell)
    if year not in YEARS:
        raise CellRefused(_("Tulis tahun empat angka, misalnya 2025."))
    return year
