"""One number of another and the per cent they make: `76.062 dari 174.897 pekerja atau 43,49 persen`."""

import re
from collections.abc import Iterator
from decimal import Decimal

from reports.statements.figure import PERSENT, Figure, TextReading
from reports.statements.interval import Interval
from reports.statements.subjects import (
    ABSORPTION,
    BUDGET,
    CHANGE,
    CLAIM_RATIO,
    CLAIMS,
    CONTRIBUTIONS,
    COVERED,
    ELIGIBLE,
    FUNDED,
    REALISED,
    TARGET,
    UCJ,
    UNCOVERED,
)
from reports.statements.sum_found import SumFound, against, judged, made, span
from reports.statements.vague import EXACT, ROUNDED
from reports.statements.written import written

_OF = re.compile(
    r"\b(?:(?<!terdiri )(?<!tersusun )(?<!berasal )dari|di antara|terhadap|berbanding|(?<![a-z])/)\b"
    r"(?! (?:tahun|bulan) )[^,;.]{0,45}$|(?<![a-z])/ ?$",
    re.IGNORECASE,
)
_AMONG = re.compile(r"\s*(?:orang|pekerja|jiwa)?\s*di ?antaranya\b", re.IGNORECASE)
_CHANGED = re.compile(
    r"\b(?:naik|turun|meningkat|menurun|menjadi|ke|bertambah|berkurang|sebelumnya|semula)\b", re.IGNORECASE
)
_REACHED = re.compile(
    r"\b(?:mencapai|melampaui|melebihi|menembus|menyentuh|di atas|di bawah)\b", re.IGNORECASE
)
_LEFT_OVER = re.compile(r"\b(?:sisa\w*|tersisa|belum)\b[^,;.\d]{0,30}$", re.IGNORECASE)
_USED = re.compile(
    r"\b(?:terpakai|terserap|terealisasi|serapan\w*|realisasi\w*)\b[^,;.\d]{0,20}$", re.IGNORECASE
)
_IN_OTHER_WORDS = re.compile(r"[,(=:]|\b(?:atau|yakni|yaitu|setara)\b", re.IGNORECASE)
# Whole and part by what they are about, where no `dari` stands between them.
_BY_SUBJECT = {
    UCJ: ((ELIGIBLE,), (COVERED, FUNDED)),
    ABSORPTION: ((BUDGET,), (REALISED,)),
    CLAIM_RATIO: ((CONTRIBUTIONS,), (CLAIMS,)),
}


def share_sums(reading: TextReading) -> Iterator[SumFound]:
    taken: set[tuple[int, int]] = set()
    for percent in reading.figures:
        if percent.unit != PERSENT or percent.subject == CHANGE or percent.value < 0:
            continue
        if (pair := _pair(reading, percent, taken)) and _is_said_of(reading, percent, *pair):
            taken.add((pair[0].start, pair[1].start))
            part, whole = pair
            yield _rest(percent, part, whole) if _is_rest(reading, percent, part) else _judged(percent, *pair)


def _pair(reading: TextReading, percent: Figure, taken: set[tuple[int, int]]) -> tuple[Figure, Figure] | None:
    """(part, whole) that this per cent is of: of its sentence first, then of the one before or after."""
    own = {percent.sentence}
    around = [{percent.sentence, percent.sentence - 1}, {percent.sentence, percent.sentence + 1}]
    # Several per cents of one sentence are about each other, not about the sentence beside it.
    is_alone = sum(one.unit == PERSENT and one.sentence in own for one in reading.figures) == 1
    for sentences in (own, *(around if is_alone else ())):
        near = [one for one in reading.figures if one.sentence in sentences and _countable(one)]
        found = [
            (one, two)
            for one in near
            for two in near
            if (one.start, two.start) not in taken
            and (_is_of(reading, one, two, percent) or _is_among(reading, one, two))
        ]
        if found and not _is_target(reading, percent):
            return min(found, key=lambda pair: _distance(percent, pair))
        pair = _by_subject(percent, near) or _of_target(percent, near) or _of_the_same(reading, percent, near)
        if pair and (pair[0].start, pair[1].start) not in taken:
            return pair
    return None


def _is_said_of(reading: TextReading, percent: Figure, part: Figure, whole: Figure) -> bool:
    """`lima dari delapan kecamatan sudah 100 persen`: they are whole, not their share."""
    end = max(part.end, whole.end)
    between = reading.plain[end : percent.start] if percent.start >= end else ","
    told = reading.plain[end : percent.number_start] if percent.start >= end else ","
    is_other = _REACHED.search(told) and not _IN_OTHER_WORDS.search(told)
    if is_other and (_is_among(reading, part, whole) or re.search(r"\byang\b", told, re.IGNORECASE)):
        # `30 di antaranya sudah mencapai 50 persen`, `8 dari 38 yang UCJ-nya di atas 40 persen`.
        return False
    return percent.value != 100 or bool(re.search(r"[,(=:]|\b(?:atau|yakni|yaitu|sebesar|setara)\b", between))


def _countable(figure: Figure) -> bool:
    return (
        figure.unit not in {"", PERSENT, "poin", "kali", "bulan", "tahun"}
        and figure.subject != CHANGE
        and not figure.per
    )


