"""Offers and pledges of a region, and whom none pays for."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponseBase
from django.shortcuts import render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from regions.access import get_region, scope_of
from regions.roles import Permission
from regions.signed_in import SignedInRequest
from regions.views.asked import year_of
from regions.views.table_file import asked_file, table_file
from reports.selectors.pledges import RegionPledges, get_region_pledges

_UNPAID = "tanpa-pembayar"


@require_safe
def region_pledges(request: SignedInRequest, code: str) -> HttpResponseBase:
    """`?tabel=tanpa-pembayar` with a download: people whom none pays for instead of the pledges."""
    region = get_region(request.user, code, Permission.VIEW_DRAFTS)
    today = localdate()
    year = year_of(request.GET.get("tahun", "")) or today.year
    found = get_region_pledges(request.user, region, today, year)
    if asked_file(request):
        return _file(request, found)
    context: dict[str, Any] = {
        "region": region,
        "found": found,
        "years": [today.year - 1, today.year, today.year + 1],
        "query": urlencode({"tahun": year}),
        "unpaid_query": urlencode({"tahun": year, "tabel": _UNPAID}),
        "may_record": scope_of(request.user).holds(Permission.ENTER_BUDGET, region.pk),
    }
    return render(request, "reports/region_pledges.html", context)


def _file(request: SignedInRequest, found: RegionPledges) -> HttpResponseBase:
    is_unpaid = request.GET.get("tabel") == _UNPAID
    name = _UNPAID if is_unpaid else "janji-iuran"
    return table_file(
        request,
        name=f"{name}-{found.region.pk}-{found.year}",
        subject=_("orang yang belum ada penanggung iurannya") if is_unpaid else _("tawaran dan janji iuran"),
        header=_unpaid_head() if is_unpaid else _head(),
        rows=_unpaid_cells(found) if is_unpaid else _cells(found),
        region_code=found.region.pk,
    )


def _head() -> list[str]:
    head = [_("kode_wilayah"), _("wilayah"), _("tahun"), _("kategori"), _("sumber_dana"), _("lembaga")]
    head += [_("orang"), _("bulan"), _("iuran_per_orang_per_bulan"), _("nilai"), _("tahap"), _("dibayar")]
    head += [_("sisa"), _("tanggal_tawaran"), _("tanggal_janji"), _("jatuh_tempo"), _("ditarik_pada")]
    return [*head, _("terlindungi_menurut_laporan"), _("iuran_tercatat"), _("surat"), _("sumber")]


def _cells(found: RegionPledges) -> Iterable[list[object]]:
    for one in found.pledges:
        row = one.row
        yield [
            *(row.region_id, row.region.full_label, row.year, str(row.category), str(row.funding)),
            *(str(row.institution or ""), row.people, row.months, row.monthly_rate, row.amount),
            *(str(one.stage.label), one.paid, one.left, row.offered_on, row.pledged_on, row.due_on),
            *(row.withdrawn_on, one.covered, one.received, row.document, row.source),
        ]


def _unpaid_head() -> list[str]:
    head = [_("kode_wilayah"), _("wilayah"), _("kategori"), _("belum_terlindungi"), _("dijanjikan")]
    return [*head, _("tanpa_pembayar"), _("iuran_per_orang_per_bulan"), _("bulan"), _("biaya")]


def _unpaid_cells(found: RegionPledges) -> Iterable[list[object]]:
    for cell in found.cells:
        need = cell.need
        yield [
            *(need.region.pk, need.region.full_label, str(need.category), need.gap, cell.promised),
            *(cell.people, need.price, cell.months, cell.rupiah),
        ]
