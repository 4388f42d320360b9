"""The minutes of a meeting, with what was promised there; and the same as a Word document."""

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_safe

from regions.access import scope_of
from regions.enums import Verb
from regions.models import Minutes
from regions.month import first_of, iso_month
from regions.selectors.meeting import acting_on, commitments_of, get_minutes
from regions.services.act import record_act
from regions.signed_in import SignedInRequest
from reports.paper.letter_frame import LANGUAGE
from reports.paper.minutes_document import acting_words, minutes_document
from reports.views.pack import TYPES


@require_safe
def minutes_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    row = get_minutes(request.user, pk)
    today = localdate()
    commitments = [(one, one.days_late(today)) for one in commitments_of(row)]
    context = {
        "row": row,
        "commitments": commitments,
        "acting": [acting_words(one) for one in acting_on(row.region_id, row.held_on)],
        "may_write": scope_of(request.user).holds(Minutes.fact.permission, row.region_id),
        "month": iso_month(first_of(row.held_on)),
    }
    return render(request, "reports/minutes_detail.html", context)


@require_safe
@transaction.atomic
def minutes_file(request: SignedInRequest, pk: int) -> HttpResponse:
    row = get_minutes(request.user, pk)
    # Minutes are Indonesian, whatever language their reader reads.
    with override(LANGUAGE):
        acting = acting_on(row.region_id, row.held_on)
        content = minutes_document(row, commitments_of(row), acting, by=request.user)
        subject = _("notula rapat #%s") % row.pk
    record_act(by=request.user, verb=Verb.EXPORTED, subject=subject, region_code=row.region_id)
    response = HttpResponse(content, content_type=TYPES["docx"])
    response["Content-Disposition"] = f'attachment; filename="notula-{row.held_on:%Y-%m-%d}-{row.pk}.docx"'
    response["Cache-Control"] = "no-store, private"
    return response
