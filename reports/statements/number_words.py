"""Numbers in words: `dua ribu lima ratus`, `tujuh belas ribu`, `satu koma lima juta`, `setengah miliar`."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

DIGIT_WORDS = {
    **{"nol": 0, "kosong": 0, "satu": 1, "dua": 2, "tiga": 3, "empat": 4, "lima": 5, "enam": 6, "tujuh": 7},
    **{"delapan": 8, "sembilan": 9, "sepuluh": 10, "sebelas": 11},
}
POWERS = {
    **{"ribu": 10**3, "rb": 10**3, "juta": 10**6, "jt": 10**6, "miliar": 10**9, "milyar": 10**9},
    **{"milliar": 10**9, "miliard": 10**9, "triliun": 10**12, "trilyun": 10**12, "triliyun": 10**12},
}
_ONES = {"seribu": 10**3, "sejuta": 10**6, "semiliar": 10**9, "semilyar": 10**9, "setriliun": 10**12}
_PARTS = {"setengah": Decimal("0.5"), "seperempat": Decimal("0.25")}
_KNOWN = (*DIGIT_WORDS, *POWERS, *_ONES, *_PARTS, "seratus", "belas", "puluh", "ratus", "koma")
_WORD = "|".join(sorted(set(_KNOWN), key=len, reverse=True))
_RUN = re.compile(rf"(?<![\w-])(?:{_WORD})(?:[ -]+(?:{_WORD}))*(?![\w])", re.IGNORECASE)


@dataclass(frozen=True)
class WordedNumber:
    start: int
    end: int
    value: Decimal
    # The least step that was said: of `tujuh belas ribu` it is 1,000.
    step: Decimal
    words: int


def worded_numbers(text: str) -> Iterator[WordedNumber]:
    """Every run of words that is one number; runs that are none are left out whole."""
    for match in _RUN.finditer(text):
        words = re.split(r"[ -]+", match.group().lower())
        found = _value(words)
        if found is not None:
            yield WordedNumber(match.start(), match.end(), found[0], found[1], len(words))


def small_word(word: str) -> int | None:
    return DIGIT_WORDS.get(word.lower())


def _value(words: list[str]) -> tuple[Decimal, Decimal] | None:
    total, group, step = Decimal(0), None, Decimal(1)
    highest = Decimal(10) ** 18
    rest = list(words)
    while rest:
        if rest[0] in POWERS or rest[0] in _ONES:
            word = rest.pop(0)
            power = Decimal(POWERS.get(word) or _ONES[word])
            if power >= highest or (word in _ONES) != (group is None):
                return None
            total, group, highest, step = total + (group or 1) * power, None, power, power
            continue
        if group is not None:
            # `satu setengah juta`: a half of what follows.
            if rest[0] in _PARTS and len(rest) > 1 and rest[1] in POWERS:
                group += _PARTS[rest.pop(0)]
                continue
            return None
        taken = _below_thousand(rest)
        if taken is None:
            return None
        group, count = taken
        rest = rest[count:]
    if group is not None:
        step = Decimal(1).scaleb(int(group.as_tuple().exponent)) if group % 1 else Decimal(1)
        total += group
    return total, step


def _below_thousand(words: list[str]) -> tuple[Decimal, int] | None:
    """What the first words say, below a thousand, and how many of them."""
    if words[0] in _PARTS:
        return (_PARTS[words[0]], 1) if len(words) > 1 and words[1] in POWERS else None
    value, place = _hundreds(words)
    tens, place = _tens(words, place)
    if place == 0:
        return None
    value += tens
    if place < len(words) and words[place] == "koma":
        digits = []
        while (
            place + 1 < len(words) and words[place + 1] in DIGIT_WORDS and DIGIT_WORDS[words[place + 1]] < 10
        ):
            digits.append(str(DIGIT_WORDS[words[place + 1]]))
            place += 1
        if not digits:
            return None
        return Decimal(f"{value}.{''.join(digits)}"), place + 1
    return Decimal(value), place


def _hundreds(words: list[str]) -> tuple[int, int]:
    if words[0] == "seratus":
        return 100, 1
    if len(words) > 1 and words[1] == "ratus" and DIGIT_WORDS.get(words[0], 10) < 10:
        return DIGIT_WORDS[words[0]] * 100, 2
    return 0, 0


def _tens(words: list[str], place: int) -> tuple[int, int]:
    """Below a hundred, from a place on; the place after it."""
    if place >= len(words) or words[place] not in DIGIT_WORDS:
        return 0, place
    digit = DIGIT_WORDS[words[place]]
    following = words[place + 1] if place + 1 < len(words) else ""
    if following == "belas" and digit < 10:
        return 10 + digit, place + 2
    if following == "puluh" and digit < 10:
        place += 2
        if place < len(words) and 0 < DIGIT_WORDS.get(words[place], 0) < 10:
            return digit * 10 + DIGIT_WORDS[words[place]], place + 1
        return digit * 10, place
    return digit, place + 1
