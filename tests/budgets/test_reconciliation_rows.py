"""Rows of the two files of a reconciliation: members and payments are read, or left aside by name."""

from datetime import date

import pytest
from django.urls import reverse

from budgets.importers.reconciliation_account import UnreadRow, Unusable
from budgets.importers.reconciliation_files import MemberRow, PaymentRow, send_members, send_payments
from budgets.services.reconciliation import FileQuestion, Upload
from tests.budgets.reconciliations import Received, reconcile
from tests.cast import KOTA_A
from tests.factories import EnrolmentFactory, ParticipantFactory, nik_of
from tests.pages import page_of
from tests.participants.made_files import csv, xlsx

HEAD = ["No", "NIK", "KPJ", "Nama TK", "Iuran", "Status"]
IMPOSSIBLE = "3672045513870001"


@pytest.fixture
def rows_of(tmp_path):
    def _rows_of(send, rows, sheet="Aktif"):
        path, received = tmp_path / "berkas.xlsx", Received()
        path.write_bytes(xlsx({sheet: rows}))
        send(path, "berkas", received)
        return received.rows

    return _rows_of


@pytest.mark.parametrize(
    ("cell", "billed", "has_comma", "is_unpriced"),
    [
        ("16,800", 16_800, True, False),
        ("Rp16,800,-", 16_800, True, False),
        ("16,800.00", 16_800, True, False),
        ("1,016,800", 1_016_800, False, False),
        ("16.800", 16_800, False, False),
        (16_800, 16_800, False, False),
        ("", None, False, False),
        ("0,500", None, False, True),
        ("16,8", None, False, True),
        ("1,6800E+04", None, False, True),
        ("16 800 / 33 600", None, False, True),
    ],
)
def test_a_member_stays_one_whatever_their_amount(rows_of, cell, billed, has_comma, is_unpriced):
    assert rows_of(send_members, [HEAD, [1, nik_of(1), "", "Adi Uji", cell, "Aktif"]]) == [
        MemberRow("Aktif", 2, nik_of(1), "", "Adi Uji", billed, has_comma, is_unpriced)
    ]


@pytest.mark.parametrize(
    ("row", "why", "words"),
    [
        ([1, "", "", "Tanpa Nomor", 1], Unusable.NO_NUMBER, ""),
        ([1, "3,67204E+15", "", "Terpotong", 1], Unusable.NIK_CUT, ""),
        ([1, int(nik_of(1)), "", "Bilangan", 1], Unusable.NIK_CUT, ""),
        ([1, "36720410", "", "Pendek", 1], Unusable.NIK_LENGTH, ""),
        ([1, IMPOSSIBLE, "", "Mustahil", 1], Unusable.NIK_IMPOSSIBLE, ""),
        ([1, f"{nik_of(1)} / {nik_of(2)}", "", "Berdua", 1], Unusable.SEVERAL_NIK, ""),
        ([1, nik_of(1), "", nik_of(2), 1], Unusable.MOVED, ""),
        ([1, nik_of(1), "", "Pergi", 1, "Non Aktif"], Unusable.NOT_ACTIVE, "non aktif"),
        ([1, nik_of(1), "", "Pergi", 1, "Keluar 01/06/2025"], Unusable.NOT_ACTIVE, "keluar …"),
        ([1, nik_of(1), "", "Pergi", 1, "Tidak"], Unusable.NOT_ACTIVE, "tidak"),
        ([1, nik_of(1), "", "Mati", 1, "Meninggal dunia"], Unusable.DEAD, "meninggal dunia"),
    ],
)
def test_who_is_no_member_is_left_aside_with_the_reason(rows_of, row, why, words):
    assert rows_of(send_members, [HEAD, row]) == [UnreadRow("Aktif", 2, why, words)]


def test_titles_and_sheets_of_leavers_leave_their_members_aside(rows_of):
    rows = [HEAD, [1, nik_of(1), "", "Adi", 1], ["B. MENINGGAL DUNIA"], [2, nik_of(2), "", "Bela", 1]]
    assert [type(row) for row in rows_of(send_members, rows)] == [MemberRow, UnreadRow]
    assert rows_of(send_members, rows[:2], sheet="Keluar") == [
        UnreadRow("Keluar", 2, Unusable.NOT_ACTIVE, "keluar")
    ]


def test_what_went_out_of_the_till_is_a_payment_all_the_same(rows_of):
    head = ["Tanggal", "Nomor SP2D", "Rupiah"]
    found = rows_of(send_payments, [head, ["10/07/2025", "SP-1", 1_000]], sheet="Kas Keluar")
    assert [(type(row), row.amount) for row in found] == [(PaymentRow, 1_000)]


def test_a_number_of_the_card_makes_a_member_whatever_the_nik(rows_of):
    row = [1, "3,67204E+15", "12345678901", "Adi Uji", "16.800", "cuti"]
    assert rows_of(send_members, [HEAD, row]) == [
        MemberRow("Aktif", 2, "", "12345678901", "Adi Uji", 16_800, unknown_status="cuti")
    ]


