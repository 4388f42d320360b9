from datetime import date

import pytest
from django.db import connection

from regions.enums import Level, RegionKind
from regions.models import Region
from regions.selectors.region import children_by_month, list_regions
from regions.services.region import load_regions


@pytest.mark.parametrize(
    ("day", "provinces"),
    [(date(2021, 3, 25), 34), (date(2022, 8, 1), 37), (date(2025, 12, 31), 38)],
)
def test_provinces_are_those_of_the_day_and_regencies_are_always_514(db, day, provinces):
    assert list_regions(Level.PROVINCE, day).count() == provinces
    assert list_regions(Level.REGENCY, day).count() == 514


def test_regencies_of_a_split_province_belong_to_the_old_one_before_and_the_new_one_after(db):
    before, after = children_by_month(["ID"], [date(2022, 1, 1), date(2023, 1, 1)]).values()
    assert "91.01" in before["91"] and "93.01" not in before.get("93", [])
    assert "93.01" in after["93"] and "91.01" not in after["91"]
    assert Region.objects.get(code="91.01").replaced_by_id == "93.01"


def test_a_name_that_is_both_is_shown_with_its_kind(db):
    assert Region.objects.get(code="32.16").label == "Kabupaten Bekasi"
    assert Region.objects.get(code="32.75").label == "Kota Bekasi"
    assert Region.objects.get(code="36").full_label == "Provinsi Banten"


def test_bps_codes_differ_from_kemendagri_codes_where_known(db):
    assert Region.objects.get(code="36.72").bps_code == "3672"
    assert Region.objects.get(code="31.74").bps_code == "3171"


def test_all_villages_load_and_loading_again_changes_nothing(db):
    assert load_regions() == 579 + 7277 + 83_763
    assert load_regions() == 0
    assert planned_rows() == pytest.approx(Region.objects.count(), rel=0.02)
    villages = Region.objects.filter(level=Level.VILLAGE)
    assert villages.count() == 83_763
    assert villages.get(code="36.72.01.1001").kind == RegionKind.KELURAHAN
    assert load_regions(force=True) == 579 + 7277 + 83_763
    assert Region.objects.count() == 579 + 7277 + 83_763


def planned_rows() -> float:
    """What the planner takes for the number of regions."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT reltuples FROM pg_class WHERE oid = 'regions_region'::regclass")
        return cursor.fetchone()[0]
