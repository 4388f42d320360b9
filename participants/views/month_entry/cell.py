"""One figure of a month by itself: its past, why it is empty, what was remarked; also the panel of a grid."""

import json
import time
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from participants.enums import EmptyReason
from participants.forms.month_entry import BecauseForm, EmptyForm, MonthEntryCommentForm
from participants.month_entry_key import MonthEntryKey
from participants.selectors.month_entry.grid import (
    MonthEntryCell,
    get_month_entry_page,
)
from participants.selectors.month_entry.story import list_month_entry_comments
from participants.services.month_entry.cells import repeat_month_entries
from participants.services.month_entry.empty_cell import clear_empty, leave_empty
from participants.services.month_entry.jump_answer import explain_month_entry
from participants.services.month_entry.lower import lower_month_entry
from participants.services.persons.comment import comment_on_month_entry, settle_comment
from participants.views.month_entry.grid import RegionMonthView, key_of
from participants.views.month_entry.json_rows import cell_text, counts_sentence, remarks
from regions.errors import ChangedMeanwhile, FactRefused, OutsideScope
from regions.month import iso_month
from regions.number import NotAWholeNumber, parse_whole
from regions.signed_in import SignedInRequest


class MonthEntryCellView(RegionMonthView):
    key: MonthEntryKey

    def added(self, request: SignedInRequest) -> list[MonthEntryKey]:
        self.key = key_of(self.kwargs["cell"])
        return [self.key]

    def get(self, request: SignedInRequest) -> HttpResponse:
        return self._show()

    def post(self, request: SignedInRequest) -> HttpResponse:
        acts: dict[str, Callable[[], HttpResponse]] = {
            "kosong": self._leave_empty,
            "tidak-kosong": self._clear_empty,
            "sama": self._repeat,
            "benar": self._explain,
            "kurangi": self._lower,
            "komentar": self._comment,
            "selesai": self._settle,
        }
        act = acts.get(request.POST.get("perbuatan", ""))
        # A person who may enter another section only has no such figure on the page.
        self.page.cell(self.key)
        return act() if act else self._show(status=422)

    def where(self) -> dict[str, Any]:
        return {"by": self.request.user, "region_code": self.code, "month": self.month}

    def _leave_empty(self) -> HttpResponse:
        form = EmptyForm(self.request.POST)
        if not form.is_valid():
            return self._show(empty_form=form, status=422)
        reason, note = EmptyReason(form.cleaned_data["reason"]), form.cleaned_data["note"]
        try:
            leave_empty(**self.where(), key=self.key, reason=reason, note=note)
        except FactRefused as refused:
            form.add_problems(refused.problems)
            return self._show(empty_form=form, status=422)
        return self._done(_("Alasan pengosongan tersimpan."))

    def _clear_empty(self) -> HttpResponse:
        clear_empty(**self.where(), key=self.key)
        return self._done(_("Alasan pengosongan dihapus."))

    def _repeat(self) -> HttpResponse:
        try:
            expected = {self.key: parse_whole(self.request.POST.get("expected", ""))}
            repeat_month_entries(**self.where(), expected=expected)
        except (ChangedMeanwhile, NotAWholeNumber):
            sentence = _("Angkanya sudah berubah sejak halaman ini dibuka. Periksa lalu ulangi.")
            return self._show(problem=sentence, status=409)
        except FactRefused as refused:
            return self._show(problem=" ".join(one.message for one in refused.problems), status=422)
        return self._done(_("Sama dengan bulan lalu: tersimpan."))

    def _lower(self) -> HttpResponse:
        try:
            expected = parse_whole(self.request.POST.get("expected", ""))
            revision = parse_whole(self.request.POST.get("revision", ""))
            lower_month_entry(**self.where(), key=self.key, expected=expected, revision=revision)
        except (ChangedMeanwhile, NotAWholeNumber):
            sentence = _("Angkanya sudah berubah sejak halaman ini dibuka. Periksa lalu ulangi.")
            return self._show(problem=sentence, status=409)
        except FactRefused as refused:
            return self._show(problem=" ".join(one.message for one in refused.problems), status=422)
        return self._done(_("Dikurangi dan tersimpan."))

    def _explain(self) -> HttpResponse:
        form = BecauseForm(self.request.POST, auto_id="benar_%s")
        if not form.is_valid():
            return self._show(because_form=form, status=422)
        try:
            explain_month_entry(**self.where(), key=self.key, **form.cleaned_data)
        except ChangedMeanwhile:
            sentence = _("Angkanya sudah berubah sejak halaman ini dibuka. Periksa lalu ulangi.")
            return self._show(problem=sentence, status=409)
        except FactRefused as refused:
            return self._show(problem=" ".join(one.message for one in refused.problems), status=422)
        return self._done(_("Penjelasan tersimpan."))

    def _comment(self) -> HttpResponse:
        form = MonthEntryCommentForm(self.request.POST)
        if not form.is_valid():
            return self._show(comment_form=form, status=422)
        try:
            comment_on_month_entry(**self.where(), key=self.key, **form.cleaned_data)
        except FactRefused as refused:
            form.add_problems(refused.problems)
            return self._show(comment_form=form, status=422)
        return self._done(_("Komentar tersimpan."))

    def _settle(self) -> HttpResponse:
        pk = self.request.POST.get("komentar", "")
        shown = {str(one.pk) for one in list_month_entry_comments(self.code, self.month, self.key)}
        if pk not in shown:
            raise OutsideScope(pk)
        settle_comment(pk=int(pk), by=self.request.user)
        return self._done(_("Komentar ditandai selesai."))

    def _done(self, sentence: str) -> HttpResponse:
        if self._is_panel():
            return self._show(done=sentence)
        messages.success(self.request, sentence, extra_tags="stored")
        return redirect(self.cell_url())

    def cell_url(self) -> str:
        return reverse("month_entry_cell", args=[self.code, iso_month(self.month), self.key])

    def _is_panel(self) -> bool:
        return "HX-Request" in self.request.headers

    def _show(self, status: int = 200, **more: Any) -> HttpResponse:
        counted_at, page = self.read_at, self.page
        if self.request.method == "POST":
            counted_at = time.time()
            page = get_month_entry_page(self.request.user, self.code, self.month, [self.key])
        cell = page.cell(self.key)
        context = {
            "page": page,
            "cell": cell,
            "url": self.cell_url(),
            "told": _told(cell, self.cell_url(), counts_sentence(page.counts), counted_at),
            "lock": page.lock(self.key.section),
            "comments": list_month_entry_comments(self.code, self.month, self.key),
            "empty_form": EmptyForm(auto_id="kosong_%s"),
            "comment_form": MonthEntryCommentForm(auto_id="komentar_%s"),
            "because_form": BecauseForm(auto_id="benar_%s", initial={"revision": cell.revision}),
            **more,
        }
        # In the panel a refusal is shown like any answer.
        answered = 200 if self._is_panel() else status
        return render(self.request, "participants/month_entry_cell.html", context, status=answered)


def _told(cell: MonthEntryCell, url: str, counts: str, counted_at: float) -> str:
    """What the grid beside the panel shows of this figure."""
    told = {"url": url, "text": cell_text(cell), "revision": cell.revision, "doubts": remarks([cell])}
    return json.dumps({**told, "counts": counts, "counted_at": counted_at})
