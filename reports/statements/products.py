"""Rate × people × months, number × each, total ÷ number: the products that a text claims."""

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from reports.statements.figure import (
    CASES,
    MONTHS,
    PEOPLE,
    PERSENT,
    POINTS,
    RUPIAH,
    TIMES,
    Figure,
    TextReading,
)
from reports.statements.subjects import CHANGE
from reports.statements.sum_found import SumFound, against, judged, made
from reports.statements.verdicts import FITS
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
    r"\b(?:tiap|setiap) (?:orang|desa|kelurahan|kecamatan|perusahaan|kasus|peserta)\b", re.IGNORECASE
)
_MEAN = re.compile(r"\brata-rata\b", re.IGNORECASE)
_YEAR = re.compile(
    (
        r"\b(?:setahun|satu tahun|1 tahun|per tahun|selama tahun|sepanjang tahun"
        r"|dua belas bulan|tahun anggaran)\b"
    ),
    re.IGNORECASE,
)
_MONTH = re.compile(r"\b(?:sebulan|satu bulan|per bulan|setiap bulan|tiap bulan|bulanan)\b", re.IGNORECASE)
# A total before its factors: `Rp3,024 miliar untuk 15.000 orang × …`.
_TOTAL_FIRST = re.compile(
    (
        r"^[^.;\d]{0,40}(?:=|\(|:|\b(?:untuk|bagi|dari|yakni|yaitu|hasil|berasal)\b)"
        r"[^.;,\d]{0,25}$"
    ),
    re.IGNORECASE,
)
# An amount that is a rate though nothing says of what: `dengan iuran Rp16.800`.
_RATE_BEFORE = re.compile(r"\b(?:iuran|tarif|premi)(?:nya)?\b[^,;.\d]{0,25}$", re.IGNORECASE)
_MOST_A_RATE = 1_000_000
# `Rp42 juta diserahkan kepada tiga ahli waris, total Rp126 juta`.
_TO_COUNTED = re.compile(r"^[^.;\d]{0,30}\b(?:kepada|untuk|bagi)\b[^.;,\d]{0,15}$", re.IGNORECASE)
_IN_TOTAL = re.compile(r"\b(?:total(?:nya)?|seluruhnya|keseluruhan)\b[^.;,\d]{0,20}$", re.IGNORECASE)
_MONTHLY = re.compile(r" ?(?:tiap|setiap|per) bulan\b", re.IGNORECASE)
_HALF = re.compile(r"\b(?:satu semester|setengah tahun|semester)\b", re.IGNORECASE)
_LISTED = re.compile(r" ?(?:,|dan|, dan|serta) ?(?:rp\.? ?)?", re.IGNORECASE)
_MOST_FACTORS = 5
_COUNTS = {
    PEOPLE,
    CASES,
    "desa",
    "kelurahan",
    "kecamatan",
    "perusahaan",
    "paket",
    "keluarga",
    "kelompok",
    "orang-bulan",
}


def product_sums(reading: TextReading) -> Iterator[SumFound]:
    chains = list(_chains(reading))
    yield from chains
    taken = {place for one in chains for place in one.used}
    for rate in reading.figures:
        if rate.number_start not in taken and (found := _of_rate(reading, rate) or _of_each(reading, rate)):
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


def _of_rate(reading: TextReading, rate: Figure) -> SumFound | None:
    """An amount per person or per month, people, months, and what they make."""
    if rate.unit != RUPIAH or rate.value <= 0:
        return None
    if not _is_said_bare(reading, rate) and not {PEOPLE, MONTHS, CASES, "desa", "keluarga"} & set(rate.per):
        return None
    if set(rate.per) == {MONTHS} and rate.value >= _MOST_A_RATE:
        return _of_a_year(reading, rate)
    near = [one for one in reading.figures if abs(one.sentence - rate.sentence) < 2 and one is not rate]
    counts = [
        one for one in near if one.unit in _COUNTS and one.subject != CHANGE and one.unit in _counted(rate)
    ]
    totals = [
        one
        for one in near
        if one.unit == RUPIAH
        and one.subject != CHANGE
        and one.value > rate.value
        and (not one.per or one.per[0] in {"bulan", "tahun"})
    ]
    if not counts or not totals:
        return None
    count, total = _nearest(rate, counts), _nearest(rate, totals)
    if _is_mean(reading, rate) and MONTHS not in rate.per:
        return _mean(rate, count, total)
    months = [
        one
        for one in near
        if one.unit == MONTHS and one.sentence in {rate.sentence, total.sentence, count.sentence}
    ]
    return _times(reading, rate, count, total, _nearest(rate, months) if months else None)


def _of_a_year(reading: TextReading, monthly: Figure) -> SumFound | None:
    """`Rp252 juta per bulan atau Rp3,024 miliar setahun`: too much for one person, so it is what all cost."""
    behind = [
        one
        for one in reading.figures
        if one.sentence == monthly.sentence and one.start >= monthly.end and one.unit == RUPIAH
    ]
    if not behind:
        return None
    said = reading.plain[behind[0].number_end : behind[0].end + 12]
    if "tahun" not in behind[0].per and not _YEAR.search(said):
        return None
    computed = monthly.value * 12
    verdict = judged(behind[0], computed)
    shown = f"{written(monthly.value, RUPIAH)} × 12 = {written(computed, RUPIAH)}"
    return made([monthly, behind[0]], verdict, f"{shown}; {against(behind[0], computed, verdict)}")


