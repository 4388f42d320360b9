"""Persons by name: the list, finding one by NIK, adding one."""

from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from participants.enums import ReadPage, RowState
from participants.errors import BatchRefused, PersonRefused
from participants.forms.batch import BatchTermsForm
from participants.forms.person import FindForm, PersonAddForm, PersonFilterForm, query_of
from participants.importers.faults import sentence_of
from participants.importers.header import Field
from participants.nik import NikRefused, parse_nik
from participants.selectors.extra_field import (
    MOST_COLUMNS,
    ExtraColumns,
    fields_of_list,
    fields_of_regions,
)
from participants.selectors.persons.listed import with_spells
from participants.selectors.persons.person import get_person_of, list_persons, spells_seen
from participants.services.persons.entry import Entered, enter_person
from participants.services.persons.look_up import look_up
from participants.services.persons.reading import note_reading
from regions.access import covers, require_anywhere, require_of_some, scope_of
from regions.errors import MonthLocked
from regions.roles import Permission
from regions.selectors.institution import list_institutions
from regions.selectors.region import list_entry_regions
from regions.signed_in import SignedInRequest
from regions.sorting import SortColumns, Sorting

_PAGE = 50
_MOST_REGIONS = 12
_SORTED_BY: SortColumns = {
    "nama": ("name",),
    "lahir": ("birth_date",),
    "kecamatan": ("district_name",),
    "wilayah": ("region__name",),
}
# What holds for the next person too. The others (NIK, name …) must never stand in an address.
_KEPT = (
    "region",
    "category",
    "funding",
    "first_month",
    "last_month",
    "segment",
    "programmes",
    "institution",
    "payer",
    "is_proposal",
    "source",
    "as_of",
)


@require_GET
def person_list(request: SignedInRequest) -> HttpResponse:
    require_of_some(request.user, Permission.VIEW_PERSONS)
    form = PersonFilterForm(request.GET)
    filters = form.filters()
    columns = {**_SORTED_BY, "tahap": ("since",)} if filters.stop else _SORTED_BY
    sort = Sorting.of(request.GET, columns)
    rows = sort.ordered(list_persons(request.user, filters), columns)
    page = Paginator(rows, _PAGE).get_page(request.GET.get("halaman"))
    note_reading(by=request.user, page=ReadPage.LIST, persons=[person.pk for person in page.object_list])
    listed = with_spells(page.object_list, filters, spells_seen(request.user))
    fields = [one for one in fields_of_list(request.user, filters.region_code) if not one.is_personal]
    columns_shown = ExtraColumns(request.user, fields, MOST_COLUMNS)
    context = {
        "form": form,
        "filters": filters,
        "page": page,
        "sort": sort,
        "listed": [replace(one, extras=columns_shown.cells(one.person)) for one in listed],
        "query": query_of(filters),
        "extra_titles": columns_shown.titles,
        **_allowed(request),
    }
    return render(request, "participants/person_list.html", context)


def _allowed(request: SignedInRequest) -> dict[str, bool]:
    scope = scope_of(request.user)
    return {
        "may_enter": scope.holds_anywhere(Permission.ENTER_PERSONS),
        "may_add": scope.holds_of_some(Permission.ENTER_PERSONS),
        # Looking for numbers asks for the whole region.
        "may_find": scope.holds_anywhere(Permission.VIEW_PERSONS),
        "may_unmask": scope.holds_anywhere(Permission.UNMASK),
    }


@require_POST
@cache_control(no_store=True, private=True)
def person_find(request: SignedInRequest) -> HttpResponse:
    """The answer to a NIK; the NIK itself travels in the body only, there and back."""
    require_anywhere(request.user, Permission.VIEW_PERSONS)
    form = FindForm(request.POST)
    context: dict[str, Any] = {"form": form, **_allowed(request)}
    status = 200
    if form.is_valid():
        try:
            nik = parse_nik(form.cleaned_data["nik"])
            context |= {"found": look_up(nik=nik, by=request.user), "masked": nik.masked, "nik": nik.digits}
        except NikRefused as refused:
            form.add_error("nik", sentence_of(refused.reason.value))
        except PersonRefused as refused:
            form.add_error("nik", refused.sentence)
            status = 429
    status = 422 if form.errors and status == 200 else status
    return render(request, "participants/person_found.html", context, status=status)


