"""Offers and pledges of a region, whom the payers cover so far, and the people whom none pays for.

Nothing here enters a measure. People promised are no longer without a payer as far as reports do not show
them yet: once the payer's source and category cover them, the need itself has grown smaller by them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from budgets.enums import PledgeStage
from budgets.models import Pledge
from budgets.planning.question import MONTHS
from budgets.selectors.pledge import PledgedCell, list_pledges, promised_by_cell, received_by_cell
from regions.enums import Level
from regions.models import Region, User
from regions.models.region import ancestor_codes
from regions.selectors.region import list_children
from reports.selectors.category_need import get_category_need
from reports.selectors.covered import CoveredCell, covered_cells
from reports.selectors.unpaid import Unpaid, UnpaidCategory, UnpaidCell, by_category


@dataclass(frozen=True)
class ShownPledge:
    """`covered` people and `received` rupiah are those of its region, category and source, all pledges of
    these together; None where nothing was reported."""

    row: Pledge
    paid: int
    stage: PledgeStage
    covered: int | None
    received: int
    today: date

    @property
    def left(self) -> int:
        """What is still to be paid of a pledge; nothing of an offer or of what was withdrawn."""
        is_due = self.stage in {PledgeStage.PLEDGED, PledgeStage.PART_PAID}
        return self.row.amount - self.paid if is_due else 0

    @property
    def is_overdue(self) -> bool:
        return bool(self.left and self.row.due_on and self.row.due_on < self.today)


@dataclass(frozen=True)
class PledgeSums:
    """People and rupiah by how far they have come; what is paid in part stands in both rupiah sums."""

    pledges: Sequence[ShownPledge]

    def _of(self, *stages: PledgeStage) -> list[ShownPledge]:
        return [one for one in self.pledges if one.stage in stages]

    @property
    def offered(self) -> list[ShownPledge]:
        return self._of(PledgeStage.OFFERED)

    @property
    def standing(self) -> list[ShownPledge]:
        return self._of(PledgeStage.PLEDGED, PledgeStage.PART_PAID, PledgeStage.PAID)

    @property
    def offered_people(self) -> int:
        return sum(one.row.people for one in self.offered)

    @property
    def offered_rupiah(self) -> int:
        return sum(one.row.amount for one in self.offered)

    @property
    def pledged_people(self) -> int:
        return sum(one.row.people for one in self.standing)

    @property
    def pledged_rupiah(self) -> int:
        return sum(one.row.amount for one in self.standing)

    @property
    def paid(self) -> int:
        """Also of what was withdrawn later."""
        return sum(one.paid for one in self.pledges)

    @property
    def left(self) -> int:
        return sum(one.left for one in self.pledges)

    @property
    def overdue(self) -> int:
        return sum(one.left for one in self.pledges if one.is_overdue)


@dataclass(frozen=True)
class PlacePledges:
    region: Region
    sums: PledgeSums
    unpaid: Unpaid


@dataclass(frozen=True)
class RegionPledges:
    region: Region
    year: int
    months: int
    sums: PledgeSums
    places: list[PlacePledges]
    cells: list[UnpaidCell]
    categories: list[UnpaidCategory]
    unknown: int

    @property
    def unpaid_people(self) -> int:
        return sum(row.unpaid.people for row in self.categories)

    @property
    def unpaid_rupiah(self) -> int | None:
        told = [rupiah for row in self.categories if (rupiah := row.unpaid.rupiah) is not None]
        return sum(told) if told else None

    @property
    def pledges(self) -> Sequence[ShownPledge]:
        return self.sums.pledges


def get_region_pledges(user: User, region: Region, today: date, year: int) -> RegionPledges:
    """`year` is that of the pledges; what none pays for is reckoned to its December, from this month on."""
    need = get_category_need(user, region, today)
    codes = sorted({cell.region.pk for row in need.rows for cell in row.cells})
    _months, covered = covered_cells(user, codes)
    reported = {code for code, _category, _funding in covered}
    promised = promised_by_cell(user, [*codes, region.pk], year)
    months = MONTHS + 1 - today.month if year == today.year else MONTHS
    received = received_by_cell(user, codes, year)
    pledges = [
        _shown(row, today, codes, covered if reported else None, received)
        for row in list_pledges(user, region_code=region.pk, year=year)
    ]
    cells = [
        UnpaidCell(cell, _not_yet(cell.region.pk, cell.category.pk, promised, covered), months)
        for row in need.rows
        for cell in row.gaps
    ]
    left = [cell for cell in cells if cell.people]
    own = _own(region, codes, promised, covered) if region.level < Level.REGENCY else {}
    return RegionPledges(
        region=region,
        year=year,
        months=months,
        sums=PledgeSums(pledges),
        places=_places(user, region, today, left, pledges) if region.level < Level.REGENCY else [],
        cells=left,
        categories=by_category(left, own, year),
        unknown=sum(row.gap is None for row in need.rows) + len(need.unknown),
    )


def _shown(
    row: Pledge,
    today: date,
    codes: Iterable[str],
    covered: dict[CoveredCell, int] | None,
    received: dict[CoveredCell, int],
) -> ShownPledge:
    """Of a pledge of a region above, what all regencies of it show."""
    inside = [code for code in codes if code == row.region_id or row.region_id in ancestor_codes(code)]
    keys = [(code, row.category_id, row.funding_id) for code in inside]
    told: dict[str, Any] = vars(row)
    return ShownPledge(
        row=row,
        paid=told["paid"],
        stage=PledgeStage(told["stage"]),
        covered=None if covered is None else sum(covered.get(key, 0) for key in keys),
        received=sum(received.get(key, 0) for key in keys),
        today=today,
    )


def _not_yet(
    code: str, category: str, promised: dict[CoveredCell, PledgedCell], covered: dict[CoveredCell, int]
) -> int:
    return sum(
        max(0, cell.people - covered.get(key, 0))
        for key, cell in promised.items()
        if key[:2] == (code, category)
    )


def _own(
    region: Region,
    codes: Sequence[str],
    promised: dict[CoveredCell, PledgedCell],
    covered: dict[CoveredCell, int],
) -> dict[str, int]:
    """Category → people promised by the region itself whom no regency of it shows as covered yet."""
    found: dict[str, int] = {}
    for (code, category, funding), cell in promised.items():
        if code != region.pk:
            continue
        spare = 0
        for place in codes:
            theirs = promised.get((place, category, funding), PledgedCell()).people
            spare += max(0, covered.get((place, category, funding), 0) - theirs)
        found[category] = found.get(category, 0) + max(0, cell.people - spare)
    return found


def _places(
    user: User, region: Region, today: date, cells: Sequence[UnpaidCell], pledges: Sequence[ShownPledge]
) -> list[PlacePledges]:
    """The regions right below that have pledges or people whom none pays for; those without are left out."""
    below = {row.pk: row for row in list_children(user, region, today)}
    of_place: dict[str, tuple[list[UnpaidCell], list[ShownPledge]]] = {code: ([], []) for code in below}
    for cell in cells:
        for code in _up(cell.need.region.pk, below):
            of_place[code][0].append(cell)
    for one in pledges:
        for code in _up(one.row.region_id, below):
            of_place[code][1].append(one)
    found = [
        PlacePledges(below[code], PledgeSums(inside), Unpaid(left))
        for code, (left, inside) in of_place.items()
        if left or inside
    ]
    return sorted(found, key=lambda place: (-place.unpaid.people, place.region.name))


def _up(code: str, below: dict[str, Region]) -> Iterable[str]:
    return (one for one in (code, *ancestor_codes(code)) if one in below)
