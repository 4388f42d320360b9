"""Words on pages and in files: one name for one thing, and none that a civil servant would stumble over."""

import ast
import csv
import re
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings

from jamsostek_monitor.translations import extract

BANNED = list(csv.DictReader((Path(__file__).parent / "banned_words.csv").read_text("utf-8").splitlines()))
# Names and notes that pages show as they stand in the reference tables.
DATA = ("participants/data", "budgets/data", "reports/data")
COMMANDS = "*/management/commands/*.py"
# A sentence that starts small, as a rename of its first word leaves it.
SMALL_START = re.compile(r"(?<!\bPlt)(?<!\bPlh)(?<!\bPj)[.!?] +[a-z]")
GLOSSARY_ROW = re.compile(r"^\| (?P<term>[^|]+?) \| (?P<name>[^|]+?) \| [^|]+ \|$", re.MULTILINE)


def sentences():
    """Every Indonesian text of code and templates."""
    for message in extract():
        if message.id:
            yield from [message.id] if isinstance(message.id, str) else message.id


def said_by_commands():
    for path in sorted(settings.BASE_DIR.glob(COMMANDS)):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.value


def cells():
    """Every cell of the reference tables, and every term of the glossary."""
    yield from (row["term"] for row in glossary())
    for folder in DATA:
        for path in sorted((settings.BASE_DIR / folder).glob("*.csv")):
            for row in csv.reader(StringIO(path.read_text("utf-8"))):
                yield from row


def glossary():
    return list(GLOSSARY_ROW.finditer((settings.BASE_DIR / "docs/glossary.md").read_text("utf-8")))


def banned_in(texts):
    """Text, the word in it, and what to write instead."""
    patterns = [(re.compile(row["word"]), row["instead"]) for row in BANNED]
    return [
        (text, found[0], instead)
        for text in texts
        for pattern, instead in patterns
        if (found := pattern.search(text))
    ]


@pytest.mark.parametrize("texts", [sentences, said_by_commands, cells])
def test_no_banned_word_is_shown(texts):
    assert len(list(texts())) > 100
    assert banned_in(texts()) == []


def test_every_sentence_starts_with_a_capital():
    assert [text for text in sentences() if SMALL_START.search(text)] == []


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
    rows = [(row["term"].lower(), row["name"].lower()) for row in glossary()]
    terms = [term for term, _name in rows if term not in {"term", "---"}]
    names = [name for term, name in rows if term not in {"term", "---"} and name not in {"–", "---"}]
    assert len(terms) > 100
    assert sorted(terms) == sorted(set(terms))
    assert sorted(names) == sorted(set(names))