@require_http_methods(["GET", "POST"])
@cache_control(no_store=True, private=True)
def person_add(request: SignedInRequest) -> HttpResponse:
    """One person typed. A POST with `mulai` only opens the form with the NIK that was looked for."""
    require_of_some(request.user, Permission.ENTER_PERSONS)
    starts = request.method == "POST" and "mulai" in request.POST
    if request.method == "POST" and not starts:
        return _store(request)
    terms = _terms_form(request, initial=_kept(request.GET))
    cells = _cells_form(request, cells={Field.NIK: request.POST.get("nik", "")[:40]} if starts else None)
    return _show(request, terms, cells)


def _store(request: SignedInRequest) -> HttpResponse:
    terms, cells = _terms_form(request, request.POST), _cells_form(request, request.POST)
    if all([terms.is_valid(), cells.is_valid()]):
        try:
            entered = enter_person(by=request.user, terms=terms.terms(), cells=cells.cells())
        except (BatchRefused, MonthLocked) as refused:
            terms.add_error(None, refused.sentence)
        else:
            if not entered.faults:
                return _stored(request, entered)
            for fault in entered.faults:
                cells.add_error(fault.field.value, fault.message)
    return _show(request, terms, cells, status=422)


def _stored(request: SignedInRequest, entered: Entered) -> HttpResponse:
    """On to the next person, the terms kept; what was stored is linked from there."""
    if entered.state == RowState.SAME:
        messages.info(request, _("Orang ini sudah tercatat dengan isi yang sama; tidak ada yang berubah."))
    for doubt in entered.doubts:
        messages.warning(request, doubt)
    kept = [(name, value) for name in _KEPT for value in request.POST.getlist(name) if value]
    person = entered.participant.pk if entered.participant else ""
    return redirect(f"{reverse('person_add')}?{urlencode([*kept, ('tersimpan', person)])}")


def _show(
    request: SignedInRequest, terms: BatchTermsForm, cells: PersonAddForm, *, status: int = 200
) -> HttpResponse:
    stored = request.GET.get("tersimpan", "")
    person = get_person_of(request.user, int(stored)) if stored.isdecimal() and len(stored) < 16 else None
    shown = None if terms.is_bound else person
    if shown:
        note_reading(by=request.user, page=ReadPage.PERSON, region_code=shown.region_id, persons=[shown.pk])
    context = {"terms": terms, "cells": cells, "stored": shown}
    return render(request, "participants/person_add.html", context, status=status)


def _cells_form(request: SignedInRequest, *data: Any, cells: Any = None) -> PersonAddForm:
    """With the fields that the regions have added where the officer enters; few have more than one region."""
    regions = list_entry_regions(request.user, Permission.ENTER_PERSONS)
    codes = list(regions.values_list("code", flat=True)[: _MOST_REGIONS + 1])
    fields = fields_of_regions(request.user, codes) if len(codes) <= _MOST_REGIONS else []
    shared = {field.pk for field in fields if all(covers(field.region_id, code) for code in codes)}
    places = {str(field.key): field.region.full_label for field in fields if field.pk not in shared}
    return PersonAddForm(*data, cells=cells, extras=[field.spec for field in fields], places=places)


def _terms_form(
    request: SignedInRequest, *data: Any, initial: dict[str, Any] | None = None
) -> BatchTermsForm:
    return BatchTermsForm(
        *data,
        initial=initial,
        regions=list_entry_regions(request.user, Permission.ENTER_PERSONS),
        institutions=list_institutions(request.user, Permission.ENTER_PERSONS),
        is_bound=not scope_of(request.user).holds_anywhere(Permission.ENTER_PERSONS),
    )


def _kept(query: QueryDict) -> dict[str, Any]:
    return {
        name: query.getlist(name) if name == "programmes" else query[name] for name in _KEPT if name in query
    }
