"""Amounts and months as offices write them; a comma that may mean two things is asked about once."""

from datetime import date

import pytest
from django.urls import reverse

from budgets.importers.money_cells import CellRefused, rupiah_of, whole_of
from budgets.importers.money_months import months_of
from budgets.models import Contribution, MoneyBatch
from budgets.services.money_batch import confirm_money_batch
from budgets.services.money_read import work_on_money_files
from tests.budgets.money_files import paid, send, workbook

QUARTER = (date(2025, 4, 1), date(2025, 6, 1))


@pytest.mark.parametrize(
    ("cell", "rupiah"),
    [
        ("1,234,567", 1_234_567),
        ("Rp 480,457,660.00", 480_457_660),
        ("1.234.567", 1_234_567),
        ("1 000 000", 1_000_000),
        ("Rp. 1.000.000,00", 1_000_000),
        ("IDR 2.500", 2500),
        ("(1.000)", -1000),
        ("nihil", 0),
        (1528.0, 1528),
    ],
)
def test_amounts(cell, rupiah):
    assert rupiah_of(cell) == rupiah


@pytest.mark.parametrize(
    "cell", ["1,234", "1,5", "1.5", "1 5", "4,80458E+08", "1.000 / 2.000", "1.2345.678", 0.5]
)
def test_amounts_that_are_none_are_never_made_up(cell):
    with pytest.raises(CellRefused):
        rupiah_of(cell)


@pytest.mark.parametrize("cell", ["1,5", "1 5", "1,52E+03", "12 345 6"])
def test_numbers_of_people_are_never_made_up(cell):
    with pytest.raises(CellRefused):
        whole_of(cell)
    assert (whole_of("1 528"), whole_of("1.528"), whole_of("Nihil")) == (1528, 1528, 0)


@pytest.mark.parametrize(
    ("cell", "span"),
    [
        ("Triwulan II 2025", QUARTER),
        ("TW 2 2025", QUARTER),
        ("TW II/2025", QUARTER),
        ("Kuartal 2 Tahun 2025", QUARTER),
        ("TW 2", QUARTER),
        ("Triwulan IV", (date(2024, 10, 1), date(2024, 12, 1))),
        ("Semester I", (date(2025, 1, 1), date(2025, 6, 1))),
        ("Semester II 2024", (date(2024, 7, 1), date(2024, 12, 1))),
        ("Januari-Maret 2025", (date(2025, 1, 1), date(2025, 3, 1))),
        ("Jan-Mar 2025", (date(2025, 1, 1), date(2025, 3, 1))),
        ("Des 2024 s.d. Feb 2025", (date(2024, 12, 1), date(2025, 2, 1))),
        ("2025/07", (date(2025, 7, 1), date(2025, 7, 1))),
        ("Tahun 2024", (date(2024, 1, 1), date(2024, 12, 1))),
        ("Juli 2025", (date(2025, 7, 1), date(2025, 7, 1))),
        ("Agst 2025", (date(2025, 8, 1), date(2025, 8, 1))),
        ("Bulan Agust 2025", (date(2025, 8, 1), date(2025, 8, 1))),
        ("9 2025", (date(2025, 9, 1), date(2025, 9, 1))),
        ("7 s/d 9 2025", (date(2025, 7, 1), date(2025, 9, 1))),
        ("07 s.d. 09/2025", (date(2025, 7, 1), date(2025, 9, 1))),
        ("bulan 7 sampai dengan 9 2025", (date(2025, 7, 1), date(2025, 9, 1))),
        ("07-09/2025", (date(2025, 7, 1), date(2025, 9, 1))),
        ("7 - 9 2025", (date(2025, 7, 1), date(2025, 9, 1))),
        ("7/2025-9/2025", (date(2025, 7, 1), date(2025, 9, 1))),
        ("2025/07-2025/09", (date(2025, 7, 1), date(2025, 9, 1))),
        ("202511-202601", (date(2025, 11, 1), date(2026, 1, 1))),
        ("11/2025 s/d 01/2026", (date(2025, 11, 1), date(2026, 1, 1))),
        ("05-07-2025", (date(2025, 7, 1), date(2025, 7, 1))),
    ],
)
def test_months(cell, span):
    assert months_of(cell, date(2025, 7, 10)) == span


@pytest.mark.parametrize(
    "cell",
    [
        "TW 5 2025",
        "Semester III 2025",
        "2025/13",
        "Juli",
        "kemarin",
        "13 2025",
        "12-01/2026",
        "13-15/2025",
        "7 s/d 13 2025",
    ],
)
def test_months_that_are_none(cell):
    with pytest.raises(CellRefused):
        months_of(cell, date(2025, 7, 10))


def test_a_quarter_of_no_year_needs_a_day_to_tell_it():
    with pytest.raises(CellRefused):
        months_of("TW 2")


def reload(batch):
    return MoneyBatch.objects.get(pk=batch.pk)


@pytest.mark.django_db
@pytest.mark.parametrize(("said", "counts"), [("thousands", {"new": 2}), ("decimal", {"refused": 2})])
def test_a_single_comma_is_asked_once_for_the_file(cast, client_of, said, counts):
    batch = send(workbook([paid(1, "1,234"), paid(2, "750,000")]), cast.wayan)
    assert batch.counts == {"refused": 2}
    client = client_of(cast.wayan)
    page = client.get(reverse("money_batch_detail", args=[batch.pk])).content.decode()
    assert "Apa arti koma" in page
    client.post(reverse("money_batch_comma", args=[batch.pk]), {"koma": said})
    work_on_money_files()
    assert reload(batch).counts == counts
    again = client.get(reverse("money_batch_detail", args=[batch.pk])).content.decode()
    assert ("Apa arti koma" in again, "Jawaban sekarang: pecahan." in again) == (said == "decimal",) * 2
    if said == "decimal":
        # A wrong answer is no street of one way.
        client.post(reverse("money_batch_comma", args=[batch.pk]), {"koma": "thousands"})
        work_on_money_files()
        assert reload(batch).counts == {"new": 2}
    else:
        confirm_money_batch(pk=batch.pk, by=cast.wayan)
        assert sorted(Contribution.objects.values_list("amount", flat=True)) == [1234, 750_000]


@pytest.mark.django_db
def test_a_column_that_shows_its_groups_is_not_asked_about(cast):
    batch = send(workbook([paid(1, "1,234,567"), paid(2, "750,000")]), cast.wayan)
    assert batch.counts == {"new": 2}
