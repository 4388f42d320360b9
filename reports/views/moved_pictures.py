"""Changes as waterfalls: the steps that moved most, the others as one, and the whole."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.urls import reverse
from django.utils.translation import gettext as _

from reports.drawing.bars import NARROW_BARS, WIDE_BARS
from reports.drawing.waterfall import MovedBar, waterfall_svg
from reports.measures.codes import MeasureCode
from reports.selectors.moves.page import MovedFigure
from reports.selectors.moves.step import MoveStep, decimal_of

# The changes that are drawn, by the word of each in the address of its image.
PICTURED = {"ucj": MeasureCode.COVERAGE, "ditanggung": MeasureCode.FUNDED, "saldo": MeasureCode.BALANCE}
# With the rest and the whole as many rows as a screen holds.
_MOST = 10


@dataclass(frozen=True)
class MovedChart:
    """The picture for wide and for narrow screens; empty where one step is the whole change."""

    figure: MovedFigure
    wide: str
    narrow: str
    image_url: str = ""

    @property
    def table_id(self) -> str:
        return table_of(self.figure.move.code)


def table_of(code: str) -> str:
    """The table of the steps of that figure, by its name on the page."""
    return f"langkah-{code.lower()}"


def moved_charts(region: str, figures: Sequence[MovedFigure], asked: str) -> list[MovedChart]:
    """`asked` are the months as the address of a region below asks for them."""
    return [_chart(region, figure, asked) for figure in figures]


def _chart(region: str, figure: MovedFigure, asked: str) -> MovedChart:
    if figure.move.change is None:
        return MovedChart(figure, "", "")
    bars = list(_bars(figure, asked))
    whole = _bar(figure, _("Seluruh perubahan"), figure.move.change)
    title = _("Penyebab perubahan %(figure)s") % {"figure": figure.label}
    wide, narrow = (waterfall_svg(bars, whole, title, frame) for frame in (WIDE_BARS, NARROW_BARS))
    word = next(word for word, code in PICTURED.items() if code == figure.move.code)
    path = reverse("what_moved_picture", args=[region, word])
    return MovedChart(figure, wide, narrow, f"{path}?{asked}")


def _bars(figure: MovedFigure, asked: str) -> Sequence[MovedBar]:
    """In the order of the steps, which their worth depends on."""
    steps = [step for step, _written in figure.steps]
    ranked = sorted(steps, key=lambda step: -abs(step.effect))
    shown = {id(step) for step in (ranked if len(ranked) <= _MOST + 1 else ranked[:_MOST])}
    bars = [_step_bar(figure, step, asked) for step in steps if id(step) in shown]
    rest = [step for step in steps if id(step) not in shown]
    if rest:
        words = _("%(count)s penyebab lainnya") % {"count": len(rest)}
        bars.append(_bar(figure, words, sum((step.effect for step in rest), Fraction(0))))
    return bars


def _step_bar(figure: MovedFigure, step: MoveStep, asked: str) -> MovedBar:
    href = f"{reverse('what_moved', args=[step.region])}?{asked}" if step.region else ""
    return _bar(figure, step.short or str(step.label), step.effect, href)


def _bar(figure: MovedFigure, label: str, effect: Fraction, href: str = "") -> MovedBar:
    return MovedBar(label, decimal_of(effect), figure.written(effect), href)
