"""Answers of Dukcapil and BPJS Ketenagakerjaan to a list that was sent for matching."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from participants.enums import MatchResult
from participants.errors import PersonRefused
from participants.forms.matching import MatchingForm
from participants.services.persons.matching import MatchingOutcome, take_matching
from regions.access import require_anywhere
from regions.errors import MonthLocked
from regions.roles import Permission
from regions.selectors.region import list_entry_regions
from regions.signed_in import SignedInRequest


@require_http_methods(["GET", "POST"])
def matching_send(request: SignedInRequest) -> HttpResponse:
    require_anywhere(request.user, Permission.ENTER_PERSONS)
    regions = list_entry_regions(request.user, Permission.ENTER_PERSONS)
    form = MatchingForm(*([request.POST, request.FILES] if request.method == "POST" else []), regions=regions)
    outcome = _take(request, form) if form.is_bound and form.is_valid() else None
    region = form.cleaned_data["region"] if outcome else next(iter(form.first_regions), None)
    context = {"form": form, "region": region, **_told(outcome)}
    status = 422 if form.is_bound and outcome is None else 200
    return render(request, "participants/matching_send.html", context, status=status)


def _take(request: SignedInRequest, form: MatchingForm) -> MatchingOutcome | None:
    data = form.cleaned_data
    try:
        return take_matching(
            region_code=data["region"].code,
            answered_on=data["answered_on"],
            source=data["source"],
            file_name=data["file"].name,
            content=data["file"].read(),
            by=request.user,
        )
    except (PersonRefused, MonthLocked) as refused:
        form.add_error("file", refused.sentence)
        return None


def _told(outcome: MatchingOutcome | None) -> dict[str, Any]:
    counts = outcome.counts if outcome else {}
    return {
        "outcome": outcome,
        "counts": [
            (status.value, status.label, counts[status.value])
            for status in MatchResult
            if status.value in counts
        ],
        "deceased": counts.get(MatchResult.DECEASED, 0),
    }
