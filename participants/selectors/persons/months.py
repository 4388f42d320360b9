"""Persons by name over many months at once, by what decides the price of each."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from participants.models import Enrolment
from participants.selectors.persons.enrolment import COUNTED
from regions.month import months_between


@dataclass(frozen=True)
class PricedSpell:
    """Spells alike in all that decides a price; `people` is their number, negative where it is taken off."""

    region_code: str
    category: str
    funding: str
    segment: str
    programmes: frozenset[str]
    first_month: date
    last_month: date | None
    people: int

    def months(self, first: date, last: date) -> Iterable[date]:
        """Its months within these bounds."""
        end = last if self.last_month is None else min(self.last_month, last)
        return months_between(max(self.first_month, first), end)


_ALIKE = ("region_id", "category_id", "funding_id", "segment", "programmes", "first_month", "last_month")


def count_spells(first: date, last: date, *, region_code: str = "") -> list[PricedSpell]:
    """All spells that touch these months, alike ones counted together; each person once a month and cell."""
    spells = _touching(first, last, region_code)
    grouped = spells.order_by().values_list(*_ALIKE).annotate(people=Count("pk"))
    found = [_priced(row[:-1], row[-1]) for row in grouped]
    return [*found, *_counted_twice(spells, first, last)]


def _touching(first: date, last: date, region_code: str):  # type: ignore[no-untyped-def]
    rows = Enrolment.objects.filter(
        Q(last_month=None) | Q(last_month__gte=first), state__in=COUNTED, first_month__lte=last
    )
    return rows.filter(region_id=region_code) if region_code else rows


def _priced(alike, people: int) -> PricedSpell:  # type: ignore[no-untyped-def]
    code, category, funding, segment, programmes, first, last = alike
    return PricedSpell(code, category, funding, segment, frozenset(programmes), first, last, people)


def _counted_twice(spells, first: date, last: date) -> Iterable[PricedSpell]:  # type: ignore[no-untyped-def]
    """What to take off, since rows that were merged are one person.

    The database keeps spells of one row in a category and payer apart; only merged rows can overlap.
    """
    merged = spells.filter(participant__merged_into__isnull=False)
    roots = set(merged.values_list("participant__merged_into_id", flat=True))
    if not roots:
        return
    family = spells.filter(Q(participant__in=roots) | Q(participant__merged_into__in=roots))
    seen: Counter[tuple[int, str, str, date]] = Counter()
    columns = ("participant_id", "participant__merged_into_id", *_ALIKE)
    for row, root, *alike in family.order_by("first_month", "pk").values_list(*columns):
        spell = _priced(alike, -1)
        for month in spell.months(first, last):
            cell = (root or row, spell.category, spell.funding, month)
            seen[cell] += 1
            if seen[cell] > 1:
                yield _priced([*alike[:5], month, month], -1)
