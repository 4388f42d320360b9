"""What a figure is about: subject, category, region and period, from the words nearest to it."""

import re
from dataclasses import replace

from reports.statements.figure import CASES, PEOPLE, RUPIAH, Figure, SaidSentence
from reports.statements.periods import SaidPeriod
from reports.statements.subjects import CATEGORY, FUNDED, AskedSubject, subject_of
from reports.statements.vocabulary import Vocabulary

_MONEY = re.compile(
    (
        r"\b(?:iuran|klaim|anggaran|dana|santunan|alokasi|dialokasikan|dianggarkan"
        r"|pagu|realisasi|belanja|saldo|minus|defisit|surplus|biaya|manfaat|dibayarkan)\b"
    ),
    re.IGNORECASE,
)
# Everyday names of categories, in capitals only: as words of a sentence they mean something else.
_TOO_WIDE = {"pekerja_swasta"}
_NEAR = 60
_SENTENCES_BACK = 2


def with_meaning(
    figure: Figure, text: str, lines: list[SaidSentence], days: list[SaidPeriod], names: Vocabulary
) -> Figure:
    line = lines[figure.sentence] if lines else SaidSentence(0, len(text), text)
    figure = _money(figure, line)
    category = _category(figure, text, line, names) if figure.unit in {PEOPLE, RUPIAH, CASES} else ""
    asked = AskedSubject(
        line.text, figure.start - line.start, figure.end - line.start, figure.unit, figure.per
    )
    subject = subject_of(asked)
    if category and figure.unit == PEOPLE and subject not in {"target", "uncovered", "change"}:
        subject = CATEGORY
    if not subject and figure.unit == PEOPLE and category:
        subject = FUNDED
    return replace(
        figure,
        subject=subject,
        category=category,
        place=_place(figure, text, line, lines, names),
        period=_period(figure, line, days) or _period_before(line, lines, days),
        words=_words(figure, line),
    )


def _money(figure: Figure, line: SaidSentence) -> Figure:
    """`jumlah klaim mencapai 790.000.000`: an amount, where the sentence speaks of money."""
    if figure.unit or abs(figure.value) < 1_000_000:
        return figure
    before = line.text[: figure.start - line.start]
    return replace(figure, unit=RUPIAH) if _MONEY.search(before[-80:]) or _MONEY.search(line.text) else figure


def _category(figure: Figure, text: str, line: SaidSentence, names: Vocabulary) -> str:
    pattern = names.category_pattern
    if pattern is None:
        return ""
    rest = text[figure.number_end : min(line.end, figure.number_end + _NEAR)]
    after = re.split(
        r"[,;.()\x00]|\d|\b(?:dan|yang|dari|serta|tersebar|menjadi|di)\b",
        rest,
        maxsplit=1,
        flags=re.IGNORECASE,
    )[0]
    if match := pattern.search(after):
        return names.category_of(match.group())
    begun = max(line.start, figure.number_start - _NEAR)
    before = re.split(r"[,;.()\x00]|\d+|\bdan (?=[^,]{0,40}$)", text[begun : figure.number_start])[-1]
    found = list(pattern.finditer(before))
    # `kepada 17.000 pekerja rentan … seperti Ketua RT`: what stands before the verb is no label.
    if found and not re.search(r"\b(?:kepada|untuk|bagi|dari)\b", before[found[-1].end() :], re.IGNORECASE):
        return names.category_of(found[-1].group())
    return ""


def _place(
    figure: Figure, text: str, line: SaidSentence, lines: list[SaidSentence], names: Vocabulary
) -> str:
    """The nearest region of the sentence; without one the text's own region is meant."""
    pattern = names.region_pattern
    if pattern is None:
        return ""
    best, least = "", 10_000
    for match in pattern.finditer(line.text):
        at = line.start + match.start()
        away = figure.start - at if at < figure.start else (at - figure.end) + 100
        if away < least and (match.group()[:1].isupper() or match.group() == "nasional"):
            best, least = names.region_of(match.group()), away
    return best


def _period(figure: Figure, line: SaidSentence, days: list[SaidPeriod]) -> SaidPeriod | None:
    near = [one for one in days if line.start <= one.start < line.end and not _is_compared(line, one)]
    return min(near, key=lambda one: abs(one.start - figure.start), default=None)


def _period_before(
    line: SaidSentence, lines: list[SaidSentence], days: list[SaidPeriod]
) -> SaidPeriod | None:
    """The month that the sentences right before speak of: `Pada Desember 2025 … . Kader 2.650 orang.`"""
    earlier = [one for one in lines if one.start < line.start][-_SENTENCES_BACK:]
    said = [
        day
        for one in earlier
        for day in days
        if one.start <= day.start < one.end and not _is_compared(one, day)
    ]
    return said[-1] if said else None


def _is_compared(line: SaidSentence, day: SaidPeriod) -> bool:
    """`dari tahun lalu`: what the figure is held against is not its own period."""
    before = line.text[: day.start - line.start]
    return bool(re.search(r"\b(?:dari|dibanding\w*|daripada|ketimbang)(?: \w+)? $", before, re.IGNORECASE))


def _words(figure: Figure, line: SaidSentence) -> str:
    """The clause, for people to see what was meant."""
    at = figure.start - line.start
    return line.text[max(0, at - 50) : figure.end - line.start + 40].replace("\x00", "·").strip()
