"""Deciding what a list leaves open: questions of its rows, a password, lists inside an archive."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from participants.errors import BatchRefused
from participants.selectors.batches.batch import get_batch
from participants.services.batches.answer import answer_question
from participants.services.batches.carry import carry_batch
from participants.services.batches.opening import open_with_password, unpack_batch
from regions.errors import MonthLocked, OutsideScope
from regions.formats import month_name
from regions.signed_in import SignedInRequest

_ANSWERS = {"aktif": True, "keluar": False}


@require_POST
def batch_answer(request: SignedInRequest, pk: int) -> HttpResponse:
    """One answer for all rows that ask the same."""
    answer = request.POST.get("jawab", "")

    def act() -> str:
        if answer not in _ANSWERS:
            raise BatchRefused(_("Pilih jawabannya: tetap peserta, atau dikeluarkan."))
        count = answer_question(
            batch_id=pk,
            reason=request.POST.get("sebab", ""),
            words=request.POST.get("kata", ""),
            is_member=_ANSWERS[answer],
            by=request.user,
        )
        return _("%(count)s baris dijawab.") % {"count": count}

    return _done(request, pk, act)


@require_POST
def batch_password(request: SignedInRequest, pk: int) -> HttpResponse:
    """Open a protected workbook; the password is used once and kept nowhere."""

    def act() -> str:
        open_with_password(pk=pk, password=request.POST.get("kata_sandi", ""), by=request.user)
        return ""

    return _done(request, pk, act)


@require_POST
def batch_unpack(request: SignedInRequest, pk: int) -> HttpResponse:
    """Send each list of an archive as a batch of its own."""

    def act() -> str:
        return _("%(count)s daftar dikirim.") % {"count": len(unpack_batch(pk=pk, by=request.user))}

    return _done(request, pk, act)


@require_POST
def batch_carry(request: SignedInRequest, pk: int) -> HttpResponse:
    """Rows that waited when their month was locked are counted from the first open month."""
    if get_batch(request.user, pk) is None:
        raise OutsideScope(pk)
    try:
        carried = carry_batch(pk=pk, by=request.user)
    except BatchRefused as refused:
        messages.error(request, refused.sentence)
        return redirect("batch_detail", pk)
    told = _("Barisnya menunggu di sini dan dihitung mulai %(month)s.")
    messages.success(request, told % {"month": month_name(carried.first_month)})
    return redirect("batch_detail", carried.pk)


def _done(request: SignedInRequest, pk: int, act: Callable[[], str]) -> HttpResponse:
    if get_batch(request.user, pk) is None:
        raise OutsideScope(pk)
    try:
        told = act()
    except (BatchRefused, MonthLocked) as refused:
        messages.error(request, refused.sentence)
    else:
        if told:
            messages.success(request, told)
    return redirect("batch_detail", pk)
