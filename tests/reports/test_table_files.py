"""Files of lists that are longer than a sheet, or than a group of rows."""

import io
from datetime import date

import fastparquet
from python_calamine import CalamineWorkbook

from regions import workbook_rows
from reports.api import table_files


def test_a_list_longer_than_a_group_of_rows_stays_whole(monkeypatch):
    monkeypatch.setattr(table_files, "_GROUP", 2)
    rows = [(number, None if number % 2 else date(2025, 7, number + 1), "x" * number) for number in range(5)]
    file = table_files.parquet(["number", "day", "text"], ["Int64", "datetime64[ns]", "string"], iter(rows))
    with file:
        frame = fastparquet.ParquetFile(io.BytesIO(file.read())).to_pandas()
    assert list(frame["number"]) == [0, 1, 2, 3, 4]
    assert frame["day"].isna().tolist() == [False, True, False, True, False]


def test_a_workbook_longer_than_a_sheet_goes_on_in_another(monkeypatch):
    monkeypatch.setattr(workbook_rows, "SHEET", 2)
    file = table_files.workbook(["number"], iter([(number,) for number in range(5)]))
    with file:
        book = CalamineWorkbook.from_filelike(io.BytesIO(file.read()))
    assert book.sheet_names == ["Sheet1", "Sheet2", "Sheet3"]
    told = [row for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python()[1:]]
    assert told == [[0.0], [1.0], [2.0], [3.0], [4.0]]
