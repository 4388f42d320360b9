"""What the page, the file and the API say of the changes of a region between two months."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from regions.enums import Level
from regions.formats import points, signed, signed_rupiah
from regions.models import Region
from reports.enums import Unit
from reports.explanations.catalogue import sections_of
from reports.explanations.fact_row import FactSection
from reports.measures.catalogue import MEASURES
from reports.measures.codes import MeasureCode
from reports.models import MeasureValue
from reports.selectors.boards.comparison import list_names
from reports.selectors.moves.balance import balance_move
from reports.selectors.moves.coverage import coverage_move
from reports.selectors.moves.people import people_move
from reports.selectors.moves.persons import persons_of
from reports.selectors.moves.step import Move, MoveStep, decimal_of
from reports.selectors.moves.stored import RegionMoved, below, counts_of

_TOLD = (MeasureCode.COVERAGE, MeasureCode.FUNDED, MeasureCode.BALANCE)
# On whose rows each change rests.
_ROWS = {
    MeasureCode.COVERAGE: MeasureCode.COVERAGE,
    MeasureCode.FUNDED: MeasureCode.FUNDED_BY_CELL,
}
_MONEY = (MeasureCode.CONTRIBUTIONS, MeasureCode.CLAIMS)


@dataclass(frozen=True)
class MovedFigure:
    """A change with the two stored figures that it lies between."""

    move: Move
    label: str
    before: MeasureValue | None
    after: MeasureValue | None

    @property
    def is_rate(self) -> bool:
        return MEASURES[self.move.code].unit == Unit.PERCENT

    @property
    def steps(self) -> list[tuple[MoveStep, str]]:
        """Those that moved anything, each with its effect."""
        told = [step for step in self.move.steps if step.people or step.workers]
        return [(step, self.written(step.effect)) for step in told]

    @property
    def change(self) -> str:
        return "" if self.move.change is None else self.written(self.move.change)

    def written(self, effect: Fraction) -> str:
        unit = MEASURES[self.move.code].unit
        if unit == Unit.PERCENT:
            return points(decimal_of(effect), 2)
        return signed_rupiah(int(effect)) if unit == Unit.RUPIAH else signed(int(effect))


@dataclass(frozen=True)
class MonthRows:
    """The stored rows behind the figures of one of the two months."""

    month: date
    sections: list[FactSection]


def moves_of(region: Region, months: tuple[date, date]) -> list[Move]:
    """Coverage, people paid for and the balance."""
    names = {one.code: one.full_label for one in below(region, months[1])}
    persons = persons_of(region.code, *months) if region.level == Level.REGENCY else None
    place = RegionMoved(region.code, names, months, counts_of([region.code, *names], months), persons)
    words = list_names().names
    return [coverage_move(place), people_move(place, words), balance_move(place, words)]


def moved_figures(region: Region, months: tuple[date, date]) -> list[MovedFigure]:
    stored = _stored(region, months)
    return [
        MovedFigure(
            move,
            str(MEASURES[move.code].label),
            *(stored.get((move.code, month)) for month in months),
        )
        for move in moves_of(region, months)
    ]


def rows_of(region: Region, months: tuple[date, date]) -> list[MonthRows]:
    """Of both months: members, workers, people by category, contributions and claims with their sources."""
    stored = _stored(region, months)
    found = []
    for month in months:
        sections: list[FactSection] = []
        for code in (MeasureCode.COVERAGE, MeasureCode.FUNDED, *_MONEY):
            value = stored.get((code, month))
            if value is not None:
                measure = MEASURES[_ROWS.get(code, code)]
                sections += sections_of(measure, region.code, month, value)
        found.append(MonthRows(month, [section for section in sections if section.rows]))
    return found


def _stored(region: Region, months: tuple[date, date]) -> Mapping[tuple[str, date], MeasureValue]:
    rows = MeasureValue.objects.filter(
        run__region=region, run__period__in=months, run__is_current=True, measure__in=(*_TOLD, *_MONEY)
    )
    return {(row.measure, row.run.period): row for row in rows.select_related("run").defer("run__quantities")}