def _is_said_bare(reading: TextReading, rate: Figure) -> bool:
    """A contribution of a person and month without these words, beside people and months of its sentence."""
    line = reading.sentences[rate.sentence]
    units = {one.unit for one in reading.figures if one.sentence == rate.sentence}
    return (
        not rate.per
        and rate.value < _MOST_A_RATE
        and {PEOPLE, MONTHS} <= units
        and bool(_RATE_BEFORE.search(reading.plain[line.start : rate.start]))
    )


def _counted(rate: Figure) -> set[str]:
    per = set(rate.per) - {MONTHS, "tahun", "hari"}
    return per | {"orang-bulan"} if per and PEOPLE not in per else {PEOPLE, "orang-bulan"} | per


def _times(
    reading: TextReading, rate: Figure, count: Figure, total: Figure, months: Figure | None
) -> SumFound:
    used = [one for one in (rate, count, total, months) if one is not None]
    base = rate.value * count.value
    shown = f"{written(count.value)} × {written(rate.value, RUPIAH)}"
    options = _months(reading, rate, total, months)
    for number in options:
        computed = base * number
        if judged(total, computed) == FITS:
            tail = f" × {number}" if number > 1 else ""
            return made(
                used, FITS, f"{shown}{tail} = {written(computed, RUPIAH)}; {against(total, computed, FITS)}"
            )
    computed = base * options[-1]
    verdict = judged(total, computed)
    tail = f" × {options[-1]}" if options[-1] > 1 else ""
    other = f"; sebulan {written(base, RUPIAH)}" if len(options) > 1 else ""
    return made(
        used,
        verdict,
        f"{shown}{tail} = {written(computed, RUPIAH)}{other}; {against(total, computed, verdict)}",
    )


def _months(reading: TextReading, rate: Figure, total: Figure, months: Figure | None) -> list[int]:
    """How many months the total may be of: said, or one and twelve."""
    line = reading.sentences[total.sentence].text
    if MONTHS in total.per:
        return [1]
    if MONTHS not in rate.per:
        return _months_unsaid(rate, line, months)
    if months is not None:
        return [int(months.value)]
    if "tahun" in total.per or _YEAR.search(line):
        return [12]
    if _HALF.search(line):
        return [6]
    after = reading.plain[total.end : total.end + 25]
    return [1] if _MONTH.match(after.strip()) else [1, 12]


def _months_unsaid(rate: Figure, line: str, months: Figure | None) -> list[int]:
    """Of a rate that does not say whether it is of a month."""
    if "tahun" in rate.per:
        return [1]
    if months is not None:
        return [1, int(months.value)]
    return [1, 12] if _YEAR.search(line) else [1]


def _of_each(reading: TextReading, each: Figure) -> SumFound | None:
    """`3 kecamatan masing-masing 500 orang, total 1.500`, `rata-rata Rp2 juta`."""
    if to := _to_counted(reading, each):
        return _product([to[0], each], to[1])
    line = reading.sentences[each.sentence]
    lead = reading.plain[max(line.start, each.start - 45) : each.number_start]
    after = reading.plain[each.end : line.end]
    is_mean, is_monthly = _is_mean(reading, each), bool(_MONTHLY.match(after))
    behind = bool(_EACH_BEHIND.match(after)) or bool(_OF_EACH.search(lead))
    if not (_EACH.search(lead) or is_mean or behind) or each.unit in {PERSENT, POINTS, ""}:
        return None
    near = [one for one in reading.figures if abs(one.sentence - each.sentence) < 2 and one is not each]
    counts = [
        one
        for one in near
        if one.unit in ({MONTHS} if is_monthly else _COUNTS)
        and one.unit != each.unit
        and one.subject != CHANGE
        and (one.start < each.start or is_mean or behind)
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
    count, total = _nearest(each, counts), _nearest(each, totals)
    if is_mean and count.value:
        return _mean(each, count, total)
    return _product([count, each], total)


def _to_counted(reading: TextReading, each: Figure) -> tuple[Figure, Figure] | None:
    """People to whom an amount went, and the total that is told behind them."""
    here = [one for one in reading.figures if one.sentence == each.sentence and one.start >= each.end]
    if len(here) < 2 or each.unit != RUPIAH:
        return None
    count, total = here[0], here[1]
    if count.unit not in _COUNTS or total.unit != RUPIAH or total.value <= each.value:
        return None
    between = reading.plain[count.end : total.start]
    is_to = _TO_COUNTED.match(reading.plain[each.end : count.start])
    return (count, total) if is_to and _IN_TOTAL.search(between) else None


def _is_mean(reading: TextReading, figure: Figure) -> bool:
    begin = max(reading.sentences[figure.sentence].start, figure.start - 40)
    return bool(_MEAN.search(reading.plain[begin : figure.end]))


def _mean(each: Figure, count: Figure, total: Figure) -> SumFound:
    """A mean is said rounded: to a whole one, or as exactly as it is written."""
    places = max(0, -int(each.value.as_tuple().exponent))
    mean = (total.value / count.value).quantize(Decimal(1).scaleb(-places))
    verdict = judged(each, mean)
    shown = f"{written(total.value, total.unit)} / {written(count.value)} = {written(mean, each.unit)}"
    return made([count, each, total], verdict, f"{shown}; {against(each, mean, verdict)}")


def _nearest(figure: Figure, others: list[Figure]) -> Figure:
    return min(others, key=lambda one: (one.sentence != figure.sentence, abs(one.start - figure.start)))
