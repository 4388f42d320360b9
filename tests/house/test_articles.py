"""What `docs/articles.md` promises: 57 rows, of pages and tests that there are."""

from collections import Counter

from tests.house.access_table import TABLE
from tests.house.source import ROOT

STATES = {"holds", "in part", "not yet"}


def rows():
    lines = (ROOT / "docs/articles.md").read_text(encoding="utf-8").splitlines()
    return [
        [cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("| 00")
    ]


def test_every_article_has_all_its_rows():
    numbers = [number for number, *_rest in rows()]
    assert Counter(number[:3] for number in numbers) == {"000": 12, "001": 13, "002": 12, "003": 12, "004": 8}
    assert len(set(numbers)) == 57


def test_pages_and_tests_are_there():
    for number, _what, page, test, state, missing in rows():
        assert state in STATES, number
        assert (page == "") == (test == "") == (state == "not yet"), number
        assert page == "" or page.strip("`") in TABLE, (number, page)
        assert test == "" or (ROOT / test.strip("`")).exists(), (number, test)
        assert (state == "in part") <= bool(missing), number
        assert not (state == "holds" and missing), number
