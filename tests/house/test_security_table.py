"""docs/security.md: every requirement of ASVS 5.0 level 2 once, and no file that does not exist."""

import re
from collections import Counter

from tests.house.source import ROOT

TEXT = (ROOT / "docs/security.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\| (\d+\.\d+\.\d+) \| ([^|]+) \| ([^|]+) \| ([^|]+) \|$", TEXT, re.MULTILINE)
# Levels 1 and 2 of each chapter.
CHAPTERS = [27, 11, 19, 10, 9, 35, 18, 7, 7, 29, 14, 9, 13, 9, 13, 16, 7]
STATES = {"dipenuhi", "tidak berlaku", "belum dipenuhi"}
FILES = re.compile(r"\b(?:tests|docs|regions|reports|participants|templates|jamsostek_monitor)/[\w/]+\.\w+")


def test_every_requirement_stands_there_once():
    ids = [row[0] for row in ROWS]
    assert [name for name, count in Counter(ids).items() if count > 1] == []
    found = Counter(int(one.split(".")[0]) for one in ids)
    assert [found[chapter] for chapter in range(1, 18)] == CHAPTERS
    assert sum(CHAPTERS) == len(ids) == 253


def test_every_row_has_a_state_and_what_shows_it():
    assert [row for row in ROWS if row[1] not in STATES or not row[2].strip() or not row[3].strip()] == []
    told = re.search(r"Of 253 rows (\d+) are met, (\d+) do not apply, (\d+) are not met", TEXT)
    states = Counter(row[1] for row in ROWS)
    assert [int(number) for number in told.groups()] == [
        states["dipenuhi"],
        states["tidak berlaku"],
        states["belum dipenuhi"],
    ]


LATER = ("in this version", "with the pages of", "with sessions", "with sign-in", "below, ")


def test_no_row_waits_for_what_is_built_or_points_the_wrong_way():
    assert [row[0] for row in ROWS if any(words in row[3] for words in LATER)] == []


def test_named_files_exist():
    named = {path for row in ROWS for path in FILES.findall(row[3])}
    assert len(named) > 30
    assert sorted(path for path in named if not (ROOT / path).exists()) == []
