"""From a text to its figures: numbers, what makes them vague, their units, and what they are about."""

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal

from reports.statements.figure import (
    CASES,
    PEOPLE,
    PERSENT,
    POINTS,
    RUPIAH,
    TIMES,
    Figure,
    SaidSentence,
    TextReading,
)
from reports.statements.folding import folded
from reports.statements.interval import Interval
from reports.statements.meaning import with_meaning
from reports.statements.passed_over import blanked, passed_over
from reports.statements.periods import periods
from reports.statements.sentences import sentences_of
from reports.statements.tokens import Token, tokens_of
from reports.statements.units import FoundUnit, rate_after, unit_after, unit_before
from reports.statements.vague import ABOUT, EXACT, OVER, ROUNDED, meant_after, meant_before, stretch
from reports.statements.vocabulary import EMPTY, Vocabulary

_RUPIAH_BEFORE = re.compile(r"(?:\brp\.? ?|\bidr ?|\brupiah )$", re.IGNORECASE)
_RUPIAH_INSIDE = re.compile(r" ?rupiah\b", re.IGNORECASE)
_DOLLARS_BEFORE = re.compile(r"(?:us\$ ?|\busd ?|\$ ?)$", re.IGNORECASE)
_MINUS_WORD = re.compile(
    r"\b(?:minus|negatif)(?: (?:sekitar|sebesar|hampir|lebih dari|kurang lebih|di atas))* ?(?:rp\.? ?)?$",
    re.IGNORECASE,
)
_MINUS_SIGN = re.compile(r"(?:^|[\s(:=])-(?:rp\.? ?)?$|\brp\.? ?-$", re.IGNORECASE)
_ACCOUNTED = re.compile(r"\b(?:saldo|selisih|defisit|minus|surplus|tekor|rugi)\b", re.IGNORECASE)
_RANGE = re.compile(r" ?(?:-|s\.d\.?|s/d|sd|sampai(?: dengan)?|hingga) ?(?:rp\.? ?)?$", re.IGNORECASE)
_BETWEEN = re.compile(r"\bantara (?:rp\.? ?)?$", re.IGNORECASE)
_JOINED = re.compile(
    (
        r"^(?: ?,? ?(?:dan|serta|menjadi|ke|naik menjadi|turun menjadi|meningkat"
        r" menjadi|sampai|hingga|s\.d\.?|-|&|/|atau|x|dikali|dari(?: (?:total|jumlah"
        r"|seluruh|sekitar|potensi|sebanyak))*) ?(?:angka |rp\.? ?)*| ?[,;] ?(?:(?:kini"
        r"|sekarang|baru|hanya|dari|sebanyak|dan|dari total) )*)$"
    ),
    re.IGNORECASE,
)
_HEADING = re.compile(r"([^:.;\n]{4,60}):[^:\n]*$")
_SIMPLE_RANGE = re.compile(r"^ ?(?:-|s\.d\.?|s/d|sampai(?: dengan)?|hingga|menjadi|ke) ?$", re.IGNORECASE)


def read(text: str, on: date, names: Vocabulary = EMPTY) -> TextReading:
    """All figures of a text that was said or written on a day."""
    same = folded(text)
    spans = passed_over(same)
    plain = blanked(same, spans)
    lines = sentences_of(plain)
    tokens = _powers_shared(plain, tokens_of(plain))
    figures: list[Figure] = []
    for token in tokens:
        figure = _figure(text, plain, token, _sentence(lines, token.start), names)
        figures.append(figure)
    figures = _joined_units(plain, _ranges(plain, figures))
    laws = [one for one in spans if one.is_law]
    days = [
        day
        for day in periods(same, on)
        if not any(one.start < day.end and day.start < one.end for one in laws)
    ]
    figures = [with_meaning(one, plain, lines, days, names) for one in figures]
    return TextReading(same, plain, lines, figures, spans, days)


def _sentence(lines: list[SaidSentence], place: int) -> int:
    return next((number for number, one in enumerate(lines) if one.start <= place < one.end), 0)


