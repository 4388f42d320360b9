"""A person's own tokens for programs: made, shown once, listed with their last use, revoked."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from regions.errors import AccountRefused
from regions.forms.api_token import ApiTokenForm
from regions.fresh_signin import fresh_sign_in
from regions.selectors.api_token import list_api_tokens
from regions.services.api_token import make_api_token, revoke_api_token
from regions.signed_in import SignedInRequest


@fresh_sign_in
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def api_token_list(request: SignedInRequest) -> HttpResponse:
    assignments = request.user.current_assignments
    form = ApiTokenForm(request.POST if request.method == "POST" else None, assignments=assignments)
    made = None
    if form.is_bound and form.is_valid():
        data = form.cleaned_data
        try:
            made = make_api_token(
                by=request.user,
                assignment_id=data["assignment"],
                name=data["name"],
                days=data["days"],
                may_write=data["may_write"],
            )
        except AccountRefused as refused:
            form.add_error(None, refused.sentence)
        else:
            form = ApiTokenForm(assignments=assignments)
    context: dict[str, Any] = {"form": form, "made": made, "tokens": list_api_tokens(request.user)}
    return render(request, "regions/api_token_list.html", context, status=422 if form.errors else 200)


@require_POST
def api_token_revoke(request: SignedInRequest, pk: int) -> HttpResponse:
    revoke_api_token(pk=pk, by=request.user)
    messages.success(request, _("Token dicabut; program yang memakainya tidak dapat membuka apa pun lagi."))
    return redirect("api_token_list")
