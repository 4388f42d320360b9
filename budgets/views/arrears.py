from collections.abc import Iterable
from datetime import date
from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from budgets.selectors.arrears import (
    ArrearsTable,
    Due,
    Sum,
    arrears_table,
    list_places,
    open_books,
    sum_shown,
)
from budgets.selectors.lapse import list_lapses
from budgets.selectors.told_year import arrears_month
from budgets.views.asked import asked_month
from regions.access import get_region, home_codes, require_anywhere
from regions.enums import Level
from regions.models import Region
from regions.month import iso_month
from regions.roles import Permission
from regions.signed_in import SignedInRequest
from regions.views.table_file import asked_file, table_file


@require_safe
def arrears_index(request: SignedInRequest) -> HttpResponse:
    """To the place that the person's own pages start from."""
    require_anywhere(request.user, Permission.VIEW_DRAFTS)
    return redirect("arrears", home_codes(request.user)[0])


@require_safe
def arrears(request: SignedInRequest, code: str) -> HttpResponseBase:
    """What is due and what came in; of a province or the nation the places below it."""
    region, period = _asked(request, code)
    if asked_file(request):
        return _file(request, region, period)
    context: dict[str, Any] = {"region": region, "month": period}
    if region.level < Level.REGENCY:
        places = list_places(request.user, region, period)
        context |= {"places": places, "total": sum_shown(line.sum for line in places)}
        return render(request, "budgets/arrears_places.html", context)
    books = open_books(request.user, region, period)
    context |= {"table": arrears_table(books, period), "lapses": list_lapses(books, period)}
    return render(request, "budgets/arrears.html", context)


def _asked(request: SignedInRequest, code: str) -> tuple[Region, date]:
    region = get_region(request.user, code, Permission.VIEW_DRAFTS)
    return region, asked_month(request, lambda: arrears_month(request.user, code))


def _file(request: SignedInRequest, region: Region, period: date) -> HttpResponseBase:
    """The rows of the page's table; whole rupiah, an empty cell where nothing is known."""
    if region.level < Level.REGENCY:
        places = list_places(request.user, region, period)
        rows = [[line.region.pk, line.region.full_label, *_numbers(line.sum)] for line in places]
        head = [_("kode_wilayah"), _("wilayah")]
    else:
        rows = list(_rows(arrears_table(open_books(request.user, region, period), period)))
        head = [_("bulan"), _("sumber_dana")]
    head += [_("terutang"), _("diterima"), _("selisih")]
    head += [_("tunggakan"), _("belum_jatuh_tempo"), _("lebih_bayar"), _("orang_tanpa_tarif")]
    return table_file(
        request,
        name=f"tunggakan-{region.pk}-{iso_month(period)}",
        subject=_("tunggakan iuran"),
        header=head,
        rows=rows,
        region_code=region.pk,
    )


def _rows(table: ArrearsTable) -> Iterable[list[object]]:
    for month in table.months:
        for line in month.lines:
            yield [iso_month(month.month), line.payer, *_numbers(line.cell)]


def _numbers(cell: Due | Sum) -> list[object]:
    return [
        *(cell.due, cell.received, cell.difference),
        *(cell.overdue, cell.running, cell.overpaid, cell.unpriced),
    ]
