"""Construction projects: the rules of the field, what counts until when, and who sees them."""

from datetime import date

import pytest

from budgets.models import ConstructionProject, ProjectCount
from budgets.selectors.construction_project import count_in_force, explain_projects, sum_projects
from budgets.services.construction_project import CONSTRUCTION_PROJECTS, correct_project, record_projects
from budgets.services.project_count import correct_project_count, record_project_counts
from regions.errors import FactRefused, OutsideScope
from regions.models import Act
from regions.region_months import RegionMonths
from tests.budgets.construction_projects import DONE, JULY, JUNE
from tests.cast import KOTA_A, KOTA_B
from tests.factories import ConstructionProjectFactory, ProjectCountFactory
from tests.months import close

pytestmark = pytest.mark.usefixtures("cast_once")


def refusals(row, by, record=record_projects):
    with pytest.raises(FactRefused) as refused:
        record([row], by=by)
    return [(one.field, one.message) for one in refused.value.problems]


@pytest.mark.parametrize(
    ("columns", "field", "words"),
    [
        ({"package_name": " "}, "package_name", "Isi nama paket"),
        ({"package_code": "3672010704650001"}, "package_code", "Ini NIK, bukan kode paket"),
        ({"package_code": "A" * 21}, "package_code", "paling banyak 20 huruf dan angka"),
        ({"contract_value": 0}, "contract_value", "lebih dari nol"),
        ({"contract_value": -5}, "contract_value", "lebih dari nol"),
        ({"year": 2013, "first_month": date(2013, 3, 1)}, "year", "mulai Januari 2014"),
        ({"year": 2099}, "year", "masih jauh"),
        ({"first_month": date(2026, 1, 1)}, "first_month", "sesudah tahun anggarannya"),
        ({"first_month": date(2013, 1, 1)}, "first_month", "mulai Januari 2014"),
        ({"last_month": date(2025, 2, 1)}, "last_month", "selesai sebelum mulai"),
        (
            {"first_month": date(2024, 3, 1), "last_month": date(2024, 9, 1)},
            "last_month",
            "selesai sebelum tahun anggarannya",
        ),
        ({"registration_number": "JK1"}, "registration_number", "Yang belum terdaftar"),
        ({"registered_on": date(2025, 5, 1)}, "registered_on", "Yang belum terdaftar"),
        ({"contribution": 1_000}, "contribution", "Yang belum terdaftar"),
        ({**DONE, "registration_number": ""}, "registration_number", "Yang terdaftar memiliki nomor"),
        (
            {**DONE, "registration_number": "3672010704650001"},
            "registration_number",
            "Ini NIK, bukan nomor pendaftaran",
        ),
        ({**DONE, "registered_on": date(2099, 1, 1)}, "registered_on", "belum tiba"),
        ({**DONE, "registered_on": date(2024, 2, 1)}, "registered_on", "Lebih dari setahun sebelum"),
        ({**DONE, "contribution": -1}, "contribution", "tidak boleh negatif"),
        ({**DONE, "contribution": 1_000_000_000}, "contribution", "sebesar nilai kontraknya"),
    ],
)
def test_what_cannot_be_is_refused_with_its_remedy(cast, columns, field, words):
    found = refusals(ConstructionProjectFactory(**columns), cast.wayan)
    assert [one for one in found if one[0] == field and words in one[1]] == found[:1]
    assert len(found) == (2 if columns.get("year") == 2013 else 1)
    assert not ConstructionProject.objects.exists()


@pytest.mark.parametrize(
    "columns",
    [
        {},
        {"contract_value": None, "package_code": "", "office": ""},
        {"first_month": date(2024, 11, 1), "last_month": date(2026, 2, 1)},
        {**DONE, "contribution": 1_750_000},
        {**DONE, "registered_on": None, "contribution": None},
        {**DONE, "contribution": 0},
    ],
)
def test_what_can_be_is_stored(cast, columns):
    (row,) = record_projects([ConstructionProjectFactory(**columns)], by=cast.wayan).created
    row.refresh_from_db()
    assert {name: getattr(row, name) for name in columns} == columns


