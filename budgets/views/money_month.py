"""The grid of a month's contributions and claims: a page, and the answers its scripts ask for."""

import time
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from budgets.forms.money_month import AddMoneyLineForm, MoneyRowForm, MoneyTermsForm, read_money
from budgets.money_line import SECTIONS, MoneyLine
from budgets.selectors.money_month import MoneyCell, MoneyMonth, MoneySection, get_money_month
from budgets.services.money_month import BECAUSE, MoneyPlace, save_money_line, undo_money_line
from participants.enums import EmptyReason
from participants.month_entry_key import MonthEntryKey, Section
from participants.plain_rows import PlainRow, Refusal, plain_row
from participants.selectors.month_entry.cells import month_entry_names
from participants.services.month_entry.empty_cell import clear_empty, leave_empty
from participants.views.month_entry.grid import refusal
from participants.views.month_entry.plain import save_plain
from regions.errors import ChangedMeanwhile, FactRefused, NotPermitted, OutsideScope
from regions.month import add_months, iso_month
from regions.number import grouped, typed
from regions.roles import Permission
from regions.signed_in import PlacedView, SignedInRequest
from regions.views.asked import month_of


class MoneyMonthView(PlacedView):
    """What the addresses of the grid share."""

    code: str
    month: date
    page: MoneyMonth

    def find_place(self, **where: str) -> None:
        self.code, self.month = where["code"], month_of(where["month"])
        self.page = self.read()

    def read(self, also: Iterable[str] = ()) -> MoneyMonth:
        sent = self.request.POST.get("enrolment", "")
        added = AddMoneyLineForm(self.request.GET, names=month_entry_names())
        extra = [added.line()] if "bagian" in self.request.GET and added.is_valid() else []
        extra += [line_of(one) for one in (*([sent] if sent else []), *also)]
        return get_money_month(self.request.user, self.code, self.month, extra)

    def get(self, request: SignedInRequest) -> HttpResponse:
        """Signing in anew leads to the last address by GET: from those that only take, to the page."""
        return redirect(self.url("money_month"))

    def url(self, name: str) -> str:
        return reverse(name, args=[self.code, iso_month(self.month)])

    def answer(self, line: MoneyLine) -> dict[str, Any]:
        """The row as it is now."""
        counted_at = time.time()
        page = get_money_month(self.request.user, self.code, self.month, [line])
        return {"row": _row(page.cell(line)), "counts": counts_sentence(page), "counted_at": counted_at}

    def save(self, data: QueryDict) -> HttpResponse:
        """200 stored, 422 at fault, 409 changed by somebody else meanwhile."""
        if data.get("typist") != str(self.request.user.pk):
            # Another person signed in after this was typed: it is not theirs to send.
            raise NotPermitted(Permission.ENTER_CONTRIBUTION)
        seen = MoneyRowForm(data)
        if not seen.is_valid():
            raise OutsideScope("row")
        line = line_of(seen.cleaned_data["enrolment"])
        cell = self.page.cell(line)
        typed_money, faults = read_money(line, data, {"value": cell.rupiah, "cases": cell.cases}, seen)
        terms = MoneyTermsForm(data, month=self.month)
        if faults or not terms.is_valid():
            return refusal(terms.sentence(), faults)
        place, by = MoneyPlace(self.code, self.month, line), self.request.user
        try:
            mark = save_money_line(by=by, place=place, typed=typed_money, terms=terms.money_terms())
        except FactRefused as refused:
            return _refused(refused)
        except ChangedMeanwhile:
            sentence = _("Baris ini baru saja diubah orang lain.")
            return JsonResponse({**self.answer(line), "sentence": sentence}, status=409)
        return JsonResponse({**self.answer(line), "kind": "", "undo": mark})


class MoneyMonthGrid(MoneyMonthView):
    def get(self, request: SignedInRequest) -> HttpResponse:
        return self.show({}, status=200)

    def post(self, request: SignedInRequest) -> HttpResponse:
        """The whole grid as one form, where no scripts run."""
        return save_plain(self, request)

    def show(self, refusals: Mapping[str, Refusal], status: int) -> HttpResponse:
        request, page = self.request, self.read(refusals) if refusals else self.page
        sent = [request.POST] if refusals else []
        context = {
            "page": page,
            "counts": counts_sentence(page),
            "sections": [(one, [_shown(cell, refusals) for cell in one.cells]) for one in page.sections],
            "sentences": dict.fromkeys(one.lock.sentence for one in page.sections if one.lock),
            "terms": MoneyTermsForm(*sent, month=self.month, source=page.source),
            "add": AddMoneyLineForm(auto_id="tambah_%s", names=month_entry_names()),
            "previous_month": add_months(self.month, -1),
            "next_month": add_months(self.month, 1),
            "row_url": self.url("money_month_row"),
            "undo_url": self.url("money_month_undo"),
            "may_enter": any(one.lock is None for one in page.sections),
        }
        return render(request, "budgets/money_month.html", context, status=status)


