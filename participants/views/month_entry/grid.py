"""The grid of a region's figures of a month: a page, and the answers its scripts ask for."""

import time
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.http import HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from participants.forms.month_entry import AddMonthEntryForm, MonthEntryTermsForm, SeenForm, read_typed
from participants.month_entry_key import MonthEntryKey, Section
from participants.plain_rows import PlainRow, Refusal, plain_row
from participants.selectors.institution_category import bound_categories
from participants.selectors.month_entry.cells import lowered_entries, month_entry_names
from participants.selectors.month_entry.grid import (
    MonthEntryCell,
    get_month_entry_page,
    list_month_entry_regencies,
)
from participants.selectors.month_entry.story import last_hand
from participants.services.month_entry.cells import BECAUSE, Typed, save_month_entries, undo_month_entries
from participants.views.month_entry.json_rows import (
    VALUE,
    cell_text,
    counts_sentence,
    remarks,
    revisions,
    row_json,
)
from participants.views.month_entry.plain import save_plain
from regions.access import require_of_some
from regions.errors import ChangedMeanwhile, FactRefused, NotPermitted, OutsideScope
from regions.formats import moment
from regions.month import add_months, iso_month
from regions.number import typed
from regions.roles import Permission
from regions.selectors.region import list_entry_regions
from regions.signed_in import PlacedView, SignedInRequest
from regions.views.asked import month_of

# More regencies than these are found by the grid of many regions.
_CHOICES = 60


@require_safe
def month_entry_index(request: SignedInRequest) -> HttpResponse:
    """To the month that is due in the officer's only region, else a choice of regions."""
    month = add_months(localdate().replace(day=1), -1)
    regions = list_month_entry_regencies(request.user, month)
    if not regions:
        require_of_some(request.user, Permission.ENTER_HEADCOUNT)
        # Who is bound to an institution enters the numbers of its categories, where it has any.
        bound = list_entry_regions(request.user, Permission.ENTER_HEADCOUNT)
        regions = [region for region in bound if bound_categories(request.user, region.code)]
    if len(regions) == 1:
        return redirect("month_entry_grid", regions[0].code, iso_month(month))
    context = {"regions": regions[:_CHOICES], "is_cut": len(regions) > _CHOICES, "month": month}
    return render(request, "participants/month_entry_index.html", context)


def key_of(text: str) -> MonthEntryKey:
    """An unreadable name of a figure is not found."""
    try:
        return MonthEntryKey.parse(text)
    except ValueError as error:
        raise OutsideScope(text) from error


def asked_headcount(request: SignedInRequest) -> list[MonthEntryKey]:
    """The category and source of funds in the address, where both are."""
    category, funding = request.GET.get("kategori", ""), request.GET.get("sumber", "")
    return [key_of(f"{Section.HEADCOUNT}:{category}:{funding}")] if category and funding else []


class MonthEntryGridView(PlacedView):
    """What the addresses of one grid share: how rows are saved, and what is answered."""

    month: date

    def grid_url(self) -> str:
        raise NotImplementedError

    def place_of(self, name: str) -> tuple[str, dict[str, MonthEntryKey]]:
        """The region of a row, and its figures by the names of their columns."""
        raise NotImplementedError

    def answer(self, name: str) -> dict[str, Any]:
        """The row as it is now."""
        raise NotImplementedError

    def get(self, request: SignedInRequest) -> HttpResponse:
        """Signing in anew leads to the last address by GET: from those that only take, to the page."""
        return redirect(self.grid_url())

    def check_typist(self, data: QueryDict) -> None:
        if data.get("typist") != str(self.request.user.pk):
            # Another person signed in after this was typed: it is not theirs to send.
            raise NotPermitted(Permission.ENTER_HEADCOUNT)

    def save(self, data: QueryDict) -> HttpResponse:
        """200 stored, 422 at fault, 409 changed by somebody else meanwhile."""
        self.check_typist(data)
        seen = SeenForm(data)
        if not seen.is_valid():
            raise OutsideScope("row")
        name = seen.cleaned_data["enrolment"]
        code, columns = self.place_of(name)
        terms = MonthEntryTermsForm(data, month=self.month)
        because = seen.cleaned_data["because"]
        sent, faults = read_typed(columns, data, seen.cleaned_data["revision"], because)
        if faults or not terms.is_valid():
            return refusal(terms.sentence(), faults)
        try:
            mark = save_month_entries(
                by=self.request.user, region_code=code, month=self.month, typed=sent, terms=terms.build()
            )
        except FactRefused as refused:
            return refused_at(refused, columns, lower_offers(code, self.month, sent, columns))
        except ChangedMeanwhile:
            return self._conflict(name, code, [key for key in columns.values() if key in sent])
        return JsonResponse({**self.answer(name), "kind": "", "undo": mark})

    def undo(self, request: SignedInRequest) -> HttpResponse:
        try:
            place = undo_month_entries(by=request.user, mark=request.POST.get("mark", ""))
        except ChangedMeanwhile:
            return refusal(_("Angka ini sudah diubah lagi sejak itu, jadi tidak ditarik kembali."), {}, 409)
        except FactRefused as refused:
            return refusal(" ".join(problem.message for problem in refused.problems), {}, 409)
        return JsonResponse(self.answer(self.name_of(place.region_code, place.key)))

    def name_of(self, code: str, key: MonthEntryKey) -> str:
        raise NotImplementedError

    def _conflict(self, name: str, code: str, keys: Sequence[MonthEntryKey]) -> HttpResponse:
        hands = [hand for key in keys if (hand := last_hand(code, self.month, key))]
        sentence = _("Angka ini baru saja dihapus orang lain.")
        if hands:
            who, at = max(hands, key=lambda hand: hand[1])
            sentence = _("%(who)s mengubah baris ini (%(at)s).") % {"who": who, "at": moment(at)}
        return JsonResponse({**self.answer(name), "sentence": sentence}, status=409)


