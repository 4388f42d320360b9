"""Small lines: gaps stay gaps, and what hardly moved does not look like a climb."""

from datetime import date
from decimal import Decimal

from participants.services.membership_count import record_membership_counts
from participants.services.workforce import record_workforces
from regions.models import Region
from reports.drawing.sparkline import HIGH, strokes
from reports.selectors.boards.rank import rank_below, trend_months
from reports.services.recompute import recompute_stale
from tests.cast import KOTA_A, PROVINCE
from tests.factories import MembershipCountFactory, WorkforceFactory

MONTHS = [date(2025, month, 1) for month in range(1, 6)]


def heights(stroke):
    return [float(point.split(",")[1]) for point in stroke.split()]


def test_a_month_that_is_not_known_breaks_the_line():
    rates = {month: Decimal(40 + at) for at, month in enumerate(MONTHS) if at != 2}
    first, second = strokes(rates, MONTHS)
    assert (len(first.split()), len(second.split())) == (2, 2)
    assert heights(first)[0] > heights(second)[-1]
    assert strokes({}, MONTHS) == []


def test_a_year_that_hardly_moved_is_nearly_level_and_a_fall_falls():
    level = heights(
        strokes({month: Decimal(40) + Decimal(at) / 10 for at, month in enumerate(MONTHS)}, MONTHS)[0]
    )
    assert max(level) - min(level) < HIGH / 8
    fall = heights(strokes({month: Decimal(60 - 10 * at) for at, month in enumerate(MONTHS)}, MONTHS)[0])
    assert fall == sorted(fall) and fall[-1] - fall[0] == HIGH - 4


def test_the_year_of_a_region_comes_with_its_rank(cast, system):
    record_workforces([WorkforceFactory(region_id=KOTA_A, workers=1_000)], by=system)
    told = ((date(2025, 3, 1), 400), (date(2025, 7, 1), 500))
    counts = [MembershipCountFactory(region_id=KOTA_A, month=month, members=n) for month, n in told]
    record_membership_counts(counts, by=system)
    recompute_stale()
    rows = rank_below(cast.dewi, Region.objects.get(pk=PROVINCE), date(2025, 7, 1))
    (row,) = [row for row in rows if row.region.code == KOTA_A]
    assert row.rates == {date(2025, 3, 1): Decimal("40.00"), date(2025, 7, 1): Decimal("50.00")}
    assert all(not other.rates for other in rows if other is not row)
    months = trend_months(date(2025, 7, 1))
    assert (months[0], months[-1], len(months)) == (date(2024, 7, 1), date(2025, 7, 1), 13)
    assert len(strokes(row.rates, months)) == 2
