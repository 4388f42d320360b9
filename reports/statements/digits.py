"""Numbers in figures: `17.000`, `13,7 miliar`, `1,2 jt`, `17rb`, `53.45`, `17 ribu 500`, `16.800,00`."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from reports.statements.number_words import POWERS

_BODY = (
    r"\d{1,3}(?:\.\d{3})+(?!\d)(?:,\d+)?|\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?"
    r"|\d{1,3}(?: \d{3})+(?![\d.,]*\d)|\d+(?:[.,]\d+)?"
)
_POWER = (
    r"[ ]?(?P<power>ribu|rb|juta|jt|mill?iard?|milyar|triliun|trilyun|triliyun)(?P<about>-?an)?\b"
    r"|[ ]?(?P<letter>[MTK])(?![\w.]\w|\w)"
)
_NUMBER = re.compile(
    rf"(?:(?<![\w.,/-])|(?<=rp)|(?<=rp\.)|(?<=idr)|(?<=\s-)|(?<=^-)|(?<=\(-)|(?<=[^\w]-)"
    rf"|(?<=[a-z]-)|(?<=\d-))"
    rf"(?P<body>{_BODY})(?P<dash>,-|,--)?(?P<tens>-an\b)?(?:{_POWER})?",
    re.IGNORECASE,
)
_LETTERS = {"M": 10**9, "T": 10**12, "K": 10**3}
_ENGLISH = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_THOUSANDS = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?")
_MORE = re.compile(
    r" (?P<body>\d{1,3})(?: (?P<power>ribu|rb|juta|jt)\b)?(?![\w.,%/]|\s*(?:%|persen))", re.IGNORECASE
)


@dataclass(frozen=True)
class DigitNumber:
    start: int
    end: int
    value: Decimal
    step: Decimal
    # A word or letter for thousands, millions … stands beside it.
    has_power: bool = False
    # `17.000-an`, `200 jutaan`.
    is_about: bool = False
    # A comma or point that reads two ways.
    is_doubtful: bool = False


def digit_numbers(text: str) -> Iterator[DigitNumber]:
    """Every number in figures, from left to right."""
    place = 0
    while match := _NUMBER.search(text, place):
        place = match.end()
        following = text[place : place + 1]
        if match["power"] is None and match["letter"] is None and following.isalpha():
            continue
        if match["letter"] and not _is_power_letter(text, match):
            match_end = match.end() - len(match["letter"]) - 1
            yield _number(
                text, match, match.start(), match_end if text[match_end] == " " else match.end() - 1, None
            )
            continue
        power = _power(match)
        found = _number(text, match, match.start(), match.end(), power)
        if power:
            found = _with_rest(text, found)
            place = found.end
        yield found


def _is_power_letter(text: str, match: re.Match[str]) -> bool:
    """`13,7 M` and `2 T` are money; `K` and small letters only where they touch the number."""
    letter = match["letter"]
    touches = text[match.end() - 2].isdigit()
    return letter in "MT" or (touches and letter.upper() in _LETTERS and letter in "KkMmTt")


def _power(match: re.Match[str]) -> int | None:
    if match["power"]:
        return POWERS.get(match["power"].lower(), 10**9)
    return _LETTERS[match["letter"].upper()] if match["letter"] else None


def _number(text: str, match: re.Match[str], start: int, end: int, power: int | None) -> DigitNumber:
    body = match["body"]
    is_percent = (
        re.match(r"\s*(%|persen\b|prosen\b|pct\b|poin\b)", text[end : end + 12], re.IGNORECASE) is not None
    )
    value, decimals, doubtful = _read(body, is_percent=is_percent, has_power=power is not None)
    step = Decimal(1).scaleb(-decimals) * (power or 1)
    is_about = bool(match["tens"] or match["about"])
    return DigitNumber(start, end, value * (power or 1), step, power is not None, is_about, doubtful)


def _read(body: str, *, is_percent: bool, has_power: bool) -> tuple[Decimal, int, bool]:
    """The value, its decimals, and whether its separators read two ways."""
    if " " in body:
        return Decimal(body.replace(" ", "")), 0, False
    one_group = body.count(".") + body.count(",") == 1
    if _THOUSANDS.fullmatch(body) and not (is_percent and one_group):
        whole, _comma, rest = body.partition(",")
        # `16.800,00`: hundredths of a rupiah that are none.
        rest = "" if rest.strip("0") == "" else rest
        return Decimal(whole.replace(".", "") + (f".{rest}" if rest else "")), len(rest), False
    if _ENGLISH.fullmatch(body) and not (one_group and (is_percent or has_power)):
        whole, _point, rest = body.partition(".")
        rest = "" if rest.strip("0") == "" else rest
        return Decimal(whole.replace(",", "") + (f".{rest}" if rest else "")), len(rest), one_group
    whole, _sign, rest = body.replace(",", ".").partition(".")
    return Decimal(f"{whole}.{rest}" if rest else whole), len(rest), False


def _with_rest(text: str, first: DigitNumber) -> DigitNumber:
    """`17 ribu 500`, `1 juta 250 ribu`: smaller steps said after the greater one."""
    value, end, step = first.value, first.end, first.step
    while match := _MORE.match(text, end):
        power = POWERS.get((match["power"] or "").lower(), 1)
        part = Decimal(match["body"]) * power
        if part >= step:
            break
        value, end, step = value + part, match.end(), Decimal(power)
        if power == 1:
            break
    return DigitNumber(first.start, end, value, step, True, first.is_about, first.is_doubtful)
