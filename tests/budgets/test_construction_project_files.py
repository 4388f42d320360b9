"""Files of construction projects as offices write them: what becomes a fact, and what is refused."""

from datetime import date

import pytest
from django.urls import reverse

from budgets.enums import MoneyKind
from budgets.models import ConstructionProject, MoneyRow
from budgets.selectors.money_batch import fault_sentence, get_money_batch, list_money_batches
from budgets.services.money_batch import confirm_money_batch
from budgets.services.money_undo import undo_money_batch
from tests.budgets.money_files import send, store
from tests.cast import KOTA_A
from tests.participants.made_files import csv, ods, xlsx

pytestmark = pytest.mark.usefixtures("cast_once")
KIND = MoneyKind.CONSTRUCTION_PROJECT
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
