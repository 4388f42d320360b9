"""Employers and construction projects by a word: each once, for those who may read its register."""

from datetime import date

import pytest

from budgets.selectors.register_search import search_employers, search_projects
from budgets.services.construction_project import record_projects
from budgets.services.employer import record_employers
from tests.cast import KOTA_A, KOTA_B
from tests.factories import ConstructionProjectFactory, EmployerFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def registers(cast):
    """Of Kota A an employer of two months and two projects; of Kota B one of each, named alike."""
    for month in (5, 7):
        record_employers([EmployerFactory(name="Toko Maju", month=date(2025, month, 1))], by=cast.siti)
    record_employers([EmployerFactory(name="Maju Tetangga", region_id=KOTA_B)], by=cast.budi)
    names = ("Drainase Maju", "Gedung Maju")
    rows = [
        ConstructionProjectFactory(package_name=name, package_code=f"P-{place}", contractor="CV Bersama")
        for place, name in enumerate(names)
    ]
    record_projects(rows, by=cast.siti)
    neighbour = ConstructionProjectFactory(package_name="Jalan Maju", package_code="P-9", region_id=KOTA_B)
    record_projects([neighbour], by=cast.budi)


def employers(user, text):
    return [(row.region_id, row.name, row.month) for row in search_employers(user, text)]


def projects(user, text):
    return sorted((row.region_id, row.package_name) for row in search_projects(user, text))


def test_an_employer_stands_once_by_its_newest_report(registers, cast):
    assert employers(cast.siti, "maju") == [(KOTA_A, "Toko Maju", date(2025, 7, 1))]
    assert employers(cast.siti, "maju toko") == employers(cast.siti, "TOKO")
    assert [name for _code, name, _month in employers(cast.budi, "maju")] == ["Maju Tetangga"]


def test_projects_by_name_or_contractor(registers, cast):
    own = [(KOTA_A, "Drainase Maju"), (KOTA_A, "Gedung Maju")]
    assert projects(cast.siti, "maju") == projects(cast.siti, "bersama") == own
    assert projects(cast.siti, "gedung") == [(KOTA_A, "Gedung Maju")]
    assert projects(cast.budi, "maju") == [(KOTA_B, "Jalan Maju")]


@pytest.mark.parametrize("text", ["", "ma", "tidak ada"])
def test_too_short_or_unknown_finds_nothing(registers, cast, text):
    assert (employers(cast.siti, text), projects(cast.siti, text)) == ([], [])


@pytest.mark.parametrize("name", ["dewi", "ratna", "nobody"])
def test_who_sees_no_names_finds_none(registers, cast, name):
    user = getattr(cast, name)
    assert (employers(user, "maju"), projects(user, "maju")) == ([], [])
