from datetime import date
from decimal import Decimal

from django import template

from regions.formats import svg_share
from reports import value_words, workers_words
from reports.drawing.axis import Axis
from reports.drawing.sparkline import strokes
from reports.selectors.boards.rank import RankRow, trend_months

register = template.Library()

for words in (
    value_words.explain_url,
    value_words.value_text,
    value_words.value_short,
    value_words.denominator_text,
    value_words.division_words,
    value_words.line_note,
    value_words.in_unit,
    value_words.reporting_flag,
    value_words.reporting_gap,
    value_words.figure_flag,
    value_words.grade_words,
    value_words.is_partial,
    value_words.partial_words,
    value_words.measure_label,
    value_words.variant_words,
    value_words.named,
    value_words.dimension_words,
    value_words.row_words,
    value_words.segments_words,
    value_words.segment_label,
    value_words.difference,
    workers_words.workers_words,
):
    register.filter(words.__name__, words)


@register.filter
def size(value: int) -> int:
    """Without its sign, where a word beside it says which way."""
    return abs(value)


@register.filter
def on_axis(value: Decimal | int, axis: Axis) -> str:
    """Where a value lies in a row of a drawing, as SVG says lengths."""
    return svg_share(Decimal(str(axis.share(value) * 100)))


@register.filter
def sparkline(row: RankRow, period: date) -> list[str]:
    """The strokes of a region's year up to the month of the page."""
    return strokes(row.rates, trend_months(period))


@register.filter
def year(row: RankRow, period: date) -> list[tuple[date, Decimal | None]]:
    """The months of a year up to that of the page, each with the region's coverage where it is known."""
    return [(month, row.rates.get(month)) for month in trend_months(period)]
