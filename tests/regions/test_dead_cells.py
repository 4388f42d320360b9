"""No cell of a CSV runs, whichever sign a spreadsheet takes for the separator."""

import csv
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regions.dead_cells import dead, dead_text

SEPARATORS = (",", ";", "\t", "|")
LIVE = ("=", "+", "-", "@", "\t", "\r")
TEXTS = [
    "Cibeber;=1+1",
    "Cibeber,=1+1",
    "Cibeber\t=1+1",
    "Cibeber\n=1+1",
    "Cibeber\r\n@SUM(1)",
    'Cibeber";=1+1',
    'Cibeber";"=1+1',
    "Cibeber; =1+1",
    "a|+62812",
    "=1+1",
    " =1+1",
    '"=1+1',
    "+62 812",
    "-2+3",
    "@SUM(A1)",
    "＝1+1",
    "a,'=1",
]


def cells_of(text, read, quoting):
    for separator in read:
        for row in csv.reader(StringIO(text, newline=""), delimiter=separator, quoting=quoting):
            yield from row


def running(text):
    """Cells that a program would take for a formula, however it splits the file."""
    for quoting in (csv.QUOTE_MINIMAL, csv.QUOTE_NONE):
        for cell in cells_of(text, SEPARATORS, quoting):
            bare = cell.strip(' "\u00a0')
            if bare.startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠")) and not _is_number(bare):
                yield cell


def _is_number(text):
    return text.lstrip("-").replace(".", "").replace(",", "").isdigit()


def written(texts, separator):
    stream = StringIO()
    csv.writer(stream, delimiter=separator).writerow([dead_text(text) for text in texts])
    return stream.getvalue()


@pytest.mark.parametrize("separator", [",", ";"])
@pytest.mark.parametrize("text", TEXTS)
def test_no_text_runs(text, separator):
    assert list(running(written(["awal", text, "akhir"], separator))) == []


@given(st.lists(st.text(alphabet="a1=+-@;,|\t\n\r\"' ", max_size=12), min_size=1, max_size=3))
def test_no_words_at_all_run(texts):
    for separator in (",", ";"):
        assert list(running(written(texts, separator))) == []


@pytest.mark.parametrize(
    ("cell", "kept"),
    [
        ("Jalan Mawar 5", "Jalan Mawar 5"),
        ("-2,5", "-2,5"),
        ("-1.234", "-1.234"),
        (-5, -5),
        (None, ""),
        (True, True),
        ("3672010704650001", "'3672010704650001"),
        ("Serang-Cilegon; RT 5", "Serang-Cilegon; RT 5"),
    ],
)
def test_what_cannot_run_stays(cell, kept):
    assert dead(cell) == kept
