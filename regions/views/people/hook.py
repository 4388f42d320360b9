"""A person's own addresses of other programs: given, tried, followed, switched off."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from regions.errors import AccountRefused
from regions.forms.hook import HookForm
from regions.fresh_signin import fresh_sign_in
from regions.hook_target import TargetRefused
from regions.selectors.hook import get_hook, list_deliveries, list_hooks
from regions.services.hook import (
    MadeHook,
    change_secret,
    make_hook,
    send_once_more,
    send_test,
    stop_hook,
)
from regions.signed_in import SignedInRequest

_PAGE = 25


@fresh_sign_in
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def hook_list(request: SignedInRequest) -> HttpResponse:
    assignments = request.user.current_assignments
    form = HookForm(request.POST if request.method == "POST" else None, assignments=assignments)
    if form.is_bound and form.is_valid():
        try:
            return _page(request, make_hook(form.wish(), by=request.user))
        except (AccountRefused, TargetRefused) as refused:
            form.add_error(None, refused.sentence)
    context: dict[str, Any] = {"form": form, "hooks": list_hooks(request.user)}
    return render(request, "regions/hook_list.html", context, status=422 if form.errors else 200)


@never_cache
@require_safe
def hook_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """What was sent there, and what came of it."""
    hook = get_hook(request.user, pk)
    page = Paginator(list_deliveries(hook), _PAGE).get_page(request.GET.get("halaman"))
    return render(request, "regions/hook_detail.html", {"hook": hook, "page": page, "secret": ""})


def _page(request: SignedInRequest, made: MadeHook) -> HttpResponse:
    """The page with the secret, this one time."""
    page = Paginator(list_deliveries(made.row), _PAGE).get_page(1)
    context = {"hook": get_hook(request.user, made.row.pk), "page": page, "secret": made.secret}
    return render(request, "regions/hook_detail.html", context)


@fresh_sign_in
@never_cache
@require_POST
def hook_secret(request: SignedInRequest, pk: int) -> HttpResponse:
    try:
        return _page(request, change_secret(pk=pk, by=request.user))
    except AccountRefused as refused:
        messages.error(request, refused.sentence)
        return redirect("hook_detail", pk)


@require_POST
def hook_test(request: SignedInRequest, pk: int) -> HttpResponse:
    try:
        send_test(pk=pk, by=request.user)
        messages.success(
            request, _("Pesan uji dikirim dalam beberapa detik. Muat ulang untuk melihat hasilnya.")
        )
    except AccountRefused as refused:
        messages.error(request, refused.sentence)
    return redirect("hook_detail", pk)


@require_POST
def hook_replay(request: SignedInRequest, pk: int, delivery: int) -> HttpResponse:
    try:
        send_once_more(pk=pk, delivery_id=delivery, by=request.user)
        messages.success(request, _("Pesan ini dikirim lagi dalam beberapa detik, dengan nomor yang sama."))
    except AccountRefused as refused:
        messages.error(request, refused.sentence)
    return redirect("hook_detail", pk)


@require_POST
def hook_stop(request: SignedInRequest, pk: int) -> HttpResponse:
    try:
        stop_hook(pk=pk, by=request.user)
        messages.success(request, _("Dihentikan; tidak ada lagi yang dikirim ke alamat ini."))
    except AccountRefused as refused:
        messages.error(request, refused.sentence)
    return redirect("hook_list")
