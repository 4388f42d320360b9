"""Parts against their sum: `terdiri atas`, `masing-masing`, `total`, `sisanya`, `tersisa`."""

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from reports.statements.figure import PERSENT, RUPIAH, Figure, TextReading
from reports.statements.subjects import CHANGE
from reports.statements.sum_found import SumFound, against, judged, made, total_span
from reports.statements.vague import EXACT, ROUNDED
from reports.statements.verdicts import FITS, NO_FIT, UNKNOWN
from reports.statements.written import written

_WHOLE_CUE = (
    r"terdiri (?:atas|dari)|terbagi|dibagi|yakni|yaitu|ialah|meliputi|mencakup"
    r"|rincian\w*|dirinci|perincian\w*|masing-masing"
    r"|berasal dari|gabungan|hasil penjumlahan|dengan komposisi|komposisi\w*"
    r"|mereka adalah|adalah|berupa|dengan pembagian|sisanya|sisa\b|jumlah itu"
    r"|jumlah tersebut|:"
)
_PART_CUE = r"antara lain|di ?antaranya|seperti|termasuk|misalnya|salah satunya|sebagian"
_CUE = re.compile(rf"(?:\b(?:{_WHOLE_CUE}|{_PART_CUE})\b|[:(]|- )", re.IGNORECASE)
_IS_PARTIAL = re.compile(rf"\b(?:{_PART_CUE})\b", re.IGNORECASE)
_TOTAL = re.compile(
    (
        r"\b(?:total(?:nya)?|jumlah(?:nya)?|seluruh(?:nya)?|keseluruhan(?:nya)?|semua(?:nya)?"
        r"|berjumlah|dijumlah\w*|sehingga (?:ada|total|jumlah|menjadi)|akumulasi\w*"
        r"|gabungan\w*|digabung\w*|sama dengan|secara kumulatif|menjadi)\b|="
    ),
    re.IGNORECASE,
)
_LISTED = re.compile(
    r"[,;+&]|\b(?:dan|serta|sedangkan|sementara|sisanya|lalu|kemudian|plus|ditambah|juga|maupun)\b",
    re.IGNORECASE,
)
_UNLISTED = re.compile(
    (
        r"\b(?:naik|turun|menjadi|target\w*|dibanding\w*|meningkat|menurun|bertambah"
        r"|berkurang|dari total|dari jumlah|minus|versus|sebesar rp|setara|kali|selisih\w*"
        r"|padahal|hanya|total(?:nya)?|semuanya|seluruhnya|sehingga|keseluruhan|jumlah(?:nya)?|gabungan\w*"
        r"|baru|sebelumnya)\b|=|×| x |\bdari (?=\d)|\batau\b(?= (?:se|total|\d))"
    ),
    re.IGNORECASE,
)
_REST = re.compile(r"\bsisanya\b|\bsisa\b|\bselebihnya\b", re.IGNORECASE)
_STOPPED = re.compile(
    (
        r"\b(?:tidak lagi|tak lagi|bukan lagi|berhenti|dihentikan|berakhir|dikeluarkan"
        r"|tidak dibayar\w*|sudah selesai|dikurangi)\b"
    ),
    re.IGNORECASE,
)
_LEFT = re.compile(r"\b(?:tersisa|tinggal|sisanya|menyisakan|sisa)\b", re.IGNORECASE)
_FAR = 110


def part_sums(reading: TextReading) -> Iterator[SumFound]:
    lists = list(_lists(reading))
    for listed in lists:
        yield from _of_list(reading, listed, lists)
    for listed in lists:
        yield from _left_over(reading, listed)


def _lists(reading: TextReading) -> Iterator[list[Figure]]:
    """Figures of one unit that follow one another in a sentence, as long as they can be."""
    by_kind: dict[tuple[int, str], list[Figure]] = {}
    for figure in reading.figures:
        by_kind.setdefault((figure.sentence, _kind(figure)), []).append(figure)
    for group in by_kind.values():
        run: list[Figure] = []
        for one in group:
            if run and _continues(reading, run[-1], one):
                run.append(one)
                continue
            if len(run) > 1:
                yield run
            run = [one] if _countable(one) else []
        if len(run) > 1:
            yield run


def _countable(figure: Figure) -> bool:
    return not figure.is_range_end and not figure.per and figure.subject != CHANGE and figure.value >= 0


def _kind(figure: Figure) -> str:
    """Regencies and cities are one kind where they are counted together."""
    return "kabupaten/kota" if figure.unit in {"kabupaten", "kota", "kabupaten/kota"} else figure.unit


