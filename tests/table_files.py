"""Files of tables as a page gives them, read again."""

import csv
from io import BytesIO, StringIO

from python_calamine import load_workbook


def told_in(response):
    """The rows of a CSV by the titles of its columns."""
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(StringIO(text), delimiter=";"))


def cells_in(response):
    """All cells of a workbook's first sheet."""
    return load_workbook(BytesIO(b"".join(response.streaming_content))).get_sheet_by_index(0).to_python()
