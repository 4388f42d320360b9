"""What is missing to a target of a category: people asked for less those paid for, never below none."""

import json
from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from participants.models import CategoryTarget
from participants.pace import Need, Track
from participants.services.category_target import record_category_targets
from participants.services.headcount import record_headcounts
from regions.models import Region
from reports.measures.frozen import from_json, to_json
from reports.measures.quantities import Amount, CategoryShare
from reports.models import MeasureValue
from reports.selectors.boards.board import get_board
from reports.selectors.definitions.definition import coverage_definition_on
from reports.selectors.gathering.tree import gather
from reports.services.recompute import recompute_stale
from reports.value_words import explain_url
from tests.cast import KOTA_A, KOTA_B, PROVINCE
from tests.factories import CategoryTargetFactory, HeadcountFactory
from tests.house.test_query_budgets import queries_of
from tests.months import JULY, close
from tests.reports.test_recompute import current

pytestmark = pytest.mark.usefixtures("figures_once")


def missing(code=KOTA_A, category="linmas", target="daerah", period=JULY):
    value = current(code, "CAT-07", period, category=category, target=target)
    return value.numerator, value.denominator, value.reported, value.expected


def test_all_payers_together_against_each_frame(figures, cast):
    record_headcounts([HeadcountFactory(funding_id="csr", people=207)], by=cast.wayan)
    targets = [
        CategoryTargetFactory(people=2_000),
        CategoryTargetFactory(people=1_700, frame="rpjmd"),
        CategoryTargetFactory(people=1_800, frame="rkp"),
    ]
    record_category_targets(targets, by=cast.wayan)
    recompute_stale()
    # 1.593 by the city and 207 by companies.
    assert missing() == (200, 2_000, None, None)
    assert missing(target="rpjmd") == (0, 1_700, None, None)
    assert missing(target="rkp") == (0, 1_800, None, None)


def test_a_category_of_which_nothing_is_told_is_unknown_not_missing_whole(figures, cast):
    record_category_targets([CategoryTargetFactory(category_id="nelayan")], by=cast.wayan)
    recompute_stale()
    assert not MeasureValue.objects.filter(measure="CAT-07").exists()
    board = get_board(cast.wayan, Region.objects.get(code=KOTA_A), JULY)
    assert [(r.target.category, r.people, r.value, r.need) for r in board.category_targets] == [
        ("nelayan", 2_000, None, None)
    ]


def test_a_province_stands_by_its_own_target_and_counts_its_regencies(figures, cast):
    record_category_targets([CategoryTargetFactory(), CategoryTargetFactory(region_id=KOTA_B)], by=cast.admin)
    recompute_stale()
    above = MeasureValue.objects.filter(measure="CAT-07", run__region__in=[PROVINCE, "ID"])
    assert not above.exists()
    record_category_targets([CategoryTargetFactory(region_id=PROVINCE, people=5_000)], by=cast.admin)
    recompute_stale()
    assert missing(PROVINCE) == (5_000 - 2 * 1_593, 5_000, 2, 8)
    assert missing(KOTA_A) == (407, 2_000, None, None)
    assert not MeasureValue.objects.filter(measure="CAT-07", run__region="ID").exists()


def test_a_target_of_another_year_binds_no_month_of_this_one(figures, cast):
    others = [CategoryTargetFactory(year=2024, people=900), CategoryTargetFactory(year=2026, people=3_000)]
    record_category_targets(others, by=cast.wayan)
    recompute_stale()
    assert not MeasureValue.objects.filter(measure="CAT-07", run__period=JULY).exists()
    record_category_targets([CategoryTargetFactory(year=2025)], by=cast.wayan)
    recompute_stale()
    assert missing() == (407, 2_000, None, None)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(people=st.lists(st.integers(0, 3_000), min_size=1, max_size=3), asked=st.integers(1, 6_000))
def test_missing_and_covered_make_the_target_whenever_it_is_not_reached(people, asked, figures, cast):
    rows = [
        HeadcountFactory(category_id="kader", funding_id=funding, people=count)
        for funding, count in zip(("apbd_kabkota", "csr", "apbn"), people, strict=False)
    ]
    record_headcounts(rows, by=cast.wayan, overwrite=True)
    target = CategoryTargetFactory(category_id="kader", people=asked)
    record_category_targets([target], by=cast.wayan, overwrite=True)
    recompute_stale()
    told = MeasureValue.objects.filter(
        run__region=KOTA_A, run__is_current=True, measure="CAT-01", category="kader"
    )
    covered = sum(told.values_list("numerator", flat=True))
    short, whole, *_ = missing(category="kader")
    assert whole == CategoryTarget.objects.get().people == asked
    assert short >= 0
    assert short == 0 if covered >= asked else short + covered == asked


