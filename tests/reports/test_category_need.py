"""The page of the need: gaps and their cost by hand, sums only of what is known, and what is not is said."""

from datetime import date

import pytest
from django.urls import reverse

from participants.services.category_population import record_category_populations
from participants.services.headcount import record_headcounts
from regions.models import Region
from reports.selectors.category_need import get_category_need
from reports.services.recompute import recompute_stale
from tests.cast import KOTA_A, KOTA_B, PROVINCE
from tests.factories import CategoryPopulationFactory, EnrolmentFactory, HeadcountFactory, ParticipantFactory
from tests.table_files import told_in

pytestmark = pytest.mark.usefixtures("cast_once")

JULY = date(2025, 7, 1)
TODAY = date(2025, 9, 20)


def region(code=KOTA_A):
    return Region.objects.get(code=code)


@pytest.fixture
def told(cast, system):
    """Kota A: 1.593 of 4.000 Linmas in two sources, 40 of 30 kader, no street vendor of 500."""
    rows = [
        HeadcountFactory(people=1_500),
        HeadcountFactory(funding_id="apbd_provinsi", people=93),
        HeadcountFactory(category_id="kader", people=40),
        HeadcountFactory(category_id="nelayan", people=7),
        HeadcountFactory(month=date(2025, 6, 1), people=9),
    ]
    record_headcounts(rows, by=system)
    populations = [
        CategoryPopulationFactory(people=4_000),
        CategoryPopulationFactory(category_id="kader", people=30),
        CategoryPopulationFactory(category_id="pedagang_kaki_lima", year=2024, people=500),
    ]
    record_category_populations(populations, by=system)
    recompute_stale()
    return cast


def need(user, code=KOTA_A, today=TODAY):
    return get_category_need(user, region(code), today)


def said(row):
    return row.category.pk, row.population, row.covered, row.gap, row.monthly, row.to_december


def test_worst_first_with_the_cost_of_the_gap_for_a_month_and_to_december(told):
    found = need(told.wayan)
    assert [said(row) for row in found.rows] == [
        ("linmas", 4_000, 1_593, 2_407, 2_407 * 16_800, 2_407 * 16_800 * 4),
        ("pedagang_kaki_lima", 500, 0, 500, 500 * 16_800, 500 * 16_800 * 4),
        ("kader", 30, 40, 0, 0, 0),
        ("nelayan", None, 7, None, None, None),
    ]
    assert found.months == {KOTA_A: JULY}
    assert (found.gap, found.monthly) == (2_907, 48_837_600)
    assert "buruh_tani" in {one.pk for one in found.unknown}
    assert "pedagang_kaki_lima" not in {one.pk for one in found.unknown}


def test_penajam_paser_utara(cast, system):
    """15.000 people for twelve months at 16.800: Rp3.024.000.000."""
    record_category_populations([CategoryPopulationFactory(category_id="petani", people=15_000)], by=system)
    record_headcounts([HeadcountFactory(people=1)], by=system)
    recompute_stale()
    row = next(row for row in need(cast.wayan, today=date(2025, 1, 31)).rows if row.category.pk == "petani")
    assert (row.gap, row.to_december) == (15_000, 3_024_000_000)


def test_who_is_covered_is_not_guessed_where_no_category_was_reported(cast, system):
    record_category_populations([CategoryPopulationFactory()], by=system)
    (row,) = need(cast.wayan).rows
    assert said(row) == ("linmas", 4_000, None, None, None, None)


def test_a_wage_that_nobody_recorded_makes_no_price(told, system):
    rows = [CategoryPopulationFactory(category_id="non_asn", people=10)]
    record_category_populations(rows, by=system)
    row = next(row for row in need(told.wayan).rows if row.category.pk == "non_asn")
    assert (row.gap, row.prices, row.monthly) == (10, [], None)


def test_a_province_sums_what_is_known_and_says_of_how_many(told, system):
    places = Region.objects.filter(parent=PROVINCE).count()
    (linmas, *_rest) = need(told.admin, PROVINCE).rows
    assert said(linmas)[:4] == ("linmas", 4_000, 1_593, 2_407)
    assert (linmas.is_whole, len(linmas.counted), linmas.places) == (False, 1, places)
    own = CategoryPopulationFactory(region_id=PROVINCE, people=90_000)
    record_category_populations([own], by=system)
    row = next(row for row in need(told.admin, PROVINCE).rows if row.category.pk == "linmas")
    # Those covered are known of one regency alone: of all workers of the province that tells no gap.
    assert (row.population, row.gap) == (90_000, None)
    everywhere = [CategoryPopulationFactory(region_id=KOTA_B, people=100)]
    record_category_populations(everywhere, by=system)
    page = need(told.admin, PROVINCE)
    row = next(row for row in page.rows if row.category.pk == "linmas")
    assert (len(row.counted), row.gap) == ((2, 2_407) if places == 2 else (2, None))
    assert {place.region.pk: place.gap for place in page.places}[KOTA_B] is None


def test_a_leader_is_told_of_closed_months_only(told):
    assert need(told.ratna, PROVINCE).months == {}


def test_people_by_district_where_lists_tell_it(told, client_of, system):
    person = ParticipantFactory(entered_by=system, district_name="Cibeber")
    EnrolmentFactory(participant=person, entered_by=system)
    shown = client_of(told.wayan).get(reverse("category_need", args=[KOTA_A])).content.decode()
    assert "Cibeber" in shown
    assert person.name not in shown


def test_page_and_file_say_the_same(told, client_of):
    client = client_of(told.wayan)
    page = client.get(reverse("category_need", args=[KOTA_A])).content.decode()
    assert "2.407" in page
    assert "belum diketahui" in page
    linmas = told_in(client.get(f"{reverse('category_need', args=[KOTA_A])}?unduh=csv"))[0]
    assert (linmas["jumlah_pekerja"], linmas["terlindungi"], linmas["belum_terlindungi"]) == (
        *("4000", "1593", "2407"),
    )
    assert client_of(told.budi).get(reverse("category_need", args=[KOTA_A])).status_code == 404


def test_the_board_leads_to_it(told, client_of):
    address = reverse("category_need", args=[KOTA_A])
    board = client_of(told.wayan).get(reverse("region_tab", args=[KOTA_A, "kategori"])).content.decode()
    lines = client_of(told.wayan).get(f"{reverse('allocation_list')}?wilayah={KOTA_A}").content.decode()
    assert address in board
    assert address in lines
