"""Lists of persons taken out, and ended together."""

from collections.abc import Iterator
from itertools import islice
from tempfile import TemporaryFile
from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_POST

from participants.enums import ReadPage
from participants.errors import PersonRefused
from participants.exporters.enrolment_sheet import TITLES, enrolment_rows
from participants.exporters.person_table import csv_lines, rows_of, titles, write_xlsx
from participants.forms.person import EndForAgeForm, PersonFilterForm, asked_as
from participants.selectors.extra_field import ExtraColumns, fields_of_list
from participants.selectors.persons.listed import ListedPerson, with_spells
from participants.selectors.persons.person import PersonFilters, list_chosen, list_persons, spells_seen
from participants.services.persons.age_limit import end_for_age
from participants.services.persons.export import Export, start_export
from participants.services.persons.reading import note_reading
from regions.access import require_anywhere, require_of_some
from regions.dead_cells import dead_text
from regions.fresh_signin import fresh_sign_in
from regions.roles import Permission
from regions.signed_in import SignedInRequest

_AT_ONCE = 1000
_MOST_CHOSEN = 1000
# The list with which a branch enrols people; it is of no use with masked numbers.
_ENROLMENT = "pendaftaran"
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_http_methods(["GET", "POST"])
@cache_control(no_store=True, private=True)
@fresh_sign_in
def person_export(request: SignedInRequest) -> HttpResponseBase:
    """GET: masked. POST with a reason: whole NIK, for who may. The filters stand in the address."""
    require_of_some(request.user, Permission.VIEW_PERSONS)
    filters = PersonFilterForm(request.GET).filters()
    asked = request.POST if request.method == "POST" else request.GET
    kind = asked.get("bentuk", "") if asked.get("bentuk") in {"xlsx", _ENROLMENT} else "csv"
    asked_words = " ".join(f"{name}={text}" for name, text in asked_as(filters).items())
    reason = request.POST.get("alasan", "") if request.method == "POST" else None
    try:
        export = start_export(filters=filters, asked=asked_words, kind=kind, by=request.user, reason=reason)
    except PersonRefused as refused:
        messages.error(request, refused.sentence)
        return redirect(f"{reverse('person_list')}?{request.GET.urlencode()}")
    columns = ExtraColumns(request.user, fields_of_list(request.user, filters.region_code))
    listed = _listed(request, filters, export)
    if kind == _ENROLMENT and export.whole:
        rows = enrolment_rows(listed, lambda person: columns.cells(person, whole=True))
        head = {"head": [*TITLES, *map(dead_text, columns.titles)], "watermark": export.watermark}
        return _workbook(f"pendaftaran-{localdate():%Y-%m-%d}-NIK-utuh.xlsx", rows, **head)
    return _file(listed, filters, columns, export, kind)


def _file(
    listed: Iterator[ListedPerson], filters: PersonFilters, columns: ExtraColumns, export: Export, kind: str
) -> HttpResponseBase:
    rows = rows_of(
        listed, whole=export.whole, extras=lambda person: columns.cells(person, whole=export.whole)
    )
    name = f"peserta-{localdate():%Y-%m-%d}{'-NIK-utuh' if export.whole else ''}.{kind}"
    said: dict[str, Any] = {
        "head": titles(stops=bool(filters.stop), extras=columns.titles),
        "watermark": export.watermark,
    }
    if kind == "xlsx":
        return _workbook(name, rows, **said)
    response = StreamingHttpResponse(csv_lines(rows, **said), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _workbook(name: str, rows: Iterator[list[str]], **said: Any) -> FileResponse:
    file = TemporaryFile()  # noqa: SIM115 - the response closes it
    write_xlsx(file, rows, **said)
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=name, content_type=_XLSX)


def _listed(request: SignedInRequest, filters: PersonFilters, export: Export) -> Iterator[ListedPerson]:
    """A thousand persons at a time, whatever their number."""
    persons = list_persons(request.user, filters, permission=export.permission)
    rest = persons.iterator(chunk_size=_AT_ONCE)
    while chunk := list(islice(rest, _AT_ONCE)):
        yield from with_spells(chunk, filters, spells_seen(request.user))


@require_POST
def person_end_for_age(request: SignedInRequest) -> HttpResponse:
    """The chosen persons once more to be looked at; with `setuju` their spells end."""
    require_anywhere(request.user, Permission.ENTER_PERSONS)
    chosen = list_chosen(request.user, _asked(request), permission=Permission.ENTER_PERSONS)
    if not chosen:
        messages.error(request, _("Pilih sedikitnya satu orang."))
        return redirect(f"{reverse('person_list')}?perlu=usia")
    form = EndForAgeForm(request.POST if "setuju" in request.POST else None)
    if form.is_bound and form.is_valid():
        try:
            return _ended(request, chosen, form.cleaned_data)
        except PersonRefused as refused:
            form.add_error(None, refused.sentence)
    note_reading(by=request.user, page=ReadPage.LIST, persons=[person.pk for person in chosen])
    context = {"chosen": chosen, "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "participants/person_end_for_age.html", context, status=status)


def _asked(request: SignedInRequest) -> list[int]:
    texts = request.POST.getlist("orang")[:_MOST_CHOSEN]
    return [int(text) for text in texts if text.isdecimal() and len(text) < 16]


def _ended(request: SignedInRequest, chosen: list[Any], data: dict[str, Any]) -> HttpResponse:
    count = end_for_age(participant_ids=[person.pk for person in chosen], by=request.user, **data)
    done = ngettext(
        "%(count)s orang diakhiri karena batas usia.", "%(count)s orang diakhiri karena batas usia.", count
    )
    messages.success(request, done % {"count": count})
    return redirect(f"{reverse('person_list')}?perlu=usia")