def test_only_a_payment_without_an_amount_is_left_aside(rows_of):
    found = rows_of(
        send_payments,
        [
            ["Tanggal", "No SP2D", "Uraian", "Nilai"],
            ["05/07/2025", "SP-1", "Iuran", "168,000"],
            ["entah", "SP-2", "Iuran", "16.800"],
            ["", "", "Iuran", 500],
            ["06/07/2025", "SP-4", "Iuran", ""],
            ["06/07/2025", "SP-5", "Iuran", "1,5 juta"],
            ["", "Tahap kedua", "", ""],
            ["", "", "Jumlah", "185.300"],
        ],
    )
    assert found == [
        PaymentRow("Aktif", 2, "SP-1", date(2025, 7, 5), 168_000, has_comma=True),
        PaymentRow("Aktif", 3, "SP-2", None, 16_800, is_undated=True),
        PaymentRow("Aktif", 4, "", None, 500),
        UnreadRow("Aktif", 5, Unusable.NO_AMOUNT),
        UnreadRow("Aktif", 6, Unusable.BAD_AMOUNT, "1,5 juta"),
    ]


LEFT_ASIDE = (
    "1 jumlah rupiah ditulis dengan koma, misalnya 16,800; komanya dibaca sebagai ribuan.",
    "1 peserta tetap dibandingkan, tetapi iurannya tidak terbaca dan tidak ikut dijumlahkan: "
    "lembar &quot;Aktif&quot; baris 3.",
    "1 baris berstatus “cuti”, yang tidak dikenal, tetap dihitung peserta aktif.",
    "1 orang tercatat lebih dari sekali; iurannya dijumlahkan: lembar &quot;Aktif&quot; baris 5 dan 6.",
    "Lembar &quot;Aktif&quot;, baris 4: berstatus “non aktif”, maka bukan peserta aktif.",
    "Lembar &quot;Aktif&quot;, baris 7: NIK terpotong oleh Excel; angka aslinya sudah hilang.",
    "dan 5 baris lain.",
    "1 pembayaran tertulis lebih dari sekali dengan nomor, tanggal, dan rupiah yang sama; dihitung "
    "sekali: lembar &quot;sp2d&quot; baris 3 dan 4.",
    "1 nomor pembayaran dipakai baris yang berbeda tanggal atau rupiahnya; semuanya dihitung: "
    "lembar &quot;sp2d&quot; baris 5 dan 6.",
    "Lembar &quot;sp2d&quot;, baris 7: tanpa jumlah rupiah.",
)


@pytest.mark.django_db
def test_the_page_names_what_was_left_aside_and_how_the_rest_was_read(cast, client_of):
    for serial in (1, 2, 3):
        person = ParticipantFactory(digits=nik_of(serial), name=f"Orang {serial}", entered_by=cast.wayan)
        EnrolmentFactory(participant=person, entered_by=cast.wayan)
    members = [
        HEAD,
        [1, nik_of(1), "", "Orang 1", "16,800", "Aktif"],
        [2, nik_of(2), "", "Orang 2", "16,8", "Aktif"],
        [3, nik_of(3), "", "Orang 3", 16_800, "Non Aktif"],
        [4, nik_of(4), "", "Orang 4", 16_800, "cuti"],
        [5, nik_of(4), "", "Orang 4", 16_800, "Aktif"],
        *([number, "3,67204E+15", "", "Rusak", 16_800, "Aktif"] for number in range(6, 30)),
    ]
    payments = [
        ["Tanggal", "No SP2D", "Nilai"],
        ["05/07/2025", "SP-1", "168,000"],
        ["06/07/2025", "SP-2", "33.600"],
        ["06/07/2025", "SP-2", "33.600"],
        ["07/07/2025", "SP-3", "1.000"],
        ["08/07/2025", "SP-3", "2.000"],
        ["09/07/2025", "SP-4", ""],
    ]
    found = reconcile(
        question=FileQuestion(KOTA_A, date(2025, 7, 1)),
        members=Upload("aktif.xlsx", xlsx({"Aktif": members})),
        payments=Upload("sp2d.csv", csv(payments)),
        by=cast.wayan,
    )
    assert found.counts == {"both": 2, "name_differs": 0, "only_pemda": 1, "only_bpjs": 1}
    assert (found.sums["billed"], found.sums["paid"]) == (16_800 * 3, 168_000 + 33_600 + 3_000)
    assert list(found.files.order_by("side").values_list("side", "rows", "unread")) == [
        ("bank", 5, 1),
        ("bpjs", 4, 25),
    ]
    page = page_of(client_of(cast.wayan).get(reverse("reconciliation_detail", args=[found.pk])))
    for sentence in LEFT_ASIDE:
        assert sentence in page
    assert page.count("NIK terpotong oleh Excel") == 19
    assert nik_of(3) not in page + str(list(found.files.values_list("balance", flat=True)))