@pytest.mark.parametrize(
    ("columns", "field", "words"),
    [
        ({"packages": 0, "registered": 0}, "packages", "jangan catat barisnya"),
        ({"registered": -1}, "registered", "tidak boleh negatif"),
        ({"registered": 41}, "registered", "(41) melebihi semua paket (40)"),
        ({"total_value": 0}, "total_value", "lebih dari nol"),
        ({"registered_value": -3}, "registered_value", "tidak boleh negatif"),
        ({"total_value": 5, "registered_value": 6}, "registered_value", "melebihi nilai seluruh paket"),
        ({"registered": 0, "registered_value": 6}, "registered_value", "tidak cocok"),
        ({"registered_value": 0}, "registered_value", "tidak cocok"),
        ({"registered": 40, "total_value": 9, "registered_value": 6}, "registered_value", "Semua paket"),
        ({"month": date(2099, 1, 1)}, "month", "belum tiba"),
    ],
)
def test_a_count_that_cannot_be_is_refused_with_its_remedy(cast, columns, field, words):
    (found,) = refusals(ProjectCountFactory(**columns), cast.wayan, record_project_counts)
    assert found[0] == field
    assert words in found[1]
    assert not ProjectCount.objects.exists()


def test_a_project_is_its_code_and_without_one_its_name(cast):
    (one,) = record_projects([ConstructionProjectFactory(package_code="rup-50 123")], by=cast.wayan).created
    assert one.package_code == "RUP50123"
    again = record_projects([ConstructionProjectFactory(package_code="RUP50123")], by=cast.wayan)
    assert again.unchanged == (one,)
    other = {"package_name": "Drainase  Uji", "package_code": ""}
    record_projects([ConstructionProjectFactory(**other)], by=cast.wayan)
    with pytest.raises(FactRefused, match="Koreksi"):
        record_projects([ConstructionProjectFactory(**other | {"office": "Dinas Lain"})], by=cast.wayan)
    namesake = ConstructionProjectFactory(package_code="RUP99")
    assert len(record_projects([namesake], by=cast.wayan).created) == 1
    next_year = ConstructionProjectFactory(**other | {"year": 2026, "first_month": date(2026, 1, 1)})
    assert len(record_projects([next_year], by=cast.wayan).created) == 1
    assert ConstructionProject.objects.count() == 4


def test_one_project_with_its_code_and_without_is_not_two(cast):
    (bare,) = record_projects([ConstructionProjectFactory(package_code="")], by=cast.wayan).created
    ((field, words),) = refusals(ConstructionProjectFactory(), cast.wayan)
    assert (field, words) == (
        "package_name",
        "Paket bernama ini sudah tercatat tanpa kode pada tahun anggaran yang sama. Koreksi baris itu dan "
        "isi kodenya, atau bedakan namanya bila ini paket lain.",
    )
    row = correct_project(
        pk=bare.pk, revision=1, by=cast.wayan, reason="kode", new={"package_code": "50123456"}
    )
    assert row.identity == "50123456"
    ((field, words),) = refusals(
        ConstructionProjectFactory(package_code="", package_name="peningkatan JALAN uji"), cast.wayan
    )
    assert (field, "Tulis kodenya" in words) == ("package_name", True)
    record_projects([ConstructionProjectFactory(package_code="77", package_name="Lain")], by=cast.wayan)
    with pytest.raises(FactRefused, match="sudah tercatat"):
        correct_project(pk=row.pk, revision=2, by=cast.wayan, reason="x", new={"package_code": "77"})


def test_numbers_of_persons_in_words_are_masked(cast):
    named = {"contractor": "Bapak Suli 3672010704650001", "package_name": "Rehab rumah 3672010704650001"}
    (row,) = record_projects([ConstructionProjectFactory(**named)], by=cast.wayan).created
    assert "04650001" not in f"{row.contractor} {row.package_name} {row.called} {row.identity}"
    assert row.contractor.startswith("Bapak Suli 3672")


def test_no_act_repeats_a_name(cast):
    named = {"package_name": "Rehab rumah Ibu Murni", "contractor": "Bapak Suli", "package_code": ""}
    record_projects([ConstructionProjectFactory(**named)], by=cast.wayan)
    row = ConstructionProject.objects.get()
    new = {"contractor": "Bapak Sulistio", "contract_value": 90_000_000}
    correct_project(pk=row.pk, revision=1, by=cast.wayan, reason="ejaan", new=new)
    CONSTRUCTION_PROJECTS.remove(pk=row.pk, revision=2, by=cast.wayan, reason="salah tempat")
    told = str(list(Act.objects.values_list("subject", "detail"))).lower()
    assert "murni" not in told
    assert "suli" not in told
    assert "90000000" in told
    about = Act.objects.get(verb="recorded").detail["facts"][0]["about"]
    assert (about["region_id"], about["year"]) == (KOTA_A, "2025")


def at(month, code=KOTA_A):
    return sum_projects(RegionMonths.at(month, code))[month].get(code, {})


