"""The regions below one held against each other: dots, what is missing to targets, a year in small lines."""

import re
from datetime import date
from decimal import Decimal

import pytest

from participants.services.membership_count import record_membership_counts
from participants.services.target import record_targets
from participants.services.workforce import record_workforces
from regions.models import Region
from reports.drawing.axis import axis_of
from reports.drawing.small_line import small_line
from reports.selectors.boards.board import get_board
from reports.selectors.boards.rank import LEAST_RANKED, OwnTarget, half_of, rank_below
from reports.services.recompute import recompute_stale
from reports.views.below_pictures import below_pictures, rank_axis
from tests.cast import KOTA_A, KOTA_B, PROVINCE
from tests.factories import MembershipCountFactory, TargetFactory, WorkforceFactory

JULY = date(2025, 7, 1)
KABUPATEN = "36.01"
pytestmark = pytest.mark.django_db


@pytest.fixture
def regions(cast, system):
    """Two cities with targets, one far and one reached; a third place with hardly a worker."""
    workers = {KOTA_A: 1_000, KOTA_B: 2_000, KABUPATEN: LEAST_RANKED - 1}
    record_workforces([WorkforceFactory(region_id=code, workers=n) for code, n in workers.items()], by=system)
    record_workforces([WorkforceFactory(region_id=KOTA_A, year=2024, workers=1_000)], by=system)
    told = {
        (KOTA_A, date(2024, 7, 1)): 300,
        (KOTA_A, date(2025, 6, 1)): 380,
        (KOTA_A, JULY): 400,
        (KOTA_B, JULY): 1_300,
        (KABUPATEN, JULY): 49,
    }
    counts = [
        MembershipCountFactory(region_id=code, month=month, members=n) for (code, month), n in told.items()
    ]
    record_membership_counts(counts, by=system)
    targets = [
        TargetFactory(region_id=KOTA_A, year=2025, percent=Decimal(55)),
        TargetFactory(region_id=KOTA_A, year=2025, percent=Decimal(70), frame="rpjmd"),
        TargetFactory(region_id=KOTA_B, year=2025, percent=Decimal(60)),
    ]
    record_targets(targets, by=system)
    recompute_stale()


def rows_of(cast):
    return rank_below(cast.dewi, Region.objects.get(pk=PROVINCE), JULY)


def test_a_place_with_too_few_workers_has_none_in_the_rank(regions, cast):
    rows = rows_of(cast)
    assert [(row.region.code, row.place, row.rate) for row in rows if row.rate is not None] == [
        (KOTA_B, 1, Decimal("65.00")),
        (KOTA_A, 2, Decimal("40.00")),
        (KABUPATEN, None, Decimal("100.00")),
    ]
    board = get_board(cast.dewi, Region.objects.get(pk=PROVINCE), JULY)
    assert board.spread == Decimal("25.00")
    assert board.has_too_small


def test_a_row_knows_its_own_target_and_itself_a_year_ago(regions, cast):
    by_code = {row.region.code: row for row in rows_of(cast)}
    assert by_code[KOTA_A].target == OwnTarget("daerah", Decimal("55"), 150)
    assert by_code[KOTA_B].target == OwnTarget("daerah", Decimal("60"), -100)
    assert by_code[KABUPATEN].target is None
    assert [by_code[code].year_before for code in (KOTA_A, KOTA_B)] == [Decimal("30.00"), None]
    assert by_code[KOTA_A].open_months == {date(2024, 7, 1), date(2025, 6, 1), JULY}


def test_gaps_are_sorted_and_lead_to_their_explanation(regions, cast, client_of):
    board = get_board(cast.dewi, Region.objects.get(pk=PROVINCE), JULY)
    shown = below_pictures(board)
    assert [(gap.row.region.code, gap.people) for gap in shown.gaps] == [(KOTA_A, 150)]
    assert (shown.with_target, shown.half) == (2, 1)
    assert (shown.gap_axis.high, rank_axis(board).high) == (150, 100)
    client = client_of(cast.dewi)
    page = client.get(f"/wilayah/{PROVINCE}/antarwilayah/?periode=2025-07").content.decode()
    assert "1 dari 2 wilayah yang mempunyai target belum mencapainya" in " ".join(page.split())
    assert 'width="100.00%"' in page
    (link,) = re.findall(r'href="(/angka/[^"]*COV-04[^"]*)"', page)
    assert client.get(link.replace("&amp;", "&")).status_code == 200


def test_without_targets_the_unprotected_are_shown(regions, cast, client_of):
    page = client_of(cast.dewi).get("/wilayah/ID/antarwilayah/?periode=2025-07").content.decode()
    assert "Orang yang belum terlindungi di setiap wilayah" in page
    assert re.findall(r'href="(/angka/36/2025-07/COV-03/)">([\d.]+)<', page) == [
        ("/angka/36/2025-07/COV-03/", "1.300")
    ]


def test_the_file_tells_what_is_drawn(regions, cast, client_of):
    content = client_of(cast.dewi).get(f"/wilayah/{PROVINCE}/antarwilayah.csv?periode=2025-07").content
    lines = [line.split(";") for line in content.decode("utf-8-sig").split("\r\n")[1:-1]]
    nothing = [""] * 5
    assert [line[2:12] for line in lines if line[0] == KOTA_A] == [
        ["2024-07", "COV-01", *nothing, "", "", "30,00"],
        ["2025-06", "COV-01", *nothing, "", "", "38,00"],
        ["2025-07", "COV-01", *nothing, "", "", "40,00"],
        ["2025-07", "COV-04", "", "", "", "daerah", "", "150", "", ""],
    ]
    assert {len(line) for line in lines} == {15}


def test_a_regency_has_no_regions_to_compare(regions, cast, client_of):
    client = client_of(cast.wayan)
    assert client.get(f"/wilayah/{KOTA_A}/antarwilayah/?periode=2025-07").status_code == 404
    assert "antarwilayah" not in client.get(f"/wilayah/{KOTA_A}/?periode=2025-07").content.decode()


@pytest.mark.parametrize(("people", "half"), [([], 0), ([10], 1), ([6, 4], 1), ([5, 4, 3], 2), ([1] * 8, 4)])
def test_how_few_make_up_half(people, half):
    assert half_of(people) == half


def test_a_small_line_has_gaps_and_dashes_where_months_are_open():
    months = [date(2025, month, 1) for month in range(1, 8)]
    rates = {month: Decimal(10 * at) for at, month in enumerate(months, start=1) if at != 5}
    line = small_line(rates, {months[2], months[3], months[6]}, months, axis_of(rates.values()))
    assert [len(part.split()) for part in line.closed] == [2]
    assert [len(part.split()) for part in line.open] == [3, 2]
    assert (line.alone, line.is_open) == ((), True)
    alone = small_line({months[0]: Decimal(1)}, (), months, axis_of([1]))
    assert (alone.closed, alone.open, len(alone.alone), alone.is_open) == ((), (), 1, False)
    assert small_line({}, (), months, axis_of([])).newest is None
