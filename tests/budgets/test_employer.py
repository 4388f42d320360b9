"""Employers: the rules of the field, whose report holds, who sees them, and the files they come in."""

from datetime import date

import pytest
from django.urls import reverse

from budgets.enums import EmployerStanding, MoneyKind
from budgets.models import Employer, MoneyRow
from budgets.selectors.employer import (
    EmployerFilters,
    explain_employers,
    list_employers,
    register_sums,
    sum_employers,
)
from budgets.selectors.money_batch import fault_sentence, get_money_batch, list_money_batches
from budgets.services.employer import EMPLOYERS, correct_employer, record_employers
from budgets.services.money_batch import confirm_money_batch
from budgets.services.money_undo import undo_money_batch
from regions.errors import FactRefused, OutsideScope
from regions.models import Act
from regions.month import add_months
from regions.region_months import RegionMonths
from tests.budgets.money_files import send, store
from tests.cast import KOTA_A, KOTA_B
from tests.factories import EmployerFactory
from tests.months import close
from tests.participants.made_files import csv, ods, xlsx
from tests.table_files import told_in

pytestmark = pytest.mark.usefixtures("cast_once")

JULY = date(2025, 7, 1)
NONE = EmployerStanding.UNREGISTERED
BARE = {"npp": "", "standing": NONE, "workers_registered": None}


def refusals(row, by):
    with pytest.raises(FactRefused) as refused:
        record_employers([row], by=by)
    return [(one.field, one.message) for one in refused.value.problems]


@pytest.mark.parametrize(
    ("columns", "field", "words"),
    [
        ({"workers_registered": 11}, "workers_registered", "lebih banyak daripada yang diketahui"),
        ({"workers_registered": 9}, "standing", "9 dari 10"),
        ({"standing": "part_workers"}, "workers_registered", "sebagian tenaga kerja belum terdaftar"),
        ({"npp": ""}, "npp", "Yang terdaftar memiliki NPP"),
        ({"npp": "abc"}, "npp", "4 sampai 20 huruf dan angka"),
        ({"npp": "3672010704650001"}, "npp", "Ini NIK, bukan NPP"),
        ({"name": "  "}, "name", "Isi nama"),
        ({**BARE, "npp": "AA99"}, "npp", "Yang belum terdaftar tidak memilikinya"),
        ({**BARE, "workers_registered": 3}, "workers_registered", "Yang belum terdaftar"),
        ({**BARE, "wages": 1}, "wages", "Yang belum terdaftar"),
        ({**BARE, "arrears": 1}, "arrears", "Yang belum terdaftar"),
        ({**BARE, "arrears_months": 1}, "arrears_months", "Yang belum terdaftar"),
        ({**BARE, "fine": 1}, "fine", "Yang belum terdaftar"),
        ({"arrears_months": 0, "arrears": 5}, "arrears_months", "Isi jumlah bulannya"),
        ({"arrears_months": 2, "arrears": 0}, "arrears", "Kosongkan bila belum diketahui"),
        ({"wages": -1}, "wages", "tidak boleh negatif"),
        ({"workers_known": 0, "workers_registered": 0, "wages": 9}, "wages", "terdaftar nol"),
        ({"month": date(2099, 1, 1)}, "month", "Bulan ini belum tiba"),
    ],
)
def test_what_cannot_be_is_refused_with_its_remedy(cast, columns, field, words):
    (found,) = refusals(EmployerFactory(**columns), cast.wayan)
    assert found[0] == field
    assert words in found[1]
    assert not Employer.objects.exists()


@pytest.mark.parametrize(
    "columns",
    [
        {},
        BARE,
        {**BARE, "workers_registered": 0, "wages": 0, "arrears": 0},
        {"standing": "part_workers", "workers_registered": 4},
        {"standing": "part_wages", "wages": 50_000_000},
        {"workers_known": None, "workers_registered": None},
        {"arrears_months": 3, "arrears": None},
        {"fine": 2_000},
    ],
)
def test_what_can_be_is_stored(cast, columns):
    (row,) = record_employers([EmployerFactory(**columns)], by=cast.wayan).created
    row.refresh_from_db()
    assert {name: getattr(row, name) for name in columns} == columns


