"""Words beside a number that make it a stretch, and how long each makes it; the page prints the rules."""

import re
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from reports.statements.interval import Interval, exactly, rounded

# How a number is meant; the names are kept with a check, the words are in `RULES`.
EXACT, ROUNDED, ABOUT, NEARLY, OVER, MORE, LEAST, UNDER, MOST = (
    "exact",
    "rounded",
    "about",
    "nearly",
    "over",
    "more",
    "least",
    "under",
    "most",
)
RULES = {
    EXACT: _("ditulis utuh: nilai itu sendiri"),
    ROUNDED: _("dibulatkan: setengah satuan angka terakhirnya ke bawah dan ke atas"),
    ABOUT: _(
        "sekitar, kurang lebih, -an: 5 persen ke bawah dan ke atas bila angkanya bulat; "
        "bila ditulis sampai tiga angka atau lebih, satu satuan angka terakhirnya"
    ),
    NEARLY: _("hampir, mendekati: dari sembilan per sepuluh nilai itu sampai sebelum nilai itu"),
    OVER: _(
        "… lebih: dari nilai itu sampai sebelum satuan berikut dari angka terakhirnya,"
        " 200 juta lebih: 200 sampai sebelum 300 juta"
    ),
    MORE: _("lebih dari, di atas: di atas nilai itu"),
    LEAST: _("minimal, setidaknya: nilai itu atau lebih"),
    UNDER: _("kurang dari, di bawah: di bawah nilai itu"),
    MOST: _("maksimal, paling banyak: nilai itu atau kurang"),
}
_GAP = r"(?: ?(?:angka|sebanyak|sebesar|sejumlah|dari))*[ (]*(?:rp\.? ?|idr ?)?-?$"
_BEFORE = (
    (r"(?:sekitar|sekira|kurang lebih|lebih kurang|kira-kira|kisaran|berkisar|rata-rata sekitar)", ABOUT),
    (r"(?:hampir|nyaris|mendekati|menjelang angka)", NEARLY),
    (r"(?:lebih dari|lebih besar dari|di ?atas|melebihi|melampaui|menembus|lebih banyak dari)", MORE),
    (
        (
            r"(?:setidaknya|sedikitnya|sekurang-kurangnya|minimal|paling sedikit|paling"
            r" kurang|paling tidak|tidak kurang dari|tak kurang dari)"
        ),
        LEAST,
    ),
    (
        r"(?:kurang dari|di ?bawah|tidak sampai|tak sampai|belum sampai|lebih kecil dari|tidak lebih dari)",
        UNDER,
    ),
    (r"(?:maksimal|maksimum|paling banyak|paling tinggi|setinggi-tingginya|sebanyak-banyaknya)", MOST),
)
_BEFORE_RULES = tuple((re.compile(rf"\b{words} ?{_GAP}", re.IGNORECASE), kind) for words, kind in _BEFORE)
_SIGN = re.compile(rf"(?:±|\+/-) ?{_GAP}", re.IGNORECASE)
_AFTER = re.compile(
    r" ?(?:lebih(?! (?:dari|besar|kecil|banyak|rendah|tinggi|sedikit|baik))|sekian|koma sekian)\b",
    re.IGNORECASE,
)
_AFTER_UNIT = re.compile(
    (
        r"(?: ?(?:%|persen|rupiah|orang|pekerja|peserta))? ?lebih\b(?! (?:dari|besar"
        r"|kecil|banyak|rendah|tinggi|sedikit|baik))"
    ),
    re.IGNORECASE,
)


def meant_before(text: str, start: int) -> tuple[str, int]:
    """How the words before a number make it meant, and where they begin; EXACT and `start` where none do."""
    before = text[max(0, start - 45) : start]
    for rule, kind in _BEFORE_RULES:
        if match := rule.search(before):
            return kind, start - len(before) + match.start()
    if match := _SIGN.search(before):
        return ABOUT, start - len(before) + match.start()
    return EXACT, start


def meant_after(text: str, end: int) -> int:
    """Where `lebih` after a number ends; the same place where there is none."""
    match = _AFTER.match(text, end) or _AFTER_UNIT.match(text, end)
    return match.end() if match else end


def stretch(value: Decimal, step: Decimal, kind: str, *, is_rounded: bool) -> Interval:
    """The interval of a positive number; `step` is one unit of its last figure as it was said."""
    if kind == ABOUT:
        wide = abs(value) * Decimal("0.05") if _figures(value) <= 2 else _last_unit(value, step)
        return Interval(value - wide, value + wide)
    if kind == NEARLY:
        return Interval(value * Decimal("0.9"), value, high_in=False)
    if kind == OVER:
        return Interval(value, value + _last_unit(value, step), high_in=False)
    ends = {
        MORE: Interval(value, None, low_in=False),
        LEAST: Interval(value, None),
        UNDER: Interval(None, value, high_in=False),
        MOST: Interval(None, value),
    }
    if kind in ends:
        return ends[kind]
    return rounded(value, step) if is_rounded else exactly(value)


def _figures(value: Decimal) -> int:
    """Leading figures that are said: of 17,000 two, of 6,207 four."""
    digits = "".join(str(digit) for digit in value.as_tuple().digits).strip("0")
    return len(digits)


def _last_unit(value: Decimal, step: Decimal) -> Decimal:
    """One unit of the last figure that is not nought: of 200 million 100 million, of 17,000 one thousand."""
    if value == 0:
        return step
    sign = value.normalize().as_tuple()
    exponent = sign.exponent if isinstance(sign.exponent, int) else 0
    return Decimal(1).scaleb(exponent)
