"""An amount for each person or month, people, months, and what they make; means."""

import re
from decimal import Decimal

from reports.statements.figure import CASES, MONTHS, PEOPLE, RUPIAH, Figure, TextReading
from reports.statements.subjects import CHANGE
from reports.statements.sum_found import SumFound, against, judged, made
from reports.statements.verdicts import FITS
from reports.statements.written import written

_MEAN = re.compile(r"\brata-rata\b", re.IGNORECASE)
_YEAR = re.compile(
    (
        r"\b(?:setahun|satu tahun|1 tahun|per tahun|selama tahun|sepanjang tahun"
        r"|dua belas bulan|tahun anggaran)\b"
    ),
    re.IGNORECASE,
)
_MONTH = re.compile(r"\b(?:sebulan|satu bulan|per bulan|setiap bulan|tiap bulan|bulanan)\b", re.IGNORECASE)
# An amount that is a rate though nothing says of what: `dengan iuran Rp16.800`.
_RATE_BEFORE = re.compile(r"\b(?:iuran|tarif|premi)(?:nya)?\b[^,;.\d]{0,25}$", re.IGNORECASE)
_MOST_A_RATE = 1_000_000
_HALF = re.compile(r"\b(?:satu semester|setengah tahun|semester)\b", re.IGNORECASE)
COUNTS = {
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


def rate_sum(reading: TextReading, rate: Figure) -> SumFound | None:
    """An amount per person or per month, people, months, and what they make."""
    if rate.unit != RUPIAH or rate.value <= 0:
        return None
    if not _is_said_bare(reading, rate) and not {PEOPLE, MONTHS, CASES, "desa", "keluarga"} & set(rate.per):
        return None
    if set(rate.per) == {MONTHS} and rate.value >= _MOST_A_RATE:
        return _of_a_year(reading, rate)
    near = [one for one in reading.figures if abs(one.sentence - rate.sentence) < 2 and one is not rate]
    counts = [
        one for one in near if one.unit in COUNTS and one.subject != CHANGE and one.unit in _counted(rate)
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
    count, total = nearest(rate, counts), nearest(rate, totals)
    if is_mean(reading, rate) and MONTHS not in rate.per:
        return mean_sum(rate, count, total)
    months = [
        one
        for one in near
        if one.unit == MONTHS and one.sentence in {rate.sentence, total.sentence, count.sentence}
    ]
    return _times(reading, rate, count, total, nearest(rate, months) if months else None)


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


def is_mean(reading: TextReading, figure: Figure) -> bool:
    begin = max(reading.sentences[figure.sentence].start, figure.start - 40)
    return bool(_MEAN.search(reading.plain[begin : figure.end]))


def mean_sum(each: Figure, count: Figure, total: Figure) -> SumFound:
    """A mean is said rounded: to a whole one, or as exactly as it is written."""
    places = max(0, -int(each.value.as_tuple().exponent))
    mean = (total.value / count.value).quantize(Decimal(1).scaleb(-places))
    verdict = judged(each, mean)
    shown = f"{written(total.value, total.unit)} / {written(count.value)} = {written(mean, each.unit)}"
    return made([count, each, total], verdict, f"{shown}; {against(each, mean, verdict)}")


def nearest(figure: Figure, others: list[Figure]) -> Figure:
    return min(others, key=lambda one: (one.sentence != figure.sentence, abs(one.start - figure.start)))
