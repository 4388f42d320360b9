"""The first steps of a role, and the handbook they come from, on the screen and on paper."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from regions.access import leading_role
from regions.roles import Role
from regions.services.first_day import note_seen, put_away
from regions.signed_in import SignedInRequest
from reports.handbook.books import CHAPTERS, ROLES, SLUGS
from reports.paper.blocks import blocks_of
from reports.paper.setting import page_pdf
from reports.selectors.first_day import get_first_day, over_mark
from reports.views.paper_files import origin_of, paper_file


@require_safe
def first_day(request: SignedInRequest) -> HttpResponse:
    return render(request, "reports/first_day.html", {"day": get_first_day(request.user)})


@require_safe
def first_day_next(request: SignedInRequest) -> HttpResponse:
    """A part of the landing page: the next step, nothing once all are done."""
    day = get_first_day(request.user)
    if day and day.is_over:
        note_seen(by=request.user, page=over_mark(day.role))
    return render(request, "reports/_first_day.html", {"day": day})


@require_POST
def first_day_away(request: SignedInRequest) -> HttpResponse:
    is_away = request.POST.get("tampil") != "ya"
    put_away(by=request.user, is_away=is_away)
    return redirect("home" if is_away else "first_day")


@require_safe
def handbook_index(request: SignedInRequest) -> HttpResponse:
    own = leading_role(request.user)
    books = [(SLUGS[role], role, CHAPTERS[role]) for role in sorted(CHAPTERS, key=lambda one: one != own)]
    return render(request, "reports/handbook_index.html", {"books": books, "own": own})


@require_safe
def handbook(request: SignedInRequest, slug: str) -> HttpResponse:
    return render(request, "reports/handbook.html", _book(slug))


@require_safe
def handbook_pdf(request: SignedInRequest, slug: str) -> HttpResponse:
    book = _book(slug)
    address = reverse("handbook", args=[slug])
    markup = render_to_string("reports/_handbook_chapters.html", book)
    title = _title(book["role"])
    data = origin_of(address) | {
        "title": title,
        "region": title,
        "under": [_("Langkah demi langkah, dengan nama halaman dan tombol seperti di layar")],
        # Its pictures are of example data, its words are not.
        "warning": "",
        "portrait": True,
        "blocks": blocks_of(markup, settings.PUBLIC_URL),
    }
    return paper_file(request, lambda: page_pdf(data), f"panduan-{slug}.pdf", address)


def _book(slug: str) -> dict[str, Any]:
    role = ROLES.get(slug)
    if role is None:
        raise Http404(slug)
    return {"slug": slug, "role": role, "title": _title(role), "chapters": CHAPTERS[role]}


def _title(role: Role) -> str:
    return _("Panduan %(role)s") % {"role": role.label}
