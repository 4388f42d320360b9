"""The stored figures a pack is made of, and the numbers that are made of them by adding and subtracting."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from regions.month import iso_month
from reports.measures.codes import MeasureCode
from reports.pack.content import Identity, Kind, Number
from reports.pack.period import Period

# Measure, segment, category, funding, target, variant.
Key = tuple[str, str, str, str, str, str]
_OF_COVERAGE = (MeasureCode.COVERAGE, MeasureCode.UNCOVERED, MeasureCode.SEGMENT_COVERAGE)
# Sums of regions that reported both halves: other regions in another month make another sum.
_OF_PAIRS = (MeasureCode.BALANCE, MeasureCode.BALANCE_BY_BASIS, MeasureCode.ARREARS)
_DIFFERENCE = {Kind.PERCENT: Kind.POINTS}


@dataclass(frozen=True)
class StoredValue:
    numerator: int
    denominator: int | None
    rate: Decimal | None
    reported: int | None
    expected: int | None
    definition: str
    grade: str = ""
    missing: str = ""
    partial: int = 0


@dataclass(frozen=True)
class FigureBook:
    """By (region, month as text); `names` are those of categories, sources of funds and regions."""

    figures: Mapping[tuple[str, str], Mapping[Key, StoredValue]]
    names: Mapping[str, str]

    def of(self, region: str, month: date, measure: str) -> list[tuple[Key, StoredValue]]:
        """All values of one measure, in the order of their dimensions."""
        found = self.figures.get((region, iso_month(month)), {})
        return sorted((key, stored) for key, stored in found.items() if key[0] == measure)

    def stored(self, region: str, month: date, key: Key) -> StoredValue | None:
        return self.figures.get((region, iso_month(month)), {}).get(key)

    def number(
        self, region: str, month: date, key: Key, kind: Kind = Kind.COUNT, part: str = "numerator"
    ) -> Number:
        stored = self.stored(region, month, key)
        identity = Identity(region, iso_month(month), key[0], part, *key[1:])
        return Number(getattr(stored, part) if stored else None, kind, ((1, identity),))

    def rate(self, region: str, month: date, key: Key, kind: Kind = Kind.PERCENT) -> Number:
        return self.number(region, month, key, kind, "rate")

    def change(
        self, region: str, months: tuple[date, date], key: Key, kind: Kind, part: str = "numerator"
    ) -> Number:
        """Unknown where either is no whole, or the two are sums of other regions."""
        before, now = (self.number(region, month, key, kind, part) for month in months)
        one, other = (self.stored(region, month, key) for month in months)
        if one is None or other is None or not _is_comparable(key, one, other):
            return Number(None, _DIFFERENCE.get(kind, Kind.CHANGE))
        return subtracted(now, before)

    def flow(self, region: str, period: Period, key: Key, kind: Kind) -> Number:
        """What came in during the period, of a measure that counts from January on."""
        until = self.number(region, period.last, key, kind)
        if period.begins_the_year:
            return until
        earlier = self.number(region, period.before, key, kind)
        flowed = replace(subtracted(until, earlier), kind=kind)
        one, other = (self.stored(region, month, key) for month in (period.before, period.last))
        is_other_sum = one is not None and other is not None and one.reported != other.reported
        return Number(None, kind) if key[0] in _OF_PAIRS and is_other_sum else flowed

    def grade(self, identity: Identity) -> str:
        key: Key = (identity.measure, *identity.to_json()[4:])  # type: ignore[assignment]
        stored = self.figures.get((identity.region, identity.month), {}).get(key)
        return stored.grade if stored else ""

    def name(self, code: str) -> str:
        return self.names.get(code, code)


def _is_comparable(key: Key, one: StoredValue, other: StoredValue) -> bool:
    if key[0] not in _OF_COVERAGE:
        return True
    if key[0] == MeasureCode.COVERAGE and (one.rate is None or other.rate is None):
        return False
    return one.reported == other.reported


def key_of(measure: str, **dimensions: str) -> Key:
    names = ("segment", "category", "funding", "target", "variant")
    return (measure, *(dimensions.get(name, "") for name in names))  # type: ignore[return-value]


def subtracted(one: Number, other: Number) -> Number:
    """The difference, known only where both are."""
    made_of = (*one.made_of, *((-sign, identity) for sign, identity in other.made_of))
    value: Any = None if one.value is None or other.value is None else one.value - other.value
    return Number(value, _DIFFERENCE.get(one.kind, Kind.CHANGE), made_of)


def total(numbers: Iterable[Number]) -> Number:
    """The sum of those that are known; unknown where none is."""
    known = [number for number in numbers if number.value is not None]
    if not known:
        return Number(None, Kind.COUNT)
    value: Any = sum(number.value for number in known)
    return Number(value, known[0].kind, tuple(part for number in known for part in number.made_of))
