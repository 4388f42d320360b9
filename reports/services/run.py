"""Runs: the values of a region for many months, stored where what they rest on has changed."""

import hashlib
import io
import json
import time
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django.db import connection
from django.db.models import Case, F, When
from django.db.models.enums import Choices
from django.utils.timezone import now
from django.utils.translation import get_language, gettext_noop

from regions.month import fiscal_year_start, last_day
from reports.enums import Window
from reports.measures.catalogue import COMPUTATION_VERSION, MEASURES, grades_of
from reports.measures.frozen import to_json
from reports.measures.measure import Measure, MeasureSection
from reports.measures.quantities import Quantities
from reports.models import CoverageDefinition, Run

_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


@dataclass(slots=True)
class Counted:
    """What a month of a region was counted as; `text` holds the quantities as they are stored."""

    code: str
    period: date
    quantities: Quantities
    definition: CoverageDefinition
    text: str
    inputs_hash: str
    milliseconds: float

    @classmethod
    def of(
        cls,
        pair: tuple[str, date],
        quantities: Quantities,
        definition: CoverageDefinition,
        milliseconds: float,
    ) -> "Counted":
        """`milliseconds` is its share of the time in which all were gathered."""
        text = _JSON.encode(to_json(quantities))
        inputs = f"{definition.code}|{sorted(definition.segments)}|{text}"
        digest = hashlib.sha256(inputs.encode()).hexdigest()
        return cls(*pair, quantities, definition, text, digest, milliseconds)

    @property
    def pair(self) -> tuple[str, date]:
        return self.code, self.period

    def is_news(self, current: Run | None, *, closed: bool) -> bool:
        """Whether it needs a run: equal inputs need none, nor does a month of which nothing is known."""
        if current is None:
            return closed or not self.quantities.is_empty
        return current.inputs_hash != self.inputs_hash or current.code_version != COMPUTATION_VERSION


def store_runs(fresh: Sequence[Counted], current: Mapping[tuple[str, date], Run]) -> None:
    """Make these the current runs of their regions and months. Call it in a transaction."""
    if not fresh:
        return
    at = now()
    superseded = [current[one.pair].pk for one in fresh if one.pair in current]
    if superseded:
        # What closed a month goes on being compared; of other runs the values are enough.
        kept = Case(When(closing=None, then=None), default=F("quantities"))
        Run.objects.filter(pk__in=superseded).update(is_current=False, superseded_at=at, quantities=kept)
    runs, values, language = io.StringIO(), io.StringIO(), get_language() or ""
    for pk, one in zip(_new_keys(len(fresh)), fresh, strict=True):
        began = time.perf_counter()
        words = _words_of(one.period, one.definition.label, language)
        values.write(_value_lines(pk, one, words))
        took = round(one.milliseconds + milliseconds_since(began), 3)
        runs.write(_run_line(pk, one, at, took))
    _copy(_COPY_RUNS, runs)
    _copy(_COPY_VALUES, values)


def milliseconds_since(began: float, *, of: int = 1) -> float:
    """By `time.perf_counter`; the part of one of so many that took this long together."""
    return (time.perf_counter() - began) * 1000 / of


_COPY_RUNS = (
    "COPY reports_run (id, region_id, period, is_current, code_version, inputs_hash, computed_at,"
    " milliseconds, rows, quantities) FROM STDIN"
)
_COPY_VALUES = (
    "COPY reports_measurevalue (run_id, measure, segment, category, funding, target, variant, numerator,"
    " denominator, reported, expected, grade, missing, partial, definition) FROM STDIN"
)
_NULL = "\\N"
# What the text form of COPY would take for something else.
_ESCAPED = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def _new_keys(count: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence('reports_run', 'id')) FROM generate_series(1, %s)", [count]
        )
        return [row[0] for row in cursor.fetchall()]


def _copy(statement: str, lines: io.StringIO) -> None:
    lines.seek(0)
    with connection.cursor() as cursor:
        cursor.copy_expert(statement, lines)


def _line(cells: Iterable[Any]) -> str:
    return "\t".join([_NULL if cell is None else str(cell) for cell in cells]) + "\n"


def _run_line(pk: int, one: Counted, at: datetime, took: float) -> str:
    # JSON escapes all else that COPY would take for something else.
    text = one.text.replace("\\", "\\\\")
    head = (pk, one.code, one.period, "t", COMPUTATION_VERSION, one.inputs_hash, at, took)
    return _line((*head, _JSON.encode(one.quantities.rows), text))


def _value_lines(pk: int, one: Counted, words: "_MonthWords") -> str:
    lines, grades = [], grades_of(one.quantities)
    for measure in MEASURES.values():
        head, known = f"{pk}\t{measure.code}\t", words.known[measure.code]
        for result in measure.compute(one.quantities):
            said = known.get(result.basis)
            if said is None:
                said = words.add(measure, result.basis)
            denominator, reported, expected = result.denominator, result.reported, result.expected
            lines.append(
                f"{head}{result.segment}\t{result.category}\t{result.funding}\t{result.target}"
                f"\t{result.variant}\t{result.numerator}\t{_NULL if denominator is None else denominator}"
                f"\t{_NULL if reported is None else reported}\t{_NULL if expected is None else expected}"
                f"\t{grades[measure.code, result.segment]}\t{' '.join(result.missing)}\t{result.partial}"
                f"\t{said}\n"
            )
    return "".join(lines)


class _MonthWords:
    """What the values of a month say of how they are defined: by the code of the measure, then by the basis.

    As COPY takes it. Most values of a month say the same.
    """

    def __init__(self, month: date, coverage: str) -> None:
        first, last = fiscal_year_start(month), last_day(month)
        self._year = gettext_noop("kas: dibayar %(first)s s.d. %(last)s, semua sumber dana") % {
            "first": f"{first:%d-%m-%Y}",
            "last": f"{last:%d-%m-%Y}",
        }
        self._coverage = coverage
        self.known: dict[str, dict[str, str]] = defaultdict(dict)

    def add(self, measure: Measure, basis: str) -> str:
        said = self._made(measure, basis).translate(_ESCAPED)
        self.known[measure.code][basis] = said
        return said

    def _made(self, measure: Measure, basis: str) -> str:
        is_coverage = measure.section == MeasureSection.COVERAGE
        words = [self._coverage if is_coverage else str(measure.label)]
        if basis:
            words.append(str(basis.label) if isinstance(basis, Choices) else basis)
        if measure.window == Window.FISCAL_YEAR:
            words.append(self._year)
        return "; ".join(words)[:300]


@lru_cache(maxsize=512)
def _words_of(month: date, coverage: str, _language: str) -> _MonthWords:
    return _MonthWords(month, coverage)
