"""A month of a region by name, and what is done there to a whole category."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from participants.enums import Occurrence
from participants.forms.person_month import CommentForm, EndCategoryForm, OpenGridForm
from participants.models import Comment
from participants.month_entry_key import MonthEntryKey
from participants.selectors.persons.month import (
    MonthRow,
    get_cell_comment,
    headcount_to_repeat,
    list_cell_comments,
    list_ending,
    list_months,
    list_person_regions,
    list_repeatable,
    masked,
    newest_month,
)
from participants.services.month_entry.category_month import Ended, Repeated, end_category, repeat_month
from participants.services.persons.comment import comment_on_cell, comment_permission, settle_comment
from participants.views.persons.cell import CellView, cell_url, month_url
from regions.access import get_region, require, require_anywhere, scope_of
from regions.enums import Level
from regions.errors import FactRefused, OutsideScope
from regions.month import add_months, iso_month, last_day
from regions.number import grouped
from regions.roles import Permission
from regions.signed_in import PlacedView, SignedInRequest
from regions.views.asked import month_of
from regions.views.table_file import asked_file, table_file

# As many names as a person may look through before saying yes.
_NAMES = 200


@require_safe
def person_month_index(request: SignedInRequest) -> HttpResponse:
    """To the month or the grid asked for, else to the person's only region, else a choice of regions."""
    require_anywhere(request.user, Permission.VIEW_PERSONS)
    asked = OpenGridForm(request.GET)
    if asked.is_valid():
        return redirect(_asked_url(asked.cleaned_data))
    regions = list(list_person_regions(request.user))
    if len(regions) == 1:
        month = newest_month(regions[0].code, localdate())
        return redirect("person_month", regions[0].code, iso_month(month))
    this_month = iso_month(localdate())
    return render(
        request, "participants/person_month_index.html", {"regions": regions, "this_month": this_month}
    )


@require_safe
def person_month(request: SignedInRequest, code: str, month: str) -> HttpResponseBase:
    region = get_region(request.user, code, Permission.VIEW_PERSONS)
    if region.level != Level.REGENCY:
        return redirect("person_month_index")
    at = month_of(month)
    rows = list_months(request.user, code, at)
    if asked_file(request):
        return _file(request, code, at, rows)
    context = {
        "region": region,
        "month": at,
        "previous_month": add_months(at, -1),
        "next_month": add_months(at, 1),
        "rows": rows,
        "people": sum(row.people for row in rows),
        "may_enter": scope_of(request.user).holds(Permission.ENTER_PERSONS, code),
        "open": OpenGridForm(initial={"wilayah": code, "periode": iso_month(at)}, auto_id="buka_%s"),
    }
    return render(request, "participants/person_month.html", context)


def _file(request: SignedInRequest, code: str, month: date, rows: list[MonthRow]) -> HttpResponseBase:
    """Counts, no names; the months before stand beside."""
    before = [iso_month(add_months(month, -back)) for back in range(1, len(rows[0].past) + 1)] if rows else []
    head = [_("kategori"), _("sumber_dana"), _("orang"), _("dilaporkan_tanpa_nama"), _("selisih"), *before]
    return table_file(
        request,
        name=f"peserta-per-kategori-{code}-{iso_month(month)}",
        subject=_("jumlah peserta per kategori"),
        header=head,
        rows=(
            [
                *(str(row.category), str(row.funding), row.people, row.reported, row.gap),
                *(past.people for past in row.past),
            ]
            for row in rows
        ),
        region_code=code,
    )


class PersonMonthRepeat(CellView):
    """Who would be taken over from the month before; once confirmed, they are."""

    def get(self, request: SignedInRequest) -> HttpResponse:
        return self._show()

    def post(self, request: SignedInRequest) -> HttpResponse:
        if request.POST.get("expected") != self._expected():
            return self._show(status=409, is_changed=True)
        try:
            done = repeat_month(by=request.user, month=self.cell.month, **self.where())
        except FactRefused as refused:
            return self._show(status=422, problems=refused.problems)
        messages.success(request, _repeated(done), extra_tags="stored")
        return redirect(month_url(self.cell))

    def _spells(self) -> Any:
        return list_repeatable(**self.where(), month=self.cell.month)

    def _expected(self) -> str:
        """What the page promised, so that nothing else is done."""
        headcount = headcount_to_repeat(**self.where(), month=self.cell.month)
        return f"{self._spells().count()}/{headcount.people if headcount else '-'}"

    def _show(self, status: int = 200, **more: Any) -> HttpResponse:
        spells = self._spells()
        context = {
            "cell": self.cell,
            "before": add_months(self.cell.month, -1),
            "count": spells.count(),
            "people": masked(spells[:_NAMES]),
            "headcount": headcount_to_repeat(**self.where(), month=self.cell.month),
            "expected": self._expected(),
            "month_url": month_url(self.cell),
            **more,
        }
        return render(self.request, "participants/person_month_repeat.html", context, status=status)


