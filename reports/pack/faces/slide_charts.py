"""Charts of slides, which PowerPoint draws itself, upon the axis and with the named points of the pages."""

from collections.abc import Sequence
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_MARKER_STYLE
from pptx.enum.dml import MSO_LINE_DASH_STYLE
from pptx.util import Pt

from reports.drawing.axis import Axis
from reports.drawing.bars import NamedBar, bars_axis
from reports.drawing.charts import Trend, Turning, turning_texts
from reports.drawing.style import INK, LINE, PAPER, RULE, TARGET

Place = tuple[int, int, int, int]
_LETTERS = Pt(12)
# In months: nearer points are not named, farther ones in full.
_NEAR, _FAR = 2, 4


def add_line(slide: Any, place: Place, trend: Trend, name: str, form: str) -> None:
    """Months that are not known are gaps, open months have rings, the target is a line of its own."""
    by_month = {point.period: point for point in trend.points}
    data = CategoryChartData(number_format=form)
    data.categories = [date_format(month, "M Y") for month in trend.months]
    data.add_series(name, [float(by_month[one].rate) if one in by_month else None for one in trend.months])
    if trend.target is not None:
        data.add_series(trend.target.text, [float(trend.target.percent)] * len(trend.months))
    chart = slide.shapes.add_chart(XL_CHART_TYPE.LINE_MARKERS, *place, data).chart
    _lay_out(chart, trend.axis, form)
    line = chart.plots[0].series[0]
    line.smooth = False
    line.format.line.color.rgb = _rgb(LINE)
    for at, month in enumerate(trend.months):
        if month in by_month:
            _mark(line.points[at].marker, is_open=by_month[month].is_open)
    _name_points(line, trend)
    if trend.target is not None:
        _as_target(chart.plots[0].series[1], trend.target.text, len(trend.months))


def _name_points(line: Any, trend: Trend) -> None:
    """PowerPoint places words itself: what is near to words already there is named shortly or not at all."""
    named: list[int] = []
    for turning, point in trend.turnings():
        at = trend.months.index(point.period)
        nearest = min((abs(at - other) for other in named), default=_FAR)
        if nearest < _NEAR:
            continue
        texts = turning_texts(turning, point)
        text = texts[0] if nearest >= _FAR else texts[-1]
        if turning is Turning.NEWEST and point.is_open:
            text = _("%(figure)s (draf)") % {"figure": text}
        side = XL_LABEL_POSITION.BELOW if turning is Turning.LOWEST else XL_LABEL_POSITION.ABOVE
        _say(line.points[at], text, side)
        named.append(at)


def _as_target(series: Any, text: str, count: int) -> None:
    series.smooth = False
    series.marker.style = XL_MARKER_STYLE.NONE
    series.format.line.color.rgb = _rgb(TARGET)
    series.format.line.dash_style = MSO_LINE_DASH_STYLE.DASH
    series.format.line.width = Pt(1.5)
    _say(series.points[min(1, count - 1)], text, XL_LABEL_POSITION.ABOVE)


def add_bars(slide: Any, place: Place, bars: Sequence[NamedBar], name: str, form: str) -> None:
    data = CategoryChartData(number_format=form)
    data.categories = [bar.label for bar in bars]
    data.add_series(name, [float(bar.value) for bar in bars])
    chart = slide.shapes.add_chart(XL_CHART_TYPE.BAR_CLUSTERED, *place, data).chart
    _lay_out(chart, bars_axis(bars), form)
    chart.category_axis.reverse_order = True
    plot = chart.plots[0]
    plot.has_data_labels = True
    plot.data_labels.number_format = form
    plot.data_labels.number_format_is_linked = False
    plot.data_labels.font.size = _LETTERS


def _lay_out(chart: Any, axis: Axis, form: str) -> None:
    chart.has_legend = chart.has_title = False
    for one in (chart.category_axis, chart.value_axis):
        one.tick_labels.font.size = _LETTERS
    chart.value_axis.minimum_scale = float(axis.low)
    chart.value_axis.maximum_scale = float(axis.high)
    chart.value_axis.major_unit = float(axis.step)
    chart.value_axis.tick_labels.number_format = form.replace(".00", "")
    chart.value_axis.tick_labels.number_format_is_linked = False
    chart.value_axis.major_gridlines.format.line.color.rgb = _rgb(RULE)


def _mark(marker: Any, *, is_open: bool) -> None:
    marker.style, marker.size = XL_MARKER_STYLE.CIRCLE, 8
    marker.format.fill.solid()
    marker.format.fill.fore_color.rgb = _rgb(PAPER if is_open else LINE)
    marker.format.line.color.rgb = _rgb(LINE)


def _say(point: Any, text: str, side: Any) -> None:
    frame = point.data_label.text_frame
    frame.text = text
    frame.paragraphs[0].font.size = _LETTERS
    frame.paragraphs[0].font.color.rgb = _rgb(INK)
    point.data_label.position = side


def _rgb(colour: str) -> RGBColor:
    return RGBColor(*bytes.fromhex(colour[1:]))
