from collections.abc import Mapping

from django.core.paginator import Paginator
from django.http import HttpResponseBase
from django.shortcuts import render
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from regions.access import home_codes
from regions.errors import OutsideScope
from regions.month import iso_month
from regions.signed_in import SignedInRequest
from regions.sorting import SortColumns, Sorting
from regions.views.table_file import asked_file, table_file
from reports.models import Restatement
from reports.selectors.boards.comparison import list_names
from reports.selectors.months.restatement import (
    RestatedValue,
    differences,
    get_restatement,
    list_restatements,
)
from reports.value_words import dimension_words, value_text

_PAGE = 50
_SORTED_BY: SortColumns = {"bulan": ("period",), "wilayah": ("region__name",), "pada": ("at",)}


@require_safe
def restatement_list(request: SignedInRequest) -> HttpResponseBase:
    """The register: which closed months were closed again with other figures, and why."""
    if not home_codes(request.user):
        raise OutsideScope("no region")
    sort = Sorting.of(request.GET, _SORTED_BY)
    rows = sort.ordered(list_restatements(request.user), _SORTED_BY)
    if asked_file(request):
        head = [_("bulan"), _("kode_wilayah"), _("wilayah"), _("penutupan_sebelumnya"), _("penutupan_baru")]
        head += [_("pada"), _("alasan")]
        named = {"name": "penyajian-kembali", "subject": _("penyajian kembali")}
        return table_file(request, header=head, rows=map(_list_cells, rows), **named)
    page = Paginator(rows, _PAGE).get_page(request.GET.get("halaman"))
    return render(request, "reports/restatement_list.html", {"page": page, "sort": sort})


def _list_cells(one: Restatement) -> list[object]:
    at = localtime(one.at).isoformat(timespec="seconds")
    place = [iso_month(one.period), one.region_id, one.region.full_label]
    return [*place, one.before.closing, one.after.closing, at, one.reason]


@require_safe
def restatement_detail(request: SignedInRequest, pk: int) -> HttpResponseBase:
    """Every figure that differs, before and after."""
    restatement = get_restatement(request.user, pk)
    if restatement is None:
        raise OutsideScope(pk)
    found, names = differences(restatement), list_names().names
    if asked_file(request):
        return _detail_file(request, restatement, found, names)
    context = {"restatement": restatement, "differences": found, "names": names}
    return render(request, "reports/restatement_detail.html", context)


def _detail_file(
    request: SignedInRequest, of: Restatement, found: list[RestatedValue], names: Mapping[str, str]
) -> HttpResponseBase:
    head = [_("ukuran"), _("indikator"), _("rincian"), _("satuan")]
    for words in (_("penutupan_%s_pembilang"), _("penutupan_%s_penyebut"), _("penutupan_%s_hasil")):
        head += [words % of.before.closing, words % of.after.closing]
    return table_file(
        request,
        name=f"penyajian-kembali-{of.region_id}-{iso_month(of.period)}",
        subject=_("angka yang disajikan kembali"),
        header=head,
        rows=(_difference_cells(one, names) for one in found),
        region_code=of.region_id,
    )


def _difference_cells(one: RestatedValue, names: Mapping[str, str]) -> list[object]:
    told = dimension_words(one.shown, names) if one.shown else ""
    cells: list[object] = [one.measure.code, str(one.measure.label), told, str(one.measure.unit.label)]
    both = (one.before, one.after)
    cells += [value and value.numerator for value in both]
    cells += [value and value.denominator for value in both]
    return [*cells, *(value_text(value) for value in both)]
