"""What a region pays for without a rule that says so, and naming that rule."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from budgets.services.legal_basis import name_line_basis
from participants.selectors.legal_basis import list_batches_without
from participants.selectors.persons.enrolment import newest_enrolled_month
from participants.services.legal_basis import name_batch_basis, name_category_basis
from regions.access import get_region, home_codes, scope_of
from regions.errors import OutsideScope
from regions.models import Region
from regions.month import iso_month
from regions.roles import Permission
from regions.selectors.regulation import rules_of
from regions.signed_in import PlacedView, SignedInRequest
from regions.views.table_file import asked_file, table_file
from reports.forms.legal_basis import NamedRuleForm
from reports.selectors.regulations.legal_basis import WithoutBasis, without_basis
from reports.views.requests import period_of

_PAGE = 100
_NUMBERS = 15


@require_safe
def legal_basis_index(request: SignedInRequest) -> HttpResponse:
    """To the page of the first region of one's own."""
    codes = home_codes(request.user)
    if not codes:
        raise OutsideScope("no region")
    return redirect("legal_basis", codes[0])


class LegalBasisPage(PlacedView):
    """GET shows what rests on no rule; POST names one for the rows that are ticked."""

    region: Region
    month: date

    def find_place(self, **where: str) -> None:
        self.region = get_region(self.request.user, where["code"], Permission.VIEW_COVERAGE)
        # Without a wish the newest month with people in it: an empty one would say that all is well.
        self.month = period_of(self.request) or newest_enrolled_month(self.region.pk)

    def get(self, request: SignedInRequest) -> HttpResponseBase:
        found = without_basis(request.user, self.region, self.month)
        if asked_file(request):
            return self._file(found)
        return self._show(found)

    def post(self, request: SignedInRequest) -> HttpResponse:
        form = NamedRuleForm(request.POST, rules=rules_of(request.user, self.region.pk, localdate()))
        chosen = request.POST.getlist("baris")[:_PAGE]
        if not form.is_valid() or not chosen:
            messages.error(request, _("Centang sedikitnya satu baris, lalu pilih dasar hukumnya."))
            return redirect(self._address())
        count = self._name(request.POST.get("apa", ""), chosen, form.cleaned_data["rule"].pk)
        sentence = ngettext(
            "Dasar hukum %(count)s baris tersimpan.", "Dasar hukum %(count)s baris tersimpan.", count
        )
        messages.success(request, sentence % {"count": count}, extra_tags="stored")
        return redirect(self._address())

    def _name(self, what: str, chosen: list[str], rule: int) -> int:
        by, code = self.request.user, self.region.pk
        if what == "kategori":
            for category in chosen:
                name_category_basis(region_code=code, category=category, rule=rule, by=by)
            return len(chosen)
        numbers = [int(one) for one in chosen if one.isascii() and one.isdecimal() and len(one) <= _NUMBERS]
        if what == "daftar":
            for number in numbers:
                name_batch_basis(pk=number, rule=rule, by=by)
            return len(numbers)
        return name_line_basis(region_code=code, stages=numbers, rule=rule, by=by)

    def _address(self) -> str:
        return f"{reverse('legal_basis', args=[self.region.pk])}?periode={iso_month(self.month)}"

    def _show(self, found: WithoutBasis) -> HttpResponse:
        user, scope = self.request.user, scope_of(self.request.user)
        code = self.region.pk
        may_name = scope.holds(Permission.ENTER_REGULATION, code)
        page = Paginator(found.bare_lines, _PAGE).get_page(self.request.GET.get("halaman"))
        query = self.request.GET.copy()
        query.pop("halaman", None)
        context: dict[str, Any] = {
            "region": self.region,
            "month": self.month,
            "found": found,
            "page": page,
            "query": query.urlencode(),
            "batches": list_batches_without(user, code),
            "may_name": may_name,
            "may_name_lines": may_name and scope.holds(Permission.ENTER_BUDGET, code),
            "may_name_lists": may_name and scope.holds(Permission.ENTER_PERSONS, code),
            "may_see_names": scope.holds(Permission.VIEW_PERSONS, code),
            "form": NamedRuleForm(rules=rules_of(user, code, localdate())) if may_name else None,
        }
        return render(self.request, "reports/regulations/legal_basis.html", context)

    def _file(self, found: WithoutBasis) -> HttpResponseBase:
        return table_file(
            self.request,
            name=f"tanpa-dasar-hukum-{self.region.pk}",
            subject=_("tanpa dasar hukum %s") % iso_month(self.month),
            header=[
                *(_("Jenis"), _("Kode wilayah"), _("Kategori"), _("Sumber dana"), _("Rekening")),
                *(_("Orang"), _("Jumlah (Rp)"), _("Keadaan"), _("Dasar hukum menurut teks")),
            ],
            rows=_cells(self.region.pk, found),
            region_code=self.region.pk,
        )


def _cells(code: str, found: WithoutBasis) -> Iterator[list[object]]:
    for row in [*found.bare_categories, *found.weak_categories]:
        words = row.category.legal_basis if row.category else ""
        yield [_("kategori"), code, str(row.category), "", "", row.people, row.rupiah, row.state, words]
    for one in found.bare_lines:
        line = one.line.row
        amount = one.line.in_force.amount if one.line.in_force else 0
        named = [str(part or "") for part in (line.category, line.funding)]
        yield [
            *(_("baris anggaran"), line.region_id, *named, line.account),
            *(line.heads or "", amount, _("tanpa dasar hukum"), line.legal_basis),
        ]
    for row in found.bare_persons:
        named = [str(part or "") for part in (row.category, row.funding)]
        yield [_("peserta"), code, *named, "", row.without, row.rupiah, row.state, ""]