def test_an_employer_is_its_npp_and_without_one_its_name(cast):
    (one,) = record_employers([EmployerFactory(npp="aa 123.456")], by=cast.wayan).created
    assert one.npp == "AA123456"
    again = record_employers([EmployerFactory(npp="AA123456")], by=cast.wayan)
    assert again.unchanged == (one,)
    record_employers([EmployerFactory(**BARE, name="Toko  Makmur")], by=cast.wayan)
    with pytest.raises(FactRefused, match="Koreksi"):
        record_employers([EmployerFactory(**BARE, name="TOKO MAK MUR", sector="G")], by=cast.wayan)
    other = record_employers([EmployerFactory(**BARE, name="toko makmur 2")], by=cast.wayan)
    assert len(other.created) == 1
    assert Employer.objects.count() == 3


def test_a_name_with_an_npp_is_not_unregistered_at_the_same_time(cast):
    record_employers([EmployerFactory(month=add_months(JULY, -11))], by=cast.wayan)
    ((field, words),) = refusals(EmployerFactory(**BARE, name="pt uji  jaya"), cast.wayan)
    assert (field, words) == (
        "name",
        "Nama ini tercatat terdaftar dengan NPP AA123456 pada Agustus 2024. Tulis NPP itu, atau bedakan "
        "namanya bila ini pemberi kerja lain.",
    )
    record_employers([EmployerFactory(**BARE, month=add_months(JULY, 1))], by=cast.wayan)
    assert Employer.objects.count() == 2


def test_correcting_may_give_the_npp_but_not_that_of_another(cast):
    (bare,) = record_employers([EmployerFactory(**BARE, name="Toko Makmur")], by=cast.wayan).created
    record_employers([EmployerFactory()], by=cast.wayan)
    new = {"npp": "bb 777-1", "standing": "full", "workers_registered": 10}
    taken = {**new, "npp": "AA123456"}
    with pytest.raises(FactRefused, match="sudah tercatat"):
        correct_employer(pk=bare.pk, revision=1, by=cast.wayan, reason="x", new=taken)
    row = correct_employer(pk=bare.pk, revision=1, by=cast.wayan, reason="terdaftar", new=new)
    row.refresh_from_db()
    assert (row.npp, row.identity, row.standing) == ("BB7771", "BB7771", "full")
    act = Act.objects.get(verb="corrected")
    assert act.detail["changed"]["npp"] == ["", "BB7771"]


def test_no_act_repeats_a_name(cast):
    record_employers([EmployerFactory(**BARE, name="Toko Ibu Murni")], by=cast.wayan)
    row = Employer.objects.get()
    correct_employer(pk=row.pk, revision=1, by=cast.wayan, reason="ejaan", new={"name": "Warung Ibu Murni"})
    EMPLOYERS.remove(pk=row.pk, revision=2, by=cast.wayan, reason="salah tempat")
    told = str(list(Act.objects.values_list("subject", "detail")))
    assert "Murni" not in told
    assert "murni" not in told
    assert "Belum" not in told
    recorded = Act.objects.get(verb="recorded").detail["facts"][0]
    assert recorded["about"] == {"region_id": KOTA_A, "month": "2025-07"}
    assert recorded["changed"]["standing"] == ["", "none"]


def at(month, code=KOTA_A):
    return sum_employers(RegionMonths.at(month, code))[month].get(code, {})


def test_a_report_holds_until_the_next_and_at_most_a_year(cast):
    january = date(2024, 1, 1)
    partly = {"standing": "part_workers", "workers_registered": 6}
    record_employers([EmployerFactory(month=january), EmployerFactory(month=JULY, **partly)], by=cast.wayan)
    assert at(add_months(january, -1)) == {}
    whole = {"known": 1, "registered": 1, "partly": 0, "told": 1, "workers": 10, "insured": 10}
    assert at(january) == at(add_months(january, 11)) == whole
    assert at(add_months(january, 12)) == {}
    assert at(JULY) == at(add_months(JULY, 11)) == {**whole, "partly": 1, "insured": 6}
    asked = RegionMonths(january, add_months(JULY, 12), (KOTA_A,))
    found = sum_employers(asked)
    assert {month: found[month].get(KOTA_A, {}) for month in asked.months} == {
        month: at(month) for month in asked.months
    }


