"""The search on every page. Words travel in the address, numbers that may be somebody's in the body only."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from participants.enums import ReadPage
from participants.errors import PersonRefused
from participants.importers.faults import sentence_of
from participants.nik import NikRefused, parse_nik
from participants.services.persons.look_up import look_up
from participants.services.persons.reading import note_reading
from regions.access import home_codes, scope_of
from regions.errors import OutsideScope
from regions.personal_numbers import has_personal_number
from regions.roles import Permission
from regions.signed_in import SignedInRequest, SignedInView
from reports.forms.search import SearchForm
from reports.selectors.search.hits import HitGroup, persons_of
from reports.selectors.search.search import finder_of, hits_of, search_everything

_MOST = 8
_MOST_SUGGESTED = 3
_PAGE = 50


class EverythingSearch(SignedInView):
    """GET shows what words find. POST takes what was typed, and leads there unless it is a number."""

    def get(self, request: SignedInRequest) -> HttpResponse:
        _require_home(request)
        form = SearchForm(request.GET if "kata" in request.GET else None)
        if form.is_number:
            messages.warning(request, _("Ketik NIK di kotak pencarian, bukan di alamat halaman."))
            return redirect("search")
        finder = finder_of(request.GET.get("jenis", ""))
        if finder is None or not form.text:
            return _show(request, form, search_everything(request.user, form.text, most=_MOST))
        page = Paginator(finder.rows(request.user, form.text), _PAGE).get_page(request.GET.get("halaman"))
        hits = hits_of(request.user, finder, list(page.object_list))
        query = urlencode({"kata": form.text, "jenis": finder.kind})
        whole = [HitGroup(finder.kind, hits, has_more=False)] if hits else []
        return _show(request, form, whole, page=page, query=query)

    def post(self, request: SignedInRequest) -> HttpResponse:
        _require_home(request)
        form = SearchForm(request.POST)
        if not form.is_number:
            return redirect(f"{reverse('search')}?{urlencode({'kata': form.text})}")
        found, status = _found_by_number(request, form)
        groups = search_everything(request.user, form.text, most=_MOST)
        return _show(request, form, groups, status=status, **found)


@require_POST
def search_suggest(request: SignedInRequest) -> HttpResponse:
    """A few hits while somebody types; of numbers none."""
    _require_home(request)
    form = SearchForm(request.POST)
    groups = [] if form.is_number else search_everything(request.user, form.text, most=_MOST_SUGGESTED)
    _note(request, groups)
    return render(request, "reports/_suggestions.html", {"form": form, "groups": groups})


def _require_home(request: SignedInRequest) -> None:
    if not home_codes(request.user):
        raise OutsideScope("no region")


def _note(request: SignedInRequest, groups: list[HitGroup]) -> None:
    seen = [pk for group in groups for pk in persons_of(group.hits)]
    note_reading(by=request.user, page=ReadPage.SEARCH, persons=seen)


def _show(
    request: SignedInRequest, form: SearchForm, groups: list[HitGroup], *, status: int = 200, **more: Any
) -> HttpResponse:
    _note(request, groups)
    scope = scope_of(request.user)
    context = {
        "form": form,
        "groups": groups,
        "sees_persons": scope.holds_anywhere(Permission.VIEW_PERSONS),
        "may_enter": scope.holds_anywhere(Permission.ENTER_PERSONS),
        **more,
    }
    return render(request, "reports/search.html", context, status=status)


def _found_by_number(request: SignedInRequest, form: SearchForm) -> tuple[dict[str, Any], int]:
    """Who has this NIK, counted as every look-up is; nothing of who may not ask, or looks on as another."""
    allowed = scope_of(request.user).holds_anywhere(Permission.VIEW_PERSONS)
    if not allowed or request.user.viewed_by or not _is_like_nik(form.text):
        return {}, 200
    try:
        nik = parse_nik(form.text)
        found = look_up(nik=nik, by=request.user)
    except NikRefused as refused:
        form.add_error("kata", sentence_of(refused.reason.value))
        return {}, 422
    except PersonRefused as refused:
        form.add_error("kata", refused.sentence)
        return {}, 429
    return {"found": found, "masked": nik.masked, "nik": nik.digits}, 200


def _is_like_nik(text: str) -> bool:
    """Sixteen digits, or so few more or less that one was mistyped."""
    digits = sum(map(str.isdigit, text))
    return has_personal_number(text) or (14 <= digits <= 18 and not any(map(str.isalpha, text)))
