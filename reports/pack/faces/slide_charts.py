"""Charts of slides, which PowerPoint draws itself, upon the axis and with the named points of the pages."""

from collections.abc import Sequence
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import (
    XL_AXIS_CROSSES,
    XL_CHART_TYPE,
    XL_LABEL_POSITION,
    XL_MARKER_STYLE,
    XL_TICK_LABEL_POSITION,
    XL_TICK_MARK,
)
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
    _lay_out(chart, trend.axis, form, (_("Bulan laporan"), _("UCJ (persen)")))
    line = chart.plots[0].series[0]
    line.smooth = False
    line.format.line.color.rgb = _rgb(LINE)
    for at, month in enumerate(trend.months):
        if month in by_month:
            _mark(line.points[at].marker, is_open=by_month[month].is_open)
    named = _name_points(line, trend)
    if trend.target is not None:
        farthest = max(range(len(trend.months)), key=lambda at: min(abs(at - one) for one in named))
        _as_target(chart.plots[0].series[1], trend.target.text, farthest)


def _name_points(line: Any, trend: Trend) -> list[int]:
    """PowerPoint places words itself: what is near to words already there is named shortly or not at all."""
    named: list[int] = []
    for turning, point in trend.turnings():
        at = trend.months.index(point.period)
        nearest = min((abs(at - other) for other in named), default=_FAR)
        if nearest < _NEAR:
            continue
        texts = turning_texts(turning, point)
        is_inside = _NEAR <= at < len(trend.months) - _NEAR
        text = texts[0] if nearest >= _FAR and is_inside else texts[-1]
        if turning is Turning.NEWEST and point.is_open:
            text = _("%(figure)s (draf)") % {"figure": text}
        side = XL_LABEL_POSITION.BELOW if turning is Turning.LOWEST else XL_LABEL_POSITION.ABOVE
        _say(line.points[at], text, side)
        named.append(at)
    return named


def _as_target(series: Any, text: str, at: int) -> None:
    """Named where no point is."""
    series.smooth = False
    series.marker.style = XL_MARKER_STYLE.NONE
    series.format.line.color.rgb = _rgb(TARGET)
    series.format.line.dash_style = MSO_LINE_DASH_STYLE.DASH
    series.format.line.width = Pt(1.5)
    _say(series.points[at], text, XL_LABEL_POSITION.ABOVE)


def add_bars(slide: Any, place: Place, bars: Sequence[NamedBar], name: str, form: str) -> None:
    data = CategoryChartData(number_format=form)
    data.categories = [bar.label for bar in bars]
    data.add_series(name, [float(bar.value) for bar in bars])
    chart = slide.shapes.add_chart(XL_CHART_TYPE.BAR_CLUSTERED, *place, data).chart
    _lay_out(chart, bars_axis(bars), form, ("", name))
    chart.category_axis.reverse_order = True
    # Reversed, the axis of amounts would stand above; its numbers stand at the bars.
    chart.category_axis.crosses = XL_AXIS_CROSSES.MAXIMUM
    chart.value_axis.tick_label_position = XL_TICK_LABEL_POSITION.NONE
    chart.value_axis.has_major_gridlines = False
    chart.value_axis.major_tick_mark = XL_TICK_MARK.NONE
    chart.value_axis.format.line.fill.background()
    plot = chart.plots[0]
    plot.gap_width = 60
    for at, bar in enumerate(bars):
        _say(plot.series[0].points[at], bar.text, XL_LABEL_POSITION.OUTSIDE_END)


def _lay_out(chart: Any, axis: Axis, form: str, titles: tuple[str, str]) -> None:
    chart.has_legend = chart.has_title = False
    for one, title in zip((chart.category_axis, chart.value_axis), titles, strict=True):
        one.tick_labels.font.size = _LETTERS
        if title:
            one.has_title = True
            one.axis_title.text_frame.text = title
            words = one.axis_title.text_frame.paragraphs[0].font
            words.size, words.bold = _LETTERS, False
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
