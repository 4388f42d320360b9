"""Beginning and ending to look through the eyes of another person."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from regions.access import require_anywhere
from regions.roles import Permission
from regions.selectors.reach import get_person
from regions.signed_in import SignedInRequest
from regions.viewing import begin_viewing, end_viewing, viewing_of


@require_POST
def viewing_begin(request: SignedInRequest, pk: int) -> HttpResponse:
    require_anywhere(request.user, Permission.MANAGE_USERS)
    person = get_person(request.user, pk)
    if person == request.user or not person.is_active or person.is_program:
        messages.error(request, _("Hanya akun orang lain yang aktif yang dapat Anda lihat sebagai."))
        return redirect("user_detail", pk)
    begin_viewing(request, person)
    return redirect("home")


@require_POST
def viewing_end(request: SignedInRequest) -> HttpResponse:
    viewing = viewing_of(request)
    if viewing is None:
        return redirect("home")
    end_viewing(request, viewing)
    return redirect("user_detail", viewing.person.pk)
