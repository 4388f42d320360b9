"""Cells of CSV files in which no spreadsheet finds anything to run, however it takes the file apart."""

import re
from decimal import Decimal

from regions.plain_characters import plain_text

_LIVE = "=+\\-@\t\r"
# The same where a program splits at another sign than ours, or does not mind quotes: after a separator,
# a break of the line or a quote, blanks or not.
_SPLIT = re.compile(rf"([;,|\t\n\r\"])([ \u00a0'\"]*)(?=[{_LIVE}＝＋－＠])")
_NUMBER = re.compile(r"-?\d+(?:[.,]\d+)*")
_LONGEST_NUMBER = 10


_STARTS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def dead(cell: object) -> object:
    """A cell among figures: what is no text stays, and so do numbers written as text."""
    if not isinstance(cell, str):
        return "" if cell is None else cell
    is_number = _NUMBER.fullmatch(cell) and not _is_too_long(cell)
    return cell if is_number else dead_text(cell)


def csv_cell(cell: object) -> object:
    """The same for a CSV, in which spreadsheets here read a comma as the decimal mark."""
    return str(cell).replace(".", ",") if isinstance(cell, Decimal | float) else dead(cell)


def dead_text(text: str) -> str:
    """Words that would run, or would lose their last digit as a number, marked as text."""
    text = _SPLIT.sub(r"\1\2'", plain_text(text))
    runs = text.lstrip(' \u00a0"').startswith(_STARTS)
    return f"'{text}" if runs or _is_too_long(text) else text


def _is_too_long(text: str) -> bool:
    return text.isdigit() and len(text) > _LONGEST_NUMBER
