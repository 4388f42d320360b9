from typing import Any

from django.http import HttpResponseBase
from django.shortcuts import render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from participants.selectors.outreach import get_outreach_event
from regions.access import scope_of
from regions.roles import Permission
from regions.signed_in import SignedInRequest
from regions.views.table_file import asked_file, table_file
from reports.outreach_words import compared_words
from reports.selectors.outreach.board import cost_of
from reports.selectors.outreach.yields import EventYield, yields_of


@require_safe
def outreach_event_detail(request: SignedInRequest, pk: int) -> HttpResponseBase:
    """The event from plan to outcome; what came afterwards is for readers of open months."""
    event, today = get_outreach_event(request.user, pk), localdate()
    scope = scope_of(request.user)
    sees_drafts = scope.holds(Permission.VIEW_DRAFTS, event.region_id)
    found = yields_of([event], today) if sees_drafts else []
    came = found[0] if found else None
    if came is not None and asked_file(request):
        return _file(request, came)
    context: dict[str, Any] = {
        "event": event,
        "stage": event.stage(today),
        "came": came,
        "sees_drafts": sees_drafts,
        "compared": compared_words(came) if came else "",
        "cost_each": cost_of(came) if came else None,
        "may_correct": scope.holds(Permission.ENTER_REGULATION, event.region_id),
    }
    return render(request, "reports/outreach_event.html", context)


def _file(request: SignedInRequest, came: EventYield) -> HttpResponseBase:
    """The event's own place and those compared, over the longest window."""
    told, event = came.long, came.event
    own = [
        event.place or event.region.full_label,
        told.before.people,
        told.after.people,
        told.change,
        _("ya"),
    ]
    others = ([one.name, one.before, one.after, one.change, _("tidak")] for one in told.compared)
    return table_file(
        request,
        name=f"sosialisasi-{event.pk}-tempat-pembanding",
        subject=_("peserta baru di tempat kegiatan dan tempat pembanding"),
        header=[_("tempat"), _("sebelum"), _("sesudah"), _("perubahan"), _("tempat_kegiatan")],
        rows=[own, *others],
        region_code=event.region_id,
    )
