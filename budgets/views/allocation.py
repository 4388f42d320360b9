from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from budgets.forms.allocation import AllocationForm
from budgets.services.allocation import ALLOCATIONS
from regions.month import iso_month
from regions.views.fact import FactCorrectView, FactPages, FactRecordView


class AllocationPages(FactPages):
    store = ALLOCATIONS
    form = AllocationForm
    title = gettext_lazy("Pagu anggaran")

    def saved(self, row: Any) -> HttpResponse:
        """Back to the region's budget of that year, where the new stage stands."""
        messages.success(self.request, _("Tersimpan."), extra_tags="stored")
        last = row.decided_on.replace(year=row.year, month=12, day=1)
        return redirect(f"{reverse('allocation_list')}?wilayah={row.region_id}&periode={iso_month(last)}")


class AllocationRecord(AllocationPages, FactRecordView):
    pass


class AllocationCorrect(AllocationPages, FactCorrectView):
    pass
