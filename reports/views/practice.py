"""Practising: among the real figures the door to one's room, in the room the steps of a first import."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from regions.practice import current_room
from regions.signed_in import SignedInRequest
from reports.examples.practice_list import practice_list, right_rows
from reports.models import PracticeRoom
from reports.practice_frame import outside
from reports.selectors.practice import find_practice, find_room, get_practice, had_room
from reports.services.practice.databases import PracticeRefused
from reports.services.practice.rooms import begin_practice, end_practice, renew_practice
from reports.services.practice.world import schema_mark

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
def practice(request: SignedInRequest) -> HttpResponse:
    if current_room() is not None:
        return _steps(request)
    room = find_practice(request.user)
    is_outdated = room is not None and room.is_ready and room.schema != schema_mark()
    return render(request, "reports/practice.html", {"room": room, "is_outdated": is_outdated})


def _steps(request: SignedInRequest) -> HttpResponse:
    context = {
        "practice": get_practice(request.user),
        "answers": right_rows(),
        "renew_url": outside("practice_renew"),
        "end_url": outside("practice_end"),
    }
    return render(request, "reports/practice_steps.html", context)


@require_safe
def practice_file(request: SignedInRequest) -> HttpResponse:
    """The list to practise with; found in rooms only, since its people are of the city there."""
    if current_room() is None:
        raise Http404("practice")
    response = HttpResponse(practice_list(), content_type=_XLSX)
    response["Content-Disposition"] = 'attachment; filename="daftar-nelayan.xlsx"'
    return response


@require_POST
def practice_begin(request: SignedInRequest) -> HttpResponse:
    return _made(request, begin_practice)


@require_POST
def practice_renew(request: SignedInRequest) -> HttpResponse:
    return _made(request, renew_practice)


def _made(request: SignedInRequest, make: Callable[..., PracticeRoom]) -> HttpResponse:
    _demand_outside()
    try:
        make(by=request.user)
    except PracticeRefused as refused:
        messages.error(request, refused.sentence)
    return redirect("practice")


@require_POST
def practice_end(request: SignedInRequest) -> HttpResponse:
    _demand_outside()
    end_practice(by=request.user)
    messages.success(
        request, _("Latihan diakhiri; semua yang dilatih dihapus. Anda kembali ke data sebenarnya.")
    )
    return redirect("home")


def practice_over(request: SignedInRequest, number: int, rest: str = "") -> HttpResponse:
    """An address in a room that does not open; the owner of one that is gone is told so."""
    mine = had_room(request.user, number) and not request.user.viewed_by
    # What is nowhere in a room that is open is no sign that it is over.
    if current_room() is not None or not mine or find_room(request.user, number, schema_mark()):
        raise Http404(number)
    said = _("Ruang latihan itu sudah berakhir atau dimulai ulang. Tidak ada yang tersimpan.")
    if request.headers.get("Accept", "").startswith("application/json"):
        # A table that saves while somebody types in it.
        more = _("Buka Latihan pada menu nama Anda.")
        return JsonResponse({"sentence": f"{said} {more}", "faults": {}}, status=422)
    messages.warning(request, said)
    return redirect("practice")


def _demand_outside() -> None:
    if current_room() is not None:
        raise Http404("practice")