class PersonMonthEnd(CellView):
    """The end of a category: first the number it would touch, then, confirmed, the act."""

    def get(self, request: SignedInRequest) -> HttpResponse:
        initial = {"on_date": last_day(self.cell.month), "cause": Occurrence.DUTY_ENDED}
        return self._show(EndCategoryForm(initial=initial))

    def post(self, request: SignedInRequest) -> HttpResponse:
        form = EndCategoryForm(request.POST)
        if not form.is_valid():
            return self._show(form, status=422)
        if request.POST.get("expected") != self._touched(form.month())["expected"]:
            # Not yet told the number, or it is another one by now.
            return self._show(form, touched=self._touched(form.month()))
        try:
            done = end_category(by=request.user, **self.where(), **form.cleaned_data)
        except FactRefused as refused:
            form.add_problems(refused.problems)
            return self._show(form, status=422)
        messages.success(request, _ended(done), extra_tags="stored")
        return redirect(month_url(self.cell))

    def _touched(self, month: date) -> dict[str, Any]:
        ending = list_ending(**self.where(), month=month)
        running, later = ending.running.count(), ending.later.count()
        return {
            "month": month,
            "running": running,
            "later": later,
            "expected": f"{iso_month(month)}/{running}/{later}",
            "people": masked(ending.running[:_NAMES]),
        }

    def _show(self, form: EndCategoryForm, status: int = 200, **more: Any) -> HttpResponse:
        context = {"cell": self.cell, "form": form, "month_url": month_url(self.cell), **more}
        return render(self.request, "participants/person_month_end.html", context, status=status)


class CellComments(CellView):
    permission = Permission.VIEW_PERSONS

    def get(self, request: SignedInRequest) -> HttpResponse:
        return self._show(CommentForm())

    def post(self, request: SignedInRequest) -> HttpResponse:
        require(request.user, Permission.ENTER_PERSONS, self.cell.region.code)
        form = CommentForm(request.POST)
        if not form.is_valid():
            return self._show(form, status=422)
        text = form.cleaned_data["text"]
        try:
            comment_on_cell(by=request.user, month=self.cell.month, text=text, **self.where())
        except FactRefused as refused:
            form.add_problems(refused.problems)
            return self._show(form, status=422)
        messages.success(request, _("Komentar tersimpan."), extra_tags="stored")
        return redirect(cell_url("cell_comments", self.cell))

    def _show(self, form: CommentForm, status: int = 200) -> HttpResponse:
        comments = list_cell_comments(self.request.user, self.cell)
        context = {"cell": self.cell, "form": form, "comments": comments, "month_url": month_url(self.cell)}
        return render(self.request, "participants/cell_comments.html", context, status=status)


class CommentSettle(PlacedView):
    def find_place(self, **where: int) -> None:
        self.pk = where["pk"]
        comment = get_cell_comment(self.request.user, self.pk)
        if comment is None:
            raise OutsideScope(self.pk)
        require(self.request.user, comment_permission(comment), comment.region_id)
        self.back = _comments_url(comment)

    def get(self, request: SignedInRequest) -> HttpResponse:
        return redirect(self.back)

    def post(self, request: SignedInRequest) -> HttpResponse:
        settle_comment(by=request.user, pk=self.pk)
        messages.success(request, _("Komentar ditandai selesai."))
        return redirect(self.back)


def _comments_url(comment: Comment) -> str:
    """Where a remark on a figure is read; those on a segment stand in the month's figures."""
    if comment.month is None:
        raise OutsideScope(comment.pk)
    where = [comment.region_id, iso_month(comment.month)]
    if comment.segment:
        return reverse("month_entry_cell", args=[*where, MonthEntryKey.members(comment.segment)])
    return reverse("cell_comments", args=[*where, comment.category_id, comment.funding_id])


def _asked_url(asked: dict[str, Any]) -> str:
    code, month = asked["wilayah"], iso_month(asked["periode"])
    if asked["kategori"] and asked["sumber"]:
        return reverse("person_grid", args=[code, asked["kategori"].code, asked["sumber"].code, month])
    return reverse("person_month", args=[code, month])


def _repeated(done: Repeated) -> str:
    text = ngettext("%(count)s orang diteruskan.", "%(count)s orang diteruskan.", done.extended)
    sentence = text % {"count": grouped(done.extended)}
    if done.headcount is None:
        return sentence
    told = _("Jumlah tanpa nama dicatat %(people)s.") % {"people": grouped(done.headcount.people)}
    return f"{sentence} {told}"


def _ended(done: Ended) -> str:
    return _("%(ended)s kepesertaan diakhiri, %(rejected)s yang belum mulai ditolak.") % {
        "ended": grouped(done.ended),
        "rejected": grouped(done.rejected),
    }
