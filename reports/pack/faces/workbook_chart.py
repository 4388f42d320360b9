"""Charts of the workbook: Excel's own, of the cells of the table, upon the axis of the pages."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from reports.drawing.axis import Axis
from reports.drawing.bars import bars_axis
from reports.pack.content import Chart, Kind, Number, PackContent, Table
from reports.pack.faces.pictures import measured
from reports.pack.pictured import bars_of, trend_of

HUNDREDTHS = {Kind.PERCENT, Kind.MONTHS, Kind.RUPIAH_EACH}
_COLOUR = "#0B6E69"
_WIDE, _LEAST_HIGH, _ROW = 720, 300, 20
_PLAIN = {"name_font": {"bold": False, "size": 9}}


def add_chart(
    book: Any, sheet: Any, content: PackContent, chart: Chart, table: Table, rows: tuple[int, int]
) -> int:
    """Of the rows from the first of the table; placed in the second; returns the row in which it ends."""
    first, place = rows
    last, named_by = first + len(table.rows) - 1, _names(sheet, table, first)
    drawn = book.add_chart({"type": "line" if chart.shape == "line" else "bar"})
    for series in chart.series:
        at = _column_of(table, series.numbers[0])
        drawn.add_series(
            {
                "name": series.name,
                "categories": [sheet.get_name(), first, named_by, last, named_by],
                "values": [sheet.get_name(), first, at, last, at],
                "fill": {"color": _COLOUR},
                "line": {"color": _COLOUR},
                "gap": 60,
            }
        )
    message = content.message(table.key)
    drawn.set_title({"name": message.text if message else chart.title, "name_font": {"size": 11}})
    drawn.set_legend({"none": True})
    drawn.show_hidden_data()
    _lay_axes(drawn, chart, content)
    high = max(_LEAST_HIGH, 24 * len(table.rows) + 90)
    drawn.set_size({"width": _WIDE, "height": high})
    sheet.insert_chart(place, 0, drawn, {"description": chart.title})
    return place + high // _ROW + 1


def _lay_axes(drawn: Any, chart: Chart, content: PackContent) -> None:
    kind = chart.series[0].numbers[0].kind
    form = "0%" if kind == Kind.PERCENT else "#,##0"
    amounts: dict[str, Any] = {"name": measured(chart), "num_format": form, **_PLAIN}
    amounts["major_gridlines"] = {"visible": True, "line": {"color": "#D9DFE3"}}
    if chart.shape == "bar":
        # Reversed, so that the first row stands above; the amounts stay below.
        drawn.set_y_axis({"reverse": True, "crossing": "max"})
        drawn.set_x_axis(amounts | _scale(bars_axis(bars_of(chart)), kind))
        return
    drawn.set_y_axis(amounts | _scale(trend_of(chart, content).axis, kind))
    drawn.set_x_axis({"name": _("Bulan laporan"), **_PLAIN})
    drawn.show_blanks_as("gap")


def _scale(axis: Axis, kind: Kind) -> dict[str, float]:
    """The axis of the pages, in the numbers that stand in the cells."""
    of = 100 if kind in HUNDREDTHS else 1
    return {
        "min": float(axis.low) / of,
        "max": float(axis.high) / of,
        "major_unit": float(axis.step) / of,
    }


def _names(sheet: Any, table: Table, first: int) -> int:
    """The column whose words name the bars; of two columns a hidden one that has both."""
    words = [at for at, column in enumerate(table.columns) if not column.is_number and at < 2]
    if len(words) < 2:
        return 0
    beside = len(table.columns) + 8
    for at, row in enumerate(table.rows):
        sheet.write_string(first + at, beside, _joined([str(row[one]) for one in words]))
    sheet.set_column(beside, beside, None, None, {"hidden": True})
    return beside


def _joined(words: Sequence[str]) -> str:
    return " · ".join(words)


def _column_of(table: Table, number: Number) -> int:
    """Where the first number of a chart stands."""
    return next(at for row in table.rows for at, cell in enumerate(row) if cell is number)
