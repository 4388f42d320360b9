"""Checking what is said in public against what is counted here: the form, earlier checks, one check."""

from collections.abc import Iterator

from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from regions.access import require_anywhere
from regions.roles import Permission
from regions.selectors.region import list_entry_regions
from regions.signed_in import SignedInRequest
from regions.views.table_file import asked_file, table_file
from reports.forms.statement import StatementForm
from reports.models import StatementCheck
from reports.pack.code import typed_code
from reports.selectors.statements.kept import get_check, list_checks
from reports.services.statement import keep_check
from reports.statements.verdicts import FITS, NO_FIT, OTHER_DEFINITION, UNKNOWN

_A_PAGE = 25
# What is kept stands in Indonesian; a page says it in its reader's language.
_WORDS = {
    FITS: gettext_lazy("cocok"),
    OTHER_DEFINITION: gettext_lazy("beda karena definisi"),
    NO_FIT: gettext_lazy("tidak cocok"),
    UNKNOWN: gettext_lazy("tidak dapat diperiksa"),
}
_TONES = {FITS: "good", OTHER_DEFINITION: "warn", NO_FIT: "bad", UNKNOWN: "neutral"}


@require_http_methods(["GET", "HEAD", "POST"])
def statement_list(request: SignedInRequest) -> HttpResponse:
    require_anywhere(request.user, Permission.VIEW_DRAFTS)
    regions = list_entry_regions(request.user, Permission.VIEW_DRAFTS)
    start = {"day": localdate(), "region": request.GET.get("wilayah", "")}
    data, files = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = StatementForm(data, files, regions=regions, initial=start)
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        row = keep_check(
            statement=given["statement"],
            region_code=given["region"].pk,
            day=given["day"],
            source=given["source"],
            by=request.user,
        )
        return redirect("statement_detail", row.pk)
    page = Paginator(list_checks(request.user), _A_PAGE).get_page(request.GET.get("halaman"))
    status = 422 if form.is_bound else 200
    return render(request, "reports/statement_list.html", {"form": form, "page": page}, status=status)


@require_safe
def statement_detail(request: SignedInRequest, code: str) -> HttpResponseBase:
    row = get_check(request.user, typed_code(code))
    if asked_file(request):
        return _file(request, row)
    answer = {
        part: [
            {**one, "tone": _TONES[one["verdict"]], "verdict": _WORDS[one["verdict"]]}
            for one in row.answer[part]
        ]
        for part in ("figures", "arithmetic")
    }
    told = [one["verdict"] for part in ("figures", "arithmetic") for one in row.answer[part]]
    counts = [
        (_WORDS[verdict], told.count(verdict), _TONES[verdict]) for verdict in _TONES if verdict in told
    ]
    context = {"row": row, "counts": counts, **answer, **_beside(row.answer)}
    return render(request, "reports/statement_detail.html", context)


def _file(request: SignedInRequest, row: StatementCheck) -> HttpResponseBase:
    return table_file(
        request,
        name=f"pemeriksaan-{row.pk}",
        subject=_("hasil pemeriksaan pernyataan"),
        header=[_("bagian"), _("dalam_teks"), _("hasil"), _("tentang"), _("menurut_data_di_sini")],
        rows=_file_rows(row.answer),
        region_code=row.region_id,
    )


def _file_rows(answer: dict[str, list[dict[str, str]]]) -> Iterator[list[object]]:
    for one in answer["arithmetic"]:
        yield [_("hitungan"), one["text"], _WORDS[one["verdict"]], "", one["sum"]]
    for one in answer["figures"]:
        yield [_("angka"), one["text"], _WORDS[one["verdict"]], one["what"], one["why"]]


def _beside(answer: dict[str, list[str]]) -> dict[str, list[str]]:
    return {"passed_over": answer["passed_over"], "rules": answer["rules"]}
