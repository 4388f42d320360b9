"""What a cell of a file of money says: whole rupiah, people, days, months. No number is ever a float."""

import re
from datetime import date, datetime

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from participants.importers.birth_date import NotADate, day_of
from participants.importers.workbook import Cell
from regions.month import YEARS
from regions.number import parse_rupiah, parse_whole

_MOST_RUPIAH = 10**15
_MOST_COUNT = 10**9
_LONGEST = 60
_NOTHING = frozenset({"nihil", "nil", "kosong", "tidak ada"})
_NONE_YET = _NOTHING | {"belum", "belum ada", "belum terdaftar", "tidak terdaftar", "tidak", "n/a", "na"}
_POWER = re.compile(r"-?\d+(?:[.,]\d+)?\s*e\s*[+-]?\s*\d{1,3}", re.IGNORECASE)
# Several groups can only be thousands; one may be a fraction, with a leading zero it is one.
_COMMA_GROUPS = re.compile(r"-?[1-9]\d{0,2}(?:,\d{3}){2,}(?:\.00?|,-)?")
_ONE_COMMA = re.compile(r"-?[1-9]\d{0,2},\d{3}(?:\.00|,-)?")
_CURRENCY = re.compile(r"^(?:rp\.?|idr)\s*", re.IGNORECASE)
_BRACKETED = re.compile(r"\((.+)\)")
_ZERO_CENTS = re.compile(r"(-?\d{4,})\.00?")


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


def says_nothing(text: str) -> bool:
    """`nihil`, `belum ada`: there is none, said in words."""
    return text.strip(" .'").lower() in _NONE_YET


def rupiah_of(cell: Cell, *, comma_groups: bool = False) -> int:
    """`Rp480.457.660`, `480,457,660`, `(1.000)`, `nihil`, a whole number of Excel. Raises CellRefused.

    `comma_groups`: `1,234` is known to be a thousand and more in this column.
    """
    example = _("Tulis rupiah penuh, misalnya 480.457.660.")
    if not isinstance(cell, str):
        return _from_number(cell, _MOST_RUPIAH, example)
    text = cell.strip().strip("'").strip()
    if text.lower() in _NOTHING:
        return 0
    bracketed = _BRACKETED.fullmatch(text)
    if bracketed:
        text = bracketed[1]
    text = _CURRENCY.sub("", text)
    if _POWER.fullmatch(text):
        raise CellRefused(_cut() % {"said": text[:_LONGEST], "example": example})
    if _COMMA_GROUPS.fullmatch(text) or (comma_groups and _ONE_COMMA.fullmatch(text)):
        text = _without_commas(text)
    if plain := _ZERO_CENTS.fullmatch(text):
        text = plain[1]
    try:
        number = parse_rupiah(text)
    except ValueError as error:
        raise _not_whole(cell, example) from error
    return _bounded(-number if bracketed else number, _MOST_RUPIAH)


def has_comma_groups(cell: Cell) -> bool:
    """`1,234,567`: in this column commas divide thousands."""
    return isinstance(cell, str) and bool(_COMMA_GROUPS.fullmatch(_amount_text(cell)))


def has_one_comma(cell: Cell) -> bool:
    """`1,234`: more than a thousand, or one and a fraction."""
    return isinstance(cell, str) and bool(_ONE_COMMA.fullmatch(_amount_text(cell)))


def _amount_text(cell: str) -> str:
    return _CURRENCY.sub("", cell.strip(" '()"))


def _without_commas(text: str) -> str:
    return text.partition(".")[0].removesuffix(",-").replace(",", "")


def _cut() -> str:
    return _("“%(said)s” terpotong menjadi pangkat sepuluh; angka aslinya sudah hilang. %(example)s")


def whole_of(cell: Cell, *, comma_groups: bool = False) -> int:
    """People, cases, months. Raises CellRefused. `comma_groups` as in rupiah_of."""
    example = _("Tulis angka saja, misalnya 1.528.")
    if not isinstance(cell, str):
        return _from_number(cell, _MOST_COUNT, example)
    if cell.strip(" '").lower() in _NOTHING:
        return 0
    if _POWER.fullmatch(cell.strip(" '")):
        raise CellRefused(_cut() % {"said": cell.strip()[:_LONGEST], "example": example})
    text = cell.strip("' ")
    if _COMMA_GROUPS.fullmatch(text) or (comma_groups and _ONE_COMMA.fullmatch(text)):
        text = _without_commas(text)
    try:
        number = parse_whole(text)
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
        raise CellRefused(_("Terlalu besar. Periksa apakah kelebihan angka nol."))
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


def year_of(cell: Cell) -> int:
    year = whole_of(cell)
    if year not in YEARS:
        raise CellRefused(_("Tulis tahun empat angka, misalnya 2025."))
    return year