def test_the_board_says_what_each_month_must_bring(figures, cast, client_of):
    year_ago = HeadcountFactory(month=date(2024, 7, 1), as_of=date(2024, 7, 31), people=993)
    record_headcounts([year_ago], by=cast.wayan)
    rows = [CategoryTargetFactory(), CategoryTargetFactory(people=1_800, frame="rpjmd")]
    record_category_targets(rows, by=cast.wayan)
    recompute_stale()
    board = get_board(cast.wayan, Region.objects.get(code=KOTA_A), JULY)
    # 600 more in twelve months are 50 a month: 250 until December.
    assert [(row.target.label, row.covered, row.need) for row in board.category_targets] == [
        ("Target daerah 2025", 1_593, Need(2_000, 407, 5, 82, 50, 1_843, Track.OFF)),
        ("RPJMD 2025", 1_593, Need(1_800, 207, 5, 42, 50, 1_843, Track.ON)),
    ]
    page = client_of(cast.wayan).get(f"/wilayah/{KOTA_A}/semua/?periode=2025-07").content.decode()
    for words in ("Target per kategori", "407", "82", "diperkirakan tidak tercapai", "diperkirakan tercapai"):
        assert words in page
    assert explain_url(board.category_targets[0].value).replace("&", "&amp;") in page


def test_a_figure_leads_to_the_rows_it_is_made_of(figures, cast, client_of):
    other = [HeadcountFactory(category_id="kader", people=77)]
    record_headcounts(other, by=cast.wayan)
    row = record_category_targets([CategoryTargetFactory()], by=cast.wayan).created[0]
    recompute_stale()
    value = current(KOTA_A, "CAT-07", category="linmas", target="daerah")
    response = client_of(cast.wayan).get(explain_url(value))
    explained = response.context["explanation"]
    assert [(part.measure, part.category, part.numerator) for part in explained.parts] == [
        ("CAT-01", "linmas", 1_593)
    ]
    assert [(one.fact.pk, one.amount) for one in explained.sections[0].rows] == [(row.pk, 2_000)]
    assert [section.total for section in explained.sections] == [2_000, 1_593]
    shown = response.content.decode()
    assert "Target daerah 2025: 2.000 orang (Kota Cilegon), iuran ditanggung untuk 1.593" in shown
    assert f"/target/kategori/{row.pk}/koreksi/" in shown
    assert client_of(cast.budi).get(explain_url(value)).status_code == 404


def test_the_command_tells_category_and_frame(figures, cast):
    record_category_targets([CategoryTargetFactory()], by=cast.wayan)
    recompute_stale()
    printed = StringIO()
    call_command("measures", region=KOTA_A, period="2025-07", json=True, stdout=printed)
    rows = [row for row in json.loads(printed.getvalue())["values"] if row["code"] == "CAT-07"]
    assert [(r["category"], r["target"], r["numerator"], r["denominator"]) for r in rows] == [
        ("linmas", "daerah", 407, 2_000)
    ]


def test_a_closed_month_keeps_what_was_missing(figures, cast):
    record_category_targets([CategoryTargetFactory()], by=cast.wayan)
    recompute_stale()
    close(cast)
    recompute_stale()
    row = CategoryTargetFactory(people=9_000)
    record_category_targets([row], by=cast.wayan, overwrite=True)
    recompute_stale()
    assert missing() == (407, 2_000, None, None)


def test_shares_survive_json(figures, cast):
    record_category_targets([CategoryTargetFactory()], by=cast.wayan)
    quantities = gather([(KOTA_A, JULY)], {JULY: coverage_definition_on(JULY)})[KOTA_A, JULY]
    words = "Target daerah 2025: 2.000 orang (Kota Cilegon), iuran ditanggung untuk 1.593"
    expected = {("linmas", "daerah"): CategoryShare(2_000, Amount(1_593), words)}
    assert quantities.category_targets == expected
    assert from_json(json.loads(json.dumps(to_json(quantities)))) == quantities


@pytest.mark.parametrize(
    "address", [f"/wilayah/{KOTA_A}/kategori/?periode=2025-07", f"/target/{KOTA_A}/", "/target/"]
)
def test_many_targets_ask_no_more_than_one(figures, cast, client_of, address):
    record_category_targets([CategoryTargetFactory()], by=cast.wayan)
    recompute_stale()
    client = client_of(cast.wayan)
    few = queries_of(client, address)
    more = [
        CategoryTargetFactory(category_id=category, frame=frame)
        for category in ("kader", "nelayan", "petani", "rt_rw")
        for frame in ("daerah", "rpjmd", "rkp")
    ]
    record_category_targets(more, by=cast.wayan)
    headcounts = [HeadcountFactory(category_id=category) for category in ("kader", "nelayan", "petani")]
    record_headcounts(headcounts, by=cast.wayan)
    recompute_stale()
    assert queries_of(client, address) == few <= 12
