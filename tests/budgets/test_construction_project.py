"""Construction projects: the rules of the field, what counts until when, who sees them, their files."""

from datetime import date

import pytest
from django.urls import reverse

from budgets.enums import MoneyKind
from budgets.models import ConstructionProject, MoneyRow, ProjectCount
from budgets.selectors.construction_project import count_in_force, explain_projects, sum_projects
from budgets.selectors.money_batch import fault_sentence, get_money_batch, list_money_batches
from budgets.selectors.project_register import (
    ProjectFilters,
    list_projects,
    potential_of,
    price_of_contract,
    project_offices,
    project_sums,
)
from budgets.services.construction_project import CONSTRUCTION_PROJECTS, correct_project, record_projects
from budgets.services.money_batch import confirm_money_batch
from budgets.services.money_undo import undo_money_batch
from budgets.services.project_count import correct_project_count, record_project_counts
from regions.errors import FactRefused, OutsideScope
from regions.models import Act
from regions.region_months import RegionMonths
from tests.budgets.money_files import send, store
from tests.cast import KOTA_A, KOTA_B
from tests.factories import ConstructionProjectFactory, ProjectCountFactory
from tests.months import close
from tests.participants.made_files import csv, ods, xlsx
from tests.table_files import told_in

pytestmark = pytest.mark.usefixtures("cast_once")

JUNE, JULY = date(2025, 6, 1), date(2025, 7, 1)
DONE = {"jakon_status": "registered", "registration_number": "JK 0001", "registered_on": date(2025, 5, 20)}
KIND = MoneyKind.CONSTRUCTION_PROJECT


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


TITLES = [
    *("No", "Satker", "Kode RUP", "Nama Paket", "Kontraktor", "Nilai Kontrak", "Tgl Mulai", "Tgl Selesai"),
    *("Status Jakon", "No. Pendaftaran", "Tgl Daftar", "Iuran"),
]
HEALTH = "Dinas Kesehatan"
ROWS = [
    [
        *(1, "Dinas PU", 50123456, "Jalan Uji", "PT Uji", "Rp 4.800.000.000,-", "03/03/2025", "30/09/2025"),
        *("Terdaftar", "JK 0001", "20/05/2025", "6.310.000"),
    ],
    [
        *(2, "Dinas PU", "50-123457", "Jembatan Uji", "CV Uji", 950000000, "1 April 2025", ""),
        *("Belum", "nihil", "-", ""),
    ],
    ["", "Subtotal", "", "", "", "5.750.000.000", "", "", "", "", "", "6.310.000"],
    [3, HEALTH, "", "Puskesmas Uji", "", "", "Mei 2025", "Des 2025", "Tidak", "belum ada", "nihil", 0],
    [4, HEALTH, "", "Salah Nilai", "", "nihil", "Mei 2025", "", "Belum", "", "", ""],
    [5, HEALTH, "", "Salah Status", "", 5, "Mei 2025", "", "mungkin", "", "", ""],
    [6, HEALTH, "3672010704650001", "Salah Kode", "", 5, "Mei 2025", "", "Belum", "", "", ""],
    ["JUMLAH", "", "", "", "", "5.750.000.005", "", "", "", "", "", "6.310.000"],
    ["", "Mengetahui,", "", "", "", "", "", "", "", "", "", ""],
]
MARCH, APRIL, MAY = (date(2025, month, 1) for month in (3, 4, 5))
STORED = [
    (
        *("50123456", "Jalan Uji", "Dinas PU", MARCH, date(2025, 9, 1), 4_800_000_000, "PT Uji"),
        *("registered", "JK 0001", date(2025, 5, 20), 6_310_000),
    ),
    (
        *("50123457", "Jembatan Uji", "Dinas PU", APRIL, None, 950_000_000, "CV Uji"),
        *("none", "", None, None),
    ),
    ("", "Puskesmas Uji", HEALTH, MAY, date(2025, 12, 1), None, "", "none", "", None, 0),
]


def stored():
    values = ConstructionProject.fact.values
    order = (
        "package_code",
        "package_name",
        "office",
        "first_month",
        "last_month",
        "contract_value",
        "contractor",
    )
    order += ("jakon_status", "registration_number", "registered_on", "contribution")
    assert set(order) == set(values)
    return list(ConstructionProject.objects.order_by("first_month").values_list(*order))


