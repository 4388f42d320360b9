"""Sending a list: dropped anywhere, then said what it is of; what is missing never loses the file."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from participants.errors import BatchRefused
from participants.forms.batch import BatchForm
from participants.models import HeldFile
from participants.selectors.batches.guess import find_held, guess_of, list_held
from participants.services.batches.batch import send_file
from participants.services.batches.hold import content_of, forget_held, hold_file
from regions.access import require_of_some, scope_of
from regions.errors import MonthLocked, OutsideScope
from regions.roles import Permission
from regions.selectors.institution import list_institutions
from regions.selectors.region import list_entry_regions
from regions.signed_in import SignedInRequest

_MOST_AT_ONCE = 10


@require_POST
def batch_drop(request: SignedInRequest) -> HttpResponse:
    """Files as they come; each waits until it is said what it is of."""
    require_of_some(request.user, Permission.ENTER_PERSONS)
    held = None
    for file in request.FILES.getlist("file")[:_MOST_AT_ONCE]:
        try:
            one = hold_file(file_name=file.name or "", content=file.read(), by=request.user)
        except BatchRefused as refused:
            messages.error(request, f"{file.name}: {refused.sentence}"[:300])
            continue
        held = held or one
    if held is None:
        if not request.FILES:
            messages.error(request, _("Pilih berkasnya."))
        return redirect("batch_send")
    return redirect(f"{reverse('batch_send')}?berkas={held.pk}")


@require_POST
def batch_drop_forget(request: SignedInRequest) -> HttpResponse:
    """A dropped file that is not to be sent."""
    held = find_held(request.user, request.POST.get("berkas", ""))
    if held is None:
        raise OutsideScope("file")
    forget_held(pk=held.pk, by=request.user)
    return redirect("batch_send")


@require_http_methods(["GET", "POST"])
def batch_send(request: SignedInRequest) -> HttpResponse:
    require_of_some(request.user, Permission.ENTER_PERSONS)
    if request.method == "POST":
        return _send(request)
    held = find_held(request.user, request.GET.get("berkas", ""))
    return _page(request, _form(request, held), held)


def _send(request: SignedInRequest) -> HttpResponse:
    held = find_held(request.user, request.POST.get("held", ""))
    try:
        held = _kept(request, held)
    except BatchRefused as refused:
        form = _form(request, held)
        form.add_error("file", refused.sentence)
        return _page(request, form, held)
    form = _form(request, held)
    if not form.is_valid() or held is None:
        return _page(request, form, held)
    try:
        batch = send_file(
            terms=form.terms(), file_name=held.file_name, content=content_of(held), by=request.user
        )
    except (BatchRefused, MonthLocked) as refused:
        form.add_error("file", refused.sentence)
        return _page(request, form, held)
    forget_held(pk=held.pk, by=request.user)
    left = len(list_held(request.user))
    if left:
        sentence = ngettext(
            "%(count)s berkas Anda masih menunggu keterangan.",
            "%(count)s berkas Anda masih menunggu keterangan.",
            left,
        )
        messages.info(request, sentence % {"count": left})
    return redirect("batch_detail", batch.pk)


def _kept(request: SignedInRequest, before: HeldFile | None) -> HeldFile | None:
    """A file that comes with the form is kept first, so that a missing answer does not lose it."""
    file = request.FILES.get("file")
    if file is None:
        return before
    held = hold_file(file_name=file.name or "", content=file.read(), by=request.user, is_read=False)
    if before is not None:
        forget_held(pk=before.pk, by=request.user)
    return held


def _form(request: SignedInRequest, held: HeldFile | None) -> BatchForm:
    regions = list_entry_regions(request.user, Permission.ENTER_PERSONS)
    where: dict[str, Any] = {
        "regions": regions,
        "institutions": list_institutions(request.user, Permission.ENTER_PERSONS),
        "is_bound": not scope_of(request.user).holds_anywhere(Permission.ENTER_PERSONS),
        "held": held,
    }
    if request.method == "POST":
        data = request.POST.copy()
        data["held"] = str(held.pk) if held else ""
        return BatchForm(data, request.FILES, **where)
    initial = guess_of(request.user, held, regions).initial() if held else None
    return BatchForm(initial=initial, **where)


def _page(request: SignedInRequest, form: BatchForm, held: HeldFile | None) -> HttpResponse:
    others = [one for one in list_held(request.user) if held is None or one.pk != held.pk]
    context = {"form": form, "held": held, "others": others}
    status = 422 if form.is_bound else 200
    return render(request, "participants/batch_send.html", context, status=status)
