"""Targets of categories on a region's board: people asked for, paid for, missing, and the pace."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from participants.pace import Need, need_for
from participants.selectors.category_target import Asked
from reports.measures.codes import MeasureCode
from reports.models import MeasureValue


@dataclass(frozen=True)
class CategoryTargetRow:
    """`value` is what is missing (None: nobody of the category was reported), `covered` those paid for."""

    target: Asked
    name: str
    value: MeasureValue | None = None
    covered: int | None = None
    need: Need | None = None

    @property
    def is_whole(self) -> bool:
        """Whether every region below is in it; of less no verdict is given."""
        return self.value is not None and self.value.reported == self.value.expected

    @property
    def people(self) -> int:
        """As counted with the figures beside it; the target itself where there are none."""
        counted = self.value.denominator if self.value else None
        return self.target.people if counted is None else counted


def category_target_rows(
    period: date,
    targets: Iterable[Asked],
    values: Mapping[str, Sequence[MeasureValue]],
    year_before: Sequence[MeasureValue],
    names: Mapping[str, str],
) -> list[CategoryTargetRow]:
    """`year_before` are the people paid for (CAT-01) twelve months before the period."""
    gaps = {
        (value.category, value.target): value for value in values.get(MeasureCode.GAP_TO_CATEGORY_TARGET, ())
    }
    rows = [
        _row(period, CategoryTargetRow(one, names[one.category], gap), values, year_before)
        for one in targets
        for gap in [gaps.get((one.category, one.frame))]
    ]
    return sorted(rows, key=_by_gap)


def _by_gap(row: CategoryTargetRow) -> tuple[bool, int, str, int, str]:
    """The widest gap first, those of which nobody was reported last."""
    missing = row.value.numerator if row.value else 0
    return row.value is None, -missing, row.name, row.target.year, row.target.frame


def _row(
    period: date,
    row: CategoryTargetRow,
    values: Mapping[str, Sequence[MeasureValue]],
    year_before: Sequence[MeasureValue],
) -> CategoryTargetRow:
    if row.value is None:
        return row
    now = [one for one in values.get(MeasureCode.FUNDED_BY_CELL, ()) if one.category == row.target.category]
    before = [one for one in year_before if one.category == row.target.category]
    covered = _people(now)
    need = need_for(
        needed=row.people,
        year=row.target.year,
        members=covered,
        newest=period,
        # Sums of other regions than a year ago tell no pace.
        year_before=_people(before) if before and _reporting(before) == _reporting(now) else None,
    )
    return replace(row, covered=covered, need=need)


def _people(values: Iterable[MeasureValue]) -> int:
    return sum(value.numerator for value in values)


def _reporting(values: Iterable[MeasureValue]) -> int | None:
    """Of how many regions below the sum is; None where the region told it itself."""
    counts = [value.reported for value in values if value.reported is not None]
    return max(counts, default=None)
