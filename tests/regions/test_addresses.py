"""Addresses are asked for in English and read in Indonesian."""

from datetime import date

import pytest

from regions.addresses import address
from tests.house.source import ROOT

WORDS = ("wilayah", "periode", "keadaan", "dari", "sampai", "tahun", "cari", "peran", "tempat", "terlambat")


def test_months_and_days_are_written_as_pages_read_them():
    month, day = date(2025, 7, 1), date(2025, 8, 15)
    assert address("region_board", "36.72", month=month) == "/wilayah/36.72/?periode=2025-07"
    asked = address("region_board", "36.72", month=month, per=day)
    assert asked == "/wilayah/36.72/?periode=2025-07&per=2025-08-15"
    assert address("region_board", "36.72", month=None, per="") == "/wilayah/36.72/"


def test_what_no_page_knows_is_refused():
    with pytest.raises(KeyError):
        address("region_board", "36.72", mouth=1)


@pytest.mark.parametrize(
    ("rooms", "ways"),
    [
        # Acts note some of these words as names of what changed.
        ({"services"}, ("?{}=", "&{}=")),
        ({"selectors", "measures"}, ("?{}=", "&{}=", '"{}":', "'{}':")),
    ],
)
def test_services_and_selectors_write_no_words_of_addresses(rooms, ways):
    words = [way.format(word) for word in WORDS for way in ways]
    apps = [ROOT / app for app in ("regions", "participants", "budgets", "reports")]
    inner = [path for app in apps for path in app.rglob("*.py") if rooms & set(path.parts)]
    assert len(inner) > 100
    faults = [str(path) for path in inner if any(word in path.read_text() for word in words)]
    assert faults == []
