"""One amount less another: contributions less claims, budget less what was spent, workers less members."""

import re
from collections.abc import Iterator
from decimal import Decimal

from reports.statements.figure import PEOPLE, PERSENT, POINTS, RUPIAH, TIMES, Figure, TextReading
from reports.statements.interval import Interval
from reports.statements.subjects import (
    BALANCE,
    BUDGET,
    CATEGORY,
    CLAIMS,
    CONTRIBUTIONS,
    COVERED,
    ELIGIBLE,
    FUNDED,
    REALISED,
    UNCOVERED,
    VULNERABLE,
)
from reports.statements.sum_found import SumFound, against, judged, made, span
from reports.statements.vague import EXACT, ROUNDED
from reports.statements.verdicts import NO_FIT
from reports.statements.written import written

_LEFT = re.compile(
    (
        r"\b(?:sisa(?:nya)?|tersisa|belum (?:ter)?(?:serap|realisasi|pakai|cair)\w*"
        r"|selisih\w*|kurang|kekurangan\w*|terpaut|berbeda|gap|jarak|belum)\b"
    ),
    re.IGNORECASE,
)
_APART = re.compile(
    (
        r"\b(?:selisih\w*|terpaut|berbeda|beda|gap\w*|jarak\w*|kesenjangan\w*|lebih (?:tinggi|rendah|besar"
        r"|kecil|banyak|sedikit)|kurang(?! lebih)|kekurangan\w*|unggul|tertinggal|di"
        r" (?:atas|bawah) rata-rata)\b[^.;\d]{0,40}$"
    ),
    re.IGNORECASE,
)
_UNDER = re.compile(
    r" ?(?:persentase )?(?:di bawah|di atas|menuju|dari) target\w*[^.,;\d]{0,30}$", re.IGNORECASE
)
_SHORT = re.compile(r"\b(?:defisit|tekor|minus)\b", re.IGNORECASE)
_OVER = re.compile(r"\b(?:surplus|untung|lebih)\b", re.IGNORECASE)
_BETWEEN_TWO = re.compile(r"\bselisih(?:nya)? antara\b", re.IGNORECASE)
_TIMES_OF = re.compile(r"\bkali(?: lipat)?(?: lebih \w+)?(?: dari| dibanding\w*)?\b", re.IGNORECASE)
_NEAR = 3


def difference_sums(reading: TextReading) -> Iterator[SumFound]:
    for claim in reading.figures:
        pair = (
            _balance(reading, claim)
            or _spent(reading, claim)
            or _gap(reading, claim)
            or _left(reading, claim)
            or _apart(reading, claim)
        )
        if pair:
            yield _judged(reading, claim, *pair)
    yield from _times_of(reading)


def _near(reading: TextReading, claim: Figure, *subjects: str) -> Figure | None:
    """The nearest figure of such a subject, at most three sentences away, rather before than behind."""
    found = [
        one
        for one in reading.figures
        if one.subject in subjects
        and one is not claim
        and abs(one.sentence - claim.sentence) <= _NEAR
        and not one.per
    ]
    return min(found, key=lambda one: abs(one.start - claim.start), default=None)


def _balance(reading: TextReading, claim: Figure) -> tuple[Figure, Figure] | None:
    if claim.subject != BALANCE or claim.unit != RUPIAH:
        return None
    into, out = _near(reading, claim, CONTRIBUTIONS), _near(reading, claim, CLAIMS)
    return (into, out) if into and out else None


def _spent(reading: TextReading, claim: Figure) -> tuple[Figure, Figure] | None:
    lead = _lead(reading, claim)
    if claim.unit != RUPIAH or not re.search(
        r"\b(?:sisa\w*|tersisa|selisih\w*|belum (?:ter)?(?:serap|realisasi)\w*)\b[^,;]{0,40}$",
        lead,
        re.IGNORECASE,
    ):
        return None
    near = [
        one
        for one in reading.figures
        if one is not claim
        and abs(one.sentence - claim.sentence) < 2
        and one.unit == RUPIAH
        and (one.start < claim.start or one.sentence == claim.sentence)
    ]
    budget = [one for one in near if one.subject == BUDGET]
    spent = [one for one in near if one.subject == REALISED]
    return (budget[-1], spent[-1]) if budget and spent else None


