"""Programmes together: those that a count is about, or that make somebody covered. Always in one order."""

from collections.abc import Collection, Iterable

from participants.enums import Programme

# What most local governments pay for, and what a count is about where nobody says otherwise.
USUAL_PROGRAMMES = (Programme.JKK.value, Programme.JKM.value)


def usual_programmes() -> list[str]:
    return list(USUAL_PROGRAMMES)


def in_order(programmes: Collection[str]) -> list[str]:
    """Each once, as the programmes are always told: equal sets are equal lists."""
    return [code for code in Programme.values if code in programmes]


def is_usual(programmes: Collection[str]) -> bool:
    return set(programmes) == set(USUAL_PROGRAMMES)


def programmes_words(programmes: Iterable[str]) -> str:
    """`JKK + JKM`."""
    return " + ".join(code.upper() for code in programmes)
