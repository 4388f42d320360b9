"""The whole answer to a text: every figure with its verdict, every sum, what was passed over and why."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from regions.access import covers
from regions.formats import month_name
from regions.models import Region, User
from reports.selectors.statements.known import KnownValue, known_values
from reports.selectors.statements.names import category_names, names_for
from reports.selectors.statements.places import counted_places
from reports.statements import subjects
from reports.statements.arithmetic import sums_in, text_of
from reports.statements.figure import PERSENT, POINTS, Figure
from reports.statements.reading import read
from reports.statements.vague import LEAST, MORE, RULES
from reports.statements.verdicts import FITS, NO_FIT, OTHER_DEFINITION, UNKNOWN
from reports.statements.written import written

_VULNERABLE = "pekerja_rentan"


@dataclass(frozen=True)
class _Answer:
    verdict: str
    ours: Decimal | None
    why: str


def check_text(text: str, region: Region, day: date, user: User | None = None) -> dict[str, Any]:
    """As it is kept and printed. Without a user, for commands, all that is computed is looked at."""
    reading = read(text, day, names_for(region))
    checker = _Checker(region, day, user)
    return {
        "figures": [checker.told(figure) for figure in reading.figures],
        "arithmetic": [
            {"text": text_of(reading, text, one), "verdict": one.verdict, "sum": one.shown}
            for one in sums_in(reading)
        ],
        "passed_over": [
            {"text": " ".join(text[one.start : one.end].split()), "why": one.why}
            for one in reading.passed_over
            if any(sign.isdigit() for sign in text[one.start : one.end])
        ],
        "rules": sorted({str(RULES[figure.kind]) for figure in reading.figures}),
    }


class _Checker:
    """Regions and values are asked for once, however often a text speaks of them."""

    def __init__(self, region: Region, day: date, user: User | None) -> None:
        self.region, self.day, self.user = region, day, user
        self.places = {region.code: region}
        self.categories = category_names()
        self.values: dict[tuple[str, date, str, str], list[KnownValue]] = {}

    def told(self, figure: Figure) -> dict[str, Any]:
        answer = self._answer(figure)
        what = str(subjects.WORDS.get(figure.subject, "")) or figure.unit
        if figure.category:
            what = f"{what}: {self.categories.get(figure.category, figure.category)}"
        return {
            "text": figure.text,
            "value": _plain(figure.value),
            "unit": figure.unit,
            "what": what,
            "verdict": answer.verdict,
            "ours": None if answer.ours is None else _plain(answer.ours),
            "why": _doubt(figure) + answer.why,
        }

    def _answer(self, figure: Figure) -> _Answer:
        place, day = self._place(figure), self._day(figure)
        if not figure.subject or figure.subject not in subjects.WORDS:
            known = counted_places(figure, place, day)
            why = _("Angka ini tidak menyebut hal yang dihitung di sini.")
            return _judged(figure, known) if known else _Answer(UNKNOWN, None, why)
        if figure.subject in {subjects.CHANGE, subjects.TARIFF}:
            why = _("Perubahan dan tarif diperiksa dalam hitungan, bukan sebagai angka tersendiri.")
            return _Answer(UNKNOWN, None, why)
        known = self._known(place, day, figure.subject, figure.category)
        if figure.category == _VULNERABLE and not any(one.is_main for one in known):
            # Where nobody is counted as that category, all who are paid for are called so.
            known = self._known(place, day, subjects.FUNDED, "")
        if not any(one.is_main for one in known):
            told = {
                "what": subjects.WORDS[figure.subject],
                "place": place.full_label,
                "month": month_name(day),
            }
            why = _("Belum ada %(what)s %(place)s untuk %(month)s di sini.") % told
            return _Answer(UNKNOWN, None, why)
        return _judged(figure, known)

    def _known(self, place: Region, day: date, subject: str, category: str) -> list[KnownValue]:
        key = (place.code, day, subject, category)
        if key not in self.values:
            # Whoever sees the region of the answer reads it: what lies outside is not theirs to see.
            is_seen = self.user is None or covers(self.region.code, place.code)
            self.values[key] = known_values(self.user, place, day, subject, category, is_seen=is_seen)
        return self.values[key]

    def _place(self, figure: Figure) -> Region:
        """The region that is named, else that of the text."""
        if figure.place and figure.place not in self.places:
            self.places[figure.place] = Region.objects.get(pk=figure.place)
        return self.places.get(figure.place, self.region)

    def _day(self, figure: Figure) -> date:
        """The last day of what is spoken of, never later than the text itself."""
        period = figure.period
        if period is None or period.first <= self.day <= period.last:
            return self.day
        return min(period.last, self.day)


def _judged(figure: Figure, known: list[KnownValue]) -> _Answer:
    main = next((one for one in known if one.is_main and not one.is_published), None) or next(
        one for one in known if one.is_main
    )
    if _fits(figure, main):
        return _Answer(FITS, main.value, f"{main.label}: {_shown(figure, main.value)}.{_far(figure, main)}")
    ours = f"{main.label}: {_shown(figure, main.value)}"
    other = next((one for one in known if _fits(figure, one)), None)
    if other is not None:
        why = _("%(ours)s. Angka ini sesuai dengan definisi lain: %(other)s, %(value)s.")
        told = {"ours": ours, "other": other.label, "value": _shown(figure, other.value)}
        return _Answer(OTHER_DEFINITION, main.value, why % told)
    apart = abs(figure.value - main.value)
    away = written(apart, POINTS) if figure.unit in {PERSENT, POINTS} else _shown(figure, apart)
    why = _("%(ours)s; selisihnya %(away)s. Tidak ada definisi lain yang menghasilkan angka ini.")
    return _Answer(NO_FIT, main.value, why % {"ours": ours, "away": away})


def _fits(figure: Figure, known: KnownValue) -> bool:
    value = known.value
    if figure.subject == subjects.BALANCE and figure.value > 0:
        value = abs(value)
    return figure.interval.holds(value)


def _far(figure: Figure, known: KnownValue) -> str:
    """True as it is worded, and yet far off: more than a quarter above what was said."""
    if figure.kind in {MORE, LEAST} and abs(known.value) > abs(figure.value) * Decimal("1.25"):
        return " " + _("Benar menurut kata, tetapi jauh dari nilainya.")
    return ""


def _doubt(figure: Figure) -> str:
    if not figure.is_doubtful:
        return ""
    return (
        _("Ditulis dengan koma sebagai pemisah ribuan; dibaca %(value)s.") % {"value": written(figure.value)}
        + " "
    )


def _shown(figure: Figure, value: Decimal) -> str:
    return written(value, PERSENT if figure.unit in {PERSENT, POINTS} else figure.unit)


def _plain(value: Decimal) -> int | float:
    return int(value) if value == int(value) else float(value)