class MoneyMonthRow(MoneyMonthView):
    def post(self, request: SignedInRequest) -> HttpResponse:
        return self.save(request.POST)


class MoneyMonthUndo(MoneyMonthView):
    def post(self, request: SignedInRequest) -> HttpResponse:
        try:
            place = undo_money_line(by=request.user, mark=request.POST.get("mark", ""))
        except ChangedMeanwhile:
            return refusal(_("Angka ini sudah diubah lagi sejak itu, jadi tidak ditarik kembali."), {}, 409)
        except FactRefused as refused:
            return refusal(" ".join(problem.message for problem in refused.problems), {}, 409)
        if place.code != self.code:
            raise OutsideScope(place.code)
        return JsonResponse(self.answer(place.line))


class MoneyMonthNone(MoneyMonthView):
    """Saying that nothing was received or paid in the month, or taking that back."""

    def post(self, request: SignedInRequest) -> HttpResponse:
        section = next((one for one in SECTIONS if one == request.POST.get("bagian")), None)
        if section is None or all(one.section != section for one in self.page.sections):
            raise OutsideScope("section")
        where: dict[str, Any] = {"by": request.user, "region_code": self.code, "month": self.month}
        try:
            if request.POST.get("perbuatan") == "batal":
                clear_empty(**where, key=MonthEntryKey(section))
            else:
                self._demand_nothing(section)
                leave_empty(**where, key=MonthEntryKey(section), reason=EmptyReason.NOBODY)
        except FactRefused as refused:
            messages.error(request, " ".join(problem.message for problem in refused.problems))
        else:
            messages.success(request, _("Tersimpan."), extra_tags="stored")
        return redirect(self.url("money_month"))

    def _demand_nothing(self, section: Section) -> None:
        here: MoneySection = next(one for one in self.page.sections if one.section == section)
        if here.filled:
            raise OutsideScope("section")


def line_of(text: str) -> MoneyLine:
    """An unreadable name of a line is not found."""
    try:
        return MoneyLine.parse(text)
    except ValueError as error:
        raise OutsideScope(text) from error


def counts_sentence(page: MoneyMonth) -> str:
    return " · ".join(
        _("%(name)s: %(filled)s baris terisi")
        % {"name": _NAMES[one.section](), "filled": grouped(one.filled)}
        for one in page.sections
    )


_NAMES = {Section.CONTRIBUTIONS: lambda: _("Iuran"), Section.CLAIMS: lambda: _("Klaim")}


def _row(cell: MoneyCell) -> dict[str, Any]:
    texts = {"value": cell.rupiah, "cases": cell.cases}
    return {
        "enrolment": str(cell.line),
        "revision": str(cell.revision),
        "cells": {name: "" if number is None else typed(number) for name, number in texts.items()},
        "doubts": _remarks(cell),
    }


def _shown(
    cell: MoneyCell, refusals: Mapping[str, Refusal]
) -> tuple[MoneyCell, dict[str, Any], PlainRow | None]:
    """Without fields where the sum is of several payments."""
    row = _row(cell)
    if not cell.is_typed:
        return cell, row, None
    columns = [("value", cell.label, row["cells"]["value"])]
    if cell.line.section == Section.CLAIMS:
        columns.append(("cases", f"{cell.label}: {_('Kasus')}", row["cells"]["cases"]))
    return cell, row, plain_row(row["enrolment"], row["revision"], columns, refusals)


def _remarks(cell: MoneyCell) -> list[str]:
    told = []
    if not cell.is_typed:
        sentence = _("Jumlah dari %(count)s pembayaran; koreksi satu per satu di daftarnya.")
        told.append(sentence % {"count": grouped(cell.payments)})
    if cell.note:
        told.append(_("Catatan: %(note)s") % {"note": cell.note})
    return told


def _refused(refused: FactRefused) -> HttpResponse:
    columns = {"amount": "value", "cases": "cases"}
    faults = {columns[one.field]: one.message for one in refused.problems if one.field in columns}
    asks = [one.message for one in refused.problems if one.field == BECAUSE]
    rest = [one.message for one in refused.problems if one.field not in {*columns, BECAUSE}]
    return refusal(" ".join(dict.fromkeys(rest)), faults, asks=asks)
