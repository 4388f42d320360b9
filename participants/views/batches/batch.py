"""Lists by file: sending, watching, deciding."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from django_htmx.http import HttpResponseClientRefresh

from participants.enums import BatchState, ReadPage, RowState
from participants.errors import BatchRefused
from participants.forms.batch import ColumnsForm
from participants.models import Batch
from participants.selectors.batches.account import balance_of, questions_of
from participants.selectors.batches.batch import (
    WORKING,
    doubts_of,
    get_batch,
    list_rows,
    progress_of,
    reasons_of,
    show_rows,
)
from participants.selectors.batches.by_word import search_batches
from participants.selectors.batches.waiting import carries_to
from participants.selectors.extra_field import person_extras
from participants.selectors.reach import holds_batch
from participants.services.batches.batch import cancel_batch, confirm_batch, name_columns
from participants.services.batches.undo import undo_batch
from participants.services.persons.reading import note_reading
from participants.views.batches.list_file import batches_file
from regions.access import require_of_some, scope_of
from regions.errors import MonthLocked, OutsideScope
from regions.roles import Permission
from regions.search_words import may_be_of_a_person
from regions.signed_in import SignedInRequest
from regions.sorting import SortColumns, Sorting
from regions.views.table_file import asked_file

_PAGE = 50
_MOST_WORDS = 60
_SORTED_BY: SortColumns = {
    "nomor": ("pk",),
    "wilayah": ("region__name",),
    "kategori": ("category__name",),
    "dana": ("funding__name",),
    "bulan": ("first_month",),
    "status": ("state",),
    "dikirim": ("entered_at",),
}


@require_GET
def batch_list(request: SignedInRequest) -> HttpResponseBase:
    require_of_some(request.user, Permission.VIEW_PERSONS)
    code = request.GET.get("wilayah", "")
    sort, words = Sorting.of(request.GET, _SORTED_BY), request.GET.get("cari", "")[:_MOST_WORDS]
    words = "" if may_be_of_a_person(words) else words
    rows = sort.ordered(search_batches(request.user, words, region_code=code), _SORTED_BY)
    if asked_file(request):
        return batches_file(request, rows, code)
    page = Paginator(rows, _PAGE).get_page(request.GET.get("halaman"))
    may_send = scope_of(request.user).holds_of_some(Permission.ENTER_PERSONS)
    context = {
        "page": page,
        "region_code": code,
        "may_send": may_send,
        "sort": sort,
        "words": words,
    }
    return render(request, "participants/batch_list.html", context)


@require_GET
def batch_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    batch = _batch(request, pk)
    if batch.state in WORKING:
        return render(request, "participants/batch_work.html", _frame(request, batch))
    if request.htmx:
        # The line of progress asked; the work is over.
        return HttpResponseClientRefresh()
    return render(request, "participants/batch_detail.html", _detail(request, batch))


def _detail(request: SignedInRequest, batch: Batch, form: ColumnsForm | None = None) -> dict[str, Any]:
    state, reason = request.GET.get("keadaan", ""), request.GET.get("sebab", "")
    page = Paginator(list_rows(batch, state, reason), _PAGE).get_page(request.GET.get("halaman"))
    counts = batch.counts.get("state", {})
    note_reading(
        by=request.user,
        page=ReadPage.BATCH,
        region_code=batch.region_id,
        document=batch.pk,
        rows=len(page.object_list),
    )
    return _frame(
        request,
        batch,
        page=page,
        shown=show_rows(batch, page.object_list),
        state=state or reason,
        query=urlencode({name: text for name, text in (("keadaan", state), ("sebab", reason)) if text}),
        tabs=[(value, label, counts.get(value, 0)) for value, label in RowState.choices],
        good=batch.good,
        parked=batch.parked,
        reasons=reasons_of(batch),
        questions=questions_of(batch) if batch.state in {BatchState.CHECKED, BatchState.STORED} else [],
        balance=balance_of(batch),
        carries_to=carries_to(batch) if _something_waits(batch) else None,
        carried=batch.carried.order_by("pk") if batch.state == BatchState.STORED else [],
        doubts=doubts_of(batch),
        columns_form=form or (_columns_form(request, batch) if batch.columns else None),
    )


def _columns_form(request: SignedInRequest, batch: Batch, *data: Any) -> ColumnsForm:
    extras = person_extras(request.user, batch.region_id)
    return ColumnsForm(*data, columns=batch.columns, sheets=batch.sheets, extras=extras)


def _something_waits(batch: Batch) -> bool:
    return bool(batch.state == BatchState.CHECKED or (batch.state == BatchState.STORED and batch.parked))


def _frame(request: SignedInRequest, batch: Batch, **context: Any) -> dict[str, Any]:
    scope = scope_of(request.user)
    may_enter = holds_batch(request.user, Permission.ENTER_PERSONS, batch)
    may_decide = scope.holds(Permission.DECIDE_PERSONS, batch.region_id)
    return {
        "batch": batch,
        "progress": progress_of(batch),
        "is_waiting": batch.state in {BatchState.WAITING, BatchState.CONFIRMED},
        "may_cancel": may_enter and batch.state not in {BatchState.CONFIRMED, BatchState.STORING},
        "may_enter": may_enter,
        "may_undo": may_enter and (may_decide or batch.entered_by_id == request.user.pk),
        **context,
    }


@require_POST
def batch_confirm(request: SignedInRequest, pk: int) -> HttpResponse:
    return _act(request, pk, lambda: confirm_batch(pk=pk, by=request.user))


@require_POST
def batch_cancel(request: SignedInRequest, pk: int) -> HttpResponse:
    return _act(request, pk, lambda: cancel_batch(pk=pk, by=request.user))


@require_POST
def batch_undo(request: SignedInRequest, pk: int) -> HttpResponse:
    def undo() -> None:
        undone = undo_batch(pk=pk, by=request.user, reason=request.POST.get("alasan", "")[:250])
        if undone.kept:
            kept = _(
                "%(count)s orang tetap tercatat: sesudahnya diubah, atau ditegaskan oleh unggahan lain."
            ) % {"count": undone.kept}
            messages.warning(request, kept)

    return _act(request, pk, undo)


@require_POST
def batch_columns(request: SignedInRequest, pk: int) -> HttpResponse:
    batch = _batch(request, pk)
    form = _columns_form(request, batch, request.POST)
    if not form.is_valid():
        return render(request, "participants/batch_detail.html", _detail(request, batch, form), status=422)
    return _act(
        request, pk, lambda: name_columns(pk=pk, titles=form.chosen(), sheets=form.sheets(), by=request.user)
    )


def _act(request: SignedInRequest, pk: int, act: Any) -> HttpResponse:
    """Do one thing with a batch the user sees, and show it: a worker looks every three seconds."""
    batch = _batch(request, pk)
    try:
        act()
    except (BatchRefused, MonthLocked) as refused:
        messages.error(request, refused.sentence)
    return _to(batch)


def _to(batch: Batch) -> HttpResponse:
    return redirect("batch_detail", batch.pk)


def _batch(request: SignedInRequest, pk: int) -> Batch:
    batch = get_batch(request.user, pk)
    if batch is None:
        raise OutsideScope(pk)
    return batch