ABOVE = [["REKAP PROYEK JASA KONSTRUKSI"], ["Tahun Anggaran 2025"], []]
TURNED = [list(reversed(row)) for row in (TITLES, *ROWS) if "Subtotal" not in row and row[0] != "JUMLAH"]


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (xlsx({"Rekap": [*ABOVE, TITLES, *ROWS]}), "rekap.xlsx"),
        (ods([*ABOVE, TITLES, *ROWS]), "rekap.ods"),
        (csv([TITLES, *ROWS]), "rekap.csv"),
        (csv(TURNED), "rekap.csv"),
    ],
)
def test_files_as_offices_write_them(cast, content, name):
    batch = send(content, cast.wayan, kind=KIND, name=name)
    assert batch.counts == {"new": 3, "refused": 3}
    faults = {
        row.cells["package_name"]: [fault_sentence(batch, row, *fault) for fault in row.faults]
        for row in batch.rows.filter(state="refused")
    }
    assert "lebih dari nol" in faults["Salah Nilai"][0]
    assert "tidak dikenal. Pilih salah satu: Terdaftar; Belum terdaftar" in faults["Salah Status"][0]
    assert "NIK" in faults["Salah Kode"][0]
    assert not MoneyRow.objects.filter(cells__icontains="3672010704650001").exists()
    confirm_money_batch(pk=batch.pk, by=cast.wayan)
    assert stored() == STORED
    kept = ConstructionProject.objects.values_list("year", "region_id", "origin")
    assert set(kept) == {(2025, KOTA_A, "file")}
    undone = undo_money_batch(pk=batch.pk, by=cast.wayan, reason="keliru")
    assert (undone.restored, undone.kept) == (3, 0)
    assert not ConstructionProject.objects.exists()


def test_what_a_file_lacks_is_called_as_in_the_template(cast):
    batch = send(xlsx({"Rekap": [["Nama Paket", "Status"], ["Jalan", "Belum"]]}), cast.wayan, kind=KIND)
    assert batch.refusal.startswith('Lembar "Rekap" tidak memiliki kolom "Bulan mulai".')


def test_a_file_sent_again_changes_what_it_says_and_keeps_the_rest(cast):
    store(xlsx({"Rekap": [TITLES, *ROWS[:2]]}), cast.wayan, kind=KIND)
    titles = ["Nama Pekerjaan", "Kode Paket", "Mulai", "Jakon", "No. Registrasi", "Penyedia", "T.A."]
    rows = [["Jembatan Uji II", 50123457, "4/2025", "Ya", "JK 0002", "HAPUS", 2025]]
    again = store(xlsx({"Rekap": [titles, *rows]}), cast.wayan, kind=KIND)
    assert again.counts == {"changed": 1}
    row = ConstructionProject.objects.get(package_code="50123457")
    assert (row.package_name, row.registration_number, row.contractor) == ("Jembatan Uji II", "JK 0002", "")
    assert (row.contract_value, row.office, row.called) == (950_000_000, "Dinas PU", "jembatanujiii")
    undo_money_batch(pk=again.pk, by=cast.wayan, reason="keliru")
    assert stored() == STORED[:2]


@pytest.mark.parametrize(
    "title",
    ["Nilai Kontrak (termasuk PPN)", "Nilai Kontrak incl. PPN 11%", "Nilai (Rp) + PPN", "Harga dengan PPN"],
)
def test_values_with_tax_are_refused_and_the_rate_is_not_guessed(cast, title):
    rows = [["Nama Paket", "Mulai", "Status", title], ["Jalan Uji", "Mei 2025", "Belum", 1_110_000_000]]
    batch = send(xlsx({"Rekap": rows}), cast.wayan, kind=KIND)
    assert batch.state == "refused"
    assert batch.refusal == (
        f"Kolom “{title}” memuat nilai termasuk PPN, padahal iuran Jakon dihitung dari nilai sebelum PPN. "
        "Kurangi PPN yang tertulis dalam tiap kontrak, beri judul kolomnya “Nilai kontrak sebelum PPN”, lalu "
        "kirim lagi. Aplikasi tidak menebak tarif PPN-nya."
    )


@pytest.mark.parametrize(
    "title",
    [
        "Nilai Kontrak",
        "Nilai kontrak sebelum PPN",
        "Nilai Kontrak (Rp) tidak termasuk PPN",
        "Nilai (non PPN)",
    ],
)
def test_values_before_tax_are_taken(cast, title):
    rows = [["Nama Paket", "Mulai", "Status", title], ["Jalan Uji", "Mei 2025", "Belum", "1.110.000.000"]]
    assert store(xlsx({"Rekap": rows}), cast.wayan, kind=KIND).counts == {"new": 1}
    assert ConstructionProject.objects.get().contract_value == 1_110_000_000


def test_nihil_is_no_list(cast):
    batch = send(xlsx({"Rekap": [TITLES, ["", "", "", "NIHIL"]]}), cast.wayan, kind=KIND)
    assert (batch.state, batch.refusal) == (
        "refused",
        "Tidak ada baris isian di berkas ini. Pakai templat sebagai contoh.",
    )


def test_files_of_projects_are_for_who_may_see_persons(cast, client_of):
    batch = store(xlsx({"Rekap": [TITLES, *ROWS[:2]]}), cast.wayan, kind=KIND)
    assert get_money_batch(cast.siti, batch.pk) == batch
    for user in (cast.dewi, cast.ratna, cast.budi, cast.nobody):
        assert get_money_batch(user, batch.pk) is None
        assert list(list_money_batches(user)) == []
    page = reverse("money_batch_detail", args=[batch.pk])
    assert client_of(cast.dewi).get(page).status_code == 404
    assert "CV Uji" in client_of(cast.siti).get(page).content.decode()


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
