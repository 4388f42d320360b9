"""One axis for all pictures, the points that are named, and room for their words."""

import re
from datetime import date
from decimal import Decimal
from itertools import combinations

import pytest

from regions.month import add_months
from reports.drawing.axis import axis_of
from reports.drawing.bars import NamedBar, bars_svg
from reports.drawing.charts import TargetLine, Trend, TrendPoint, Turning, turning_texts
from reports.drawing.labels import Plot, fitting
from reports.drawing.waterfall import MovedBar, waterfall_svg

FIRST = date(2024, 1, 1)


@pytest.mark.parametrize(
    ("values", "low", "high", "step"),
    [
        ([43.49, 55], 0, 60, 10),
        ([99], 0, 100, 20),
        ([153], 0, 200, 50),
        ([0.8], 0, Decimal("0.8"), "0.2"),
        ([4], 0, 4, 1),
        ([], 0, 1, "0.2"),
        ([0], 0, 1, "0.2"),
        ([None, 12], 0, 12, 2),
        ([-3, 8], -4, 8, 2),
        ([-30], -30, 0, 5),
        ([118_604_000, 103_500_000], 0, 120_000_000, 20_000_000),
        ([1_052_000_000_000], 0, 1_200_000_000_000, 200_000_000_000),
    ],
)
def test_every_axis_holds_nought_and_ends_at_a_round_number(values, low, high, step):
    axis = axis_of(Decimal(str(one)) if one is not None else None for one in values)
    assert (axis.low, axis.high, axis.step) == (low, high, Decimal(step))
    assert Decimal(0) in axis.ticks
    assert len(axis.ticks) <= 8
    assert (axis.share(axis.low), axis.share(axis.high)) == (0, 1)


def trend_of(*rates, opened=(), target=None):
    """Months from January 2024 on; None is a month that nobody knows."""
    points, before = [], None
    for at, rate in enumerate(rates):
        exact = None if rate is None else Decimal(str(rate))
        if exact is not None:
            change = None if before is None else exact - before
            points.append(TrendPoint(add_months(FIRST, at), exact, "/x/", at in opened, change))
        before = exact
    return Trend(points, TargetLine("Target daerah 2025", Decimal(target)) if target else None)


def named(trend):
    return {turning: point.period.month for turning, point in trend.turnings()}


def test_the_newest_the_highest_the_lowest_and_the_month_that_moved_most_are_named():
    assert named(trend_of(40, 41, 42, 30, 31, 32, 33)) == {
        Turning.NEWEST: 7,
        Turning.HIGHEST: 3,
        Turning.LOWEST: 4,
    }
    assert named(trend_of(20, 21, 28, 29, 30, 31, 30.5)) == {
        Turning.NEWEST: 7,
        Turning.HIGHEST: 6,
        Turning.LOWEST: 1,
        Turning.MOVED_MOST: 3,
    }
    assert named(trend_of(40, 40, 40)) == {Turning.NEWEST: 3}
    # Steps that are all alike, and small ones, are no turning point.
    assert named(trend_of(40, 42, 44, 46)) == {Turning.NEWEST: 4, Turning.LOWEST: 1}
    assert named(trend_of(40, 40, 40.9, 40.9)) == {Turning.NEWEST: 4, Turning.LOWEST: 1}


def test_a_jump_over_an_unknown_month_is_none():
    assert named(trend_of(20, 20.5, None, 30, 30.5, 30.2)) == {
        Turning.NEWEST: 6,
        Turning.HIGHEST: 5,
        Turning.LOWEST: 1,
    }


def test_words_of_turning_points_are_short_and_name_the_month():
    point = TrendPoint(date(2025, 7, 1), Decimal("43.49"), change=Decimal("-2.05"))
    assert [turning_texts(one, point)[0] for one in Turning] == [
        "43,49%",
        "tertinggi 43,49%, Jul 2025",
        "terendah 43,49%, Jul 2025",
        "−2,05\xa0poin persentase, Jul 2025",
    ]


def test_the_axis_reaches_up_to_the_target():
    assert trend_of(40, 41).axis.high == 50
    assert trend_of(40, 41, target=61).axis.high == 70


def test_words_are_placed_where_nothing_is_or_left_out():
    plot = Plot(200, 100)
    plot.draw([(0, 50), (200, 50)])
    placed = [plot.place(["tertinggi 43,49%", "43,49%"], (100, 50), 14) for _time in range(8)]
    found = [words for words in placed if words]
    assert 2 <= len(found) < 8
    assert {words.text for words in found} <= {"tertinggi 43,49%", "43,49%"}
    for words in found:
        left, top, right, bottom = words.box
        assert left >= 0 and top >= 0 and right <= 200 and bottom <= 100
        assert not top <= 50 <= bottom
    for one, other in combinations(found, 2):
        apart = one.box[2] <= other.box[0] or other.box[2] <= one.box[0]
        assert apart or one.box[3] <= other.box[1] or other.box[3] <= one.box[1]


def test_a_bar_carries_its_name_and_number_and_begins_at_nought():
    bars = [NamedBar("RT/RW", 1_528, "1.528", "/x/"), NamedBar("Kader", 764, "764", "/y/")]
    drawn = bars_svg(bars, "Orang per kategori")
    assert 'aria-label="RT/RW: 1.528"' in drawn and 'xlink:href="/y/"' in drawn
    assert bars_svg(bars[:1], "Orang per kategori") == ""
    assert fitting("Pekerja Migran Indonesia", 60, 13) == "Pekerja…"
    assert fitting("Kader", 60, 13) == "Kader"


def heights_of(svg, label):
    """Left and right of the bar that speaks these words."""
    path = re.search(rf'<path aria-label="{re.escape(label)}"[^>]*d="M([\d.]+),[\d.]+h(-?[\d.]+)', svg)
    left, wide = float(path.group(1)), float(path.group(2))
    return round(left), round(left + wide)


def test_a_waterfall_goes_on_where_the_step_before_it_ended():
    steps = [MovedBar("Masuk", Decimal(3), "+3"), MovedBar("Keluar", Decimal(-1), "−1", "/wilayah/36.72/")]
    svg = waterfall_svg(steps, MovedBar("Seluruh perubahan", Decimal(2), "+2"), "Penyebab")
    came, went, whole = (
        heights_of(svg, f"{one}") for one in ("Masuk: +3", "Keluar: −1", "Seluruh perubahan: +2")
    )
    assert came == (340, 760)
    assert went[1] == came[1] and went[0] == 340 + round(420 * 2 / 3)
    assert whole == (340, went[0])
    assert svg.count("xlink:href") == 1 and 'xlink:href="/wilayah/36.72/"' in svg
    assert waterfall_svg(steps[:1], steps[0], "Penyebab") == ""


def test_a_fall_below_nought_has_nought_inside_the_drawing():
    steps = [MovedBar("Keluar", Decimal(-4), "−4"), MovedBar("Masuk", Decimal(2), "+2")]
    svg = waterfall_svg(steps, MovedBar("Seluruh perubahan", Decimal(-2), "−2"), "Penyebab")
    assert heights_of(svg, "Keluar: −4") == (340, 760)
    assert heights_of(svg, "Seluruh perubahan: −2") == (550, 760)
