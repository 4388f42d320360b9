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
        run = []


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
    if (
        rate.unit != RUPIAH
        or not rate.per
        or not {PEOPLE, MONTHS, CASES, "desa", "keluarga"} & set(rate.per)
        or rate.value <= 0
    ):
        return None
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
    if MONTHS not in rate.per:
        return [1] if months is None or "tahun" in rate.per else [1, int(months.value)]
    if months is not None:
        return [int(months.value)]
    line = reading.sentences[total.sentence].text
    if "tahun" in total.per or _YEAR.search(line):
        return [12]
    if _HALF.search(line):
        return [6]
    after = reading.plain[total.end : total.end + 25]
    return [1] if "bulan" in total.per or _MONTH.match(after.strip()) else [1, 12]


def _of_each(reading: TextReading, each: Figure) -> SumFound | None:
    """`3 kecamatan masing-masing 500 orang, total 1.500`, `rata-rata Rp2 juta`."""
    line = reading.sentences[each.sentence]
    lead = reading.plain[max(line.start, each.start - 45) : each.number_start]
    is_mean = _is_mean(reading, each)
    behind = bool(_EACH_BEHIND.match(reading.plain[each.end : line.end])) or bool(_OF_EACH.search(lead))
    if not (_EACH.search(lead) or is_mean or behind) or each.unit in {PERSENT, POINTS, ""}:
        return None
    near = [one for one in reading.figures if abs(one.sentence - each.sentence) < 2 and one is not each]
    counts = [
        one
        for one in near
        if one.unit in _COUNTS
        and one.unit != each.unit
        and one.subject != CHANGE
        and (one.start < each.start or is_mean or behind)
    ]
    totals = [
        one
        for one in near
        if one.unit == each.unit and one.value > each.value and not one.per and one.subject != CHANGE
    ]
    if not counts or not totals:
        return None
    if any(one.unit == each.unit and _LISTED.fullmatch(reading.plain[each.end : one.start]) for one in near):
        return None
    count, total = _nearest(each, counts), _nearest(each, totals)
    if is_mean and count.value:
        return _mean(each, count, total)
    return _product([count, each], total)


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
