"""One person: who they are, what was paid for them when, and what may be done."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from participants.enums import EnrolmentState, ExtraAbout, Occurrence, ReadPage
from participants.errors import PersonRefused
from participants.forms.person import EventForm, PersonCorrectForm
from participants.models import Participant
from participants.selectors.extra_field import list_fields, person_extras, shown_extras
from participants.selectors.legal_basis import OF_SPELLS, basis_of_spells
from participants.selectors.persons.enrolment import spells_of
from participants.selectors.persons.history import list_comments, list_timeline
from participants.selectors.persons.person import (
    get_person,
    get_person_of,
    list_merged,
    require_person,
    running_spells,
    spells_seen,
)
from participants.services.persons.category_change import change_category
from participants.services.persons.comment import comment_on_person, settle_comment
from participants.services.persons.correction import correct_person
from participants.services.persons.entry import Entered
from participants.services.persons.participant import record_life_event
from participants.services.persons.proposal import accept_proposals, reject_proposals
from participants.services.persons.reading import note_reading
from participants.services.persons.unmask import unmask_person
from regions.access import require, scope_of
from regions.errors import ChangedMeanwhile, MonthLocked, OutsideScope
from regions.fresh_signin import fresh_sign_in
from regions.roles import Permission
from regions.signed_in import SignedInRequest


@require_GET
def person_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    person = get_person_of(request.user, pk)
    if person is None:
        raise OutsideScope(pk)
    merged = list_merged(person)
    ids = [person.pk, *(row.pk for row in merged)]
    spells = list(spells_of(ids).filter(spells_seen(request.user)).select_related(*OF_SPELLS))
    rules = basis_of_spells(spells)
    for spell in spells:
        spell.rule = rules.get(spell.pk)  # type: ignore[attr-defined]
    # Who is bound to an institution sees what it did, not what others wrote and others' spells.
    is_whole = scope_of(request.user).holds(Permission.VIEW_PERSONS, person.region_id)
    note_reading(by=request.user, page=ReadPage.PERSON, region_code=person.region_id, persons=ids)
    fields = list_fields(request.user, person.region_id, ExtraAbout.PERSON, ended=True)
    context = {
        "person": person,
        "merged": merged,
        "spells": spells,
        "has_proposals": any(spell.state == EnrolmentState.PROPOSED for spell in spells),
        "extras": shown_extras(fields, person),
        "timeline": list_timeline([person, *merged], spells, fields) if is_whole else [],
        "comments": list_comments(ids) if is_whole else [],
        "is_whole": is_whole,
        **_allowed(request, person),
    }
    return render(request, "participants/person_detail.html", context)


def _allowed(request: SignedInRequest, person: Participant) -> dict[str, bool]:
    scope = scope_of(request.user)
    return {
        "may_enter": scope.holds(Permission.ENTER_PERSONS, person.region_id),
        # What is shown at all to who is bound is of their institution.
        "may_correct": scope.holds_of_some(Permission.ENTER_PERSONS)
        if scope.bound
        else scope.holds(Permission.ENTER_PERSONS, person.region_id),
        "may_comment": scope.holds(Permission.COMMENT, person.region_id),
        "may_unmask": scope.holds(Permission.UNMASK, person.region_id),
    }


@require_http_methods(["GET", "POST"])
def person_correct(request: SignedInRequest, pk: int) -> HttpResponse:
    person = _person_of(request, pk)
    extras = person_extras(request.user, person.region_id)
    form = PersonCorrectForm(request.POST or None, person=person, extras=extras)
    if request.method == "POST" and form.is_valid():
        try:
            entered = _correct(request, pk, form)
        except ChangedMeanwhile as changed:
            return _conflict(request, person, changed.current)
        return _corrected(request, person, form, entered)
    return _correct_page(request, person, form, 422 if form.is_bound else 200)


def _correct(request: SignedInRequest, pk: int, form: PersonCorrectForm) -> Entered:
    data = form.cleaned_data
    return correct_person(
        participant_id=pk,
        revision=data["revision"],
        cells=form.cells(),
        reason=data["reason"],
        by=request.user,
    )


def _corrected(
    request: SignedInRequest, person: Participant, form: PersonCorrectForm, entered: Entered
) -> HttpResponse:
    for fault in entered.faults:
        form.add_error(fault.field.value, fault.message)
    if entered.faults:
        return _correct_page(request, person, form, 422)
    for doubt in entered.doubts:
        messages.warning(request, doubt)
    messages.success(request, _("Tersimpan."))
    return redirect("person_detail", person.pk)


def _conflict(request: SignedInRequest, person: Participant, current: Any) -> HttpResponse:
    """The same typing again, now against the person as it is, beside what the other wrote."""
    data = request.POST.copy()
    data["revision"] = str(current.revision)
    extras = person_extras(request.user, person.region_id)
    form = PersonCorrectForm(data, person=current, extras=extras)
    form.is_valid()
    theirs = [
        (field.label, field.initial, field.value())
        for field in form.visible_fields()
        if field.name != "reason" and (field.initial or "") != (field.value() or "") and not field.help_text
    ]
    return _correct_page(request, person, form, 409, meanwhile=current, theirs=theirs)


def _correct_page(
    request: SignedInRequest, person: Participant, form: PersonCorrectForm, status: int, **more: Any
) -> HttpResponse:
    note_reading(by=request.user, page=ReadPage.PERSON, region_code=person.region_id, persons=[person.pk])
    context = {"person": person, "form": form, "meanwhile": None, "theirs": [], **more}
    return render(request, "participants/person_correct.html", context, status=status)


@require_http_methods(["GET", "POST"])
def person_event(request: SignedInRequest, pk: int) -> HttpResponse:
    person = _person_of(request, pk)
    spells = running_spells([person.pk, *(row.pk for row in list_merged(person))])
    running = list(spells.filter(spells_seen(request.user)))
    form = EventForm(request.POST or None, initial={"kind": request.GET.get("peristiwa")}, running=running)
    if request.method == "POST" and form.is_valid():
        try:
            _record(request, person, form)
        except (PersonRefused, MonthLocked) as refused:
            form.add_error(None, refused.sentence)
        else:
            return redirect("person_detail", pk)
    note_reading(by=request.user, page=ReadPage.PERSON, region_code=person.region_id, persons=[pk])
    context = {"person": person, "form": form, "running": running}
    return render(request, "participants/person_event.html", context, status=422 if form.is_bound else 200)


def _record(request: SignedInRequest, person: Participant, form: EventForm) -> None:
    data = form.cleaned_data
    said = {"participant_id": person.pk, "happened_on": data["happened_on"], "source": data["source"]}
    if form.is_move:
        places = {name: data[name] for name in form.moving}
        for doubt in change_category(by=request.user, **said, **places).doubts:
            messages.warning(request, doubt)
    else:
        record_life_event(by=request.user, kind=Occurrence(data["kind"]), note=data["note"], **said)
    messages.success(request, _("Tercatat. Angka wilayah ini dihitung ulang dalam beberapa detik."))


@require_POST
def person_proposal(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take up or turn down proposed spells of the person."""
    person = _person(request, pk, Permission.ENTER_PERSONS)
    ids = [person.pk, *(row.pk for row in list_merged(person))]
    asked = {int(text) for text in request.POST.getlist("masa") if text.isdecimal() and len(text) < 16}
    chosen = [spell.pk for spell in spells_of(ids) if spell.pk in asked]
    reason = request.POST.get("alasan", "")[:250]
    act = accept_proposals if request.POST.get("putusan") == "terima" else reject_proposals
    return _act(
        request,
        pk,
        _("Usulan diputuskan."),
        lambda: act(enrolment_ids=chosen, reason=reason, by=request.user),
    )


