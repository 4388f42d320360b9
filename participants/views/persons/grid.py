"""The grid of persons: a page that works by itself, and the answers its scripts ask for."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from participants.enums import ReadPage, RowState
from participants.forms.person_grid import GridTermsForm, RowForm, column_labels, masked_columns, typed_cells
from participants.selectors.persons.grid import (
    GridRow,
    get_grid_spell,
    grid_row,
    grid_rows,
    last_change,
    latest_source,
    list_grid_spells,
)
from participants.services.persons.entry import Entered
from participants.services.persons.grid import save_grid_row, undo_grid_row
from participants.services.persons.reading import note_reading
from participants.views.persons.cell import CellView, cell_url, month_url
from regions.errors import ChangedMeanwhile, NotPermitted, OutsideScope
from regions.formats import moment
from regions.month import add_months, iso_month
from regions.roles import Permission
from regions.signed_in import SignedInRequest

_PAGE = 200
_EMPTY_ROWS = 12


class GridView(CellView):
    """What the addresses of one grid share."""

    def terms(self, request: SignedInRequest, data: Any = None) -> GridTermsForm:
        return GridTermsForm(data, cell=self.cell, source=latest_source(request.user, self.cell))

    def form(self, data: Any, row: GridRow | None) -> RowForm:
        return RowForm(data, row=row, extras=self.cell.extras)

    def get(self, request: SignedInRequest) -> HttpResponse:
        """Signing in anew leads to the last address by GET: from those that only take, to the page."""
        return redirect(cell_url("person_grid", self.cell))


class PersonGrid(GridView):
    permission = Permission.VIEW_PERSONS

    def get(self, request: SignedInRequest) -> HttpResponse:
        row = self._asked_row(request.GET.get("ubah", ""))
        return self._show(self.terms(request), self.form(None, row))

    def post(self, request: SignedInRequest) -> HttpResponse:
        if not self.cell.may_enter:
            raise NotPermitted(Permission.ENTER_PERSONS)
        row = self._asked_row(request.POST.get("enrolment", ""))
        terms, form = self.terms(request, request.POST), self.form(request.POST, row)
        if not (terms.is_valid() and form.is_valid()):
            return self._show(terms, form, status=422)
        try:
            return self._stored(terms, form)
        except ChangedMeanwhile:
            if row is None:
                raise
            return self._meanwhile(terms, row)

    def _stored(self, terms: GridTermsForm, form: RowForm) -> HttpResponse:
        saved = save_grid_row(
            by=self.request.user,
            terms=terms.build(),
            cells=form.cells(),
            revision=form.cleaned_data["revision"],
            enrolment_id=form.row.enrolment if form.row else None,
        )
        if saved.entered.faults:
            form.add_faults(saved.entered.faults)
            return self._show(terms, form, status=422)
        sentence = _("%(name)s tersimpan.") % {"name": saved.entered.participant}
        messages.success(self.request, sentence, extra_tags="stored")
        return redirect(cell_url("person_grid", self.cell))

    def _meanwhile(self, terms: GridTermsForm, row: GridRow) -> HttpResponse:
        """The same typing over the row as it is now: sent once more it replaces that."""
        data = self.request.POST.copy()
        data["revision"] = str(row.revision)
        return self._show(terms, self.form(data, row), meanwhile=row, status=409)

    def _asked_row(self, pk: str) -> GridRow | None:
        if not pk:
            return None
        spell = (
            get_grid_spell(self.request.user, self.cell, int(pk)) if pk.isdecimal() and len(pk) < 19 else None
        )
        if spell is None:
            raise OutsideScope(pk)
        return grid_row(spell, self.cell.extras)

    def _show(self, terms: GridTermsForm, form: RowForm, status: int = 200, **more: Any) -> HttpResponse:
        search = self.request.GET.get("cari", "").strip()[:100]
        spells = list_grid_spells(self.request.user, self.cell, search=search)
        page = Paginator(spells, _PAGE).get_page(self.request.GET.get("halaman"))
        seen = [spell.participant_id for spell in page.object_list]
        note_reading(
            by=self.request.user, page=ReadPage.GRID, region_code=self.cell.region.code, persons=seen
        )
        context = {
            "cell": self.cell,
            "page": page,
            "rows": grid_rows(page.object_list, self.cell.extras),
            "search": search,
            "columns": list(column_labels(self.cell.extras).items()),
            "masked": masked_columns(self.cell.extras),
            "terms": terms,
            "grid_url": cell_url("person_grid", self.cell),
            "pager_query": urlencode({"cari": search}) if search else "",
            "form": form,
            **self._addresses(page.paginator.count),
            **more,
        }
        return render(self.request, "participants/person_grid.html", context, status=status)

    def _addresses(self, count: int) -> dict[str, Any]:
        where = [self.cell.region.code, self.cell.category.code, self.cell.funding.code]
        months = {
            "previous_month": add_months(self.cell.month, -1),
            "next_month": add_months(self.cell.month, 1),
        }
        urls = {name: reverse("person_grid", args=[*where, iso_month(at)]) for name, at in months.items()}
        return {
            **months,
            "month_url": month_url(self.cell),
            **{f"{name}_url": url for name, url in urls.items()},
            "count": count,
            "empty_rows": range(_EMPTY_ROWS) if self.cell.may_enter else (),
            "row_url": cell_url("person_grid_row", self.cell),
            "undo_url": cell_url("person_grid_undo", self.cell),
        }


class PersonGridRow(GridView):
    """One row of the grid saved: 200 stored, 422 at fault, 409 changed by somebody else meanwhile."""

    def post(self, request: SignedInRequest) -> HttpResponse:
        if request.POST.get("typist") != str(request.user.pk):
            # Another person signed in after this was typed: it is not theirs to send.
            raise NotPermitted(Permission.ENTER_PERSONS)
        numbers = RowForm(request.POST)
        numbers.full_clean()
        pk = numbers.cleaned_data.get("enrolment")
        terms = self.terms(request, request.POST)
        if not terms.is_valid() and pk is None:
            return JsonResponse({"sentence": terms.sentence(), "faults": {}}, status=422)
        try:
            return self._save(terms, pk, numbers.cleaned_data.get("revision"))
        except ChangedMeanwhile as changed:
            if pk is None:
                raise
            return self._conflict(pk, changed)

    def _save(self, terms: GridTermsForm, pk: int | None, revision: int | None) -> HttpResponse:
        saved = save_grid_row(
            by=self.request.user,
            terms=terms.build(),
            cells=typed_cells(self.request.POST, self.cell.extras, is_new=pk is None),
            revision=revision,
            enrolment_id=pk,
        )
        if saved.entered.faults or saved.entered.enrolment is None:
            return JsonResponse({"sentence": "", "faults": _by_field(saved.entered)}, status=422)
        stored = get_grid_spell(self.request.user, self.cell, saved.entered.enrolment.pk)
        row = row_json(grid_row(stored or saved.entered.enrolment, self.cell.extras))
        return JsonResponse({"row": row, "kind": RowState(saved.entered.state), "undo": saved.mark})

    def _conflict(self, pk: int, changed: ChangedMeanwhile) -> HttpResponse:
        spell = get_grid_spell(self.request.user, self.cell, pk)
        if spell is None:
            raise OutsideScope(pk)
        last = last_change(spell.participant.merged_into or spell.participant)
        sentence = _("%(who)s mengubah baris ini (%(at)s).") % {"who": last.who, "at": moment(last.at)}
        return JsonResponse(
            {"row": row_json(grid_row(spell, self.cell.extras)), "sentence": sentence}, status=409
        )


class PersonGridUndo(GridView):
    """The last act in the grid taken back."""

    def post(self, request: SignedInRequest) -> HttpResponse:
        try:
            spell = undo_grid_row(by=request.user, mark=request.POST.get("mark", ""))
        except ChangedMeanwhile:
            sentence = _(
                "Baris ini sudah diubah lagi sejak itu, jadi tidak ditarik kembali. Muat ulang halaman."
            )
            return JsonResponse({"sentence": sentence}, status=409)
        if spell is None:
            return JsonResponse({"row": None})
        return JsonResponse({"row": row_json(grid_row(spell, self.cell.extras))})


def row_json(row: GridRow) -> dict[str, Any]:
    return {
        "enrolment": row.enrolment,
        "revision": row.revision,
        "cells": row.cells,
        "months": row.months,
        "doubts": list(row.doubts),
    }


def _by_field(entered: Entered) -> dict[str, str]:
    faults: dict[str, str] = {}
    for fault in entered.faults:
        faults[fault.field.value] = f"{faults.get(fault.field.value, '')} {fault.message}".strip()
    return faults
