from collections.abc import Iterable
from typing import Any

from django.http import HttpResponseBase
from django.shortcuts import render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from participants.selectors.persons.by_district import count_by_district
from regions.access import get_region, scope_of
from regions.month import iso_month
from regions.roles import Permission
from regions.signed_in import SignedInRequest
from regions.views.table_file import asked_file, table_file
from reports.selectors.category_need import CategoryNeed, NeedCell, get_category_need


@require_safe
def category_need(request: SignedInRequest, code: str) -> HttpResponseBase:
    """Workers of each category, those covered, those not, and what closing the gap would cost."""
    region = get_region(request.user, code, Permission.VIEW_COVERAGE)
    need = get_category_need(request.user, region, localdate())
    if asked_file(request):
        return _file(request, need)
    covered_month = need.months.get(region.pk)
    context: dict[str, Any] = {
        "region": region,
        "need": need,
        "covered_month": covered_month,
        "districts": count_by_district(region.pk, covered_month) if covered_month else [],
        "sees_drafts": scope_of(request.user).holds(Permission.VIEW_DRAFTS, region.pk),
        "may_record": scope_of(request.user).holds(Permission.ENTER_WORKFORCE, region.pk),
    }
    return render(request, "reports/category_need.html", context)


def _file(request: SignedInRequest, need: CategoryNeed) -> HttpResponseBase:
    """A line for each place and category; an empty cell where nothing is known."""
    head = [_("kode_wilayah"), _("wilayah"), _("kategori"), _("jumlah_pekerja"), _("tahun"), _("jenis")]
    head += [_("sumber"), _("tautan"), _("terlindungi"), _("bulan_terlindungi"), _("belum_terlindungi")]
    head += [
        _("iuran_per_orang_per_bulan"),
        _("biaya_per_bulan"),
        _("bulan_tersisa"),
        _("biaya_sampai_desember"),
    ]
    return table_file(
        request,
        name=f"kebutuhan-{need.region.pk}",
        subject=_("kebutuhan perlindungan per kategori"),
        header=head,
        rows=_cells(need),
        region_code=need.region.pk,
    )


def _cells(need: CategoryNeed) -> Iterable[list[object]]:
    for row in need.rows:
        for cell in row.cells:
            yield _line(need, cell)


def _line(need: CategoryNeed, cell: NeedCell) -> list[object]:
    told, month = cell.population, need.months.get(cell.region.pk)
    source: list[object] = [None] * 5
    if told:
        source = [told.people, told.year, told.get_kind_display(), told.source, told.source_url]
    cost = cell.monthly
    return [
        *(cell.region.pk, cell.region.full_label, str(cell.category), *source),
        *(cell.covered, iso_month(month) if month else "", cell.gap, cell.price, cost),
        *(need.months_left, None if cost is None else cost * need.months_left),
    ]