def test_who_got_an_npp_is_not_counted_twice(cast):
    record_employers([EmployerFactory(**BARE, month=add_months(JULY, -2))], by=cast.wayan)
    assert at(add_months(JULY, -1))["known"] == 1
    record_employers([EmployerFactory()], by=cast.wayan)
    assert (at(add_months(JULY, -1))["registered"], at(JULY)["known"], at(JULY)["registered"]) == (0, 1, 1)
    assert [row.npp for row in explain_employers(KOTA_A, JULY)] == ["AA123456"]


def test_what_is_unknown_stays_unknown(cast):
    rows = [
        EmployerFactory(npp="AA01", workers_known=None, workers_registered=7),
        EmployerFactory(npp="AA02", workers_known=9, workers_registered=None, arrears=500, arrears_months=1),
        EmployerFactory(npp="AA03", arrears=0),
        EmployerFactory(npp="AA04", workers_known=None, workers_registered=None, arrears_months=2),
        EmployerFactory(**{**BARE, "workers_known": None}, name="Tanpa angka"),
        EmployerFactory(**{**BARE, "workers_known": 5}, name="Lima orang"),
    ]
    record_employers(rows[:1], by=cast.wayan)
    assert at(JULY) == {"known": 1, "registered": 1, "partly": 0}
    record_employers(rows, by=cast.wayan)
    assert at(JULY) == {
        **{"known": 6, "registered": 4, "partly": 0},
        **{"told": 2, "workers": 15, "insured": 10},
        **{"answered": 3, "in_arrears": 2, "arrears": 500},
    }


def test_the_register_is_filtered_summed_and_kept_in_its_place(cast, client_of):
    record_employers(
        [
            EmployerFactory(sector="G", size="kecil", arrears=1_000, arrears_months=1, wages=30_000_000),
            EmployerFactory(**BARE, name="Toko Ani", sector="G"),
            EmployerFactory(npp="CC77", name="CV Besi", sector="C", standing="part", workers_registered=None),
            EmployerFactory(region_id=KOTA_B, npp="DD88", name="PT Tetangga"),
        ],
        by=cast.admin,
    )

    def names(user=cast.siti, code="", **asked):
        rows = list_employers(user, month=JULY, region_code=code, filters=EmployerFilters(**asked))
        return [row.name for row in rows]

    assert names() == ["CV Besi", "PT Uji Jaya", "Toko Ani"]
    assert names(cast.admin) == ["CV Besi", "PT Uji Jaya", "Toko Ani", "PT Tetangga"]
    assert names(cast.admin, KOTA_B) == ["PT Tetangga"]
    assert names(sector="G") == ["PT Uji Jaya", "Toko Ani"]
    assert names(standing="part") == ["CV Besi"]
    assert names(size="kecil", words="uji aa12") == ["PT Uji Jaya"]
    assert names(cast.dewi) == names(cast.ratna) == []
    sums = register_sums(list_employers(cast.siti, month=JULY))
    assert sums == {
        **{"employers": 3, "registered": 2, "partly": 1, "workers_known": 30, "workers_registered": 10},
        **{"wages": 30_000_000, "arrears": 1_000, "fine": None},
    }
    shown = client_of(cast.siti).get(reverse("employer_list")).content.decode()
    assert all(name in shown for name in ("Toko Ani", "Juli 2025", "Rp30.000.000", "PT Uji Jaya"))
    assert "PT Tetangga" not in shown
    only = client_of(cast.siti).get(reverse("employer_list") + "?kepesertaan=part&periode=2026-06").content
    assert b"CV Besi" in only
    assert b"Toko Ani" not in only
    asked = "?sektor=G&urut=-nama&unduh=csv"
    rows = told_in(client_of(cast.siti).get(reverse("employer_list") + asked))
    assert [(row["NPP"], row["nama_pemberi_kerja"]) for row in rows] == [
        ("", "Toko Ani"),
        ("AA123456", "PT Uji Jaya"),
    ]
    noted = Act.objects.get(verb="exported")
    assert (noted.region_code, noted.detail) == (KOTA_A, {"rows": 2})


