from datetime import date

from django import forms
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from regions.forms.fields import DayField, MonthField, WholeNumberField
from regions.signed_in import SignedInRequest


class SampleForm(forms.Form):
    month = MonthField(label=_("Bulan"))
    people = WholeNumberField(label=_("Orang"), help_text=_("Angka saja."))
    day = DayField(label=_("Tanggal"), required=False)
    official = forms.BooleanField(label=_("Resmi"), required=False)


@require_safe
def components(request: SignedInRequest) -> HttpResponse:
    """Every building block of the pages with sample values."""
    sample = {
        "trail": [{"label": "Indonesia", "url": "#"}, {"label": "Kota Cilegon", "url": ""}],
        "periods": [date(2025, 7, 1), date(2025, 6, 1)],
        "period": date(2025, 7, 1),
        "now": now(),
        "status_url": reverse("components"),
        "form": SampleForm({"month": "2025-07", "people": "seribu"}),
        "page": Paginator(range(30), 10).get_page(2),
    }
    return render(request, "regions/components_page.html", {"sample": sample})
