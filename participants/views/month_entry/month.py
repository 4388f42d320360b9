"""What is done with the figures of a month as a whole: taken over from the month before, or printed."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext

from participants.month_entry_key import MonthEntryKey
from participants.selectors.month_entry.cells import label_keys
from participants.services.month_entry.cells import held_back, repeat_month_entries, repeatable
from participants.views.month_entry.grid import RegionMonthView
from regions.errors import ChangedMeanwhile, FactRefused
from regions.month import add_months
from regions.number import grouped
from regions.signed_in import SignedInRequest


class MonthEntryRepeat(RegionMonthView):
    """The figures that would be taken over from the month before; once confirmed, they are."""

    def get(self, request: SignedInRequest) -> HttpResponse:
        return self._show()

    def post(self, request: SignedInRequest) -> HttpResponse:
        wanted = self._wanted()
        if not wanted or request.POST.get("expected") != _promise(wanted):
            return self._show(status=409, is_changed=True)
        try:
            count = repeat_month_entries(
                by=request.user, region_code=self.code, month=self.month, expected=wanted
            )
        except ChangedMeanwhile:
            return self._show(status=409, is_changed=True)
        except FactRefused as refused:
            return self._show(status=422, problems=refused.problems)
        sentence = ngettext("%(count)s angka diteruskan.", "%(count)s angka diteruskan.", count)
        messages.success(request, sentence % {"count": grouped(count)}, extra_tags="stored")
        return redirect(self.grid_url())

    def _wanted(self) -> dict[MonthEntryKey, int]:
        asked = self.request.GET.get("bagian", "")
        sections = {one.section for one in self.page.sections if asked in {"", one.section}}
        shown = {cell.key for one in self.page.sections for cell in one.cells}
        found = repeatable(self.code, self.month, sections)
        return {key: value for key, value in found.items() if key in shown}

    def _show(self, status: int = 200, **more: Any) -> HttpResponse:
        wanted = self._wanted()
        labels = label_keys(wanted)
        shown = {cell.key for one in self.page.sections for cell in one.cells}
        held = held_back(self.code, self.month, {one.section for one in self.page.sections})
        held = {key: who for key, who in held.items() if key in shown}
        named = label_keys(held)
        context = {
            "page": self.page,
            "before": add_months(self.month, -1),
            "figures": [(labels[key], value) for key, value in wanted.items()],
            "held_back": [(named[key], who) for key, who in held.items()],
            "expected": _promise(wanted),
            "grid_url": self.grid_url(),
            **more,
        }
        return render(self.request, "participants/month_entry_repeat.html", context, status=status)


class MonthEntryPrint(RegionMonthView):
    """The form on paper: empty to be filled by hand, or as it is stored."""

    def get(self, request: SignedInRequest) -> HttpResponse:
        context = {
            "page": self.page,
            "is_filled": request.GET.get("isi") == "1",
            "before": add_months(self.month, -1),
            "spare_rows": range(3),
        }
        return render(request, "participants/month_entry_print.html", context)


def _promise(wanted: dict[MonthEntryKey, int]) -> str:
    """What the page promised, so that nothing else is done."""
    return ";".join(f"{key}={value}" for key, value in wanted.items())
