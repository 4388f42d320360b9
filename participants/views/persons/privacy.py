"""A person's rights: who saw them, all that is stored about them, erasure decided by two."""

import json

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST, require_safe

from participants.enums import ReadPage
from participants.errors import PersonRefused
from participants.models import Participant
from participants.selectors.persons.disclosure import list_acts_on, open_erasure
from participants.selectors.persons.person import get_person
from participants.services.persons.disclosure import disclose_person
from participants.services.persons.erasure import ask_erasure, decide_erasure
from participants.services.persons.reading import note_reading
from regions.access import scope_of
from regions.errors import OutsideScope
from regions.fresh_signin import fresh_sign_in
from regions.roles import Permission
from regions.signed_in import SignedInRequest


@require_safe
def person_privacy(request: SignedInRequest, pk: int) -> HttpResponse:
    person = _found(request, pk)
    note_reading(by=request.user, page=ReadPage.PERSON, region_code=person.region_id, persons=[pk])
    scope, code = scope_of(request.user), person.region_id
    reads_ledger = scope.holds(Permission.VIEW_LEDGER, code)
    context = {
        "person": person,
        "acts": list_acts_on(person) if reads_ledger else [],
        "reads_ledger": reads_ledger,
        "may_disclose": scope.holds(Permission.UNMASK, code),
        "may_erase": scope.holds(Permission.DECIDE_PERSONS, code),
        "erasure": open_erasure(person),
    }
    return render(request, "participants/person_privacy.html", context)


@require_POST
@cache_control(no_store=True, private=True)
@fresh_sign_in
def person_disclose(request: SignedInRequest, pk: int) -> HttpResponse:
    """All that is stored about the person, for the person; the reason stands in the ledger."""
    _found(request, pk)
    try:
        told = disclose_person(participant_id=pk, reason=request.POST.get("alasan", ""), by=request.user)
    except PersonRefused as refused:
        messages.error(request, refused.sentence)
        return redirect("person_privacy", pk)
    text = json.dumps(told, ensure_ascii=False, indent=2)
    response = HttpResponse(text, content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="data-peserta-{pk}.json"'
    return response


@require_POST
def erasure_ask(request: SignedInRequest, pk: int) -> HttpResponse:
    _found(request, pk)
    try:
        ask_erasure(participant_id=pk, reason=request.POST.get("alasan", ""), by=request.user)
    except PersonRefused as refused:
        messages.error(request, refused.sentence)
    else:
        messages.success(request, _("Permintaan dicatat. Orang lain memutuskannya di halaman ini."))
    return redirect("person_privacy", pk)


@require_POST
@fresh_sign_in
def erasure_decide(request: SignedInRequest, pk: int) -> HttpResponse:
    _found(request, pk)
    grant = request.POST.get("putusan") == "kabulkan"
    try:
        decide_erasure(participant_id=pk, grant=grant, by=request.user)
    except PersonRefused as refused:
        messages.error(request, refused.sentence)
    else:
        messages.success(request, _("Data orang ini dihapus.") if grant else _("Permintaan ditolak."))
    return redirect("person_privacy", pk)


def _found(request: SignedInRequest, pk: int) -> Participant:
    person = get_person(request.user, pk)
    if person is None:
        raise OutsideScope(pk)
    return person
