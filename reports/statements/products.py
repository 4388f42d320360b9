"""Chains of factors, number × each, rates: the products that a text claims."""

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from reports.statements.figure import (
    MONTHS,
    PEOPLE,
    PERSENT,
    POINTS,
    RUPIAH,
    TIMES,
    Figure,
    TextReading,
)
from reports.statements.rates import COUNTS, is_mean, mean_sum, nearest, rate_sum
from reports.statements.subjects import CHANGE
from reports.statements.sum_found import SumFound, against, judged, made
from reports.statements.written import written

_TIMES_SIGN = re.compile(
    (
        r"^[^.,;\d]{0,30}(?:(?<!\w)x|×|\*|\bdikali(?:kan)?|\bkali)(?: (?:dengan|iuran"
        r"|rp\.?|tarif|sebesar|selama|per))* ?(?:rp\.? ?)?$"
    ),
    re.IGNORECASE,
)
_EQUALS = re.compile(
    (
        r"=|\b(?:sama dengan|atau|menjadi|sehingga|yaitu|yakni|maka|hasilnya|setara"
        r"|dibutuhkan|dialokasikan|adalah|total\w*|anggaran\w*|kebutuhan\w*|sebesar)\b"
    ),
    re.IGNORECASE,
)
_EACH = re.compile(r"\b(?:masing-masing|tiap(?:-tiap)?|setiap|rata-rata)\b[^,;.\d]{0,30}$", re.IGNORECASE)
_EACH_BEHIND = re.compile(r" ?(?:(?:kepada|untuk|bagi) )?(?:masing-masing|setiap|tiap)\b", re.IGNORECASE)
_OF_EACH = re.compile(
    r"\b(?:tiap|setiap|per) (?:orang|desa|kelurahan|kecamatan|perusahaan|kasus|peserta)\b", re.IGNORECASE
)
# A total before its factors: `Rp3,024 miliar untuk 15.000 orang × …`.
_TOTAL_FIRST = re.compile(
    (
        r"^[^.;\d]{0,40}(?:=|\(|:|\b(?:untuk|bagi|dari|yakni|yaitu|hasil|berasal)\b)"
        r"[^.;,\d]{0,25}$"
    ),
    re.IGNORECASE,
)
# `Rp42 juta diserahkan kepada tiga ahli waris, total Rp126 juta`.
_TO_COUNTED = re.compile(r"^[^.;\d]{0,30}\b(?:kepada|untuk|bagi)\b[^.;,\d]{0,15}$", re.IGNORECASE)
_IN_TOTAL = re.compile(r"\b(?:total(?:nya)?|seluruhnya|keseluruhan)\b[^.;,\d]{0,20}$", re.IGNORECASE)
_MONTHLY = re.compile(r" ?(?:tiap|setiap|per) bulan\b", re.IGNORECASE)
_LISTED = re.compile(r" ?(?:,|dan|, dan|serta) ?(?:rp\.? ?)?", re.IGNORECASE)
_MOST_FACTORS = 5


def product_sums(reading: TextReading) -> Iterator[SumFound]:
    chains = list(_chains(reading))
    yield from chains
    taken = {place for one in chains for place in one.used}
    for rate in reading.figures:
        if rate.number_start not in taken and (found := rate_sum(reading, rate) or _of_each(reading, rate)):
            yield found


def _chains(reading: TextReading) -> Iterator[SumFound]:
    """`15.000 x Rp16.800 x 12 = Rp3,024 miliar`."""
    run: list[Figure] = []
    for one, two in pairwise(reading.figures):
        between = reading.plain[one.end : two.start]
        if (
            len(run) < _MOST_FACTORS
            and one.sentence == two.sentence
            and _TIMES_SIGN.match(between)
            and one.unit != TIMES
        ):
            run = run or [one]
            run.append(two)
            continue
        if (
            len(run) > 1
            and (one.sentence == two.sentence)
            and _EQUALS.search(between)
            and two.unit not in {PERSENT, POINTS}
        ):
            yield _product(run, two)
        elif found := _total_first(reading, run):
            yield found
        run = []
    if found := _total_first(reading, run):
        yield found


def _total_first(reading: TextReading, run: list[Figure]) -> SumFound | None:
    """The total that stands before its factors; people may stand between the two."""
    if len(run) < 2:
        return None
    unit = RUPIAH if any(one.unit == RUPIAH for one in run) else PEOPLE
    earlier = [one for one in reading.figures if one.end <= run[0].start and one.sentence == run[0].sentence]
    factors = list(run)
    if earlier and earlier[-1].unit == PEOPLE != unit and all(one.unit != PEOPLE for one in run):
        factors.insert(0, earlier.pop())
    if not earlier or earlier[-1].unit != unit:
        return None
    between = reading.plain[earlier[-1].end : factors[0].start]
    return _product(factors, earlier[-1]) if _TOTAL_FIRST.match(between) else None


def _product(factors: list[Figure], total: Figure) -> SumFound:
    computed = Decimal(1)
    for one in factors:
        computed *= one.value
    verdict = judged(total, computed)
    shown = " × ".join(written(one.value) for one in factors)
    return made(
        [*factors, total],
        verdict,
        f"{shown} = {written(computed, total.unit)}; {against(total, computed, verdict)}",
    )


def _of_each(reading: TextReading, each: Figure) -> SumFound | None:
    """`3 kecamatan masing-masing 500 orang, total 1.500`, `rata-rata Rp2 juta`."""
    if to := _to_counted(reading, each):
        return _product([to[0], each], to[1])
    line = reading.sentences[each.sentence]
    lead = reading.plain[max(line.start, each.start - 45) : each.number_start]
    after = reading.plain[each.end : line.end]
    means, is_monthly = is_mean(reading, each), bool(_MONTHLY.match(after))
    behind = bool(_EACH_BEHIND.match(after)) or bool(_OF_EACH.search(lead))
    if not (_EACH.search(lead) or means or behind) or each.unit in {PERSENT, POINTS, ""}:
        return None
    near = [one for one in reading.figures if abs(one.sentence - each.sentence) < 2 and one is not each]
    counts = [
        one
        for one in near
        if one.unit in ({MONTHS} if is_monthly else COUNTS)
        and one.unit != each.unit
        and one.subject != CHANGE
        and (one.start < each.start or means or behind)
    ]
    totals = [
        one
        for one in near
        if one.unit == each.unit and one.value > each.value and not one.per and one.subject != CHANGE
    ]
    listed = any(
        one.unit == each.unit and _LISTED.fullmatch(reading.plain[each.end : one.start]) for one in near
    )
    if not counts or not totals or listed:
        return None
    count, total = nearest(each, counts), nearest(each, totals)
    if means and count.value:
        return mean_sum(each, count, total)
    return _product([count, each], total)


def _to_counted(reading: TextReading, each: Figure) -> tuple[Figure, Figure] | None:
    """People to whom an amount went, and the total that is told behind them."""
    here = [one for one in reading.figures if one.sentence == each.sentence and one.start >= each.end]
    if len(here) < 2 or each.unit != RUPIAH:
        return None
    count, total = here[0], here[1]
    if count.unit not in COUNTS or total.unit != RUPIAH or total.value <= each.value:
        return None
    between = reading.plain[count.end : total.start]
    is_to = _TO_COUNTED.match(reading.plain[each.end : count.start])
    return (count, total) if is_to and _IN_TOTAL.search(between) else None
