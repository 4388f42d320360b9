"""Whole numbers as Indonesian offices write them: 1.528 is one thousand five hundred twenty-eight."""

import re
from decimal import Decimal

from django.utils.formats import number_format
from django.utils.translation import get_language

_PLAIN = re.compile(r"-?\d+")
_GROUPED = re.compile(r"-?\d{1,3}((\.\d{3})+|( \d{3})+)")
# Longer than any amount with its dots; Python converts thousands of digits to no number at all.
_LONGEST = 60
_RUPIAH_PREFIX = re.compile(r"^rp\.?\s*", re.IGNORECASE)
_RUPIAH_SUFFIX = re.compile(r",(-|00)$")


class NotAWholeNumber(ValueError):
    """The text has letters, decimals or groups that are not thousands."""


def parse_whole(text: str) -> int:
    """`1.528`, `1 528` and `1528` → 1528; `-3` → -3. Raises NotAWholeNumber otherwise.

    A comma is a decimal sign here, so `1,528` is refused rather than guessed; so is `1 5`.
    """
    cleaned = " ".join(text.split())
    if len(cleaned) > _LONGEST:
        raise NotAWholeNumber(cleaned[:_LONGEST])
    if cleaned.startswith("- "):
        cleaned = f"-{cleaned[2:]}"
    if _PLAIN.fullmatch(cleaned):
        return int(cleaned)
    if _GROUPED.fullmatch(cleaned):
        return int(cleaned.replace(".", "").replace(" ", ""))
    raise NotAWholeNumber(text)


def parse_rupiah(text: str) -> int:
    """`Rp480.457.660`, `480.457.660,-` and `480457660` → 480457660. Raises NotAWholeNumber otherwise."""
    cleaned = _RUPIAH_PREFIX.sub("", text.strip())
    return parse_whole(_RUPIAH_SUFFIX.sub("", cleaned))


def grouped(number: int) -> str:
    """1528 → `1.528` in Indonesian and `1,528` in English, for sentences; templates use `whole`."""
    return str(number_format(number, force_grouping=True))


def decimal(number: Decimal) -> str:
    """0.2400 → `0,24` in Indonesian and `0.24` in English."""
    return str(number_format(f"{number.normalize():f}"))


def typed(number: int) -> str:
    """1528 → `1.528` in Indonesian, `1 528` in English: what stands in a field `parse_whole` reads again."""
    return f"{number:,}".replace(",", " " if get_language() == "en" else ".")
