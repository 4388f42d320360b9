from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from participants.forms.membership_count import MembershipCountForm
from participants.models import MembershipCount
from participants.selectors.membership_count import list_membership_counts
from participants.services.membership_count import MEMBERSHIP_COUNTS
from regions.month import iso_month
from regions.views.fact import FactCorrectView, FactListView, FactPages, FactRecordView


class MembershipCountPages(FactPages):
    store = MEMBERSHIP_COUNTS
    form = MembershipCountForm
    title = _("Peserta aktif")

    def list_rows(self, region_code: str, month: Any) -> QuerySet[MembershipCount]:
        return list_membership_counts(self.request.user, region_code=region_code, month=month)

    def period_query(self, row: MembershipCount) -> str:
        return f"?periode={iso_month(row.month)}"


class MembershipCountList(MembershipCountPages, FactListView):
    template = "participants/membership_count_list.html"
    sorted_by = {
        "bulan": ("month",),
        "segmen": ("segment",),
        "program": ("programmes",),
        "peserta": ("members",),
    }


class MembershipCountRecord(MembershipCountPages, FactRecordView):
    pass


class MembershipCountCorrect(MembershipCountPages, FactCorrectView):
    pass
