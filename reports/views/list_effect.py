from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from participants.enums import BatchState
from participants.selectors.batches.batch import get_batch
from regions.access import scope_of
from regions.errors import OutsideScope
from regions.roles import Permission
from regions.signed_in import SignedInRequest
from reports.selectors.list_effect import effect_of


@require_safe
def list_effect(request: SignedInRequest, pk: int) -> HttpResponse:
    """What a stored list changed: a part of its page, and a page of its own without scripts."""
    batch = get_batch(request.user, pk)
    if batch is None or batch.state != BatchState.STORED:
        raise OutsideScope(pk)
    may_enter = scope_of(request.user).holds(Permission.ENTER_HEADCOUNT, batch.region_id)
    context = {"effect": effect_of(batch), "batch": batch, "may_enter": may_enter}
    whole, part = "reports/list_effect.html", "reports/_list_effect.html"
    return render(request, part if request.htmx else whole, context)
