"""Words on pages and in files: one name for one thing, and none that a civil servant would stumble over."""

import csv
import re
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings

from jamsostek_monitor.translations import extract

BANNED = list(csv.DictReader((Path(__file__).parent / "banned_words.csv").read_text("utf-8").splitlines()))
# Names and notes that pages show as they stand in the reference tables.
DATA = ("participants/data", "budgets/data")
GLOSSARY_ROW = re.compile(r"^\| (?P<term>[^|]+?) \| (?P<name>[^|]+?) \| [^|]+ \|$", re.MULTILINE)


def messages():
    """Every Indonesian text of code and templates, and every cell of the reference tables."""
    for message in extract():
        if message.id:
            yield from [message.id] if isinstance(message.id, str) else message.id
    for folder in DATA:
        for path in sorted((settings.BASE_DIR / folder).glob("*.csv")):
            for row in csv.reader(StringIO(path.read_text("utf-8"))):
                yield from row


def banned_in(texts):
    """Text, the word in it, and what to write instead."""
    patterns = [(re.compile(row["word"]), row["instead"]) for row in BANNED]
    return [
        (text, found[0], instead)
        for text in texts
        for pattern, instead in patterns
        if (found := pattern.search(text))
    ]


def test_no_banned_word_is_shown():
    assert banned_in(messages()) == []


@pytest.mark.parametrize(
    "planted",
    [
        "Iuran Rp 16.800",
        "naik 6 % dari bulan lalu",
        "%(count)s orang ganda",
        "Kosongkan saringan",
        "antar daerah",
    ],
)
def test_a_planted_word_is_found(planted):
    assert [text for text, _word, _instead in banned_in([planted])] == [planted]


def test_each_term_of_the_glossary_stands_once():
    text = (settings.BASE_DIR / "docs/glossary.md").read_text(encoding="utf-8")
    rows = [(row["term"].lower(), row["name"].lower()) for row in GLOSSARY_ROW.finditer(text)]
    terms = [term for term, _name in rows if term not in {"term", "---"}]
    names = [name for term, name in rows if term not in {"term", "---"} and name not in {"–", "---"}]
    assert len(terms) > 100
    assert sorted(terms) == sorted(set(terms))
    assert sorted(names) == sorted(set(names))
