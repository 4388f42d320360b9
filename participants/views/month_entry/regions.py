"""The grid of many regions with the same figures: one row per regency, one column per figure."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from participants.enums import Segment
from participants.forms.month_entry import MonthEntryTermsForm, RegionGridForm
from participants.month_entry_key import MonthEntryKey, Section
from participants.selectors.month_entry.cells import month_entry_names
from participants.selectors.month_entry.grid import RegionGrid, get_region_grid, list_month_entry_regions
from participants.views.month_entry.grid import MonthEntryGridView, asked_headcount, cells_by_key, key_of
from participants.views.month_entry.json_rows import cell_text, remarks, revisions, row_json
from regions.access import require, require_anywhere
from regions.errors import OutsideScope
from regions.month import add_months, iso_month
from regions.signed_in import SignedInRequest
from regions.views.asked import month_of


def asked_segments(request: SignedInRequest) -> list[MonthEntryKey]:
    """The segment in the address, else all that are told apart."""
    segment = request.GET.get("segmen", "")
    return [key_of(f"{Section.MEMBERS}:{one}") for one in ([segment] if segment else Segment.values)]


class RegionsView(MonthEntryGridView):
    keys: list[MonthEntryKey]

    def find_place(self, **where: str) -> None:
        self.month = month_of(where["month"])
        self.keys = asked_headcount(self.request) or asked_segments(self.request)
        require_anywhere(self.request.user, self.keys[0].permission)

    def query(self) -> str:
        return urlencode(
            {name: request_value for name, request_value in self.request.GET.items() if request_value}
        )

    def url(self, name: str) -> str:
        return f"{reverse(name, args=[iso_month(self.month)])}?{self.query()}"

    def grid_url(self) -> str:
        return self.url("month_entry_regions")

    def grid(self, code: str = "") -> RegionGrid:
        regions = list_month_entry_regions(self.request.user, self.keys[0].permission, self.month)
        wanted = list(regions.filter(code=code) if code else regions)
        return get_region_grid(wanted, self.month, self.keys)

    def place_of(self, name: str) -> tuple[str, dict[str, MonthEntryKey]]:
        require(self.request.user, self.keys[0].permission, name)
        return name, {str(key): key for key in self.keys}

    def name_of(self, code: str, key: MonthEntryKey) -> str:
        return code

    def answer(self, name: str) -> dict[str, Any]:
        rows = self.grid(name).rows
        if not rows:
            raise OutsideScope(name)
        return {"row": row_json(name, cells_by_key(rows[0].cells)), "counts": ""}


class MonthEntryRegions(RegionsView):
    def get(self, request: SignedInRequest) -> HttpResponse:
        grid = self.grid()
        rows = [
            (
                row,
                revisions(cells_by_key(row.cells)),
                [(cell, cell_text(cell)) for cell in row.cells],
                remarks(row.cells),
            )
            for row in grid.rows
        ]
        context = {
            "month": self.month,
            "form": RegionGridForm(request.GET, names=month_entry_names()),
            "rows": rows,
            "columns": [(str(key), grid.labels[key]) for key in self.keys],
            "terms": MonthEntryTermsForm(month=self.month, source=grid.source),
            "previous_month": add_months(self.month, -1),
            "next_month": add_months(self.month, 1),
            "query": self.query(),
            "row_url": self.url("month_entry_regions_row"),
            "undo_url": self.url("month_entry_regions_undo"),
        }
        return render(request, "participants/month_entry_regions.html", context)


class MonthEntryRegionsRow(RegionsView):
    def post(self, request: SignedInRequest) -> HttpResponse:
        return self.save(request.POST)


class MonthEntryRegionsUndo(RegionsView):
    def post(self, request: SignedInRequest) -> HttpResponse:
        return self.undo(request)
