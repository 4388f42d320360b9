"""The matrix of months as a file: a line for each region and month."""

from collections.abc import Iterable
from datetime import date

from django.http import HttpResponseBase
from django.utils.translation import gettext as _

from regions.models import Region
from regions.month import iso_month
from regions.signed_in import SignedInRequest
from regions.views.table_file import table_file
from reports.selectors.months.matrix import MatrixRow, list_matrix_rows


def matrix_file(request: SignedInRequest, region: Region, last: date) -> HttpResponseBase:
    head = [_("kode_wilayah"), _("wilayah"), _("bulan"), _("status"), _("terkunci"), _("jatuh_tempo")]
    head += [_("laporan_belum_masuk"), _("perubahan_sejak_disetujui")]
    return table_file(
        request,
        name=f"bulan-laporan-{region.pk}-{iso_month(last)}",
        subject=_("bulan laporan"),
        header=head,
        rows=_cells(list_matrix_rows(request.user, region, last)),
        region_code=region.pk,
    )


def _cells(rows: Iterable[MatrixRow]) -> Iterable[list[object]]:
    for row in rows:
        for cell in row.cells:
            locked = _("ya") if cell.is_locked else _("tidak")
            missing = cell.cell.missing if cell.cell else ""
            place = [row.region.pk, row.region.full_label, iso_month(cell.month), cell.progress.label]
            yield [*place, locked, cell.due.isoformat(), missing, cell.changes]
