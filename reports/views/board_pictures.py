"""The pictures of a board, each for wide and for narrow screens."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext as _

from regions.formats import month_name, percent, whole
from regions.month import add_months, iso_month
from reports.drawing.axis import Axis, axis_of
from reports.drawing.bars import NARROW_BARS, WIDE_BARS, NamedBar, bars_svg
from reports.drawing.charts import TargetLine, Trend, TrendPoint
from reports.drawing.maps import Area, draw_map
from reports.drawing.money import MoneyBar, money_svg
from reports.drawing.style import NARROW, SCREEN_FONT, WIDE
from reports.drawing.svg import labelled, larger
from reports.drawing.trend_drawing import trend_svg
from reports.enums import BoardPicture as Picture
from reports.measures.codes import MeasureCode
from reports.models import MeasureValue
from reports.selectors.boards.board import Board
from reports.selectors.boards.change import why_not_compared
from reports.selectors.boards.headline import binding_target
from reports.value_words import explain_url
from reports.views.board_tabs import file_url


@dataclass(frozen=True)
class BoardChart:
    """The same picture for wide and for narrow screens; of either the style sheet shows one."""

    wide: str
    narrow: str
    image_url: str = ""


def trend_chart(board: Board) -> BoardChart | None:
    """None of fewer than two months."""
    if not board.has_trend:
        return None
    points = list(_points(board))
    row = binding_target(board)
    trend = Trend(points, TargetLine(row.label, row.target.percent) if row else None)
    title = _("UCJ %(region)s, %(count)s bulan") % {
        "region": board.region.full_label,
        "count": len(points),
    }
    wide, narrow = (trend_svg(trend, title, size) for size in (WIDE, NARROW))
    return BoardChart(wide, narrow, file_url(board, "region_picture", Picture.TREND))


def _points(board: Board) -> Iterator[TrendPoint]:
    """Changes only between months that are compared."""
    before: MeasureValue | None = None
    for value in board.trend:
        if value.rate is not None:
            change = None
            if before is not None and before.rate is not None:
                is_next = add_months(before.run.period, 1) == value.run.period
                if is_next and not why_not_compared(value, before):
                    change = value.rate - before.rate
            yield TrendPoint(value.run.period, value.rate, explain_url(value), not value.run.closing, change)
        before = value


def money_chart(board: Board) -> BoardChart | None:
    bars = [MoneyBar(one.month, one.received, one.paid) for one in board.money_board.months]
    title = _("Iuran dan klaim %(region)s per bulan") % {"region": board.region.full_label}
    wide, narrow = (money_svg(bars, title, size) for size in (WIDE, NARROW))
    return BoardChart(wide, narrow, file_url(board, "region_picture", Picture.MONTHS)) if wide else None


# Of groups of people the largest are drawn, the others together.
_MOST_GROUPS = 12


def categories_chart(board: Board) -> BoardChart | None:
    """People paid for by category and source of funds, the most first."""
    told = [
        (" · ".join(row.labels), cell.value)
        for row in board.sections["categories"].table.rows
        for cell in row.cells[:1]
        if cell.value is not None and cell.value.measure == MeasureCode.FUNDED_BY_CELL
    ]
    told.sort(key=lambda one: -one[1].numerator)
    bars = [NamedBar(label, v.numerator, whole(v.numerator), explain_url(v)) for label, v in told]
    if len(bars) > _MOST_GROUPS + 1:
        rest = sum(v.numerator for _label, v in told[_MOST_GROUPS:])
        words = _("%(count)s kelompok lainnya") % {"count": len(bars) - _MOST_GROUPS}
        bars = [*bars[:_MOST_GROUPS], NamedBar(words, rest, whole(rest))]
    title = _("Peserta per kategori dan sumber dana, %(region)s") % {"region": board.region.full_label}
    wide, narrow = (bars_svg(bars, title, frame) for frame in (WIDE_BARS, NARROW_BARS))
    return BoardChart(wide, narrow, file_url(board, "region_picture", Picture.CATEGORIES)) if wide else None


def gap_axis(board: Board) -> Axis:
    """Of the people who are missing to the targets of categories."""
    return axis_of(row.value.numerator for row in board.category_targets if row.value)


def funnel_axis(board: Board) -> Axis:
    return axis_of(stage.value.numerator for stage in board.money_board.funnel)


@dataclass(frozen=True)
class RegionMap:
    """`narrow` is empty where the wide one fits a narrow screen, or can be made smaller."""

    svg: str
    narrow: str
    absent_text: str
    image_url: str


# What fits the screen of a telephone with its names.
_FITS = 400
# On a wide screen, where the page has room: letters of a map are written for a telephone.
_ENLARGED = Decimal("1.3")


def region_map(board: Board) -> RegionMap | None:
    """The regions below by their coverage; none where there are none or nothing is known of any."""
    if all(row.rate is None for row in board.rank):
        return None
    month = iso_month(board.period)
    areas = [
        Area(
            row.region.code,
            row.region.full_label,
            row.rate,
            percent(row.rate, 2),
            f"{reverse('region_board', args=[row.region.code])}?periode={month}{board.per_query}",
        )
        for row in board.rank
    ]
    outlines = {row.region.code: row.outline for row in board.rank if row.outline}
    words = {"region": board.region.full_label, "month": month_name(board.period)}
    title = _("Peta UCJ %(region)s, %(month)s") % words
    drawn = draw_map(areas, outlines, SCREEN_FONT)
    if drawn is None:
        return None
    small = None
    if not outlines and drawn.width > _FITS:
        small = draw_map(areas, outlines, SCREEN_FONT, is_compact=True)
    narrow = labelled(small.svg, title) if small else ""
    url = file_url(board, "region_picture", Picture.MAP)
    return RegionMap(labelled(larger(drawn.svg, _ENLARGED), title), narrow, drawn.absent_text, url)