def test_a_project_counts_from_its_first_month_to_december(cast):
    record_projects(
        [
            ConstructionProjectFactory(),
            ConstructionProjectFactory(
                package_code="2", package_name="B", contract_value=500, first_month=date(2024, 10, 1), **DONE
            ),
            ConstructionProjectFactory(package_code="3", package_name="C", contract_value=None),
        ],
        by=cast.wayan,
    )
    january = {"known": 1, "registered": 0, "valued": 1, "value": 500, "insured_value": 0}
    march = {"known": 3, "registered": 0, "valued": 2, "value": 1_000_000_500, "insured_value": 0}
    may = {**march, "registered": 1, "insured_value": 500}
    assert at(date(2024, 12, 1)) == {}
    assert at(date(2025, 1, 1)) == at(date(2025, 2, 1)) == january
    assert at(date(2025, 3, 1)) == at(date(2025, 4, 1)) == march
    assert at(date(2025, 5, 1)) == at(date(2025, 12, 1)) == may
    assert at(date(2026, 1, 1)) == {}
    asked = RegionMonths(date(2024, 11, 1), date(2026, 2, 1), (KOTA_A,))
    found = sum_projects(asked)
    assert {month: found[month].get(KOTA_A, {}) for month in asked.months} == {
        month: at(month) for month in asked.months
    }
    assert [len(explain_projects(KOTA_A, month)) for month in (JULY, date(2025, 2, 1))] == [3, 1]


def test_registered_without_a_day_counts_from_the_first_month_and_in_no_other_year(cast):
    late = {**DONE, "registered_on": date(2026, 2, 1)}
    record_projects(
        [
            ConstructionProjectFactory(**{**DONE, "registered_on": None}),
            ConstructionProjectFactory(package_code="2", package_name="B", **late),
        ],
        by=cast.wayan,
    )
    assert (at(date(2025, 3, 1))["registered"], at(date(2025, 12, 1))["registered"]) == (1, 1)
    assert at(date(2026, 2, 1)) == {}


def test_a_reported_count_counts_in_place_of_the_list_until_the_next(cast):
    record_projects(
        [
            ConstructionProjectFactory(),
            ConstructionProjectFactory(package_code="2", package_name="B", **DONE),
        ],
        by=cast.wayan,
    )
    worth = {"total_value": 9_000, "registered_value": 2_000}
    record_project_counts(
        [ProjectCountFactory(), ProjectCountFactory(month=date(2025, 9, 1), **worth)], by=cast.wayan
    )
    assert at(date(2025, 5, 1))["known"] == 2
    beside = {"beside": 2, "beside_registered": 1}
    assert at(JUNE) == at(JULY) == {"known": 40, "registered": 10, **beside}
    september = {
        "known": 40,
        "registered": 10,
        "valued": 40,
        "value": 9_000,
        "insured_value": 2_000,
        **beside,
    }
    assert at(date(2025, 9, 1)) == at(date(2025, 12, 1)) == september
    assert at(date(2026, 1, 1)) == {}
    assert count_in_force(KOTA_A, date(2025, 8, 1)).month == JUNE
    assert count_in_force(KOTA_A, date(2025, 5, 1)) is None
    assert at(JULY, KOTA_B) == {}
    record_project_counts([ProjectCountFactory(region_id=KOTA_B, total_value=7)], by=cast.admin)
    assert at(JULY, KOTA_B) == {"known": 40, "registered": 10}


def test_nothing_enters_another_region(cast):
    for record, row in (
        (record_projects, ConstructionProjectFactory()),
        (record_project_counts, ProjectCountFactory()),
    ):
        with pytest.raises(FactRefused, match="di luar wewenang"):
            record([row], by=cast.budi)
    project = record_projects([ConstructionProjectFactory()], by=cast.wayan).created[0]
    count = record_project_counts([ProjectCountFactory()], by=cast.wayan).created[0]
    with pytest.raises(OutsideScope):
        correct_project(pk=project.pk, revision=1, by=cast.budi, reason="x", new={"office": "x"})
    with pytest.raises(OutsideScope):
        correct_project_count(pk=count.pk, revision=1, by=cast.budi, reason="x", new={"registered": 1})


def test_a_closed_month_keeps_its_count_and_lets_projects_be_registered(cast, figures):
    row = record_projects([ConstructionProjectFactory(first_month=JULY)], by=cast.wayan).created[0]
    close(cast)
    with pytest.raises(FactRefused):
        record_project_counts([ProjectCountFactory(month=JULY)], by=cast.wayan)
    new = {"jakon_status": "registered", "registration_number": "JK1"}
    assert correct_project(pk=row.pk, revision=1, by=cast.wayan, reason="menyusul", new=new).is_registered
