"""Of which months example data speak, and of how much of the nation."""

from dataclasses import dataclass
from datetime import date

from regions.month import add_months, first_of, iso_month, months_between, parse_month

_LENGTH = 36
_FIRST_PUBLISHED = date(2023, 1, 1)


@dataclass(frozen=True)
class ExampleSpan:
    """Months from `first` to `last`, both the first day of theirs."""

    first: date
    last: date

    @property
    def months(self) -> list[date]:
        return list(months_between(self.first, self.last))

    @property
    def years(self) -> list[int]:
        return list(range(self.first.year, self.last.year + 1))

    @property
    def with_published(self) -> "ExampleSpan":
        """From the first publications on: what stands beside them needs figures of its own."""
        return ExampleSpan(min(self.first, _FIRST_PUBLISHED), self.last)

    @property
    def budget_years(self) -> list[int]:
        """The last year, and the one before where the last has only begun."""
        return [self.last.year] if self.last.month == 12 else [self.last.year - 1, self.last.year]

    def __str__(self) -> str:
        return f"{iso_month(self.first)}..{iso_month(self.last)}"


# Four provinces around the published figures: for tests, which need the same months on every day.
SMALL = ExampleSpan(date(2023, 1, 1), date(2025, 12, 1))


def span_until(today: date) -> ExampleSpan:
    """The months that have passed; the present one is still being reported."""
    last = add_months(first_of(today), -1)
    return ExampleSpan(add_months(last, 1 - _LENGTH), last)


def parse_span(text: str) -> ExampleSpan:
    """Raises ValueError for anything that `str` of a span never says."""
    first, _dots, last = text.partition("..")
    return ExampleSpan(parse_month(first), parse_month(last))
