"""Sentences as officials and newspapers write them, each with its figures and what becomes of its sums.

`forty` were written before the reader, `wordings` and `later` after, to see what it misses; all stay.
"""

import csv
from decimal import Decimal
from pathlib import Path


def _rows():
    with Path(__file__).with_name("sentences.csv").open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _read(row):
    """(text, [(value, unit) …], [verdict …])."""
    figures = [one.split(" ", 1) for one in row["figures"].split("; ") if one]
    sums = [one for one in row["sums"].split("; ") if one]
    return row["text"], [(Decimal(value), unit) for value, unit in figures], sums


def of_set(name):
    return [_read(row) for row in _rows() if row["set"] == name]


SENTENCES = [_read(row) for row in _rows()]