def _gap(reading: TextReading, claim: Figure) -> tuple[Figure, Figure] | None:
    """Workers less members make those without, where the text says all three."""
    line = reading.sentences[claim.sentence].text
    is_gap = claim.subject == UNCOVERED or (
        re.search(r"\b(?:sisanya|selebihnya|sisa)\b", _lead(reading, claim)[-40:], re.IGNORECASE)
        and "belum" in line.lower()
    )
    if claim.unit != PEOPLE or not is_gap:
        return None
    near = [
        one
        for one in reading.figures
        if one is not claim
        and one.unit == PEOPLE
        and 0 <= claim.sentence - one.sentence < _NEAR
        and not one.is_range_end
    ]
    wholes = [
        one
        for one in near
        if one.subject == ELIGIBLE
        or re.search(
            r"\bdari (?:total |jumlah |seluruh |sekitar |sebanyak )?(?:\w+ ){0,2}$",
            _lead(reading, one)[-40:],
            re.IGNORECASE,
        )
    ]
    parts = [
        one for one in near if one.subject in {COVERED, FUNDED, CATEGORY, VULNERABLE} and one not in wholes
    ]
    if not wholes and len(near) == 2 and near[0].value > near[1].value and near[1] in parts:
        # `pekerja rentan 20.000; dilindungi 17.000; belum 3.000`.
        return near[0], near[1]
    if not wholes or not parts:
        return None
    whole = min(wholes, key=lambda one: abs(one.start - claim.start))
    part = min(parts, key=lambda one: abs(one.start - claim.start))
    # `Dari 1.000 pekerja, 250 belum`: whose cover the sentence before tells is another matter.
    return None if whole.sentence == claim.sentence != part.sentence else (whole, part)


def _left(reading: TextReading, claim: Figure) -> tuple[Figure, Figure] | None:
    """`dari 19.185 peserta, 13.021 keluar, tersisa 6.164`: three numbers of one unit in a sentence."""
    if not re.search(
        r"\b(?:tersisa|tinggal|sisanya|menyisakan|sisa)\b[^,;\d]{0,30}$", _lead(reading, claim), re.IGNORECASE
    ):
        return None
    others = [
        one
        for one in reading.figures
        if one is not claim and one.unit == claim.unit and one.sentence == claim.sentence
    ]
    if len(others) != 2 or not claim.unit or claim.unit == RUPIAH:
        return None
    one, two = sorted(others, key=lambda figure: -figure.value)
    return one, two


def _apart(reading: TextReading, claim: Figure) -> tuple[Figure, Figure] | None:
    """`terpaut 2 poin`, `selisih 43 orang`, `kurang 2.000 dari target`: of the two numbers said before it."""
    lead = _lead(reading, claim)
    if _BETWEEN_TWO.search(lead):
        others = [
            one
            for one in reading.figures
            if one.sentence == claim.sentence and one.end < claim.start and one.unit == claim.unit
        ]
        return _ordered(*others) if len(others) == 2 else None
    if found := _under_target(reading, claim):
        return found
    if not _APART.search(lead) or (claim.subject == BALANCE and not _is_of_benefits(reading, claim)):
        return None
    units = {PERSENT} if claim.unit in {PERSENT, POINTS} else {claim.unit}
    before = [
        one
        for one in reading.figures
        if one.end <= claim.start
        and 0 <= claim.sentence - one.sentence < 2
        and one.unit in units
        and not one.per
    ]
    behind = [
        one
        for one in reading.figures
        if one.start >= claim.end and one.sentence == claim.sentence and one.unit in units
    ]
    if (
        before
        and behind
        and re.match(
            r" (?:dari|dengan|dibanding\w*) [^.,;\d]{0,45}$", reading.plain[claim.end : behind[0].start]
        )
    ):
        before = [*before, behind[0]]
    here = [one for one in before if one.sentence == claim.sentence]
    if len({one.category for one in before[-2:]} - {""}) > 1 and not _BETWEEN_TWO.search(lead):
        # `kader 2.650, nelayan 341; kurang 4.800`: two groups in a list, not what is held against what.
        return None
    if not here and len(behind) == 2 and claim.unit:
        return _ordered(*behind)
    return _ordered(before[-2], before[-1]) if len(before) > 1 and claim.unit else None


