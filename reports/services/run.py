"""Runs: the values of a region for many months, stored where what they rest on has changed."""

import hashlib
import io
import json
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django.db import connection
from django.db.models import Case, F, When
from django.utils.timezone import now

from regions.month import fiscal_year_start, last_day
from reports.enums import Window
from reports.measures.catalogue import COMPUTATION_VERSION, MEASURES, grades_of, results_of
from reports.measures.frozen import to_json
from reports.measures.measure import Measure, MeasureSection
from reports.measures.quantities import Quantities
from reports.measures.result import MeasureResult
from reports.models import CoverageDefinition, Run


@dataclass(frozen=True)
class Counted:
    """What a month of a region was counted as; `text` holds the quantities as they are stored."""

    code: str
    period: date
    quantities: Quantities
    definition: CoverageDefinition
    text: str
    inputs_hash: str

    @classmethod
    def of(cls, pair: tuple[str, date], quantities: Quantities, definition: CoverageDefinition) -> "Counted":
        text = json.dumps(to_json(quantities), ensure_ascii=False, separators=(",", ":"))
        inputs = f"{definition.code}|{sorted(definition.segments)}|{text}"
        return cls(*pair, quantities, definition, text, hashlib.sha256(inputs.encode()).hexdigest())

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
    runs, values = io.StringIO(), io.StringIO()
    for pk, one in zip(_new_keys(len(fresh)), fresh, strict=True):
        began = time.perf_counter()
        values.writelines(_value_lines(pk, one))
        took = round((time.perf_counter() - began) * 1000, 3)
        runs.write(_run_line(pk, one, at, took))
    _copy(_COPY_RUNS, runs)
    _copy(_COPY_VALUES, values)


_COPY_RUNS = (
    "COPY reports_run (id, region_id, period, is_current, code_version, inputs_hash, computed_at,"
    " milliseconds, quantities) FROM STDIN"
)
_COPY_VALUES = (
    "COPY reports_measurevalue (run_id, measure, segment, category, funding, target, variant, numerator,"
    " denominator, reported, expected, grade, missing, partial, definition) FROM STDIN"
)
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
    return "\t".join(["\\N" if cell is None else str(cell) for cell in cells]) + "\n"


def _run_line(pk: int, one: Counted, at: datetime, took: float) -> str:
    text = one.text.translate(_ESCAPED)
    return _line((pk, one.code, one.period, "t", COMPUTATION_VERSION, one.inputs_hash, at, took, text))


def _value_lines(pk: int, one: Counted) -> Iterator[str]:
    words, grades = _Words(one), grades_of(one.quantities)
    for measure, result in results_of(one.quantities):
        missing = " ".join(result.missing)
        yield (
            f"{pk}\t{measure.code}\t{result.segment}\t{result.category}\t{result.funding}\t{result.target}"
            f"\t{result.variant}\t{result.numerator}\t{_cell(result.denominator)}\t{_cell(result.reported)}"
            f"\t{_cell(result.expected)}\t{grades[measure.code, result.segment]}\t{missing}\t{result.partial}"
            f"\t{words.of(measure, result)}\n"
        )


def _cell(number: int | None) -> str:
    return "\\N" if number is None else str(number)


@lru_cache(maxsize=512)
def _label(code: str) -> str:
    """In the language of who computes, which never changes within a process."""
    return str(MEASURES[code].label)


class _Words:
    """What the values of a run say of how they are defined; most of them say the same."""

    def __init__(self, one: Counted) -> None:
        first, last = fiscal_year_start(one.period), last_day(one.period)
        self._year = f"kas: dibayar {first:%d-%m-%Y} s.d. {last:%d-%m-%Y}, semua sumber dana"
        self._coverage = one.definition.label
        self._known: dict[tuple[str, str], str] = {}

    def of(self, measure: Measure, result: MeasureResult) -> str:
        key = (measure.code, result.basis)
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = self._made(measure, result.basis).translate(_ESCAPED)
        return known

    def _made(self, measure: Measure, basis: str) -> str:
        words = [self._coverage if measure.section == MeasureSection.COVERAGE else _label(measure.code)]
        if basis:
            words.append(basis)
        if measure.window == Window.FISCAL_YEAR:
            words.append(self._year)
        return "; ".join(words)[:300]
