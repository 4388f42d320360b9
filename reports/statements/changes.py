"""From one value to another: how much and which way, in points, in per cent, or in times."""

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from reports.statements.figure import PERSENT, POINTS, TIMES, Figure, TextReading
from reports.statements.subjects import CHANGE, DOWN, UP
from reports.statements.sum_found import SumFound, against, judged, made
from reports.statements.verdicts import FITS, NO_FIT, OTHER_DEFINITION, UNKNOWN
from reports.statements.written import written

_UP, _DOWN = re.compile(rf"\b(?:{UP})\b", re.IGNORECASE), re.compile(rf"\b(?:{DOWN})\b", re.IGNORECASE)
_TO = re.compile(r"\b(?:menjadi|jadi|ke|sampai|hingga)\b(?: \w+){0,3} *(?:rp\.? ?)?$", re.IGNORECASE)
_FROM = re.compile(
    (
        r"\b(?:dari|dibanding\w*|daripada|ketimbang|semula|sebelumnya|tahun lalu"
        r"|bulan lalu|awalnya|awal tahun|periode lalu|tahun sebelumnya)\b(?:[^,;.\d]{0,45})$"
    ),
    re.IGNORECASE,
)
_AGAINST = re.compile(r"\b(?:dibanding\w*|daripada|ketimbang)\b[^;.\d]{0,45}$", re.IGNORECASE)
_NOW = re.compile(
    r"\b(?:kini|sekarang|saat ini|tahun ini|bulan ini|menjadi|per)\b[^,;.\d]{0,45}$", re.IGNORECASE
)
_THEN = re.compile(
    (
        r"\b(?:semula|sebelumnya|tahun lalu|tahun sebelumnya|bulan lalu|awalnya|awal"
        r" tahun|dahulu|dulu)\b[^;.\d]{0,60}$"
    ),
    re.IGNORECASE,
)
_SHARE = re.compile(r"\bdari (?:total|seluruh|jumlah|sekitar \d|potensi|target)", re.IGNORECASE)
_OF_LAST = re.compile(
    r"\b(?:dari|dibanding\w*|daripada) (?:tahun|bulan|periode|triwulan|semester)", re.IGNORECASE
)


def change_sums(reading: TextReading) -> Iterator[SumFound]:
    for number in range(len(reading.sentences)):
        here = [one for one in reading.figures if one.sentence == number]
        states = [one for one in here if not _is_change(reading, one)]
        changes = [one for one in here if _is_change(reading, one)]
        if not changes and number + 1 < len(reading.sentences):
            changes = _opening_changes(reading, number + 1)
        pairs = list(_pairs(reading, states))
        for first, last in pairs:
            change = _nearest(first, last, changes)
            if found := _judged(reading, first, last, change):
                yield found
        if not pairs:
            yield from _without_before(reading, states, [one for one in changes if one in here])


def _is_change(reading: TextReading, figure: Figure) -> bool:
    if figure.unit in {POINTS, TIMES} or figure.subject == CHANGE:
        return True
    # `(naik) … 12,85 persen` in brackets, `atau 12,85 persen` right behind a change.
    before = reading.plain[max(0, figure.start - 60) : figure.start]
    return bool(
        re.search(rf"\b(?:{UP}|{DOWN})\b[^.;]*\d[^.;]*(?:\(| atau )(?:sekitar )?$", before, re.IGNORECASE)
    ) and (figure.unit == PERSENT and "menjadi" not in before and "dari" not in before)


def _opening_changes(reading: TextReading, number: int) -> list[Figure]:
    """`Artinya naik 6 poin`, at the beginning of the next sentence."""
    line = reading.sentences[number]
    there = [one for one in reading.figures if one.sentence == number and _is_change(reading, one)]
    opening = line.text[:60]
    is_said = re.search(rf"\b(?:artinya|berarti|ada|terjadi|{UP}|{DOWN})\b", opening, re.IGNORECASE)
    states = [one for one in reading.figures if one.sentence == number and not _is_change(reading, one)]
    return there[:1] if there and is_said and not states else []


def _pairs(reading: TextReading, states: list[Figure]) -> Iterator[tuple[Figure, Figure]]:
    """(before, after): `dari A menjadi B`, `B dari sebelumnya A`, `tahun lalu A, kini B`."""
    for one, two in pairwise(states):
        if one.unit != two.unit or not one.unit or (one.per and two.per and one.per != two.per):
            continue
        lead = reading.plain[max(reading.sentences[one.sentence].start, one.start - 70) : one.start]
        between = reading.plain[one.end : two.start]
        said = f"{lead}{between}{reading.plain[two.end : two.end + 40]}"
        moved = _UP.search(said) or _DOWN.search(said)
        if _TO.search(between) and (_FROM.search(lead) or moved):
            yield one, two
        elif _FROM.search(between) and not _SHARE.search(between) and (moved or _THEN.search(between)):
            yield two, one
        elif (_THEN.search(lead) and _NOW.search(between)) or (moved and _AGAINST.search(lead)):
            yield one, two
        elif moved and (ordered := _by_years(one, two)):
            yield ordered