def _under_target(reading: TextReading, claim: Figure) -> tuple[Figure, Figure] | None:
    """`capaian 43,49 persen itu 11,51 poin di bawah target 55 persen`."""
    here = [one for one in reading.figures if one.sentence == claim.sentence and one.unit == PERSENT]
    before = [one for one in here if one.end <= claim.start]
    behind = [one for one in here if one.start >= claim.end]
    if claim.unit not in {PERSENT, POINTS} or not before or not behind:
        return None
    between = reading.plain[claim.end : behind[0].start]
    return _ordered(before[-1], behind[0]) if _UNDER.match(between) else None


def _is_of_benefits(reading: TextReading, claim: Figure) -> bool:
    """`manfaat Rp70 juta dan Rp42 juta, selisihnya Rp28 juta` is no balance."""
    here = [one for one in reading.figures if one.sentence == claim.sentence and one.end <= claim.start]
    return len(here) > 1 and {one.subject for one in here[-2:]} == {CLAIMS}


def _ordered(one: Figure, two: Figure) -> tuple[Figure, Figure]:
    return (one, two) if one.value >= two.value else (two, one)


def _lead(reading: TextReading, figure: Figure) -> str:
    line = reading.sentences[figure.sentence]
    return reading.plain[line.start : figure.number_start]


def _judged(reading: TextReading, claim: Figure, one: Figure, two: Figure) -> SumFound:
    computed = one.value - two.value
    unit = POINTS if claim.unit in {PERSENT, POINTS} else claim.unit
    shown = f"{written(one.value)} − {written(two.value)} = {written(computed, unit)}"
    vague = any(each.kind not in {EXACT, ROUNDED} for each in (one, two))
    about = _stretch(one, two) if vague else None
    if claim.subject == BALANCE and claim.value > 0:
        # `defisit Rp309 juta` and `selisih Rp309 juta` say the size, not the sign.
        is_short = bool(_SHORT.search(_lead(reading, claim)[-50:]))
        if bool(_OVER.search(_lead(reading, claim)[-50:])) if computed < 0 else is_short:
            word = "bukan surplus" if computed < 0 else "bukan defisit"
            return made([one, two, claim], NO_FIT, f"{shown}: {word}")
        computed, about = abs(computed), about and (about.mirrored() if one.value < two.value else about)
    verdict = judged(claim, computed, about)
    return made([one, two, claim], verdict, f"{shown}; {against(claim, computed, verdict)}")


def _stretch(one: Figure, two: Figure) -> Interval:
    first, second = span(one), span(two)
    low = first.low - second.high if first.low is not None and second.high is not None else None
    high = first.high - second.low if first.high is not None and second.low is not None else None
    return Interval(low, high)


def _times_of(reading: TextReading) -> Iterator[SumFound]:
    """`klaim 1,6 kali iuran`, where both amounts are said."""
    for claim in reading.figures:
        after = reading.plain[claim.number_end : claim.number_end + 50]
        if (
            claim.unit != TIMES
            or not _TIMES_OF.search(after)
            or not re.search(r"\b(?:iuran|klaim)\b", after, re.IGNORECASE)
        ):
            continue
        into, out = _near(reading, claim, CONTRIBUTIONS), _near(reading, claim, CLAIMS)
        pair = (out, into) if "iuran" in after.lower() else (into, out)
        above, below = pair if into and out else _both_behind(reading, claim)
        if above and below and below.value:
            times = above.value / below.value
            rough = Decimal(round(times, max(0, -int(claim.value.as_tuple().exponent))))
            verdict = judged(claim, times) if claim.kind not in {EXACT, ROUNDED} else judged(claim, rough)
            shown = f"{written(above.value)} / {written(below.value)} = {written(times)} kali"
            yield made([claim, above, below], verdict, f"{shown}; {against(claim, times, verdict)}")


def _both_behind(reading: TextReading, claim: Figure) -> tuple[Figure | None, Figure | None]:
    """`8,6 kali iuran: Rp3,06 miliar berbanding Rp356 juta`: the greater one is that many times the other."""
    behind = [
        one
        for one in reading.figures
        if one.sentence == claim.sentence and one.start > claim.end and one.unit == RUPIAH
    ]
    if len(behind) != 2:
        return None, None
    above, below = _ordered(*behind)
    return above, below