@require_POST
def person_comment(request: SignedInRequest, pk: int) -> HttpResponse:
    _person(request, pk, Permission.COMMENT)
    text = request.POST.get("komentar", "")
    return _act(
        request,
        pk,
        _("Komentar tersimpan."),
        lambda: comment_on_person(participant_id=pk, text=text, by=request.user),
    )


@require_POST
def person_comment_settle(request: SignedInRequest, pk: int, comment_pk: int) -> HttpResponse:
    _person(request, pk, Permission.ENTER_PERSONS)
    return _act(
        request,
        pk,
        _("Komentar ditandai selesai."),
        lambda: settle_comment(participant_id=pk, pk=comment_pk, by=request.user),
    )


@require_POST
@cache_control(no_store=True, private=True)
@fresh_sign_in
def person_unmask(request: SignedInRequest, pk: int) -> HttpResponse:
    """The numbers whole, once, on a page that nothing keeps."""
    person = _person(request, pk, Permission.UNMASK)
    try:
        shown = unmask_person(participant_id=pk, reason=request.POST.get("alasan", ""), by=request.user)
    except (PersonRefused, MonthLocked) as refused:
        messages.error(request, refused.sentence)
        return redirect("person_detail", pk)
    return render(request, "participants/person_unmasked.html", {"person": person, "shown": shown})


def _act(request: SignedInRequest, pk: int, done: str, act: Callable[[], Any]) -> HttpResponse:
    try:
        act()
    except (PersonRefused, MonthLocked) as refused:
        messages.error(request, refused.sentence)
    else:
        messages.success(request, done)
    return redirect("person_detail", pk)


def _person_of(request: SignedInRequest, pk: int) -> Participant:
    """To be changed by whoever holds that for the region, or for the institution they are bound to."""
    person = get_person_of(request.user, pk)
    if person is None:
        raise OutsideScope(pk)
    require_person(request.user, person, Permission.ENTER_PERSONS)
    return person


def _person(
    request: SignedInRequest, pk: int, permission: Permission = Permission.VIEW_PERSONS
) -> Participant:
    person = get_person(request.user, pk)
    if person is None:
        raise OutsideScope(pk)
    require(request.user, permission, person.region_id)
    return person
