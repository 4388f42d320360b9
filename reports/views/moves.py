from collections.abc import Iterable
from datetime import date
from fractions import Fraction

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from regions.access import get_region, scope_of
from regions.formats import month_name
from regions.models import Region
from regions.month import add_months, first_of, iso_month
from regions.roles import Permission
from regions.signed_in import SignedInRequest
from regions.views.asked import month_of
from regions.views.csv_file import csv_file
from reports.paper.blocks import Block, blocks_of
from reports.paper.setting import drawing_png, page_pdf
from reports.selectors.boards.board import newest_told_of
from reports.selectors.moves.page import moved_figures, moves_of, rows_of
from reports.selectors.moves.step import Move, decimal_of
from reports.selectors.run import periods_of
from reports.selectors.standing import require_all_told
from reports.views.breadcrumbs import region_trail
from reports.views.moved_pictures import PICTURED, moved_charts, table_of
from reports.views.paper_files import drawn_of, origin_of, paper_file

_HEADER = ["kode_wilayah", "ukuran", "dari", "sampai", "langkah", "sebab", "wilayah", "pembilang", "penyebut"]
_HEADER += ["perubahan", "perubahan_pembilang", "perubahan_penyebut"]


def _months(request: SignedInRequest, region: Region) -> tuple[date, date]:
    """As the address asks; otherwise the month that the board shows and the one before it."""
    asked = request.GET.get("sampai", "")
    last = month_of(asked) if asked else newest_told_of(request.user, region) or first_of(localdate())
    before = request.GET.get("dari", "")
    months = (month_of(before) if before else add_months(last, -1)), last
    require_all_told(request.user, region, *months)
    return months


@require_safe
def what_moved(request: SignedInRequest, code: str) -> HttpResponse:
    """By what coverage, people paid for and the balance changed between two months."""
    region = get_region(request.user, code, Permission.VIEW_COVERAGE)
    months = _months(request, region)
    context = {
        "region": region,
        "first": months[0],
        "last": months[1],
        "periods": periods_of(request.user, region),
        "trail": region_trail(scope_of(request.user), region),
        "asked": _query(months),
        "parts": _parts(region, months),
    }
    return render(request, "reports/what_moved.html", context)


def _query(months: tuple[date, date]) -> str:
    return f"dari={iso_month(months[0])}&sampai={iso_month(months[1])}"


def _parts(region: Region, months: tuple[date, date]) -> SafeString:
    """What the page and its PDF say alike."""
    asked = _query(months)
    context = {
        "first": months[0],
        "last": months[1],
        "charts": moved_charts(region.code, moved_figures(region, months), asked),
        "rows": [(rows.month, section) for rows in rows_of(region, months) for section in rows.sections],
        "asked": asked,
    }
    return render_to_string("reports/_moved_parts.html", context)


@require_safe
def what_moved_csv(request: SignedInRequest, code: str) -> HttpResponse:
    """A line for each step; the exact change is one whole number by another."""
    region = get_region(request.user, code, Permission.VIEW_COVERAGE)
    months = _months(request, region)
    return csv_file(f"{_name(region, months)}.csv", _HEADER, _lines(code, months, moves_of(region, months)))


@require_safe
def what_moved_pdf(request: SignedInRequest, code: str) -> HttpResponse:
    region = get_region(request.user, code, Permission.VIEW_COVERAGE)
    months = _months(request, region)
    title = _("Penyebab perubahan di %(region)s") % {"region": region.full_label}
    address, span, blocks = _address(region, months), _span(months), _blocks(region, months)
    told = {"title": f"{title}, {span}", "region": title, "under": [span], "blocks": blocks}
    data = origin_of(address) | told
    return paper_file(request, lambda: page_pdf(data), f"{_name(region, months)}.pdf", address)


@require_safe
def what_moved_picture(request: SignedInRequest, code: str, picture: str) -> HttpResponse:
    """One of the waterfalls."""
    region = get_region(request.user, code, Permission.VIEW_COVERAGE)
    months = _months(request, region)
    drawn = drawn_of(_blocks(region, months), table_of(PICTURED[picture]))
    address = _address(region, months)
    data = origin_of(address) | drawn | {"under": [f"{region.full_label}, {_span(months)}"]}
    name = f"{_name(region, months)}-{picture}.png"
    return paper_file(request, lambda: drawing_png(data), name, address)


def _blocks(region: Region, months: tuple[date, date]) -> list[Block]:
    return blocks_of(_parts(region, months), settings.PUBLIC_URL)


def _address(region: Region, months: tuple[date, date]) -> str:
    return f"{reverse('what_moved', args=[region.code])}?{_query(months)}"


def _span(months: tuple[date, date]) -> str:
    return _("%(first)s sampai %(last)s") % {"first": month_name(months[0]), "last": month_name(months[1])}


def _name(region: Region, months: tuple[date, date]) -> str:
    return f"perubahan-{region.code}-{iso_month(months[0])}-{iso_month(months[1])}"


def _lines(code: str, months: tuple[date, date], moves: Iterable[Move]) -> Iterable[list[object]]:
    for move in moves:
        for number, step in enumerate(move.steps, start=1):
            yield [
                *(code, move.code, *map(iso_month, months), number, str(step.label), step.region),
                *(
                    step.people,
                    step.workers,
                    _decimal(step.effect),
                    step.effect.numerator,
                    step.effect.denominator,
                ),
            ]


def _decimal(effect: Fraction) -> str:
    return f"{decimal_of(effect):.4f}".rstrip("0").rstrip(".").replace(".", ",")
