"""What a cell of a file of money says: rupiah, counts, days and months, and what is none."""

from datetime import date

import pytest

from budgets.importers.money_cells import CellRefused, date_of, rupiah_of, whole_of
from budgets.importers.money_months import months_of


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("Rp 480.457.660", 480_457_660),
        ("Rp480.457.660", 480_457_660),
        ("Rp. 480.457.660,-", 480_457_660),
        ("480.457.660,00", 480_457_660),
        ("480457660", 480_457_660),
        ("480457660.00", 480_457_660),
        ("(1.000)", -1_000),
        ("(Rp1.000)", -1_000),
        ("'480457660", 480_457_660),
        (480_457_660.0, 480_457_660),
        (999_999_999_999_999.0, 999_999_999_999_999),
        (0, 0),
    ],
)
def test_rupiah_of_a_cell(cell, number):
    assert rupiah_of(cell) == number
    assert type(rupiah_of(cell)) is int


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        (480_457_660.5, "bukan bilangan bulat"),
        (1e15, "lebih dari 15 angka"),
        (float("nan"), "bukan bilangan bulat"),
        (float("inf"), "bukan bilangan bulat"),
        ("1,528", "bukan bilangan bulat"),
        ("480.457,50", "bukan bilangan bulat"),
        ("9" * 5000, "bukan bilangan bulat"),
        ("9" * 17, "kelebihan angka nol"),
        (True, "bukan bilangan bulat"),
        ("seribu", "Tulis rupiah penuh, misalnya 480.457.660."),
    ],
)
def test_what_is_no_rupiah_is_refused_with_its_remedy(cell, words):
    with pytest.raises(CellRefused, match=words):
        rupiah_of(cell)


@pytest.mark.parametrize(
    ("cell", "span"),
    [
        ("Juli 2025", ((2025, 7), (2025, 7))),
        ("2025-07", ((2025, 7), (2025, 7))),
        ("07/2025", ((2025, 7), (2025, 7))),
        ("202507", ((2025, 7), (2025, 7))),
        (202_507.0, ((2025, 7), (2025, 7))),
        (date(2025, 7, 18), ((2025, 7), (2025, 7))),
        ("01/07/2025", ((2025, 7), (2025, 7))),
        ("Januari - Maret 2025", ((2025, 1), (2025, 3))),
        ("November 2024 s.d. Februari 2025", ((2024, 11), (2025, 2))),
    ],
)
def test_months_of_a_cell(cell, span):
    assert months_of(cell) == tuple(date(year, month, 1) for year, month in span)


@pytest.mark.parametrize("cell", ["31/02/2025", "kemarin", "2025-13", True, float("nan"), ""])
def test_what_is_no_day_or_month_is_refused(cell):
    for read in (date_of, months_of):
        with pytest.raises(CellRefused):
            read(cell)


def test_counts_are_not_negative():
    with pytest.raises(CellRefused):
        whole_of("-3")