def test_an_empty_register_says_so_and_speaks_of_a_filter_only_where_there_is_one(cast, client_of):
    page = reverse("employer_list") + "?periode=2026-06"
    plain, filtered = (
        client_of(cast.lestari).get(page + asked).content.decode() for asked in ("", "&kepesertaan=part")
    )
    assert "Belum ada data pemberi kerja untuk Juni 2026." in plain
    assert "filter untuk melihat semuanya" not in plain
    assert "Belum ada baris yang cocok." in filtered
    assert "Hapus filter untuk melihat semuanya." in filtered


def test_a_form_records_and_corrects(cast, client_of):
    form = {"region": KOTA_A, "month": "2025-07", "name": "PT  Uji", "standing": "full", "npp": "aa 1234"}
    form |= {
        "workers_known": "1.528",
        "workers_registered": "1.528",
        "source": "Surat 1",
        "as_of": "2025-07-31",
    }
    wayan = client_of(cast.wayan)
    wrong = wayan.post(reverse("employer_record"), {**form, "npp": ""})
    assert wrong.status_code == 422
    assert "Yang terdaftar memiliki NPP" in wrong.content.decode()
    assert wayan.post(reverse("employer_record"), form).status_code == 302
    row = Employer.objects.get()
    assert (row.npp, row.name, row.workers_known, row.arrears) == ("AA1234", "PT Uji", 1528, None)
    page = reverse("employer_correct", args=[row.pk])
    assert wayan.get(page).status_code == 200
    new = {**form, "npp": "AA1234", "arrears_months": "2", "arrears": "Rp5.000.000"}
    done = wayan.post(page, {**new, "reason": "menyusul", "revision": "1"})
    assert done.status_code == 302
    row.refresh_from_db()
    assert (row.arrears_months, row.arrears, row.revision) == (2, 5_000_000, 2)
    assert client_of(cast.budi).get(page).status_code == 404


TITLES = [
    *("No", "Nama Badan Usaha", "NPP", "Sektor", "Status"),
    *("Jml TK", "TK Terdaftar", "Upah dilaporkan", "Tunggakan", "Denda"),
]
ROWS = [
    [
        1,
        "PT Uji Jaya",
        "AA 123-456",
        "Perdagangan",
        "Terdaftar",
        "1.528",
        "1.528",
        "Rp 4.500.000.000",
        "nihil",
        "",
    ],
    [2, "CV Besi", 70001234, "C", "PDS TK", 40, 25, 80000000, "12.500.000", "250.000"],
    ["", "Subtotal", "", "", "", "1.568", "1.553", "", "", ""],
    [3, "Warung Bu Uji", "", "", "Belum terdaftar", 3, "", "", "", ""],
    [4, "UD Tanpa Angka", "", "", "PWBD", "", "", "", "", ""],
    [5, "PT Salah", "", "Perdagangan", "Terdaftar", 4, 4, "", "", ""],
    [6, "Toko Nik", "3672010704650001", "", "Terdaftar", 4, 4, "", "", ""],
    [7, "PT Aneh", "EE9911", "Angkasa", "setengah", 4, 4, "", "", ""],
    ["JUMLAH", "", "", "", "", "1.583", "1.565", "", "", ""],
    ["", "Mengetahui,", "", "", "", "", "", "", "", ""],
    ["", "Kepala Cabang", "", "", "", "", "", "", "", ""],
]
STORED = [
    ("", "UD Tanpa Angka", "none", "", None, None, None, None, None),
    ("", "Warung Bu Uji", "none", "", 3, None, None, None, None),
    ("70001234", "CV Besi", "part_workers", "C", 40, 25, 80_000_000, 12_500_000, 250_000),
    ("AA123456", "PT Uji Jaya", "full", "G", 1528, 1528, 4_500_000_000, 0, None),
]


def stored():
    columns = ("npp", "name", "standing", "sector", "workers_known", "workers_registered")
    return list(Employer.objects.order_by("npp", "name").values_list(*columns, "wages", "arrears", "fine"))


def called():
    return set(Employer.objects.values_list("called", flat=True))