def _is_of(reading: TextReading, part: Figure, whole: Figure, percent: Figure) -> bool:
    """Whether `dari` leads to the whole, and the part is the nearest before or behind it."""
    if part is whole or part.unit != whole.unit or part.sentence != whole.sentence:
        return False
    line = reading.sentences[whole.sentence]
    lead = reading.plain[max(line.start, whole.start - 50) : whole.start]
    if not (match := _OF.search(lead)):
        return False
    first, last = sorted((part, whole), key=lambda one: one.start)
    between = reading.plain[first.end : last.start]
    others = [one for one in reading.figures if first.end <= one.start < last.start and one is not percent]
    if (
        others
        or _CHANGED.search(between)
        or len(between) > 140
        or (")" in between and "(" not in between.partition(")")[0])
    ):
        return False
    if re.search(r"\b(?:naik|turun|meningkat|menurun)\b[^,;]*$", lead[: match.start()], re.IGNORECASE):
        return False
    if part.start > whole.start:
        # `dari A menjadi B` is a change, and `p persen dari B, A` a share.
        return not re.match(
            r"\s*(?:orang|pekerja|persen)?\s*(?:menjadi|ke|naik|turun)\b", between, re.IGNORECASE
        )
    return True


def _is_among(reading: TextReading, part: Figure, whole: Figure) -> bool:
    """`1.000 pekerja, 500 di antaranya (50 persen)`: the whole is the number before it."""
    if part.unit != whole.unit or part.start < whole.end or not _AMONG.match(reading.plain, part.end):
        return False
    return not any(whole.end <= one.start < part.start for one in reading.figures)


def _distance(percent: Figure, pair: tuple[Figure, Figure]) -> int:
    start, end = min(one.start for one in pair), max(one.end for one in pair)
    if start <= percent.start < end:
        return 0
    return percent.start - end if percent.start >= end else start - percent.end + 10


def _by_subject(percent: Figure, near: list[Figure]) -> tuple[Figure, Figure] | None:
    wanted = _BY_SUBJECT.get(percent.subject)
    if not wanted:
        return None
    wholes = [one for one in near if one.subject in wanted[0]]
    parts = [one for one in near if one.subject in wanted[1]]
    if len(wholes) == 1 and len(parts) == 1 and wholes[0].unit == parts[0].unit:
        return parts[0], wholes[0]
    return None


def _is_target(reading: TextReading, percent: Figure) -> bool:
    """`targetnya 55 persen` is of no pair."""
    line = reading.sentences[percent.sentence]
    return bool(re.search(r"target[^\d]*$", reading.plain[line.start : percent.start], re.IGNORECASE))


def _of_target(percent: Figure, near: list[Figure]) -> tuple[Figure, Figure] | None:
    """`target 80.000 peserta, terealisasi 76.062 atau 95 persen`."""
    here = [one for one in near if one.sentence == percent.sentence and one.end <= percent.start]
    targets = [one for one in here if one.subject == TARGET]
    others = [one for one in here if one.subject != TARGET]
    is_pair = len(targets) == 1 and len(others) == 1 and targets[0].unit == others[0].unit
    if is_pair and targets[0].start < others[0].start:
        return others[0], targets[0]
    return None


def _of_the_same(reading: TextReading, percent: Figure, near: list[Figure]) -> tuple[Figure, Figure] | None:
    """`174.897 orang bekerja; 43,49 persennya atau 76.062 orang`."""
    before = [one for one in near if one.end <= percent.start]
    after = [one for one in near if one.start >= percent.end]
    is_of = re.match(r" ?(?:nya)? (?:atau|yakni|yaitu)\b", reading.plain[percent.end :])
    is_its = "nya" in reading.plain[percent.number_end : percent.end + 3]
    if before and after and is_of and is_its and before[-1].unit == after[0].unit:
        return after[0], before[-1]
    return None


def _is_rest(reading: TextReading, percent: Figure, part: Figure) -> bool:
    """Whether the per cent is of what the part leaves: `cakupan 52 persen berarti 48 dari 100 belum`, `sisa
    Rp4 dari Rp10, terpakai 60 persen`."""
    if percent.subject == UCJ and part.subject == UNCOVERED and percent.end <= part.start:
        return True
    line = reading.sentences[part.sentence]
    return bool(
        _LEFT_OVER.search(reading.plain[line.start : part.start])
        and _USED.search(reading.plain[part.end : percent.number_start])
    )


def _rest(percent: Figure, part: Figure, whole: Figure) -> SumFound:
    computed = 100 - part.value * 100 / whole.value if whole.value else Decimal(0)
    verdict = judged(percent, computed)
    shown = f"100 − {written(part.value)} / {written(whole.value)} = {written(computed, PERSENT)}"
    return made([part, whole, percent], verdict, f"{shown}; {against(percent, computed, verdict)}")


def _judged(percent: Figure, part: Figure, whole: Figure) -> SumFound:
    used = [part, whole, percent]
    if not whole.value:
        return made(used, "tidak dapat diperiksa", "pembaginya nol")
    computed = part.value * 100 / whole.value
    vague = any(one.kind not in {EXACT, ROUNDED} for one in (part, whole))
    verdict = judged(percent, computed, _about(part, whole) if vague else None)
    shown = f"{written(part.value)} / {written(whole.value)} = {written(computed, PERSENT)}"
    return made(used, verdict, f"{shown}; {against(percent, computed, verdict)}")


def _about(part: Figure, whole: Figure) -> Interval:
    one, two = span(part), span(whole)
    low = one.low * 100 / two.high if one.low is not None and two.high else Decimal(0)
    high = one.high * 100 / two.low if one.high is not None and two.low else None
    return Interval(low, high)
