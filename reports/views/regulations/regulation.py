"""One rule: what it says of itself, how it stands to others, how far its draft is, who rests on it."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from regions.access import require, scope_of
from regions.errors import RegulationRefused
from regions.forms.regulation import RegulationLinkForm, StagesForm
from regions.models import AddresseeCount, Regulation
from regions.regulation import RegulationRelation, RegulationStanding
from regions.selectors.drafting import stages_of
from regions.selectors.duty import count_heads, duties_of
from regions.selectors.regulation import (
    get_regulation,
    list_addressee_counts,
    list_links,
    readable,
    repealed_by,
    tree_around,
)
from regions.services.regulation import link_regulations, plan_stages, unlink_regulations
from regions.signed_in import SignedInRequest
from reports.selectors.regulations.used import used_by

_TONES = {
    RegulationStanding.IN_FORCE: "good",
    RegulationStanding.DRAFT: "neutral",
    RegulationStanding.SET: "neutral",
    RegulationStanding.REPEALED: "bad",
    RegulationStanding.ENDED: "bad",
}


@require_safe
def regulation_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    return _page(request, get_regulation(request.user, pk, localdate()))


@require_POST
def regulation_link(request: SignedInRequest, pk: int) -> HttpResponse:
    row = get_regulation(request.user, pk, localdate())
    require(request.user, Regulation.fact.permission, row.region_id)
    form = RegulationLinkForm(request.POST, rules=readable(request.user, localdate()))
    if form.is_valid():
        try:
            link_regulations(
                pk=pk,
                relation=RegulationRelation(form.cleaned_data["relation"]),
                other=form.cleaned_data["other"].pk,
                by=request.user,
            )
        except RegulationRefused as refused:
            form.add_error("other", refused.sentence)
        else:
            messages.success(request, _("Hubungan tersimpan."))
            return redirect("regulation_detail", pk)
    return _page(request, row, link_form=form, status=422)


@require_POST
def regulation_unlink(request: SignedInRequest, pk: int, link: int) -> HttpResponse:
    unlink_regulations(pk=pk, link=link, by=request.user)
    messages.success(request, _("Hubungan dihapus. Catatannya tetap ada dalam log aktivitas."))
    return redirect("regulation_detail", pk)


@require_http_methods(["GET", "HEAD", "POST"])
def regulation_stages(request: SignedInRequest, pk: int) -> HttpResponse:
    row = get_regulation(request.user, pk, localdate())
    require(request.user, Regulation.fact.permission, row.region_id)
    form = StagesForm(request.POST or None, initial=_planned(row))
    if form.is_bound and form.is_valid():
        try:
            plan_stages(pk=pk, given=form.given(), by=request.user)
        except RegulationRefused as refused:
            form.add_error(None, refused.sentence)
        else:
            messages.success(request, _("Tahap penyusunan tersimpan."))
            return redirect("regulation_detail", pk)
    context = {"row": row, "form": form, "stages": stages_of(row, localdate())}
    status = 422 if form.is_bound else 200
    return render(request, "reports/regulations/stages.html", context, status=status)


def _planned(row: Regulation) -> dict[str, Any]:
    return {
        f"{one.stage}-{name}": getattr(one, name)
        for one in row.stages.all()
        for name in ("planned_on", "done_on", "owner")
    }


def _page(
    request: SignedInRequest, row: Regulation, *, link_form: Any = None, status: int = 200
) -> HttpResponse:
    user, today = request.user, localdate()
    may_write = scope_of(user).holds(Regulation.fact.permission, row.region_id)
    standing = RegulationStanding(row.standing)  # type: ignore[attr-defined]
    context = {
        "row": row,
        "standing": standing.label,
        "tone": _TONES[standing],
        "stages": stages_of(row, today) if row.stages.all() or row.is_draft else [],
        "late": [one.sentence for one in stages_of(row, today) if one.is_late],
        "tree": tree_around(user, row, today),
        "links": list_links(user, row),
        "repealed_by": repealed_by(row),
        "used": used_by(user, row),
        "duties": duties_of(row),
        "counts": _counted(row, today),
        "may_write": may_write,
        "link_form": link_form
        or (RegulationLinkForm(rules=readable(user, today).exclude(pk=row.pk)) if may_write else None),
    }
    return render(request, "reports/regulations/regulation_detail.html", context, status=status)


def _counted(row: Regulation, today: date) -> list[tuple[AddresseeCount, int | None]]:
    """What sources say of its addressees, each beside what the register of regions has on the rule's day."""
    counts = list_addressee_counts(row)
    heads = count_heads(row.begins_on or today) if counts else {}
    return [(one, heads.get(one.kind)) for one in counts]
