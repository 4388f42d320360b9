from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from budgets.forms.allocation import AllocationForm
from budgets.models import Allocation
from budgets.services.allocation import correct_allocation, record_allocations
from regions.month import iso_month
from regions.roles import Permission
from regions.views.fact import FactCorrectView, FactPages, FactRecordView


class AllocationPages(FactPages):
    name = "allocation"
    model = Allocation
    form = AllocationForm
    permission = Permission.ENTER_BUDGET
    title = gettext_lazy("Pagu anggaran")

    def record(self, row: Allocation) -> Allocation:
        return record_allocations([row], by=self.request.user).rows[0]

    def correct(self, **values: Any) -> Allocation:
        return correct_allocation(by=self.request.user, **values)

    def saved(self, row: Any) -> HttpResponse:
        """Back to the region's budget of that year, where the new stage stands."""
        messages.success(self.request, _("Tersimpan."), extra_tags="stored")
        last = row.decided_on.replace(year=row.year, month=12, day=1)
        return redirect(f"{reverse('allocation_list')}?wilayah={row.region_id}&periode={iso_month(last)}")


class AllocationRecord(AllocationPages, FactRecordView):
    pass


class AllocationCorrect(AllocationPages, FactCorrectView):
    pass
