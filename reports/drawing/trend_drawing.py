"""The line of a figure over months as SVG, written here and not by Vega: nearly every board shows it twice.

Months without a figure are gaps; open months are rings at the end of dashes.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from html import escape
from math import pi, sqrt

from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from regions.formats import percent
from regions.month import add_months, months_from
from reports.drawing.charts import Trend, TrendPoint, Turning, turning_texts
from reports.drawing.labels import PlacedWords, Plot, Spot, width_of
from reports.drawing.stretches import stretches
from reports.drawing.style import INK, LETTERS, LINE, NAMED, PAPER, RULE, TARGET, WIDE, Size
from reports.drawing.svg import labelled

# In pixels, between two places that are tried for the name of the target.
_STEP = 24.0
# Around the plot: beside the words, and for the months below it.
_ABOVE, _BESIDE, _BELOW, _TICK = 18.0, 6.0, 32.0, 5.0
# For the words that say what an axis measures.
_TITLE = 20.0
# From the middle of letters down to the line they stand on, as a share of their height.
_DOWN = 0.34


@dataclass
class _Words:
    """Names of points in bold; beside them the target, and that the newest month is a draft."""

    named: list[PlacedWords] = field(default_factory=list)
    draft: list[PlacedWords] = field(default_factory=list)
    target: list[PlacedWords] = field(default_factory=list)

    @property
    def all(self) -> list[PlacedWords]:
        return [*self.named, *self.draft, *self.target]


def trend_svg(trend: Trend, title: str, size: Size = WIDE) -> SafeString:
    """For a page: every point links to the explanation of its figure."""
    return labelled(plain_trend_svg(trend, size), title)


def plain_trend_svg(trend: Trend, size: Size) -> str:
    words = _placed(trend, size)
    ticks = [percent(tick, 0 if tick % 1 == 0 else 2) for tick in trend.axis.ticks]
    left = _BESIDE + 8 + max(width_of(tick, LETTERS) for tick in ticks) + (_TITLE if size.upright else 0)
    over = max((one.box[2] for one in words.all), default=0.0) - size.width
    top = _ABOVE + max(0.0, -min((one.box[1] for one in words.all), default=0.0) - _ABOVE + _BESIDE)
    wide, high = (
        round(left + size.width + max(over, 0.0) + _BESIDE),
        round(top + size.height + _BELOW + (_TITLE if size.across else 0)),
    )
    parts = [*_grid(trend, ticks, size), *_months(trend, size), *_titles(size, left), *_target(trend, size)]
    parts += [*_lines(trend, size), *_points(trend, size)]
    parts += [
        *_written(words.named, INK, "600"),
        *_written(words.draft, INK),
        *_written(words.target, TARGET),
    ]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" class="marks" '
        f'width="{wide}" height="{high}" viewBox="0 0 {wide} {high}">'
        f'<g fill="none" font-family="{escape(size.font)}" transform="translate({left:.1f},{top:.1f})">'
        f"{''.join(parts)}</g></svg>"
    )


def _grid(trend: Trend, ticks: Sequence[str], size: Size) -> Iterator[str]:
    heights = [size.height * (1 - trend.axis.share(tick)) for tick in trend.axis.ticks]
    lines = "".join(f"M0,{height + 0.5:.1f}h{size.width}" for height in heights)
    yield f'<path d="{lines}" stroke="{RULE}"/>'
    yield f'<g aria-hidden="true" fill="{INK}" font-size="{LETTERS}px" text-anchor="end">'
    for text, height in zip(ticks, heights, strict=True):
        yield f'<text x="-8" y="{height + LETTERS * _DOWN:.1f}">{escape(text)}</text>'
    yield "</g>"


def _months(trend: Trend, size: Size) -> Iterator[str]:
    """Every few months is named below its place."""
    months = trend.months
    named = [month for month in months if (month.month - 1) % size.every == 0] or months[:1]
    places = [(_across(trend, size, month), date_format(month, "M Y")) for month in named]
    ticks = "".join(f"M{x:.1f},{size.height + 0.5}v{_TICK:g}" for x, _text in places)
    yield f'<path d="M0,{size.height + 0.5}h{size.width}M0.5,0v{size.height}{ticks}" stroke="{RULE}"/>'
    yield f'<g aria-hidden="true" fill="{INK}" font-size="{LETTERS}px" text-anchor="middle">'
    for x, text in places:
        yield f'<text x="{x:.1f}" y="{size.height + _TICK + 7 + LETTERS * 0.8:.1f}">{escape(text)}</text>'
    yield "</g>"


def _titles(size: Size, left: float) -> Iterator[str]:
    about = f'fill="{INK}" font-size="{LETTERS}px" text-anchor="middle"'
    if size.upright:
        place = f'transform="translate({LETTERS - left:.1f},{size.height / 2:g}) rotate(-90)"'
        yield f"<text {about} {place}>{escape(size.upright)}</text>"
    if size.across:
        place = f'x="{size.width / 2:g}" y="{size.height + _BELOW + _TITLE / 2:g}"'
        yield f"<text {about} {place}>{escape(size.across)}</text>"


def _target(trend: Trend, size: Size) -> Iterator[str]:
    if trend.target is not None:
        level = size.height * (1 - trend.axis.share(trend.target.percent))
        dash = f'stroke="{TARGET}" stroke-width="1.5" stroke-dasharray="5,4"'
        yield f'<path d="M0,{level:.1f}h{size.width}" {dash}/>'


def _lines(trend: Trend, size: Size) -> Iterator[str]:
    """Whole up to a closed month, dashed up to an open one and away from it."""
    by_month = {point.period: point for point in trend.points}
    dashed = {
        month
        for month, point in by_month.items()
        if point.is_open or any(_is_open(by_month, add_months(month, step)) for step in (-1, 1))
    }
    closed = {month for month, point in by_month.items() if not point.is_open}
    yield '<g class="mark-line" aria-hidden="true">'
    for known, dash in ((closed, ""), (dashed, ' stroke-dasharray="4,3"')):
        drawn = [[by_month[month] for month in stretch] for stretch in stretches(trend.months, known)]
        if drawn:
            line = "".join(_path(_spots(trend, size, part)) for part in drawn)
            yield f'<path d="{line}" stroke="{LINE}" stroke-width="2.5"{dash}/>'
    yield "</g>"


def _path(spots: Iterable[Spot]) -> str:
    return "M" + "L".join(f"{x:.1f},{y:.1f}" for x, y in spots)


def _is_open(by_month: dict[date, TrendPoint], month: date) -> bool:
    return month in by_month and by_month[month].is_open


def _points(trend: Trend, size: Size) -> Iterator[str]:
    radius = sqrt(size.mark / pi)
    yield f'<g class="mark-symbol" stroke="{LINE}" stroke-width="1.5">'
    for point, (x, y) in zip(trend.points, _spots(trend, size, trend.points), strict=True):
        text = f"{date_format(point.period, 'F Y')}: {percent(point.rate, 2)}"
        if point.is_open:
            text = _("%(figure)s (belum ditutup)") % {"figure": text}
        fill = PAPER if point.is_open else LINE
        said = f'aria-label="{escape(text)}" role="graphics-symbol"'
        drawn = f'<circle {said} cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}" fill="{fill}"/>'
        yield f'<a xlink:href="{escape(point.href)}">{drawn}</a>' if point.href else drawn
    yield "</g>"


def _written(words: Iterable[PlacedWords], ink: str, weight: str = "") -> Iterator[str]:
    bold = f' font-weight="{weight}"' if weight else ""
    for one in words:
        place = f'x="{one.x:.1f}" y="{one.y + one.size * _DOWN:.1f}" font-size="{one.size:g}px"'
        yield f'<text aria-hidden="true" {place} fill="{ink}"{bold}>{escape(one.text)}</text>'


def _across(trend: Trend, size: Size, month: date) -> float:
    """Months are evenly apart, with half a step on either side."""
    return (months_from(trend.months[0], month) + 0.5) * size.width / len(trend.months)


def _spots(trend: Trend, size: Size, points: Iterable[TrendPoint]) -> list[Spot]:
    return [_spot(trend, size, point) for point in points]


def _spot(trend: Trend, size: Size, point: TrendPoint) -> Spot:
    return _across(trend, size, point.period), size.height * (1 - trend.axis.share(point.rate))


def _placed(trend: Trend, size: Size) -> _Words:
    plot, words = Plot(size.width, size.height), _Words()
    by_month = {point.period: point for point in trend.points}
    for stretch in stretches(trend.months, by_month):
        plot.draw(_spots(trend, size, (by_month[month] for month in stretch)))
    newest = trend.points[-1]
    height = min(_spot(trend, size, newest)[1], size.height - 2 * LETTERS)
    (figure,) = turning_texts(Turning.NEWEST, newest)
    words.named.append(plot.put(figure, size.width + 6, height, NAMED))
    if newest.is_open:
        words.draft.append(plot.put(_("draf"), size.width + 6, height + NAMED + 3, LETTERS))
    if trend.target is not None:
        level = size.height * (1 - trend.axis.share(trend.target.percent))
        plot.draw([(0, level), (size.width, level)])
        words.target.append(_beside_target(plot, trend.target.text, level))
    for turning, point in trend.turnings():
        if turning is not Turning.NEWEST:
            placed = plot.place(turning_texts(turning, point), _spot(trend, size, point), NAMED)
            words.named += [placed] if placed else []
    return words


def _beside_target(plot: Plot, text: str, level: float) -> PlacedWords:
    """Above or below its line, from the old end on; where the months leave no room, over the plot."""
    wide = width_of(text, LETTERS)
    left = 4.0
    while left + wide < plot.width:
        if placed := plot.place([text], (left + wide / 2, level), LETTERS):
            return placed
        left += _STEP
    return plot.put(text, 4, -LETTERS, LETTERS)
