"""Columns of files of money: which of several is meant, what its commas are, what the preview shows."""

from datetime import date
from types import SimpleNamespace

import pytest
from django.urls import reverse

from budgets.enums import MoneyKind
from budgets.importers.money_columns import COLUMNS, LABELS, title_of
from budgets.importers.money_fields import MoneyField
from budgets.selectors.money_preview import stored_beside
from budgets.services.money_judge import RowDefaults, judge_money
from budgets.services.money_read import LAYOUTS, comma_columns, read_apart
from participants.importers.header import label_of
from tests.budgets.money_files import paid, send, workbook
from tests.pages import page_of
from tests.participants.made_files import xlsx

AT = RowDefaults("36.72", date(2025, 7, 1))
NAMES = SimpleNamespace(regions={}, inside={"36.72"}, categories={}, fundings={}, institutions={}, lines={})


def judged(kind, rows, comma=""):
    read = read_apart(LAYOUTS[kind], xlsx({"Rekap": rows}), "rekap.xlsx")
    commas = comma_columns(read.rows, comma)
    return read, [judge_money(kind, row, NAMES, at=AT, commas=commas) for row in read.rows]


def told(kind, rows, field, comma=""):
    """What each row says in a field, or the beginning of the first sentence that refuses it."""
    _read, found = judged(kind, rows, comma)
    return [row.faults[0][1].partition(".")[0] if row.faults else row.told.get(field) for row in found]


def test_each_template_is_read_back():
    """Every title of a template is the column that it was written for."""
    found = {
        (kind, field): LABELS[kind].get(label_of(title_of(kind, field)))
        for kind, fields in COLUMNS.items()
        for field in fields
    }
    assert {key: field for key, field in found.items() if field != key[1]} == {}


@pytest.mark.parametrize("title", ["Nominal Dibayar", "Jumlah Dibayar", "Nilai Dibayar", "Rupiah"])
def test_the_column_with_numbers_is_the_amount(title):
    rows = [
        ["No Klaim", "Tanggal Bayar", "Manfaat", title],
        ["KL-1", "05/08/2025", "Santunan 1 orang", 42_000_000],
        ["KL-2", "06/08/2025", "Beasiswa", "3.500.000"],
        ["KL-3", "06/08/2025", "12", "Rp500.000,-"],
        ["KL-4", "06/08/2025", "Perawatan", ""],
    ]
    read, found = judged(MoneyKind.CLAIM, rows)
    assert [(row.number, row.told.get("amount")) for row in found[:2]] == [
        ("KL-1", 42_000_000),
        ("KL-2", 3_500_000),
    ]
    disagreeing = f"Kolom “Manfaat”, “{title}” dapat berarti hal yang sama, tetapi angkanya berbeda"
    assert found[2].faults[0][1].startswith(disagreeing)
    assert [fault[0] for fault in found[3].faults] == ["amount"]
    assert ("amount", 3, title) in read.columns["Rekap"]


def test_two_columns_that_say_the_same_are_one():
    rows = [
        ["No Bukti", "Tgl Bayar", "Untuk Bulan", "Iuran", "Jumlah Dibayar"],
        ["B-1", "05/08/2025", "Juli 2025", "16.800", "Rp16.800"],
        ["B-2", "05/08/2025", "Juli 2025", "", "33.600"],
    ]
    assert told(MoneyKind.CONTRIBUTION, rows, "amount") == [16_800, 33_600]


REALISED = ["Periode", "Jumlah Orang", "No Tagihan", "Nilai Tagihan", "Jumlah Dibayar"]


def test_groups_in_one_column_prove_what_a_comma_is_in_all():
    rows = [
        REALISED,
        ["Juli 2025", 6000, "T-1", "302,400,000", ""],
        ["Juli 2025", "1,200", "T-2", "", 60_480_000],
        ["Juli 2025", "1,200", "T-3", "16,800", "16.800"],
    ]
    assert told(MoneyKind.REALISATION, rows, "heads") == [6000, 1200, 1200]
    assert told(MoneyKind.REALISATION, rows, "billed_amount") == [302_400_000, None, 16_800]


