from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from regions.forms.meeting import CommitmentForm, MinutesForm
from regions.meeting import CommitmentState
from regions.models import Commitment, Minutes
from regions.month import iso_month
from regions.selectors.meeting import list_commitments, list_minutes
from regions.services.meeting import COMMITMENTS, MINUTES
from regions.views.fact import FactCorrectView, FactListView, FactPages, FactRecordView


class MinutesPages(FactPages):
    store = MINUTES
    form = MinutesForm
    title = _("Rapat")

    def saved(self, row: Any) -> HttpResponse:
        messages.success(self.request, _g("Tersimpan."), extra_tags="stored")
        return redirect("minutes_detail", row.pk)


class MinutesList(MinutesPages, FactListView):
    template = "regions/minutes_list.html"
    sorted_by = {"tanggal": ("held_on",), "acara": ("title",)}
    searched = (*FactListView.searched, "title", "place", "decisions")

    def list_rows(self, region_code: str, month: Any) -> QuerySet[Minutes]:
        return list_minutes(self.request.user, region_code=region_code, month=month)


class MinutesRecord(MinutesPages, FactRecordView):
    pass


class MinutesCorrect(MinutesPages, FactCorrectView):
    pass


class CommitmentPages(FactPages):
    store = COMMITMENTS
    form = CommitmentForm
    title = _("Kendala dan tindak lanjut")

    def saved(self, row: Any) -> HttpResponse:
        messages.success(self.request, _g("Tersimpan."), extra_tags="stored")
        if row.minutes_id:
            return redirect("minutes_detail", row.minutes_id)
        asked = urlencode({"wilayah": row.region_id, "periode": iso_month(row.month)})
        return redirect(f"{reverse('commitment_list')}?{asked}")


class CommitmentList(CommitmentPages, FactListView):
    template = "regions/commitment_list.html"
    sorted_by = {
        "bulan": ("month",),
        "tenggat": ("due_on",),
        "penanggung": ("owner",),
        "status": ("state",),
    }
    searched = (*FactListView.searched, "problem", "promise", "owner", "outcome")

    def list_rows(self, region_code: str, month: Any) -> QuerySet[Commitment]:
        asked = self.request.GET
        return list_commitments(
            self.request.user,
            region_code=region_code,
            month=month,
            state=asked.get("status", ""),
            late_on=localdate() if asked.get("terlambat") else None,
        )

    def page(self, **context: Any) -> dict[str, Any]:
        asked, today = self.request.GET, localdate()
        rows = context.get("page")
        if rows is not None:
            for row in rows.object_list:
                row.late = row.days_late(today)
        told = super().page(
            **context,
            states=CommitmentState.choices,
            asked_state=asked.get("status", ""),
            asked_late=bool(asked.get("terlambat")),
        )
        # Filed for the region and month that one looks at.
        month, code = context.get("month"), context.get("region_code")
        given = {"region": code, "month": iso_month(month) if month else ""}
        query = urlencode({name: value for name, value in given.items() if value})
        return {**told, "record_url": f"{told['record_url']}?{query}" if query else told["record_url"]}


class CommitmentRecord(CommitmentPages, FactRecordView):
    pass


class CommitmentCorrect(CommitmentPages, FactCorrectView):
    pass