def _by_years(one: Figure, two: Figure) -> tuple[Figure, Figure] | None:
    """`cakupan 2023: 47%; cakupan 2024: 53%`."""
    if one.period is None or two.period is None or one.subject != two.subject:
        return None
    if one.period.last < two.period.first:
        return one, two
    return (two, one) if two.period.last < one.period.first else None


def _nearest(first: Figure, last: Figure, changes: list[Figure]) -> Figure | None:
    return min(
        changes, key=lambda one: min(abs(one.start - last.end), abs(first.start - one.end)), default=None
    )


def _judged(reading: TextReading, first: Figure, last: Figure, change: Figure | None) -> SumFound | None:
    used = [one for one in (first, last, change) if one is not None]
    difference = last.value - first.value
    unit = POINTS if last.unit == PERSENT else last.unit
    shown = f"{written(last.value)} − {written(first.value)} = {written(difference, unit)}"
    start, end = min(one.start for one in used), max(one.end for one in used)
    way = _way(reading, start, end)
    if way and difference and (way > 0) != (difference > 0):
        said = "naik" if way > 0 else "turun"
        return made(used, NO_FIT, f"{shown}: bukan {said}")
    if change is None:
        # Without a word for the way nothing is claimed.
        return made(used, FITS, shown) if way else None
    verdict, words = _amount(first, last, change, abs(difference))
    return made(used, verdict, f"{shown}{words}")


def _way(reading: TextReading, start: int, end: int) -> int:
    words = reading.plain[max(0, start - 60) : end]
    up, down = bool(_UP.search(words)), bool(_DOWN.search(words))
    return 0 if up == down else (1 if up else -1)


def _amount(first: Figure, last: Figure, change: Figure, difference: Decimal) -> tuple[str, str]:
    relative = difference * 100 / first.value if first.value else None
    if change.unit == TIMES:
        return _times(first, last, change)
    if change.unit in {PERSENT, POINTS} and last.unit != PERSENT:
        if relative is None:
            return UNKNOWN, "; nilai awalnya nol"
        verdict = judged(change, relative)
        return (
            verdict,
            (
                f"; {written(difference)} / {written(first.value)} = {written(relative, PERSENT)};"
                f" {against(change, relative, verdict)}"
            ),
        )
    if change.unit in {PERSENT, POINTS}:
        return _of_percents(change, difference, relative)
    if change.unit and change.unit != last.unit:
        return UNKNOWN, f"; {change.text} satuannya lain"
    verdict = judged(change, difference)
    return verdict, f"; {against(change, difference, verdict)}"


def _of_percents(change: Figure, points: Decimal, relative: Decimal | None) -> tuple[str, str]:
    """`naik 6 persen` of percents is tried both ways; fitting only the other way differs by definition."""
    as_points = judged(change, points) == FITS
    as_percent = relative is not None and judged(change, relative) == FITS
    both = f" poin, atau {written(relative, PERSENT)} dari nilai awal" if relative is not None else ""
    said = written(change.value, change.unit)
    if (change.unit == POINTS and as_points) or (change.unit == PERSENT and as_percent):
        return FITS, f"{both.replace(' poin,', ',', 1)}; = {said}"
    if as_points or as_percent:
        right = "poin, bukan persen" if as_points else "persen dari nilai awal, bukan poin"
        return OTHER_DEFINITION, f"{both.replace(' poin,', ',', 1)}; {written(change.value)} itu {right}"
    return NO_FIT, f"{both.replace(' poin,', ',', 1)}; ≠ {said}"


def _times(first: Figure, last: Figure, change: Figure) -> tuple[str, str]:
    if not first.value:
        return UNKNOWN, "; nilai awalnya nol"
    times = last.value / first.value
    shown = f"; {written(last.value)} / {written(first.value)} = {written(times)} kali"
    if round(times, 1) == change.value or change.interval.holds(times):
        return FITS, shown
    if round(times, 1) == change.value + 1:
        return OTHER_DEFINITION, f"{shown}; bertambah {written(change.value)} kali nilai awal"
    return NO_FIT, f"{shown}; ≠ {written(change.value)} kali"


def _without_before(reading: TextReading, states: list[Figure], changes: list[Figure]) -> Iterator[SumFound]:
    """`53% naik 6% dari tahun lalu`: what was before follows both ways; only other data can say which."""
    for change in changes:
        around = [one for one in states if one.unit == PERSENT and abs(one.start - change.start) < 80]
        tail = reading.plain[change.end : change.end + 45]
        if (
            change.unit not in {PERSENT, POINTS}
            or not around
            or not (_OF_LAST.search(tail) or around[0].end < change.start)
        ):
            continue
        last = min(around, key=lambda one: abs(one.start - change.start))
        sign = -1 if _way(reading, min(last.start, change.start), max(last.end, change.end)) < 0 else 1
        points = last.value - sign * change.value
        shown = (
            f"sebelumnya {written(last.value)} {'−' if sign > 0 else '+'} {written(change.value)}"
            f" = {written(points, PERSENT)} bila poin"
        )
        if change.unit == PERSENT:
            relative = last.value / (1 + sign * change.value / 100)
            shown += f", {written(relative, PERSENT)} bila persen"
        yield made([last, change], UNKNOWN, f"{shown}; nilai sebelumnya tidak disebut")
