"""From proposed to active: the steps of a month and of a list, each loss a list of persons to work on."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from participants.enums import BatchState, Stop
from participants.forms.person import FunnelForm, query_of
from participants.models import Batch
from participants.selectors.batches.batch import NIK_FAULTS, get_batch
from participants.selectors.persons.funnel import (
    FunnelLoss,
    FunnelStep,
    list_funnel,
    month_funnel,
    month_of_list,
)
from participants.views.asked import asked
from regions.access import scope_of
from regions.errors import OutsideScope
from regions.month import iso_month, parse_month
from regions.roles import Permission
from regions.signed_in import SignedInRequest
from regions.views.table_file import asked_file, table_file

_MOST_LISTS = 20
_MOST_OWNERS = 3
_ROWS_OF = {
    Stop.NIK: f"?sebab={NIK_FAULTS}#baris",
    Stop.ROW: "?keadaan=refused#baris",
    Stop.APPROVAL: "#baris",
}


@dataclass(frozen=True)
class ShownLoss:
    """A loss with its addresses: `url` of all its persons, or `lists` where its rows stand."""

    loss: FunnelLoss
    label: str
    url: str
    lists: list[tuple[str, str, int]]
    owners: list[tuple[str, int]]
    more_owners: int


@dataclass(frozen=True)
class ShownStep:
    label: str
    count: int
    url: str
    losses: list[ShownLoss]


@require_safe
def person_funnel(request: SignedInRequest) -> HttpResponseBase:
    context = asked(request)
    form = FunnelForm(request.GET)
    category = form.category()
    steps = month_funnel(request.user, context["region"].pk, context["month"], category)
    if asked_file(request):
        return _file(request, steps, context["region"].pk, iso_month(context["month"]))
    may_enter = scope_of(request.user).holds_anywhere(Permission.ENTER_PERSONS)
    context |= {"form": form, "may_enter": may_enter, "steps": _shown(steps)}
    context["query"] = request.GET.urlencode()
    return render(request, "participants/person_funnel.html", context)


def _file(request: SignedInRequest, steps: list[FunnelStep], code: str, month: str) -> HttpResponseBase:
    """A row for each step, and one for each way in which people stop there."""
    head = [_("tahap"), _("orang"), _("berhenti_di_sini"), _("orang_berhenti"), _("di_antaranya_aktif")]
    head += [_("yang_harus_bertindak"), _("terlama_sejak")]
    return table_file(
        request,
        name=f"usulan-sampai-aktif-{code}-{month}",
        subject=_("dari usulan sampai aktif"),
        header=head,
        rows=(cells for step in steps for cells in _step_cells(step)),
        region_code=code,
    )


def _step_cells(step: FunnelStep) -> Iterator[list[object]]:
    yield [step.label, step.count, "", None, None, "", ""]
    for loss in step.losses:
        if loss.persons:
            owners = "; ".join(f"{name} ({count})" for name, count in loss.owners if name)
            since = loss.since.isoformat() if loss.since else ""
            yield [step.label, None, str(loss.stop.label), loss.persons, loss.covered, owners, since]


@require_safe
def batch_funnel(request: SignedInRequest, pk: int) -> HttpResponse:
    """A part of the page of the list, and a page of its own without scripts."""
    batch = get_batch(request.user, pk)
    if batch is None or batch.state not in {BatchState.CHECKED, BatchState.STORED}:
        raise OutsideScope(pk)
    month = _month(request, batch)
    context = {"batch": batch, "month": month, "steps": _shown(list_funnel(request.user, batch, month))}
    whole, part = "participants/batch_funnel.html", "participants/_funnel_of_list.html"
    return render(request, part if request.htmx else whole, context)


def _month(request: SignedInRequest, batch: Batch) -> date:
    text = request.GET.get("periode", "")
    try:
        return parse_month(text) if text else month_of_list(batch)
    except ValueError as error:
        raise Http404 from error


def _shown(steps: list[FunnelStep]) -> list[ShownStep]:
    return [
        ShownStep(
            step.label,
            step.count,
            f"{reverse('person_list')}?{query_of(step.filters)}" if step.filters else "",
            [_shown_loss(loss) for loss in step.losses if loss.persons],
        )
        for step in steps
    ]


def _shown_loss(loss: FunnelLoss) -> ShownLoss:
    lists = [
        (
            f"{reverse('batch_detail', args=[pk])}{_ROWS_OF[loss.stop]}",
            _("unggahan #%(pk)s") % {"pk": pk},
            count,
        )
        for pk, count in loss.lists[:_MOST_LISTS]
    ]
    return ShownLoss(
        loss=loss,
        label=str(loss.stop.label),
        url=f"{reverse('person_list')}?{query_of(loss.filters)}" if loss.filters else "",
        lists=lists,
        owners=[(name, count) for name, count in loss.owners[:_MOST_OWNERS] if name],
        more_owners=max(0, len(loss.owners) - _MOST_OWNERS),
    )
