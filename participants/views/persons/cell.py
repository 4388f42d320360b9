from typing import Any

from django.urls import reverse

from participants.selectors.persons.grid import GridCell, get_grid_cell
from regions.month import iso_month
from regions.roles import Permission
from regions.signed_in import PlacedView
from regions.views.asked import month_of


class CellView(PlacedView):
    """An address under one category and payer of a region in a month, and who may come there."""

    permission = Permission.ENTER_PERSONS
    cell: GridCell

    def find_place(self, **where: str) -> None:
        self.cell = get_grid_cell(
            self.request.user,
            region_code=where["code"],
            category=where["category"],
            funding=where["funding"],
            month=month_of(where["month"]),
            permission=self.permission,
        )

    def where(self) -> dict[str, Any]:
        """The cell as services are told of it."""
        return {
            "region_code": self.cell.region.code,
            "category": self.cell.category.code,
            "funding": self.cell.funding.code,
        }


def cell_url(name: str, cell: GridCell) -> str:
    where = {"code": cell.region.code, "category": cell.category.code, "funding": cell.funding.code}
    return reverse(name, kwargs={**where, "month": iso_month(cell.month)})


def month_url(cell: GridCell) -> str:
    return reverse("person_month", args=[cell.region.code, iso_month(cell.month)])
