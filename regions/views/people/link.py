"""Making links that open once, and opening them."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from regions.access import require_anywhere
from regions.enums import LinkKind
from regions.errors import AccountRefused
from regions.forms.people import AcceptanceForm, InviteForm, NewPasswordForm
from regions.fresh_signin import fresh_sign_in
from regions.models import Invitation, User
from regions.roles import Permission
from regions.selectors.invitation import find_link
from regions.selectors.reach import get_person
from regions.services.invitation import MadeLink, accept, invite, offer_reset, revoke, send_again, use_reset
from regions.services.link_mail import mail_link
from regions.signed_in import SignedInRequest

# Carries the token from the address, where it would stand in histories and logs, to the page.
_COOKIE, _COOKIE_SECONDS = "tautan", 3600


@require_http_methods(["GET", "HEAD", "POST"])
@fresh_sign_in
def user_invite(request: SignedInRequest) -> HttpResponse:
    """Invite somebody; the answer shows the link, this one time."""
    require_anywhere(request.user, Permission.MANAGE_USERS)
    proposed = {"role": request.GET.get("peran"), "place": request.GET.get("tempat")}
    form = InviteForm(request.POST or None, by=request.user, initial=proposed)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            made = invite(
                full_name=given["full_name"], email=given["email"], grant=form.grant(), by=request.user
            )
        except AccountRefused as refused:
            form.add_error(None, refused.sentence)
        else:
            return _show_link(request, made)
    status = 422 if form.is_bound else 200
    return render(request, "regions/user_invite.html", {"form": form}, status=status)


@require_POST
@fresh_sign_in
def link_send_again(request: SignedInRequest, pk: int) -> HttpResponse:
    require_anywhere(request.user, Permission.MANAGE_USERS)
    try:
        return _show_link(request, send_again(link_id=pk, by=request.user))
    except AccountRefused as refused:
        messages.error(request, refused.sentence)
        return redirect("user_list")


@require_POST
def link_revoke(request: SignedInRequest, pk: int) -> HttpResponse:
    require_anywhere(request.user, Permission.MANAGE_USERS)
    try:
        revoke(link_id=pk, by=request.user)
        messages.success(request, _("Tautan dibatalkan; tidak dapat dipakai lagi."))
    except AccountRefused as refused:
        messages.error(request, refused.sentence)
    return redirect("user_list")


@require_POST
@fresh_sign_in
def user_reset(request: SignedInRequest, pk: int) -> HttpResponse:
    """A link with which the person chooses a new password."""
    require_anywhere(request.user, Permission.MANAGE_USERS)
    get_person(request.user, pk)
    try:
        return _show_link(request, offer_reset(user_id=pk, by=request.user))
    except AccountRefused as refused:
        messages.error(request, refused.sentence)
        return redirect("user_detail", pk)


def _show_link(request: SignedInRequest, made: MadeLink) -> HttpResponse:
    address = f"{settings.PUBLIC_URL}{reverse('link_open', args=[made.token])}"
    context = {"link": mail_link(made, address), "address": address}
    return _private(render(request, "regions/link_made.html", context))


@login_not_required
@require_safe
def link_open(request: HttpRequest, token: str) -> HttpResponse:
    """Takes the token out of the address at once. What it is worth is asked on the page, not here."""
    response = redirect("link_page")
    response.set_cookie(
        _COOKIE,
        token[:100],
        max_age=_COOKIE_SECONDS,
        path=reverse("link_page"),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    # Here only: a page under this policy sends its forms without an origin, which is then refused.
    response["Referrer-Policy"] = "no-referrer"
    return _private(response)


@login_not_required
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def link_page(request: HttpRequest) -> HttpResponse:
    """The page of a link; one and the same for every link that opens nothing."""
    token = request.COOKIES.get(_COOKIE, "")
    link = find_link(token) if token else None
    if link is None:
        return _dead(request)
    if isinstance(request.user, User):
        return _private(render(request, "regions/link_signed_in.html", status=409))
    form = _form_of(link, request)
    if request.method == "POST" and form.is_valid():
        user = (
            accept(token=token, acceptance=form.acceptance())
            if isinstance(form, AcceptanceForm)
            else use_reset(token=token, password=form.cleaned_data["password"])
        )
        return _done(request) if user else _dead(request)
    context = {"link": link, "form": form, "is_invitation": link.kind == LinkKind.INVITATION}
    return _private(render(request, "regions/link_page.html", context, status=422 if form.is_bound else 200))


def _form_of(link: Invitation, request: HttpRequest) -> NewPasswordForm:
    data = request.POST if request.method == "POST" else None
    if link.kind == LinkKind.RESET and link.user:
        return NewPasswordForm(data, owner=link.user)
    return AcceptanceForm(data, owner=User(email=link.email), initial={"full_name": link.full_name})


def _done(request: HttpRequest) -> HttpResponse:
    messages.success(request, _("Kata sandi tersimpan. Silakan masuk."))
    response = redirect("account_login")
    response.delete_cookie(_COOKIE, path=reverse("link_page"))
    return _private(response)


def _dead(request: HttpRequest) -> HttpResponse:
    return _private(render(request, "regions/link_dead.html", status=410))


def _private(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "no-store"
    return response