def _continues(reading: TextReading, last: Figure, figure: Figure) -> bool:
    if figure.sentence != last.sentence or _kind(figure) != _kind(last) or not _countable(figure):
        return False
    between = re.sub(r"\)[^()]*\(", ",", reading.plain[last.end : figure.start])
    if (
        len(between) > _FAR
        or _UNLISTED.search(between)
        or re.search(
            (
                r"\b(?:yakni|yaitu|terdiri|meliputi|rincian\w*|masing-masing|termasuk|di"
                r" ?antaranya|antara lain)\b|[:(]"
            ),
            between,
            re.IGNORECASE,
        )
    ):
        return False
    return bool(_LISTED.search(between)) or between.strip() in {"", "/"}


def _of_list(reading: TextReading, listed: list[Figure], lists: list[list[Figure]]) -> Iterator[SumFound]:
    before = [one for one in reading.figures if one.end <= listed[0].start and _kind(one) == _kind(listed[0])]
    after = [one for one in reading.figures if one.start >= listed[-1].end and _kind(one) == _kind(listed[0])]
    # A sum in the sentence of its parts is theirs, whatever stood in the sentence before.
    here = listed[0].sentence
    is_alone = bool(after) and after[0].sentence == here and all(one.sentence != here for one in before)
    if is_alone and (found := _footed(reading, listed, after[0])):
        yield found
        return
    if before and (found := _headed(reading, before, listed)):
        yield found
        return
    if after and (found := _footed(reading, listed, after[0])):
        yield found
        return
    if (found := _first_is_total(reading, listed)) or (found := _hundred(reading, listed)):
        yield found


def _headed(reading: TextReading, before: list[Figure], listed: list[Figure]) -> SumFound | None:
    """The sum stands before its parts: in the sentence, or in one of the two before it."""
    for total in reversed(before[-4:]):
        away = listed[0].sentence - total.sentence
        between = reading.plain[total.end : listed[0].start]
        if (
            away > 2
            or not _countable(total)
            or (re.search(r"\d", re.sub(r"\x00", "", between)) and away == 0)
        ):
            continue
        if away == 0:
            if re.search(
                r"\b(?:menjadi|naik|turun|(?<!terdiri )(?<!berasal )dari)\b *$", between
            ) or not _CUE.search(between):
                continue
            weak = not re.search(rf"\b(?:{_WHOLE_CUE[:-2]}|{_PART_CUE})\b", between, re.IGNORECASE)
            if weak and total.value < max(one.value for one in listed):
                continue
            return _summed(total, listed, partial=bool(_IS_PARTIAL.search(between)))
        opening = reading.plain[reading.sentences[listed[0].sentence].start : listed[0].start]
        if away == 1 and _CUE.search(opening) and not _TOTAL.match(opening.strip()):
            return _summed(total, listed, partial=bool(_IS_PARTIAL.search(opening)))
        rest = reading.plain[total.end : reading.sentences[total.sentence].end]
        if len(listed) > 2 and _share_words(rest, reading.sentences[listed[0].sentence].text):
            return _summed(total, listed, partial=bool(_IS_PARTIAL.search(rest)))
    return None


def _footed(reading: TextReading, listed: list[Figure], total: Figure) -> SumFound | None:
    """The sum stands behind its parts, in their sentence or at the beginning of the next."""
    between = reading.plain[listed[-1].end : total.start]
    bare = replace(total, per=())
    is_made = total.unit == RUPIAH and re.search(r"\bsehingga *$", between, re.IGNORECASE)
    if total.sentence - listed[-1].sentence > 1 or not _countable(bare):
        return None
    if not (_TOTAL.search(between) or is_made):
        return None
    if (
        re.search(r"\b(?:dari total|naik|turun|target\w*|pada tahun|anggaran)\b", between, re.IGNORECASE)
        and total.unit != RUPIAH
    ):
        return None
    return _summed(total, listed, partial=False)


def _first_is_total(reading: TextReading, listed: list[Figure]) -> SumFound | None:
    """`Total 10.000 pekerja, 6.000 PU dan sisanya 4.000 BPU`: the first of the run heads it."""
    if len(listed) < 3:
        return None
    line = reading.sentences[listed[0].sentence]
    opening = reading.plain[line.start : listed[0].start]
    tail = reading.plain[listed[0].end : listed[-1].start]
    heads = re.search(r"\b(?:total|seluruh|keseluruhan|jumlah|dari)\b[^,;]*$", opening, re.IGNORECASE)
    if heads and (found := _without(reading, listed[0], listed[1:])):
        return found
    is_greatest = listed[0].value >= max(one.value for one in listed[1:])
    if is_greatest and (heads or _REST.search(tail)):
        return _summed(listed[0], listed[1:], partial=False)
    return None


