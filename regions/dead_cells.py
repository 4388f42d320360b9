"""Cells of CSV files in which no spreadsheet finds anything to run, however it takes the file apart."""

import re

from regions.plain_characters import plain_text

_LIVE = "=+\\-@\t\r"
# The same where a program splits at another sign than ours, or does not mind quotes: after a separator,
# a break of the line or a quote, blanks or not.
_SPLIT = re.compile(rf"([;,|\t\n\r\"])([ \u00a0'\"]*)(?=[{_LIVE}＝＋－＠])")
_NUMBER = re.compile(r"-?\d+(?:[.,]\d+)*")
_LONGEST_NUMBER = 10


def dead(cell: object) -> object:
    """What is no text stays; text that would run, or lose its last digit as a number, is marked as text."""
    if not isinstance(cell, str):
        return "" if cell is None else cell
    return dead_text(cell)


def dead_text(text: str) -> str:
    text = plain_text(text)
    if _NUMBER.fullmatch(text):
        return f"'{text}" if text.isdigit() and len(text) > _LONGEST_NUMBER else text
    text = _SPLIT.sub(r"\1\2'", text)
    return f"'{text}" if text.lstrip(' \u00a0"').startswith(_STARTS) else text


_STARTS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