def _powers_shared(text: str, tokens: list[Token]) -> list[Token]:
    """`17 s.d. 18 ribu`, `dari 13 menjadi 15 miliar`: the word belongs to both."""
    shared = list(tokens)
    for place in range(len(tokens) - 2, -1, -1):
        one, following = tokens[place], shared[place + 1]
        between = text[one.end : following.start]
        bare = not one.has_power and not one.unit and one.value < 1000 and text[one.start].isdigit()
        if bare and following.has_power and not following.unit and _SIMPLE_RANGE.match(between):
            power = _power_of(text[following.start : following.end])
            shared[place] = replace(one, value=one.value * power, step=one.step * power, has_power=True)
    return shared


def _power_of(words: str) -> Decimal:
    for word, power in (("ribu", 3), ("rb", 3), ("juta", 6), ("jt", 6), ("tril", 12), ("mil", 9)):
        if word in words.lower():
            return Decimal(10) ** power
    return {"M": Decimal(10) ** 9, "T": Decimal(10) ** 12}.get(words.strip()[-1:].upper(), Decimal(1))


def _figure(raw: str, text: str, token: Token, sentence: int, names: Vocabulary) -> Figure:
    start, end = token.start, token.end
    unit, per, end = _unit(text, token, names)
    if sign := _RUPIAH_BEFORE.search(text[max(0, start - 8) : start]):
        start -= len(sign.group())
    negative, start = _sign(text, token, start, end)
    kind, start = meant_before(text, start)
    if kind == EXACT and token.is_about:
        kind = ABOUT
    after = meant_after(text, token.end)
    if kind == EXACT and after > token.end:
        kind, end = OVER, max(end, after)
    is_rounded = token.has_power or unit in {PERSENT, POINTS} or token.step < 1
    interval = stretch(token.value, token.step, kind, is_rounded=is_rounded)
    if token.before is not None:
        kind, interval = ABOUT, Interval(token.value, token.before, high_in=False)
    if kind == EXACT and is_rounded:
        kind = ROUNDED
    value = -token.value if negative else token.value
    return Figure(
        start,
        end,
        raw[start:end].strip(),
        value,
        interval.mirrored() if negative else interval,
        unit,
        kind,
        token.start,
        token.end,
        per=per,
        is_doubtful=token.is_doubtful,
        sentence=sentence,
    )


def _unit(text: str, token: Token, names: Vocabulary) -> tuple[str, tuple[str, ...], int]:
    """The unit, what it is per, and where its words end."""
    before = text[max(0, token.start - 90) : token.start]
    end = meant_after(text, token.end)
    if token.unit:
        return token.unit, (), token.end
    if _RUPIAH_BEFORE.search(before):
        per, rate_end = rate_after(text, end)
        return RUPIAH, per, max(token.end, rate_end if per else token.end)
    if _DOLLARS_BEFORE.search(before):
        return "dolar", (), token.end
    if _RUPIAH_INSIDE.match(text[token.end : end]):
        # `dua ratus juta rupiah lebih`: the unit stands between the number and `lebih`.
        return RUPIAH, (), end
    found = unit_after(text, end, names.category_pattern)
    if found and (found.distance == 0 or not _is_listed(before, text[end:])):
        return _with_rate(text, token, found)
    clause = re.split(r"[,;:()]|\bdan\b|\d", before)[-1]
    unit = unit_before(clause, names.category_pattern)
    # `jumlah klaim mencapai 790.000.000` is an amount, no number of claims.
    unit = "" if unit == CASES and token.value >= 1_000_000 else unit
    return unit or (found.unit if found else ""), (), token.end


def _with_rate(text: str, token: Token, found: FoundUnit) -> tuple[str, tuple[str, ...], int]:
    if found.unit != RUPIAH:
        return found.unit, (), max(token.end, found.end)
    per, end = rate_after(text, found.end)
    return RUPIAH, per, end if per else found.end


def _is_listed(before: str, after: str) -> bool:
    """`kader 2.650, KPU 11.658`: the noun stands before, and a comma follows at once."""
    return bool(re.match(r" ?[,;.)]", after)) and bool(re.search(r"[a-z] $", before))


