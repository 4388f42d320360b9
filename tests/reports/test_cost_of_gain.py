"""What a newly covered worker and a point of UCJ cost: compared with December of the year before."""

from datetime import date
from decimal import Decimal

import pytest

from budgets.services.allocation import record_allocations
from budgets.services.realisation import record_realisations
from participants.models import MembershipCount, Workforce
from participants.services.membership_count import correct_membership_count, record_membership_counts
from participants.services.workforce import correct_workforce, record_workforces
from reports.measures.frozen import from_json, to_json
from reports.measures.gain import cost_per_point, cost_per_worker
from reports.measures.quantities import Amount, CoveragePair, Quantities
from reports.measures.result import MeasureResult
from reports.models import MeasureValue
from reports.selectors.explanation import explain_value
from reports.services.recompute import recompute_stale
from reports.value_words import denominator_text, line_note, value_text
from tests.cast import KOTA_A
from tests.factories import (
    AllocationFactory,
    MembershipCountFactory,
    RealisationFactory,
    WorkforceFactory,
)
from tests.months import close
from tests.pages import page_of

DECEMBER, JULY = date(2024, 12, 1), date(2025, 7, 1)
CODES = ("BUD-09", "BUD-10")


@pytest.fixture
def spent(cast, system):
    """Kota A grew from 40,000 to 42,000 of 80,000 and paid 26,762,400 rupiah."""
    workforces = [WorkforceFactory(year=year, workers=80_000) for year in (2024, 2025)]
    record_workforces(workforces, by=system)
    record_membership_counts(
        [
            MembershipCountFactory(month=DECEMBER, members=40_000),
            MembershipCountFactory(month=JULY, members=42_000),
        ],
        by=system,
    )
    (line,) = record_allocations([AllocationFactory()], by=cast.wayan).created
    paid = {"paid_amount": 26_762_400, "paid_on": date(2025, 7, 9)}
    record_realisations([RealisationFactory(allocation=line, **paid)], by=cast.wayan)
    recompute_stale()


def stored(code=KOTA_A, period=JULY):
    rows = MeasureValue.objects.filter(run__is_current=True, run__region=code, run__period=period)
    return {value.measure: value for value in rows.filter(measure__in=CODES).select_related("run__region")}


def test_the_figures_are_what_was_paid_by_what_was_gained(spent):
    worker, point = (stored()[code] for code in CODES)
    assert (worker.numerator, worker.denominator) == (26_762_400, 2_000)
    # 52.50 less 50.00 percent, in hundredths.
    assert (point.numerator, point.denominator) == (26_762_400, 250)
    assert (value_text(worker), value_text(point)) == ("Rp13.381", "Rp10.704.960")
    assert (denominator_text(worker), denominator_text(point)) == (
        "2.000 orang",
        "2,50\u00a0poin persentase",
    )
    assert line_note(worker) == "peserta aktif bertambah 2.000 orang sejak Desember 2024"
    assert line_note(point) == "UCJ naik 2,50\u00a0poin persentase sejak Desember 2024"


def test_the_board_shows_them_and_each_explains_itself(spent, cast, client_of):
    client = client_of(cast.wayan)
    board = page_of(client.get(f"/wilayah/{KOTA_A}/semua/?periode=2025-07"))
    assert f'<a href="/angka/{KOTA_A}/2025-07/BUD-09/">Rp13.381</a>' in board
    assert f'<a href="/angka/{KOTA_A}/2025-07/BUD-10/">Rp10.704.960</a>' in board
    page = explain_value(cast.wayan, stored()["BUD-09"])
    assert [(part.measure, part.run.period, part.numerator) for part in page.parts] == [
        ("BUD-02", JULY, 26_762_400),
        ("COV-01", JULY, 42_000),
        ("COV-01", DECEMBER, 40_000),
    ]
    text = page_of(client.get(f"/angka/{KOTA_A}/2025-07/BUD-09/"))
    assert "Rp26.762.400 ÷ 2.000 orang =" in text
    assert "Desember 2024" in text


def test_a_correction_of_december_reaches_the_months_that_are_compared_with_it(spent, cast):
    row = MembershipCount.objects.get(region_id=KOTA_A, month=DECEMBER)
    correct_membership_count(
        pk=row.pk, revision=row.revision, by=cast.wayan, reason="salah", new={"members": 41_000}
    )
    recompute_stale()
    assert [value.denominator for value in stored().values()] == [1_000, 125]
    # Above it too: of the province only this city is known.
    assert [value.denominator for value in stored("36").values()] == [1_000, 125]


def test_a_closed_december_counts_as_it_was_closed(spent, cast):
    close(cast, month=DECEMBER)
    recompute_stale()
    row = Workforce.objects.get(region_id=KOTA_A, year=2024)
    correct_workforce(
        pk=row.pk, revision=row.revision, by=cast.wayan, reason="rilis baru", new={"workers": 160_000}
    )
    recompute_stale()
    assert [value.denominator for value in stored().values()] == [2_000, 250]


def quantities(before, now, **more):
    pairs = [
        None if one is None else CoveragePair(Amount(one[0], *one[2:]), Amount(one[1]), "")
        for one in (before, now)
    ]
    paid = {("linmas", "apbd_kabkota"): Amount(1_000)}
    return Quantities(**{"year_end": pairs[0], "coverage": pairs[1], "realised": paid, **more})


@pytest.mark.parametrize(
    ("q", "worker", "point"),
    [
        (quantities((10, 100), (20, 100)), 10, 1000),
        # Nothing gained, nothing said.
        (quantities((20, 100), (20, 100)), None, None),
        (quantities((20, 100), (10, 100)), None, None),
        # More members of still more workers: workers were gained, points were lost.
        (quantities((20, 100), (30, 200)), 10, None),
        (quantities((20, 200), (20, 100)), None, 1000),
        # Other regions reported than a year ago.
        (quantities((10, 100, 3, 8), (20, 100, 4, 8)), None, None),
        (quantities((10, 100, 3, 8), (20, 100, 3, 8)), 10, 1000),
        (quantities(None, (20, 100)), None, None),
        (quantities((10, 100), None), None, None),
        (quantities((10, 100), (20, 100), realised={}), None, None),
        (quantities((0, 0), (20, 100)), 20, None),
    ],
)
def test_what_is_not_comparable_has_no_cost(q, worker, point):
    def told(denominator):
        return [] if denominator is None else [MeasureResult(1_000, denominator)]

    assert list(cost_per_worker(q)) == told(worker)
    assert list(cost_per_point(q)) == told(point)


def test_december_is_kept_with_a_closed_month():
    q = quantities((10, 100, 3, 8), (20, 100))
    assert from_json(to_json(q)) == q


def test_the_rate_is_the_hundredfold_of_the_quotient(spent):
    assert [value.rate for value in stored().values()] == [Decimal("1338120.00"), Decimal("10704960.00")]
