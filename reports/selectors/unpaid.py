"""People of a category whom none pays for: those without cover, less those promised and not covered yet."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import urlencode

from budgets.planning.question import MONTHS
from participants.models import Category
from reports.selectors.category_need import NeedCell


@dataclass(frozen=True)
class UnpaidCell:
    """A category in a regency: people without cover, those promised who are not covered yet."""

    need: NeedCell
    promised: int
    months: int

    @property
    def people(self) -> int:
        return max(0, (self.need.gap or 0) - self.promised)

    @property
    def rupiah(self) -> int | None:
        return None if self.need.price is None else self.people * self.need.price * self.months


@dataclass(frozen=True)
class Unpaid:
    """Cells of which people are left whom none pays for, with their sums; `own` were promised by the region
    above and are of no single place."""

    cells: list[UnpaidCell] = field(default_factory=list)
    own: int = 0

    @property
    def people(self) -> int:
        return max(0, sum(cell.people for cell in self.cells) - self.own)

    @property
    def rupiah(self) -> int | None:
        """Of those with a price. What the region above promised is taken off the cheapest."""
        left, total = self.own, 0
        priced = [cell for cell in self.cells if cell.need.price is not None]
        for cell in sorted(priced, key=lambda cell: cell.need.price or 0):
            people = max(0, cell.people - left)
            left -= cell.people - people
            total += people * (cell.need.price or 0) * cell.months
        return total if priced else None


@dataclass(frozen=True)
class UnpaidCategory:
    category: Category
    unpaid: Unpaid
    year: int

    @property
    def gap(self) -> int:
        return sum(cell.need.gap or 0 for cell in self.unpaid.cells)

    @property
    def promised(self) -> int:
        return self.gap - self.unpaid.people

    @property
    def offer_query(self) -> str:
        """What the form of an offer begins with, for a single place; empty where its price is not known."""
        if len(self.unpaid.cells) != 1:
            return ""
        (cell,) = self.unpaid.cells
        if not cell.people or cell.need.price is None:
            return ""
        return offer_query(
            region=cell.need.region.pk,
            category=self.category.pk,
            year=self.year,
            people=cell.people,
            months=cell.months,
            monthly_rate=cell.need.price,
        )


def offer_query(*, year: int, months: int, **told: object) -> str:
    """An offer from so many months before the year's end on."""
    first = f"{year}-{MONTHS + 1 - months:02}"
    return urlencode({"year": year, "months": months, "first_month": first, **told})


def by_category(cells: Iterable[UnpaidCell], own: dict[str, int], year: int) -> list[UnpaidCategory]:
    """Most people first."""
    found: dict[str, list[UnpaidCell]] = {}
    for cell in cells:
        found.setdefault(cell.need.category.pk, []).append(cell)
    rows = [
        UnpaidCategory(inside[0].need.category, Unpaid(inside, own.get(code, 0)), year)
        for code, inside in found.items()
    ]
    return sorted(rows, key=lambda row: (-row.unpaid.people, row.category.name))
