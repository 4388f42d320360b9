"""What the pictures of a pack are made of, in the words in which pages describe theirs."""

from collections.abc import Iterable
from decimal import Decimal

from regions.month import parse_month
from reports.drawing.bars import NamedBar
from reports.drawing.charts import TargetLine, Trend, TrendPoint
from reports.pack.content import Cell, Chart, Number, PackContent

# In which columns the tables of months and of targets tell what a picture needs of them.
_CHANGE, _GAP = 4, 3


def trend_of(chart: Chart, content: PackContent) -> Trend:
    """The line of a pack; the table below it says the target, the runs say which months are open."""
    closings = {(region, month): closing for region, month, closing in content.runs}
    changes = _changes(chart, content)
    points = []
    for label, number in zip(chart.labels, chart.series[0].numbers, strict=True):
        if number.value is None:
            continue
        _sign, of = number.made_of[0]
        is_open = closings.get((of.region, of.month)) is None
        points.append(
            TrendPoint(parse_month(of.month), Decimal(number.value), "", is_open, changes.get(label))
        )
    return Trend(points, _target(content))


def bars_of(chart: Chart) -> list[NamedBar]:
    told = zip(chart.labels, chart.series[0].numbers, strict=True)
    return [NamedBar(label, one.value, one.text) for label, one in told if one.value is not None]


def _changes(chart: Chart, content: PackContent) -> dict[str, Decimal]:
    """By the name of the month, those that the table compares."""
    told = ((str(row[0]), _known(row[_CHANGE])) for row in _rows(content, chart.key))
    return {label: change for label, change in told if change is not None}


def _target(content: PackContent) -> TargetLine | None:
    """As on pages the lowest that is not reached, else the lowest."""
    told = [
        (gap <= 0, percent, str(row[0]))
        for row in _rows(content, "targets")
        if (percent := _known(row[1])) is not None and (gap := _known(row[_GAP])) is not None
    ]
    _is_reached, percent, label = min(told, default=(True, None, ""))
    return None if percent is None else TargetLine(label, percent)


def _known(cell: Cell) -> Decimal | None:
    return Decimal(cell.value) if isinstance(cell, Number) and cell.value is not None else None


def _rows(content: PackContent, key: str) -> Iterable[tuple[Cell, ...]]:
    return next((table.rows for table in content.tables if table.key == key), ())
