"""What a list of persons did: to whom, to the number by name, and to what is due for them."""

from dataclasses import dataclass
from datetime import date

from budgets.selectors.expected import PersonMonths, price_people
from participants.enums import RowState
from participants.models import Batch
from participants.selectors.batches.effect import people_added
from participants.selectors.headcount import count_funded
from participants.selectors.persons.months import NamedPeople, PricedPeople, count_named
from regions.region_months import RegionMonths


@dataclass(frozen=True)
class ListEffect:
    """`added` are people in the first month of the list, of `named` who stand there by name now.

    `reported` is the number that was reported for the same category and payer, which contributions due are
    reckoned from where there is one; `due` are then empty.
    """

    batch: Batch
    counts: dict[str, int]
    added: int
    named: int
    reported: int | None
    due: tuple[PersonMonths, ...]

    @property
    def month(self) -> date:
        return self.batch.first_month

    @property
    def named_before(self) -> int:
        return self.named - self.added

    @property
    def gap(self) -> int:
        """How many more were reported than stand there by name; negative where fewer were."""
        return (self.reported or 0) - self.named

    @property
    def in_month(self) -> PersonMonths | None:
        return next((row for row in self.due if row.month == self.month), None)

    @property
    def until(self) -> date:
        return self.due[-1].month

    @property
    def until_year_end(self) -> int:
        return sum(row.rupiah for row in self.due)

    @property
    def is_priced(self) -> bool:
        return all(row.price is not None for row in self.due)

    @property
    def new(self) -> int:
        return self.counts.get(RowState.NEW, 0)

    @property
    def changed(self) -> int:
        return self.counts.get(RowState.CHANGED, 0)

    @property
    def same(self) -> int:
        return self.counts.get(RowState.SAME, 0)


def effect_of(batch: Batch) -> ListEffect:
    """Of a list that is stored; rupiah until the end of its first year, or until it ends."""
    first, code, cell = batch.first_month, batch.region_id, (batch.category_id, batch.funding_id)
    year_end = date(first.year, 12, 1)
    asked = RegionMonths(first, min(year_end, batch.last_month or year_end), (code,))
    added = people_added(batch, asked.months)
    named = count_named(RegionMonths.at(first, code), persons=False).by_cell()
    reported = count_funded(RegionMonths.at(first, code)).get(first, {}).get(code, {})
    return ListEffect(
        batch,
        batch.counts.get("state", {}),
        added[first],
        named.get(first, {}).get(code, {}).get(cell, 0),
        reported.get(cell),
        tuple(_due(batch, added)),
    )


def _due(batch: Batch, added: dict[date, int]) -> list[PersonMonths]:
    """By month what is due for the people of the list; nothing where their number was reported."""
    alike = (batch.category_id, batch.funding_id, batch.segment, frozenset(batch.programmes))
    people = NamedPeople([PricedPeople(batch.region_id, month, *alike, n) for month, n in added.items() if n])
    asked = RegionMonths(min(added), max(added), (batch.region_id,))
    rows = (row for _code, row in price_people(asked, people) if row.by_name)
    return sorted(rows, key=lambda row: row.month)