def _sign(text: str, token: Token, start: int, end: int) -> tuple[bool, int]:
    before = text[max(0, start - 45) : start]
    if match := _MINUS_WORD.search(before):
        return True, start - len(before) + match.start()
    if match := _MINUS_SIGN.search(before):
        return True, start - len(before) + match.end() - len(match.group().lstrip(" (:="))
    is_bracketed = before.endswith("(") and text[token.end : token.end + 1] == ")"
    if is_bracketed and token.value >= 1000 and _ACCOUNTED.search(before):
        return True, start - 1
    return False, start


def _ranges(text: str, figures: list[Figure]) -> list[Figure]:
    """Both ends of `10-15 orang` and of `antara 17 ribu dan 18 ribu` have the unit of the second."""
    found = list(figures)
    for place in range(len(found) - 1):
        one, two = found[place], found[place + 1]
        between = text[one.number_end : two.number_start]
        opened = _BETWEEN.search(text[max(0, one.number_start - 14) : one.number_start])
        is_range = _RANGE.fullmatch(between) or (
            opened and re.fullmatch(r" dan (?:rp\.? ?)?", between, re.IGNORECASE)
        )
        if not is_range or one.value >= two.value or "dari" in text[max(0, one.start - 6) : one.start]:
            continue
        unit = one.unit or two.unit
        interval = Interval(one.value, two.value)
        found[place] = replace(one, unit=unit, is_range_end=True, interval=interval)
        found[place + 1] = replace(two, unit=two.unit or unit, is_range_end=True, interval=interval)
    return found


def _joined_units(text: str, figures: list[Figure]) -> list[Figure]:
    """`masing-masing 1.000, 500 dan 28 orang`, `dari 47 menjadi 53 persen`: one unit for all."""
    found = list(figures)
    for place in range(len(found) - 2, -1, -1):
        one, two = found[place], found[place + 1]
        too_much = two.unit in {PERSENT, POINTS} and one.value > 100
        if not one.unit and two.unit and not too_much and _JOINED.match(text[one.end : two.start]):
            found[place] = _united(one, two)
    for place in range(1, len(found)):
        one, two = found[place], found[place - 1]
        too_much = two.unit in {PERSENT, POINTS, TIMES} and one.value > 100
        is_rest = one.sentence == two.sentence and text[one.end :].startswith((" lainnya", " lagi"))
        joined = _JOINED.match(text[two.end : one.start]) or is_rest
        if not one.unit and two.unit and not too_much and joined:
            found[place] = _united(one, two)
    return [_nearest_unit(text, one, found) for one in found]


def _nearest_unit(text: str, figure: Figure, figures: list[Figure]) -> Figure:
    """`3.200 orang dari Cibeber dan 2.800 dari Jombang`: what the sentence counts."""
    least = {PEOPLE: 20, RUPIAH: 100_000, CASES: 20}
    near = [
        one
        for one in figures
        if one.sentence == figure.sentence
        and one.unit in least
        and not one.per
        and abs(figure.value) >= least[one.unit]
    ]
    if figure.unit or figure.value % 1:
        return figure
    if not near:
        # `Warga yang didaftarkan: Cibeber 1.250, Jombang 1.100`.
        heading = _HEADING.search(text[max(0, figure.start - 200) : figure.start])
        is_headed = heading and abs(figure.value) >= least[PEOPLE]
        return replace(figure, unit=unit_before(heading[1], None)) if heading and is_headed else figure
    return replace(figure, unit=min(near, key=lambda one: abs(one.start - figure.start)).unit)


def _united(one: Figure, other: Figure) -> Figure:
    if other.unit in {PERSENT, POINTS} and one.kind == EXACT:
        step = Decimal(1).scaleb(int(one.value.as_tuple().exponent))
        interval = stretch(abs(one.value), step, EXACT, is_rounded=True)
        return replace(
            one, unit=other.unit, kind=ROUNDED, interval=interval if one.value >= 0 else interval.mirrored()
        )
    return replace(one, unit=other.unit, per=other.per if other.unit == RUPIAH else ())
