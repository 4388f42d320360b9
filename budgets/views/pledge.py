from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from budgets.forms.pledge import PledgeForm, PledgePaymentForm
from budgets.models import Pledge, PledgePayment
from budgets.selectors.pledge import list_pledge_payments, list_pledges
from budgets.services.pledge import PLEDGE_PAYMENTS, PLEDGES
from regions.views.fact import FactCorrectView, FactListView, FactPages, FactRecordView


class _NumberedPages(FactPages):
    def _number(self, name: str, longest: int) -> int | None:
        told = self.request.GET.get(name, "")
        return int(told) if told.isascii() and told.isdecimal() and len(told) <= longest else None


class PledgePages(_NumberedPages):
    store = PLEDGES
    form = PledgeForm
    title = gettext_lazy("Tawaran dan janji iuran")

    def list_rows(self, region_code: str, month: Any) -> QuerySet[Pledge]:
        year = self._number("tahun", 4)
        return list_pledges(self.request.user, region_code=region_code, year=year)

    def page(self, **context: Any) -> dict[str, Any]:
        return super().page(year=self._number("tahun", 4), **context)

    def saved(self, row: Any) -> HttpResponse:
        messages.success(self.request, _("Tersimpan."), extra_tags="stored")
        return redirect(f"{reverse('region_pledges', args=[row.region_id])}?tahun={row.year}")


class PledgeList(PledgePages, FactListView):
    template = "budgets/pledge_list.html"
    sorted_by = {
        "tahun": ("year",),
        "kategori": ("category__name", "funding__name"),
        "orang": ("people",),
        "nilai": ("amount",),
        "dibayar": ("paid",),
        "tahap": ("stage",),
        "tempo": ("due_on",),
    }
    searched = (*FactListView.searched, "category__name", "funding__name", "institution__name", "document")


class PledgeRecord(PledgePages, FactRecordView):
    pass


class PledgeCorrect(PledgePages, FactCorrectView):
    pass


class PledgePaymentPages(_NumberedPages):
    store = PLEDGE_PAYMENTS
    form = PledgePaymentForm
    title = gettext_lazy("Pembayaran janji iuran")

    def list_rows(self, region_code: str, month: Any) -> QuerySet[PledgePayment]:
        pledge = self._number("janji", 9) or 0
        return list_pledge_payments(self.request.user, region_code=region_code, pledge=pledge)

    def page(self, **context: Any) -> dict[str, Any]:
        return super().page(pledge=self._number("janji", 9), **context)

    def saved(self, row: Any) -> HttpResponse:
        messages.success(self.request, _("Tersimpan."), extra_tags="stored")
        return redirect(f"{reverse('region_pledges', args=[row.region_id])}?tahun={row.pledge.year}")


class PledgePaymentList(PledgePaymentPages, FactListView):
    template = "budgets/pledge_payment_list.html"
    sorted_by = {
        "janji": ("pledge__year", "pledge__category__name"),
        "tanggal": ("paid_on",),
        "dibayar": ("amount",),
    }
    searched = (*FactListView.searched, "pledge__category__name", "pledge__institution__name", "document")


class PledgePaymentRecord(PledgePaymentPages, FactRecordView):
    pass


class PledgePaymentCorrect(PledgePaymentPages, FactCorrectView):
    pass
