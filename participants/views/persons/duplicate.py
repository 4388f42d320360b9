from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from participants.enums import Decision, ReadPage
from participants.forms.duplicate import DecisionForm
from participants.models import DuplicateCandidate
from participants.selectors.persons.duplicate import compare, get_candidate, list_candidates
from participants.services.persons.duplicate import find_duplicates, settle_candidate
from participants.services.persons.reading import note_reading
from regions.access import get_region, require_anywhere, scope_of
from regions.errors import ChangedMeanwhile, FactRefused
from regions.roles import Permission
from regions.selectors.region import list_entry_regions
from regions.signed_in import SignedInRequest, SignedInView

_PAGE = 10
_DONE = {
    Decision.SAME: gettext_lazy("Kedua catatan digabung menjadi satu orang."),
    Decision.DIFFERENT: gettext_lazy("Dicatat sebagai dua orang yang berbeda."),
    Decision.PART: gettext_lazy("Kedua catatan dipisahkan lagi."),
}


class DuplicateList(SignedInView):
    """Pairs that wait for a decision; POST searches a region anew."""

    def get(self, request: SignedInRequest) -> HttpResponse:
        require_anywhere(request.user, Permission.VIEW_PERSONS)
        code, decided = request.GET.get("wilayah", "").strip(), request.GET.get("keadaan") == "selesai"
        rows = list_candidates(request.user, region_code=code, decided=decided)
        page = Paginator(rows, _PAGE).get_page(request.GET.get("halaman"))
        query = request.GET.copy()
        query.pop("halaman", None)
        context = {
            "page": page,
            "pairs": _pairs(request, page.object_list),
            "region_code": code,
            "decided": decided,
            "query": query.urlencode(),
            "searchable": list_entry_regions(request.user, Permission.ENTER_PERSONS)[:60],
        }
        return render(request, "participants/duplicate_list.html", context)

    def post(self, request: SignedInRequest) -> HttpResponse:
        code = get_region(request.user, request.POST.get("wilayah", ""), Permission.ENTER_PERSONS).code
        count = find_duplicates(region_code=code, by=request.user)
        messages.success(
            request, _("Pencarian selesai: %(count)s pasangan perlu ditinjau.") % {"count": count}
        )
        return redirect(f"{reverse('duplicate_list')}?wilayah={code}")


class DuplicateDecide(SignedInView):
    """One pair; POST decides it."""

    def get(self, request: SignedInRequest, pk: int) -> HttpResponse:
        return self._show(request, get_candidate(request.user, pk))

    def post(self, request: SignedInRequest, pk: int) -> HttpResponse:
        candidate = get_candidate(request.user, pk)
        form = DecisionForm(request.POST, candidate=candidate)
        if not form.is_valid():
            return self._show(request, candidate, form, status=422)
        try:
            settle_candidate(pk=pk, by=request.user, **form.decided())
        except FactRefused as refused:
            form.add_problems(refused.problems)
            return self._show(request, candidate, form, status=422)
        except ChangedMeanwhile:
            messages.warning(
                request, _("Pasangan ini baru saja diubah orang lain. Periksa lagi, lalu putuskan.")
            )
            return self._show(request, get_candidate(request.user, pk), status=409)
        messages.success(request, _DONE[Decision(form.cleaned_data["decision"])])
        return redirect(f"{reverse('duplicate_list')}?wilayah={candidate.region_id}")

    def _show(
        self,
        request: SignedInRequest,
        candidate: DuplicateCandidate,
        form: DecisionForm | None = None,
        status: int = 200,
    ) -> HttpResponse:
        context = {"pairs": _pairs(request, [candidate], form), "candidate": candidate}
        return render(request, "participants/duplicate_decide.html", context, status=status)


def _pairs(
    request: SignedInRequest, candidates: Any, form: DecisionForm | None = None
) -> list[tuple[Any, DecisionForm | None]]:
    """Each pair with the form to decide it, where this officer may."""
    scope, found = scope_of(request.user), list(candidates)
    seen = [pk for one in found for pk in (one.first_id, one.second_id)]
    note_reading(by=request.user, page=ReadPage.DUPLICATES, persons=seen)
    return [
        (pair, form or DecisionForm(candidate=pair.candidate))
        if scope.holds(Permission.DECIDE_PERSONS, pair.candidate.region_id)
        else (pair, None)
        for pair in compare(found)
    ]
