"""The denominators of a region side by side, and the choice of the official one."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from participants.forms.target import MakeOfficialForm
from participants.selectors.workforce import Denominator, list_denominators
from participants.services.workforce import correct_workforce
from regions.access import get_region, require, scope_of
from regions.errors import ChangedMeanwhile, FactRefused, OutsideScope
from regions.models import Region
from regions.roles import Permission
from regions.signed_in import PlacedView, SignedInRequest
from regions.stored_text import shown
from regions.views.table_file import asked_file, table_file


class DenominatorView(PlacedView):
    region: Region

    def find_place(self, **where: str) -> None:
        self.region = get_region(self.request.user, where["code"], Permission.VIEW_DRAFTS)

    def get(self, request: SignedInRequest) -> HttpResponseBase:
        return self._file(request) if asked_file(request) else self._show()

    def post(self, request: SignedInRequest) -> HttpResponse:
        require(request.user, Permission.ENTER_WORKFORCE, self.region.code)
        form = MakeOfficialForm(request.POST)
        if not form.is_valid():
            return self._show(form, status=422)
        try:
            self._make_official(form.cleaned_data)
        except ChangedMeanwhile:
            form.add_error(None, _("Penyebut ini baru saja diubah orang lain. Periksa, lalu ulangi."))
            return self._show(form, status=409)
        except FactRefused as refused:
            form.add_error(None, " ".join(problem.message for problem in refused.problems))
            return self._show(form, status=422)
        messages.success(request, _("Penyebut resmi diganti. Angka dihitung ulang dalam beberapa detik."))
        return redirect("denominators", self.region.code)

    def _make_official(self, data: dict[str, Any]) -> None:
        shown = {one.row.pk for one in list_denominators(self.region.code)}
        if data["row"] not in shown:
            raise OutsideScope(data["row"])
        correct_workforce(
            pk=data["row"],
            revision=data["revision"],
            by=self.request.user,
            reason=data["reason"],
            new={"is_official": True},
        )

    def _file(self, request: SignedInRequest) -> HttpResponseBase:
        head = [_("tahun"), _("jenis"), _("segmen"), _("pekerja"), _("sumber"), _("tautan"), _("per_tanggal")]
        head += [_("resmi"), _("resmi_sejak"), _("ditetapkan_oleh"), _("alasan")]
        return table_file(
            request,
            name=f"penyebut-{self.region.code}",
            subject=_("penyebut"),
            header=head,
            rows=map(_cells, list_denominators(self.region.code)),
            region_code=self.region.code,
        )

    def _show(self, form: MakeOfficialForm | None = None, status: int = 200) -> HttpResponse:
        scope = scope_of(self.request.user)
        context = {
            "region": self.region,
            "denominators": list_denominators(self.region.code),
            "may_choose": scope.holds(Permission.ENTER_WORKFORCE, self.region.code),
            "form": form or MakeOfficialForm(),
        }
        return render(self.request, "participants/denominators.html", context, status=status)


def _cells(one: Denominator) -> list[object]:
    row = one.row
    since = localdate(one.since).isoformat() if one.since else ""
    made = [_("ya") if row.is_official else _("tidak"), since, str(one.made_by or ""), one.reason]
    source = [shown(row.source), row.source_url, row.as_of.isoformat()]
    return [row.year, row.get_kind_display(), row.get_segment_display(), row.workers, *source, *made]
