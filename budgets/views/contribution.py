from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from budgets.forms.contribution import ContributionForm
from budgets.models import Contribution
from budgets.selectors.contribution import list_contributions
from budgets.services.contribution import CONTRIBUTIONS
from regions.month import iso_month
from regions.views.fact import FactCorrectView, FactListView, FactPages, FactRecordView


class ContributionPages(FactPages):
    store = CONTRIBUTIONS
    form = ContributionForm
    title = _("Iuran")

    def list_rows(self, region_code: str, month: Any) -> QuerySet[Contribution]:
        return list_contributions(self.request.user, region_code=region_code, month=month)

    def period_query(self, row: Contribution) -> str:
        return f"?periode={iso_month(row.paid_on)}"


class ContributionList(ContributionPages, FactListView):
    template = "budgets/contribution_list.html"
    sorted_by = {
        "bayar": ("paid_on",),
        "bulan": ("first_month",),
        "program": ("programme",),
        "rupiah": ("amount",),
    }
    searched = (*FactListView.searched, "reference", "category__name", "funding__name")


class ContributionRecord(ContributionPages, FactRecordView):
    pass


class ContributionCorrect(ContributionPages, FactCorrectView):
    pass
