"""The persons paid for twice as a file."""

from tempfile import TemporaryFile
from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from budgets.exporters.doubled_table import doubled_rows, doubled_titles
from budgets.selectors.double_funding import explain_persons, list_double_funding
from budgets.services.double_funding_export import start_doubled_export
from participants.errors import PersonRefused
from participants.exporters.person_table import csv_lines, write_xlsx
from participants.views.asked import asked_month, asked_region
from regions.fresh_signin import fresh_sign_in
from regions.month import iso_month
from regions.signed_in import SignedInRequest

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_http_methods(["GET", "POST"])
@fresh_sign_in
def double_funding_export(request: SignedInRequest) -> HttpResponseBase:
    """GET: masked. POST with a reason: whole NIK, for who may. Region and month stand in the address."""
    region = asked_region(request)
    month = asked_month(request, region)
    listed = list_double_funding(request.user, region.pk, month)
    told = request.POST if request.method == "POST" else request.GET
    kind = "xlsx" if told.get("bentuk") == "xlsx" else "csv"
    reason = request.POST.get("alasan", "") if request.method == "POST" else None
    place: dict[str, Any] = {"region_code": region.pk, "month": month}
    try:
        export = start_doubled_export(by=request.user, count=len(listed), kind=kind, reason=reason, **place)
    except PersonRefused as refused:
        messages.error(request, refused.sentence)
        return redirect(f"{reverse('double_funding_list')}?{request.GET.urlencode()}")
    rows = doubled_rows(explain_persons(request.user, region.pk, month, listed), whole=export.whole)
    suffix = "-NIK-utuh" if export.whole else ""
    name = f"pendanaan-ganda-{region.pk}-{iso_month(month)}{suffix}.{kind}"
    return _file(rows, name, {"head": doubled_titles(), "watermark": export.watermark})


def _file(rows: Any, name: str, said: dict[str, Any]) -> HttpResponseBase:
    if name.endswith(".xlsx"):
        file = TemporaryFile()  # noqa: SIM115 - the response closes it
        write_xlsx(file, rows, **said)
        file.seek(0)
        return FileResponse(file, as_attachment=True, filename=name, content_type=_XLSX)
    response = StreamingHttpResponse(csv_lines(rows, **said), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
