"""Names of categories and regions for tests without a database, from the tables that are loaded into it."""

import csv

from reports.statements.vocabulary import vocabulary
from tests.house.source import ROOT


def _categories():
    with (ROOT / "participants/data/categories.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            yield row["name"], row["code"]
            yield from ((name, row["code"]) for name in row["synonyms"].split("|") if name)


NAMES = vocabulary(
    _categories(),
    [
        ("Banten", "36"),
        ("Kota Cilegon", "36.72"),
        ("Cilegon", "36.72"),
        ("Kaur", "17.04"),
        ("Lebong", "17.07"),
    ],
)
