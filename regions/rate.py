"""The one division of figures in Python, rounded as the database rounds.

A figure that is a quotient is a measure: its numerator and denominator are stored and the column
`MeasureValue.rate` divides them. Only what needs a rate before it is stored, or what is no stored figure at
all, as coverage by a denominator that is not in force, divides here.
"""

from decimal import Decimal


def rate_of(numerator: int, denominator: int | None) -> Decimal | None:
    """Percent with two decimals, halves away from zero; nothing of a missing or empty whole."""
    if not denominator:
        return None
    doubled, whole = 20_000 * abs(numerator) + abs(denominator), 2 * abs(denominator)
    hundredths = Decimal(doubled // whole).scaleb(-2)
    return -hundredths if (numerator < 0) != (denominator < 0) else hundredths