@pytest.mark.parametrize(
    ("comma", "heads"),
    [
        ("", "Koma dalam angka ini dapat berarti ribuan atau pecahan"),
        ("thousands", 1200),
        ("decimal", "“1,200” bukan bilangan bulat"),
    ],
)
def test_a_comma_in_a_number_of_people_is_asked_about_too(comma, heads):
    rows = [REALISED, ["Juli 2025", "1,200", "T-2", "", 60_480_000]]
    assert told(MoneyKind.REALISATION, rows, "heads", comma) == [heads]


@pytest.mark.django_db
def test_a_comma_in_a_number_of_people_shows_the_question(cast, client_of):
    batch = send(
        xlsx({"R": [REALISED, ["Juli 2025", "1,200", "T-2", "", 1]]}), cast.wayan, MoneyKind.REALISATION
    )
    assert "Apa arti koma" in page_of(
        client_of(cast.wayan).get(reverse("money_batch_detail", args=[batch.pk]))
    )


def months(first, last):
    return {"first_month": f"2025-{first:02}-01", "last_month": f"2025-{last:02}-01"}


@pytest.mark.parametrize(
    ("field", "words", "read", "stored"),
    [
        ("amount", "1,234", {"amount": 1234}, "Rp1.234"),
        ("amount", "(500.000)", {"amount": -500_000}, "−Rp500.000"),
        ("amount", "Rp1.234,00", {"amount": 1234}, ""),
        ("amount", "1234", {"amount": 1234}, ""),
        ("amount", "1,5", {}, ""),
        ("heads", "1,200", {"heads": 1200}, "1.200"),
        ("heads", "1.200", {"heads": 1200}, ""),
        ("paid_on", "5/7/25", {"paid_on": "2025-07-05"}, "5 Juli 2025"),
        ("paid_on", "05/07/2025", {"paid_on": "2025-07-05"}, ""),
        (
            "first_month",
            "TW 2 2025",
            {"first_month": "2025-04-01", "last_month": "2025-06-01"},
            "April 2025 – Juni 2025",
        ),
        (
            "first_month",
            "Agst 2025",
            months(8, 8),
            "Agustus 2025",
        ),
        ("first_month", "08/2025", months(8, 8), ""),
        ("note", "apa saja", {"note": "apa saja"}, ""),
    ],
)
def test_what_would_be_stored_stands_beside_other_words(field, words, read, stored):
    assert stored_beside(MoneyField(field), words, read, {field: words}) == stored


def test_a_last_month_of_its_own_ends_the_span():
    read = months(4, 6)
    cells = {"first_month": "Apr 2025", "last_month": "Jun 2025"}
    assert stored_beside(MoneyField.FIRST_MONTH, "Apr 2025", read, cells) == "April 2025"
    assert stored_beside(MoneyField.LAST_MONTH, "Jun 2025", read, cells) == "Juni 2025"


@pytest.mark.django_db
def test_the_preview_shows_words_and_what_they_mean_and_unclear_payers_their_choices(cast, client_of):
    rows = [
        paid(1, "1,234,567", month="TW 2 2025", day="10/07/2025"),
        paid(2, "2.000", funding="APBD"),
        paid(3, "2.000", funding="dari langit"),
    ]
    batch = send(workbook(rows), cast.wayan)
    page = page_of(client_of(cast.wayan).get(reverse("money_batch_detail", args=[batch.pk])))
    assert '1,234,567<br><span class="muted">Rp1.234.567</span>' in page
    assert 'TW 2 2025<br><span class="muted">April 2025 – Juni 2025</span>' in page
    assert "Sumber dana “APBD” belum jelas. Tulis salah satu: APBD kabupaten/kota; APBD provinsi." in page
    assert "Sumber dana “dari langit” tidak dikenal." in page


@pytest.mark.django_db
def test_the_form_names_the_files_it_takes(cast, client_of):
    address = reverse("money_batch_send", args=[MoneyKind.CONTRIBUTION.value])
    page = page_of(client_of(cast.wayan).get(address))
    assert "txt, tabel HTML, atau zip" in page
