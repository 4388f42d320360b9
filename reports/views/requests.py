from datetime import date

from django.http import Http404, HttpRequest
from django.urls import reverse

from regions.month import iso_month
from regions.signed_in import SignedInRequest
from regions.views.asked import month_of
from reports.models import Run
from reports.selectors.standing import past


def period_of(request: SignedInRequest) -> date | None:
    """The month asked for in the address, None when none is. An unreadable one is not found."""
    text = request.GET.get("periode", "")
    return month_of(text) if text else None


def per_of(request: HttpRequest) -> date | None:
    """The day at whose end figures are asked for; None for now, or a day that is not over."""
    text = request.GET.get("per", "")
    if not text:
        return None
    try:
        return past(date.fromisoformat(text))
    except ValueError as error:
        raise Http404(text) from error


def status_url(code: str, period: date, run: Run | None) -> str:
    """Where a page asks whether newer figures have come since the run that it shows."""
    path = reverse("region_status", args=[code])
    return f"{path}?periode={iso_month(period)}&hitungan={run.pk if run else 0}"
