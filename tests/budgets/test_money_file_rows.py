"""From a file of money to its rows, read in this process: which column is meant, and what is no row."""

from multiprocessing import Pipe

import pytest

from budgets.enums import MoneyKind
from budgets.importers import money_file
from budgets.importers.money_file import send_rows
from budgets.importers.money_row import FileRow, chosen_columns, is_number, settled
from budgets.services.money_read import LAYOUTS
from participants.importers.refusal import ListRefused
from tests.budgets.money_files import PAID, paid, workbook
from tests.factories import nik_of
from tests.participants.made_files import xlsx


@pytest.fixture
def read(tmp_path, monkeypatch):
    """What is sent of a file: the columns of its tables, its rows, and the account of numbers at the end."""
    # Nothing may wait in the pipe, which nobody empties meanwhile.
    monkeypatch.setattr(money_file, "_AT_ONCE", 2)

    def read(content, kind=MoneyKind.CONTRIBUTION, name="rekap.xlsx"):
        path = tmp_path / name
        path.write_bytes(content)
        ours, theirs = Pipe(duplex=False)
        with ours, theirs:
            send_rows(LAYOUTS[kind], path, path.stem, theirs)
            sent = []
            while ours.poll():
                sent.append(ours.recv())
        columns = [piece for piece in sent if isinstance(piece, dict)]
        rows = [row for piece in sent if isinstance(piece, list) for row in piece]
        return columns, rows, sent[-1]

    return read


def amounts(rows):
    return [(row.sheet, row.number, row.cells.get("amount")) for row in rows]


def test_rows_are_sent_with_the_columns_of_their_table(read):
    rows = [paid(n, n * 1_000) for n in (1, 2, 3)]
    columns, found, account = read(
        workbook([*rows, ["", "JUMLAH", "", "", "", 6_000]], above=[["REKAP"], []])
    )
    assert [field for field, _index, _title in columns[0]["Rekap"]] == [
        *("order", "region", "number", "paid_on", "programme"),
        *("amount", "first_month", "funding", "category"),
    ]
    assert [title for _field, _index, title in columns[0]["Rekap"]] == PAID
    assert amounts(found) == [("Rekap", 4, 1_000), ("Rekap", 5, 2_000), ("Rekap", 6, 3_000)]
    assert account.left_out == {}


def test_titles_repeated_numberings_and_sections_are_no_rows(read):
    content = workbook(
        [
            [str(n) for n in range(1, 10)],
            ["DINAS SOSIAL"],
            paid(1, 1_000),
            PAID,
            paid(2, ""),
            ["", "", "", "", "", "", "", "", "Linmas"],
        ]
    )
    _columns, found, _account = read(content)
    assert [(row.number, row.cells["number"]) for row in found] == [(4, "SP2D-1"), (6, "SP2D-2")]


def test_a_sheet_without_titles_is_read_like_the_one_before_it(read):
    content = xlsx({"Juli": [PAID, paid(1, 1_000)], "Agustus": [paid(2, 2_000)]})
    _columns, found, _account = read(content)
    assert amounts(found) == [("Juli", 2, 1_000), ("Agustus", 1, 2_000)]


def test_of_two_columns_that_could_be_the_sum_that_with_most_numbers_is_meant(read):
    header = [*PAID, "Jumlah Iuran"]
    rows = [[*paid(1, ""), 1_000], [*paid(2, 5), 2_000], [*paid(3, ""), 3_000], [*paid(4, 4_000), ""]]
    columns, found, _account = read(workbook(rows, header=header))
    assert ("amount", 9, "Jumlah Iuran") in columns[0]["Rekap"]
    assert [row.cells["amount"] for row in found] == [1_000, 2_000, 3_000, 4_000]
    assert [dict(row.disagreeing) for row in found] == [
        {},
        {"amount": ("Iuran (Rp)", "Jumlah Iuran")},
        {},
        {},
    ]


def test_numbers_like_a_nik_that_no_column_reads_are_counted(read):
    rows = [[*paid(1, 1_000), nik_of(1)], [*paid(2, 2_000), nik_of(2)]]
    _columns, _found, account = read(workbook(rows, header=[*PAID, "Keterangan lain"]))
    assert sum(len(entry.rows) for entry in account.left_out.values()) == 2


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (workbook([]), "Tidak ada baris isian di berkas ini"),
        (workbook([["JUMLAH"]]), "Tidak ada baris isian di berkas ini"),
        (workbook([[1, "Kota Cilegon", "x"]], header=["No", "Wilayah", "No. Bukti"]), "tidak memiliki kolom"),
    ],
)
def test_a_file_without_rows_says_what_is_missing(read, content, words):
    with pytest.raises(ListRefused) as refused:
        read(content)
    assert words in refused.value.sentence


def test_a_file_that_is_too_long_is_refused(read, monkeypatch):
    monkeypatch.setattr(money_file, "MOST_ROWS", 2)
    assert len(read(workbook([paid(1, 1), paid(2, 2)]))[1]) == 2
    with pytest.raises(ListRefused, match="lebih dari 2 baris"):
        read(workbook([paid(1, 1), paid(2, 2), paid(3, 3)]))


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        *[(cell, True) for cell in (5, 5.5, "5.000", "Rp 5.000", "(5.000)", "Nihil", "'5", "5-")],
        *[(cell, False) for cell in ("", "-", "lima", True, None, "5 orang")],
    ],
)
def test_what_is_a_number(cell, expected):
    assert is_number(cell) is expected


def row(number, first, second, **cells):
    return FileRow("Rekap", number, cells, {"amount": (first, second)})


def test_rivals_are_settled_by_row():
    rows = [row(1, "", 7), row(2, 5, 8), row(3, 6, ""), row(4, "", "", note="x"), row(5, "1.000", 1000)]
    assert chosen_columns(rows) == {"amount": 0}
    plain = FileRow("Rekap", 6, {"amount": 1})
    found = list(settled([*rows, plain], {"amount": 1}, {"amount": ("Satu", "Dua")}))
    assert [(one.number, one.cells, one.disagreeing) for one in found] == [
        (1, {"amount": 7}, {}),
        (2, {"amount": 8}, {"amount": ("Satu", "Dua")}),
        (3, {"amount": 6}, {}),
        (4, {"note": "x"}, {}),
        (5, {"amount": 1000}, {}),
        (6, {"amount": 1}, {}),
    ]
