"""Persiapan: what is missing, read from the data, until all is there."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from participants.services.workforce import record_workforces
from regions.models import Assignment, MonthRule
from regions.month_steps import COMPLETE
from regions.roles import Role
from regions.services.reporting_month import move_month
from regions.services.user import assign_role
from reports.selectors.preparation import get_preparation
from tests.administrators import administrator
from tests.cast import KOTA_A, KOTA_B
from tests.factories import WorkforceFactory
from tests.pages import page_of

YEAR = localdate().year


@pytest.fixture
def arif(cast):
    return administrator("arif", KOTA_A)


def missing(user, code=""):
    return [step.title for step in get_preparation(user, code).steps if not step.is_done]


def test_a_place_without_anybody_lacks_everything_and_each_step_mends_one(
    cast, arif, system, settings, client_of
):
    settings.EMAIL_HOST, settings.PUBLIC_URL = "", "http://127.0.0.1:8000"
    Assignment.objects.exclude(user__in=[arif, system]).delete()
    office = cast.anton
    role = {"Operator": Role.OPERATOR, "Verifikator": Role.SUPERVISOR, "Kepala Cabang": Role.BRANCH_HEAD}
    expected = [
        *role,
        f"Jumlah pekerja (penyebut) {YEAR}",
        "Aturan bulan laporan",
        "Bulan pertama",
        "Alamat untuk umum",
        "Surel",
    ]
    assert missing(arif) == expected
    for title, user in zip(role, (cast.wayan, cast.siti, office), strict=True):
        assign_role(user=user, role=role[title], by=system, region_code=KOTA_A)
        expected.remove(title)
        assert missing(arif) == expected
    record_workforces([WorkforceFactory(region_id=KOTA_A, year=YEAR, is_official=True)], by=system)
    MonthRule.objects.create(region_id="36", first_month=date(2025, 1, 1), legal_source="uji")
    move_month(COMPLETE, region_code=KOTA_A, month=date(2025, 7, 1), by=cast.wayan)
    settings.EMAIL_HOST, settings.PUBLIC_URL = "surel.contoh.go.id", "https://jamsostek.contoh.go.id"
    assert missing(arif) == []
    assert "Semua sudah lengkap." in page_of(client_of(arif).get(reverse("preparation")))
    assert "langkah persiapan" not in page_of(client_of(arif).get("/"))


def test_the_landing_page_of_administrators_says_how_much_is_missing(cast, arif, client_of):
    count = len(missing(arif))
    assert f"Masih {count} langkah persiapan" in page_of(client_of(arif).get("/"))
    assert "langkah persiapan" not in page_of(client_of(cast.dewi).get("/"))


def test_every_link_of_a_missing_step_leads_to_a_page_that_opens(cast, arif, client_of):
    steps = get_preparation(arif).steps
    links = [step.url for step in steps if step.url]
    assert len(links) >= 5
    assert {client_of(arif).get(link).status_code for link in links} == {200}


def test_only_ones_own_places_are_asked_about(cast, arif, settings):
    assert [place.code for place in get_preparation(arif, KOTA_B).places] == [KOTA_A]
    assert get_preparation(arif, KOTA_B).region.code == KOTA_A
    settings.HOME_REGION = KOTA_B
    assert get_preparation(cast.admin).region.code == KOTA_B
    assert get_preparation(cast.admin, KOTA_A).region.code == KOTA_A
    assert get_preparation(arif).region.code == KOTA_A


def test_before_anybody_works_anywhere_the_first_step_is_to_invite(cast, system):
    Assignment.objects.exclude(user__in=[cast.admin, system]).delete()
    found = get_preparation(cast.admin)
    assert (found.region, found.steps[0].title, found.steps[0].url) == (
        None,
        "Wilayah kerja",
        reverse("user_invite"),
    )


def test_an_office_that_serves_part_of_the_place_counts(cast, arif):
    office = next(step for step in get_preparation(arif).steps if step.title.startswith("Kantor"))
    assert (office.is_done, office.text) == (True, "Cabang A")


def test_an_empty_nation_has_a_landing_page(cast, client_of):
    assert client_of(cast.admin).get("/").status_code == 200
