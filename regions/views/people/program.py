"""Accounts of programs, for those who manage accounts: made, handed over, given tokens."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from regions.access import require_anywhere
from regions.errors import AccountRefused
from regions.forms.program import KeeperForm, ProgramForm, ProgramTokenForm
from regions.fresh_signin import fresh_sign_in
from regions.roles import Permission
from regions.selectors.api_token import list_api_tokens
from regions.selectors.program import get_program
from regions.services.program import (
    hand_over_program,
    make_program,
    make_program_token,
    revoke_program_token,
)
from regions.signed_in import SignedInRequest


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@fresh_sign_in
def program_make(request: SignedInRequest) -> HttpResponse:
    require_anywhere(request.user, Permission.MANAGE_USERS)
    form = ProgramForm(request.POST or None, by=request.user)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            account = make_program(
                name=given["full_name"],
                purpose=given["purpose"],
                keeper_id=given["keeper"].pk,
                grant=form.grant(),
                by=request.user,
            )
        except AccountRefused as refused:
            form.add_error(None, refused.sentence)
        else:
            return redirect("program_detail", account.pk)
    return render(request, "regions/program_make.html", {"form": form}, status=422 if form.errors else 200)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@fresh_sign_in
def program_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """Its tokens; the answer to the form shows a new one, this one time."""
    require_anywhere(request.user, Permission.MANAGE_USERS)
    account = get_program(request.user, pk)
    form, made = ProgramTokenForm(request.POST if request.method == "POST" else None), None
    if form.is_bound and form.is_valid():
        try:
            made = make_program_token(user_id=pk, by=request.user, **form.cleaned_data)
        except AccountRefused as refused:
            form.add_error(None, refused.sentence)
        else:
            form = ProgramTokenForm()
    context: dict[str, Any] = {"account": account, "form": form, "made": made}
    context["tokens"] = list_api_tokens(account)
    return render(request, "regions/program_detail.html", context, status=422 if form.errors else 200)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@fresh_sign_in
def program_keeper(request: SignedInRequest, pk: int) -> HttpResponse:
    require_anywhere(request.user, Permission.MANAGE_USERS)
    account = get_program(request.user, pk)
    initial = {"keeper": account.keeper_id, "purpose": account.purpose}
    form = KeeperForm(request.POST or None, by=request.user, initial=initial)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            hand_over_program(
                user_id=pk, keeper_id=given["keeper"].pk, purpose=given["purpose"], by=request.user
            )
        except AccountRefused as refused:
            form.add_error(None, refused.sentence)
        else:
            messages.success(request, _("Tersimpan."))
            return redirect("program_detail", pk)
    context = {"account": account, "form": form}
    return render(request, "regions/program_keeper.html", context, status=422 if form.errors else 200)


@require_POST
def program_token_revoke(request: SignedInRequest, pk: int, token: int) -> HttpResponse:
    require_anywhere(request.user, Permission.MANAGE_USERS)
    revoke_program_token(user_id=pk, token_id=token, by=request.user)
    messages.success(request, _("Token dicabut; program yang memakainya tidak dapat membuka apa pun lagi."))
    return redirect("program_detail", pk)
