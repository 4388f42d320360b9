"""The list of people, and what is done to one account."""

from collections.abc import Callable, Iterable
from datetime import timedelta

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from regions.access import require_anywhere
from regions.errors import AccountRefused
from regions.formats import day_name
from regions.forms.people import EndForm, GrantForm, ReasonForm
from regions.fresh_signin import fresh_sign_in
from regions.models import User
from regions.roles import Permission, Role
from regions.selectors.invitation import list_links
from regions.selectors.people import STATES, PeopleFilter, list_people_of, person_rows, roles_of
from regions.selectors.reach import get_person
from regions.services.account import deactivate, detach_office_account, reactivate, remove_second_factor
from regions.services.assignment import end_assignment, grant_role
from regions.signed_in import SignedInRequest
from regions.views.table_file import asked_file, table_file

_PAGE, _LINKS = 50, 20


@require_safe
def user_list(request: SignedInRequest) -> HttpResponseBase:
    """Everybody the administrator looks after, and the links that were made for them."""
    require_anywhere(request.user, Permission.MANAGE_USERS)
    given = request.GET
    asked = PeopleFilter(
        text=given.get("cari", "").strip()[:100],
        role=given.get("peran", ""),
        state=given.get("keadaan", ""),
        place=given.get("wilayah", "").strip()[:13],
    )
    people = list_people_of(request.user, asked)
    if asked_file(request):
        return _table(request, people)
    page = Paginator(people, _PAGE).get_page(given.get("halaman"))
    links = Paginator(list_links(request.user), _LINKS).get_page(given.get("tautan"))
    context = {
        "page": page,
        "rows": person_rows(page.object_list),
        "links": links,
        "asked": asked,
        "roles": Role.choices,
        "states": STATES,
        "people_query": _without(given, "halaman"),
        "links_query": _without(given, "tautan"),
    }
    return render(request, "regions/user_list.html", context)


def _table(request: SignedInRequest, people: Iterable[User]) -> HttpResponseBase:
    """Who may do what where, for whoever checks the accounts of an office."""
    return table_file(
        request,
        name="pengguna",
        subject=_("pengguna"),
        header=[_("Nama pengguna"), _("Nama"), _("Peran"), _("Status"), _("Terakhir masuk")],
        rows=(
            (
                row.user.username,
                row.user.full_name,
                "; ".join(map(str, row.roles.current)),
                _("aktif") if row.user.is_active else _("nonaktif"),
                row.user.last_login and f"{localtime(row.user.last_login):%Y-%m-%d %H:%M}",
            )
            for row in person_rows(people)
        ),
    )


def _without(given: QueryDict, name: str) -> str:
    query = given.copy()
    query.pop(name, None)
    return query.urlencode()


@require_http_methods(["GET", "HEAD", "POST"])
@fresh_sign_in
def user_grant(request: SignedInRequest, pk: int) -> HttpResponse:
    """Give a role to a person."""
    require_anywhere(request.user, Permission.MANAGE_USERS)
    person = get_person(request.user, pk)
    form = GrantForm(request.POST or None, by=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            given = grant_role(user_id=pk, grant=form.grant(), by=request.user)
        except AccountRefused as refused:
            form.add_error(None, refused.sentence)
        else:
            words = {"role": given.role_words, "place": given.place}
            messages.success(request, _("%(role)s di %(place)s diberikan.") % words)
            return redirect("user_detail", pk)
    context = {"person": person, "form": form}
    return render(request, "regions/user_grant.html", context, status=_status(form))


@require_http_methods(["GET", "HEAD", "POST"])
def assignment_end(request: SignedInRequest, pk: int, assignment: int) -> HttpResponse:
    """End a role of a person."""
    require_anywhere(request.user, Permission.MANAGE_USERS)
    person = get_person(request.user, pk)
    role = next((one for one in roles_of(request.user, person).not_over if one.pk == assignment), None)
    form = EndForm(request.POST or None, initial={"until": localdate()})
    if request.method == "POST" and form.is_valid():
        try:
            end_assignment(
                user_id=pk,
                assignment_id=assignment,
                until=form.cleaned_data["until"],
                reason=form.cleaned_data["reason"],
                by=request.user,
            )
        except AccountRefused as refused:
            form.add_error(None, refused.sentence)
        else:
            last = day_name(form.cleaned_data["until"] - timedelta(days=1))
            messages.success(request, _("Peran ini berlaku sampai %(day)s.") % {"day": last})
            return redirect("user_list")
    if role is None:
        return redirect("user_detail", pk)
    context = {"person": person, "role": role, "form": form}
    return render(request, "regions/assignment_end.html", context, status=_status(form))


@require_http_methods(["GET", "HEAD", "POST"])
@fresh_sign_in
def user_switch(request: SignedInRequest, pk: int) -> HttpResponse:
    """Switch an account off, or on again."""
    require_anywhere(request.user, Permission.MANAGE_USERS)
    person = get_person(request.user, pk)
    was_active, form = person.is_active, ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        switch = deactivate if was_active else reactivate
        try:
            switch(user_id=pk, reason=form.cleaned_data["reason"], by=request.user)
        except AccountRefused as refused:
            form.add_error(None, refused.sentence)
        else:
            sentence = _("Akun dinonaktifkan.") if was_active else _("Akun aktif kembali.")
            messages.success(request, sentence)
            return redirect("user_detail", pk)
    context = {"person": person, "roles": roles_of(request.user, person), "form": form}
    return render(request, "regions/user_switch.html", context, status=_status(form))


@require_http_methods(["GET", "HEAD", "POST"])
@fresh_sign_in
def user_factor(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take the second factor off an account whose owner has lost it."""
    done = _("Langkah kedua dihapus; orangnya memasang yang baru saat masuk.")
    return _take_off(request, pk, remove_second_factor, "regions/user_factor.html", done)


@require_http_methods(["GET", "HEAD", "POST"])
@fresh_sign_in
def user_office(request: SignedInRequest, pk: int) -> HttpResponse:
    """Untie an account from the one at the office's own provider."""
    done = _("Akun kantor dilepas; semua sesi orangnya berakhir.")
    return _take_off(request, pk, detach_office_account, "regions/user_office.html", done)


def _take_off(
    request: SignedInRequest, pk: int, act: Callable[..., User], template: str, done: str
) -> HttpResponse:
    """Ask for the reason, act, and say what was done."""
    require_anywhere(request.user, Permission.MANAGE_USERS)
    person = get_person(request.user, pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            act(user_id=pk, reason=form.cleaned_data["reason"], by=request.user)
        except AccountRefused as refused:
            form.add_error(None, refused.sentence)
        else:
            messages.success(request, done)
            return redirect("user_detail", pk)
    return render(request, template, {"person": person, "form": form}, status=_status(form))


def _status(form: GrantForm | ReasonForm) -> int:
    return 422 if form.is_bound and form.errors else 200