def _without(reading: TextReading, total: Figure, gone: list[Figure]) -> SumFound | None:
    """`Total 19.185; KPU 11.658 dan Bawaslu 1.363 berakhir, sehingga tinggal 6.164`."""
    rest = next((one for one in reading.figures if one.start >= gone[-1].end), None)
    if rest is None or rest.unit != total.unit or rest.sentence - total.sentence > 1:
        return None
    between = reading.plain[gone[-1].end : rest.start]
    if not (_LEFT.search(between) and _STOPPED.search(between)):
        return None
    computed = total.value - sum((one.value for one in gone), Decimal(0))
    verdict = judged(rest, computed)
    shown = f"{written(total.value)} − ({_plus(gone)}) = {written(computed, rest.unit)}"
    return made([total, *gone, rest], verdict, f"{shown}; {against(rest, computed, verdict)}")


def _hundred(reading: TextReading, listed: list[Figure]) -> SumFound | None:
    """`60 persen PU, sisanya 40 persen BPU`."""
    if listed[0].unit != PERSENT or not _REST.search(reading.plain[listed[0].end : listed[-1].start]):
        return None
    total = sum((one.value for one in listed), Decimal(0))
    verdict = FITS if total == 100 else NO_FIT
    return made(
        listed,
        verdict,
        f"{_plus(listed)} = {written(total, PERSENT)}{'' if total == 100 else ', bukan 100 persen'}",
    )


def _summed(total: Figure, listed: list[Figure], *, partial: bool) -> SumFound:
    computed = sum((one.value for one in listed), Decimal(0))
    shown = f"{_plus(listed)} = {written(computed, total.unit)}"
    if partial and computed < total.value:
        return made(
            [total, *listed],
            UNKNOWN,
            f"{shown}; rinciannya tidak lengkap, jumlahnya {written(total.value, total.unit)}",
        )
    vague = any(one.kind not in {EXACT, ROUNDED} for one in listed)
    verdict = judged(total, computed, total_span(listed) if vague else None)
    return made([total, *listed], verdict, f"{shown}; {against(total, computed, verdict)}")


def _left_over(reading: TextReading, listed: list[Figure]) -> Iterator[SumFound]:
    """`… KPU dan Bawaslu tidak lagi dibayar … tersisa 6.207`: what is left of a list without what stopped."""
    if len(listed) < 3:
        return
    labels = [_label(reading, listed, place) for place in range(len(listed))]
    for figure in reading.figures:
        if figure.start <= listed[-1].end or figure.unit != listed[0].unit:
            continue
        line = reading.sentences[figure.sentence]
        if figure.sentence - listed[0].sentence > 3 or not _LEFT.search(line.text):
            continue
        said = reading.plain[listed[-1].end : figure.start]
        if not _STOPPED.search(said):
            continue
        told = set(re.findall(r"[a-z]{3,}", said.lower()))
        gone = [one for one, label in zip(listed, labels, strict=True) if label and label & told]
        stays = [one for one in listed if one not in gone]
        if gone and stays:
            computed = sum((one.value for one in stays), Decimal(0))
            verdict = judged(figure, computed)
            yield made(
                [*stays, figure],
                verdict,
                f"{_plus(stays)} = {written(computed, figure.unit)}; {against(figure, computed, verdict)}",
            )
            return


def _label(reading: TextReading, listed: list[Figure], place: int) -> set[str]:
    """The words that name a part: those before it, back to the part before."""
    line = reading.sentences[listed[0].sentence]
    begin = listed[place - 1].end if place else max(line.start, listed[0].start - 30)
    words = set(re.findall(r"[a-z]{3,}", reading.plain[begin : listed[place].start].lower()))
    return words - {
        "dan",
        "orang",
        "adhoc",
        "yang",
        "untuk",
        "pekerja",
        "peserta",
        "tenaga",
        "anggota",
        "serta",
        "ketua",
    }


def _share_words(one: str, two: str) -> bool:
    known = set(re.findall(r"[a-z]{3,}", one.lower())) & set(re.findall(r"[a-z]{3,}", two.lower()))
    return (
        len(
            known
            - {"dan", "orang", "tahun", "yang", "pekerja", "serta", "untuk", "ini", "peserta", "seperti"}
        )
        > 2
    )


def _plus(listed: list[Figure]) -> str:
    return " + ".join(written(one.value) for one in listed)
