"""The register of construction projects, what it would bring, and the forms of a project and of a count."""

from datetime import date

import pytest
from django.urls import reverse

from budgets.models import ConstructionProject, ProjectCount
from budgets.selectors.project_register import (
    ProjectFilters,
    list_projects,
    potential_of,
    price_of_contract,
    project_offices,
    project_sums,
)
from budgets.services.construction_project import record_projects
from regions.models import Act
from tests.budgets.construction_projects import DONE, JULY, JUNE
from tests.cast import KOTA_A, KOTA_B
from tests.factories import ConstructionProjectFactory
from tests.table_files import told_in

pytestmark = pytest.mark.usefixtures("cast_once")


def test_the_register_is_filtered_summed_and_kept_in_its_place(cast, client_of):
    record_projects(
        [
            ConstructionProjectFactory(contractor="CV Uji Karya"),
            ConstructionProjectFactory(
                package_code="2", package_name="Gedung Uji", office="Dinas B", contribution=9_000, **DONE
            ),
            ConstructionProjectFactory(package_code="", package_name="Pasar Uji", contract_value=None),
            ConstructionProjectFactory(
                package_code="4", package_name="Lama", year=2024, first_month=date(2024, 2, 1)
            ),
            ConstructionProjectFactory(region_id=KOTA_B, package_name="Jalan Tetangga", package_code="9"),
        ],
        by=cast.admin,
    )

    def names(user=cast.siti, code="", year=2025, **asked):
        rows = list_projects(user, year=year, region_code=code, filters=ProjectFilters(**asked))
        return [row.package_name for row in rows]

    assert names() == ["Gedung Uji", "Pasar Uji", "Peningkatan Jalan Uji"]
    assert names(cast.admin) == [*names(), "Jalan Tetangga"]
    assert names(cast.admin, KOTA_B) == ["Jalan Tetangga"]
    assert names(year=2024) == ["Lama"]
    assert names(standing="registered") == names(office="Dinas B") == ["Gedung Uji"]
    assert names(words="karya 501") == ["Peningkatan Jalan Uji"]
    assert names(cast.dewi) == names(cast.ratna) == []
    assert project_offices(cast.siti, year=2025) == ["Dinas B", "Dinas PU Uji"]
    sums = project_sums(list_projects(cast.siti, year=2025))
    assert sums == {
        **{"projects": 3, "registered": 1, "value": 2_000_000_000, "registered_value": 1_000_000_000},
        "contribution": 9_000,
    }
    shown = client_of(cast.siti).get(reverse("construction_project_list")).content.decode()
    assert all(name in shown for name in ("Pasar Uji", "Rp2.000.000.000", "CV Uji Karya", "Rp1.750.000"))
    assert "Jalan Tetangga" not in shown
    assert "Lama" not in shown
    only = client_of(cast.siti).get(reverse("construction_project_list") + "?status=none&tahun=2024").content
    assert b"Lama" in only
    assert b"Pasar Uji" not in only
    asked = "?opd=Dinas+B&tahun=2025&unduh=csv"
    (row,) = told_in(client_of(cast.siti).get(reverse("construction_project_list") + asked))
    assert list(row.values())[3:9] == ["2025", "2", "Gedung Uji", "Dinas B", "2025-03", ""]
    noted = Act.objects.get(verb="exported")
    assert (noted.region_code, noted.detail) == (KOTA_A, {"rows": 1})


def test_what_unregistered_projects_would_bring_is_the_law_on_each(cast):
    """One billion: 1,540,000 of JKK and 210,000 of JKM, by the tiers of Permenaker."""
    rows = [
        ConstructionProjectFactory(),
        ConstructionProjectFactory(package_code="2", package_name="B"),
        ConstructionProjectFactory(package_code="3", package_name="C", contract_value=100_000_000),
        ConstructionProjectFactory(package_code="4", package_name="D", contract_value=None),
        ConstructionProjectFactory(package_code="5", package_name="E", **DONE),
    ]
    record_projects(rows, by=cast.wayan)
    found = potential_of(list_projects(cast.siti, year=2025))
    assert (found.rupiah, found.projects, found.unpriced) == (2 * 1_750_000 + 240_000, 3, 1)
    law = price_of_contract(1_000_000_000, JULY).parts[0].law
    assert [one for one, _address in found.laws] == [law]
    assert price_of_contract(0, JULY) is None
    nothing = potential_of(list_projects(cast.siti, year=2024))
    assert (nothing.rupiah, nothing.projects, nothing.laws) == (0, 0, ())


def test_a_form_prices_records_and_corrects(cast, client_of):
    form = {"region": KOTA_A, "year": "2025", "package_name": "Jalan  Uji", "jakon_status": "none"}
    form |= {"first_month": "2025-03", "contract_value": "Rp1.000.000.000"}
    wayan = client_of(cast.wayan)
    page = reverse("construction_project_record")
    assert "Rp1.750.000" not in wayan.get(page).content.decode()
    priced = wayan.post(page, {**form, "hitung": "ya"})
    assert priced.status_code == 200
    shown = priced.content.decode()
    assert "Rp1.750.000" in shown
    assert "Jalan  Uji" in shown
    assert not ConstructionProject.objects.exists()
    form |= {"source": "Surat 1", "as_of": "2025-07-31"}
    wrong = wayan.post(page, {**form, "registration_number": "JK1"})
    assert wrong.status_code == 422
    assert "Yang belum terdaftar" in wrong.content.decode()
    assert wayan.post(page, form).status_code == 302
    row = ConstructionProject.objects.get()
    assert (row.package_name, row.contract_value, row.last_month) == ("Jalan Uji", 1_000_000_000, None)
    page = reverse("construction_project_correct", args=[row.pk])
    assert "Rp1.750.000" in wayan.get(page).content.decode()
    new = {**form, "jakon_status": "registered", "registration_number": "JK1", "last_month": "Juni 2025"}
    done = wayan.post(page, {**new, "reason": "menyusul", "revision": "1"})
    assert done.status_code == 302
    row.refresh_from_db()
    assert (row.is_registered, row.last_month, row.revision) == (True, JUNE, 2)
    assert client_of(cast.budi).get(page).status_code == 404


def test_a_form_of_a_count_records_and_corrects(cast, client_of):
    form = {"region": KOTA_A, "month": "2025-06", "packages": "60.656", "registered": "7.455"}
    form |= {"source": "Surat 1", "as_of": "2025-06-30"}
    wayan = client_of(cast.wayan)
    assert wayan.post(reverse("project_count_record"), form).status_code == 302
    row = ProjectCount.objects.get()
    assert (row.packages, row.registered, row.total_value) == (60_656, 7_455, None)
    page = reverse("project_count_correct", args=[row.pk])
    new = {**form, "registered": "60.657", "reason": "x", "revision": "1"}
    assert wayan.post(page, new).status_code == 422
    assert wayan.post(page, {**new, "registered": "7.456"}).status_code == 302
    row.refresh_from_db()
    assert (row.registered, row.revision) == (7_456, 2)
    for who in (cast.siti, cast.dewi, cast.lestari):
        shown = client_of(who).get(reverse("project_count_list") + "?periode=2025-06").content.decode()
        assert "7.456 / 60.656" in shown
    assert "7.456" not in client_of(cast.budi).get(reverse("project_count_list")).content.decode()