ABOVE = [["REKAP KEPATUHAN PEMBERI KERJA"], ["Posisi Juli 2025"], []]
TURNED = [list(reversed(row)) for row in (TITLES, *ROWS)]
# A sum reads as one from its first cell; turned round it stands last.
TURNED = [TURNED[0], *(row for row in TURNED[1:] if row[-2] != "Subtotal" and row[-1] != "JUMLAH")]


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
    batch = send(content, cast.wayan, kind=MoneyKind.EMPLOYER, name=name)
    assert batch.counts == {"new": 4, "refused": 3}
    faults = {
        row.cells["name"]: [fault_sentence(batch, row, *fault) for fault in row.faults]
        for row in batch.rows.filter(state="refused")
    }
    assert "Yang terdaftar memiliki NPP" in faults["PT Salah"][0]
    assert "Ini NIK, bukan NPP" in faults["Toko Nik"][0]
    assert len(faults["PT Aneh"]) == 2
    assert not MoneyRow.objects.filter(cells__icontains="3672010704650001").exists()
    confirm_money_batch(pk=batch.pk, by=cast.wayan)
    assert stored() == STORED
    assert set(Employer.objects.values_list("month", "region_id", "origin")) == {(JULY, KOTA_A, "file")}
    undone = undo_money_batch(pk=batch.pk, by=cast.wayan, reason="keliru")
    assert (undone.restored, undone.kept) == (4, 0)
    assert not Employer.objects.exists()


def test_a_file_sent_again_changes_what_it_says_and_keeps_the_rest(cast):
    batch = store(xlsx({"Rekap": [TITLES, *ROWS[:2]]}), cast.wayan, kind=MoneyKind.EMPLOYER)
    assert batch.counts == {"new": 2}
    titles = ["NPP", "Nama Perusahaan", "Status", "Tunggakan", "Bulan"]
    rows = [
        ["70001234", "CV Besi Tua", "PDS TK", "HAPUS", "07/2025"],
        ["AA123456", "PT Uji Jaya", "Terdaftar", 7, ""],
    ]
    again = store(xlsx({"Rekap": [titles, *rows]}), cast.wayan, kind=MoneyKind.EMPLOYER)
    assert again.counts == {"changed": 2}
    assert [row[1:2] + row[4:9] for row in stored()] == [
        ("CV Besi Tua", 40, 25, 80_000_000, None, 250_000),
        ("PT Uji Jaya", 1528, 1528, 4_500_000_000, 7, None),
    ]
    assert called() == {"cvbesitua", "ptujijaya"}
    undo_money_batch(pk=again.pk, by=cast.wayan, reason="keliru")
    assert stored() == STORED[2:]
    assert called() == {"cvbesi", "ptujijaya"}


def test_nihil_is_no_list(cast):
    batch = send(xlsx({"Rekap": [TITLES, ["", "NIHIL"]]}), cast.wayan, kind=MoneyKind.EMPLOYER)
    assert (batch.state, batch.refusal) == (
        "refused",
        "Tidak ada baris isian di berkas ini. Pakai templat sebagai contoh.",
    )


def test_files_of_employers_are_for_who_may_see_persons(cast, client_of):
    batch = store(xlsx({"Rekap": [TITLES, *ROWS[:2]]}), cast.wayan, kind=MoneyKind.EMPLOYER)
    assert get_money_batch(cast.siti, batch.pk) == batch
    for user in (cast.dewi, cast.ratna, cast.budi, cast.nobody):
        assert get_money_batch(user, batch.pk) is None
        assert list(list_money_batches(user)) == []
    page = reverse("money_batch_detail", args=[batch.pk])
    assert client_of(cast.dewi).get(page).status_code == 404
    assert "CV Besi" in client_of(cast.siti).get(page).content.decode()


def test_nothing_enters_another_region_or_a_closed_month(cast, figures):
    with pytest.raises(FactRefused, match="di luar wewenang"):
        record_employers([EmployerFactory(region_id=KOTA_A)], by=cast.budi)
    row = record_employers([EmployerFactory(region_id=KOTA_A)], by=cast.wayan).created[0]
    with pytest.raises(OutsideScope):
        correct_employer(pk=row.pk, revision=1, by=cast.budi, reason="x", new={"fine": 1})
    close(cast)
    with pytest.raises(FactRefused):
        record_employers([EmployerFactory(npp="ZZ99")], by=cast.wayan)