class RegionMonthView(MonthEntryGridView):
    """The grid of one region, with one figure in each row."""

    code: str

    def find_place(self, **where: str) -> None:
        self.code, self.month = where["code"], month_of(where["month"])
        # Who may not come here is told so before anything is read of what they sent.
        added = self.added(self.request)
        self.read_at = time.time()
        self.page = get_month_entry_page(self.request.user, self.code, self.month, added)

    def added(self, request: SignedInRequest) -> list[MonthEntryKey]:
        """Figures that the page does not have by itself: those asked for, and the one that is sent."""
        wanted, sent = asked_headcount(request), request.POST.get("enrolment", "")
        return [*wanted, key_of(sent)] if sent else wanted

    def grid_url(self) -> str:
        return reverse("month_entry_grid", args=[self.code, iso_month(self.month)])

    def place_of(self, name: str) -> tuple[str, dict[str, MonthEntryKey]]:
        return self.code, {VALUE: self.page.cell(key_of(name)).key}

    def name_of(self, code: str, key: MonthEntryKey) -> str:
        if code != self.code:
            raise OutsideScope(code)
        return str(key)

    def answer(self, name: str) -> dict[str, Any]:
        counted_at = time.time()
        page = get_month_entry_page(self.request.user, self.code, self.month, [key_of(name)])
        row = row_json(name, {VALUE: page.cell(key_of(name))})
        return {"row": row, "counts": counts_sentence(page.counts), "counted_at": counted_at}


class MonthEntryGrid(RegionMonthView):
    def get(self, request: SignedInRequest) -> HttpResponse:
        return self.show({}, status=200)

    def post(self, request: SignedInRequest) -> HttpResponse:
        """The whole grid as one form, where no scripts run."""
        return save_plain(self, request)

    def show(self, refusals: Mapping[str, Refusal], status: int) -> HttpResponse:
        request, where = self.request, [self.code, iso_month(self.month)]
        added = [*self.added(request), *map(key_of, refusals)]
        page = get_month_entry_page(request.user, self.code, self.month, added) if refusals else self.page
        terms = MonthEntryTermsForm(
            *([request.POST] if refusals else []), month=self.month, source=page.source
        )
        context = {
            "page": page,
            "counts": counts_sentence(page.counts),
            "sections": [(one, [_shown(cell, refusals) for cell in one.cells]) for one in page.sections],
            "terms": terms,
            "add": AddMonthEntryForm(auto_id="tambah_%s", names=month_entry_names()),
            "previous_month": add_months(self.month, -1),
            "next_month": add_months(self.month, 1),
            "row_url": reverse("month_entry_grid_row", args=where),
            "undo_url": reverse("month_entry_grid_undo", args=where),
            "may_enter": any(one.lock is None for one in page.sections),
        }
        return render(request, "participants/month_entry_grid.html", context, status=status)


class MonthEntryGridRow(RegionMonthView):
    def post(self, request: SignedInRequest) -> HttpResponse:
        return self.save(request.POST)


class MonthEntryGridUndo(RegionMonthView):
    def post(self, request: SignedInRequest) -> HttpResponse:
        return self.undo(request)


def _shown(
    cell: MonthEntryCell, refusals: Mapping[str, Refusal]
) -> tuple[MonthEntryCell, str, str, list[str], PlainRow]:
    seen, text = revisions({VALUE: cell}), cell_text(cell)
    plain = plain_row(str(cell.key), seen, [(VALUE, cell.label, text)], refusals)
    return cell, seen, text, remarks([cell]), plain


def refusal(
    sentence: str,
    faults: Mapping[str, str],
    status: int = 422,
    asks: Sequence[str] = (),
    offers: Mapping[str, str] | None = None,
) -> JsonResponse:
    """`asks` are questions that a reason answers; the row is sent again with it, or with what is offered."""
    told: dict[str, Any] = {"sentence": sentence, "faults": faults, "asks": list(asks)}
    if asks and offers:
        told["offers"] = offers
    return JsonResponse(told, status=status)


def lower_offers(
    code: str, month: date, sent: Mapping[MonthEntryKey, Typed], columns: Mapping[str, MonthEntryKey]
) -> dict[str, str]:
    """Name of a column → the number that those who ended by name leave, where a higher one was sent."""
    lower = lowered_entries(code, month, sent)
    return {
        name: typed(lower[key])
        for name, key in columns.items()
        if key in lower and key in sent and (sent[key].value or 0) > lower[key]
    }


def refused_at(
    refused: FactRefused, columns: Mapping[str, MonthEntryKey], offers: Mapping[str, str] | None = None
) -> JsonResponse:
    """Sentences about figures at their columns, the others for the whole row."""
    names = {str(key): column for column, key in columns.items()}
    faults = {names[one.field]: one.message for one in refused.problems if one.field in names}
    asks = [one.message for one in refused.problems if one.field.startswith(BECAUSE)]
    others = [one for one in refused.problems if one.field not in names and not one.field.startswith(BECAUSE)]
    return refusal(" ".join(dict.fromkeys(one.message for one in others)), faults, asks=asks, offers=offers)


def cells_by_key(cells: Sequence[MonthEntryCell]) -> dict[str, MonthEntryCell]:
    return {str(cell.key): cell for cell in cells}
