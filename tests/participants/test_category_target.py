"""Targets of people per category: entered beside the targets of coverage, each for its own region."""

from datetime import date

import pytest
from django.urls import reverse

from participants.models import CategoryTarget
from participants.pace import need_for, need_of
from participants.selectors.category_target import category_targets_in_force, list_category_targets
from participants.services.category_target import correct_category_target, record_category_targets
from regions.errors import FactRefused, MonthLocked, NotPermitted
from tests.cast import KOTA_A, KOTA_B, PROVINCE
from tests.factories import CategoryTargetFactory
from tests.months import close

pytestmark = pytest.mark.usefixtures("cast_once")

FORM = {
    "region": KOTA_A,
    "year": "2026",
    "frame": "daerah",
    "category": "nelayan",
    "people": "15.000",
    "source": "Perwal 12/2025",
    "as_of": "2025-08-01",
}


def test_typed_corrected_and_kept_in_history(cast, client_of):
    wayan = client_of(cast.wayan)
    response = wayan.post(reverse("category_target_record"), FORM)
    assert (response.status_code, response.url) == (302, f"/wilayah/{KOTA_A}/")
    row = CategoryTarget.objects.get()
    assert (row.region_id, row.year, row.frame, row.category_id, row.people) == (
        KOTA_A,
        2026,
        "daerah",
        "nelayan",
        15_000,
    )
    again = wayan.post(reverse("category_target_record"), {**FORM, "people": "16.000"})
    assert again.status_code == 422
    assert "Koreksi" in again.content.decode()
    corrected = {**FORM, "people": "14.500", "reason": "salah ketik", "revision": "1", "category": "petani"}
    wayan.post(reverse("category_target_correct", args=[row.pk]), corrected)
    row.refresh_from_db()
    assert (row.people, row.category_id, row.revision) == (14_500, "nelayan", 2)
    shown = wayan.get(reverse("category_target_correct", args=[row.pk])).content.decode()
    assert "nelayan daerah 2026: 15.000" in shown
    assert "salah ketik" in shown


@pytest.mark.parametrize("wrong", [{"people": "0"}, {"people": "x"}, {"year": "26"}, {"category": ""}])
def test_what_makes_no_sense_is_refused_at_its_field(cast, client_of, wrong):
    response = client_of(cast.wayan).post(reverse("category_target_record"), {**FORM, **wrong})
    assert response.status_code == 422
    assert set(response.context["form"].errors) == set(wrong)
    assert not CategoryTarget.objects.exists()


def test_no_more_people_than_there_are_workers(figures, cast):
    with pytest.raises(FactRefused, match="lebih dari seluruh pekerja"):
        record_category_targets([CategoryTargetFactory(people=174_898)], by=cast.wayan)
    record_category_targets([CategoryTargetFactory(people=174_897)], by=cast.wayan)


def test_only_for_regions_of_ones_own_and_with_the_permission(cast):
    with pytest.raises(FactRefused, match="di luar wewenang"):
        record_category_targets([CategoryTargetFactory()], by=cast.budi)
    row = record_category_targets([CategoryTargetFactory()], by=cast.wayan).created[0]
    with pytest.raises(NotPermitted):
        correct_category_target(pk=row.pk, revision=1, by=cast.ratna, reason="x", new={"people": 1})
    assert not list_category_targets(cast.budi).exists()
    assert list_category_targets(cast.ratna, region_code=PROVINCE).get() == row


def test_a_target_binds_no_locked_month(figures, cast):
    close(cast)
    try:
        record_category_targets([CategoryTargetFactory()], by=cast.wayan)
    except MonthLocked:
        pytest.fail("a target of a year is of no month")


def test_a_year_binds_its_own_region_alone(cast, system):
    rows = [
        CategoryTargetFactory(year=2024, people=1),
        CategoryTargetFactory(year=2026, people=3),
        CategoryTargetFactory(year=2025, people=2),
        CategoryTargetFactory(year=2027, frame="rpjmd", people=4),
        CategoryTargetFactory(region_id=PROVINCE, people=9),
    ]
    record_category_targets(rows, by=system)
    found = {
        code: {key: row.people for key, row in targets.items()}
        for code, targets in category_targets_in_force(date(2025, 7, 1)).items()
    }
    assert found == {
        KOTA_A: {("linmas", "daerah"): 2},
        PROVINCE: {("linmas", "daerah"): 9},
    }


def test_both_kinds_of_targets_stand_side_by_side(figures, cast, client_of):
    rows = [CategoryTargetFactory(people=2_345), CategoryTargetFactory(region_id=KOTA_B, people=6_789)]
    record_category_targets(rows, by=cast.admin)
    for address in (reverse("target_list"), reverse("target_page", args=[KOTA_A])):
        shown = client_of(cast.wayan).get(address).content.decode()
        assert "2.345" in shown
        assert "6.789" not in shown
        assert reverse("category_target_correct", args=[rows[0].pk]) in shown
        assert reverse("category_target_record") in shown
        seen = client_of(cast.ratna).get(address).content.decode()
        assert reverse("category_target_correct", args=[rows[0].pk]) not in seen
    assert "6.789" in client_of(cast.ratna).get(reverse("category_target_list")).content.decode()
    filtered = client_of(cast.ratna).get(f"{reverse('category_target_list')}?wilayah={KOTA_A}")
    assert [row.pk for row in filtered.context["page"]] == [rows[0].pk]


def test_people_asked_for_are_reckoned_like_a_share_of_workers():
    common = {"year": 2025, "members": 40, "newest": date(2025, 7, 1), "year_before": 30}
    by_share = need_of(percent=50, workers=100, **common)
    assert need_for(needed=50, **common) == by_share
