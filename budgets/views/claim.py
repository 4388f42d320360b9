from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from budgets.enums import ClaimKind, ProgrammeGroup
from budgets.forms.claim import ClaimForm
from budgets.models import Claim
from budgets.selectors.claim import list_claims
from budgets.services.claim import CLAIMS
from regions.month import iso_month
from regions.views.fact import FactCorrectView, FactListView, FactPages, FactRecordView


class ClaimPages(FactPages):
    store = CLAIMS
    form = ClaimForm
    title = _("Klaim")

    def list_rows(self, region_code: str, month: Any) -> QuerySet[Claim]:
        asked = self.asked()
        return list_claims(self.request.user, region_code=region_code, month=month, **asked)

    def asked(self) -> dict[str, str]:
        """Programme and kind in the address; unknown words ask for nothing."""
        programme, kind = self.request.GET.get("program", ""), self.request.GET.get("wujud", "")
        return {
            "programme": programme if programme in ProgrammeGroup.values else "",
            "kind": kind if kind in ClaimKind.values else "",
        }

    def period_query(self, row: Claim) -> str:
        return f"?periode={iso_month(row.paid_on)}"


class ClaimList(ClaimPages, FactListView):
    template = "budgets/claim_list.html"
    sorted_by = {
        "bayar": ("paid_on",),
        "program": ("programme", "kind"),
        "kasus": ("cases",),
        "rupiah": ("amount",),
    }
    searched = (*FactListView.searched, "reference", "category__name", "funding__name")

    def page(self, **context: Any) -> dict[str, Any]:
        choices = {"programmes": ProgrammeGroup.choices, "kinds": ClaimKind.choices}
        return super().page(**context, **choices, **self.asked())


class ClaimRecord(ClaimPages, FactRecordView):
    pass


class ClaimCorrect(ClaimPages, FactCorrectView):
    pass
