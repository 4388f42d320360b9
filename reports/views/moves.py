from collections.abc import Iterable
from datetime import date
from fractions import Fraction

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from regions.access import get_region, scope_of
from regions.models import Region
from regions.month import add_months, first_of, iso_month
from regions.roles import Permission
from regions.signed_in import SignedInRequest
from regions.views.asked import month_of
from regions.views.csv_file import csv_file
from reports.selectors.boards.board import newest_told_of
from reports.selectors.moves.page import moved_figures, moves_of, rows_of
from reports.selectors.moves.step import Move, decimal_of
from reports.selectors.run import periods_of
from reports.selectors.standing import require_all_told
from reports.views.breadcrumbs import region_trail
from reports.views.moved_pictures import moved_charts

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
    asked = f"dari={iso_month(months[0])}&sampai={iso_month(months[1])}"
    context = {
        "region": region,
        "first": months[0],
        "last": months[1],
        "periods": periods_of(request.user, region),
        "trail": region_trail(scope_of(request.user), region),
        "charts": moved_charts(moved_figures(region, months), asked),
        "rows": rows_of(region, months),
        "asked": asked,
    }
    return render(request, "reports/what_moved.html", context)


@require_safe
def what_moved_csv(request: SignedInRequest, code: str) -> HttpResponse:
    """A line for each step; the exact change is one whole number by another."""
    region = get_region(request.user, code, Permission.VIEW_COVERAGE)
    months = _months(request, region)
    name = f"perubahan-{code}-{iso_month(months[0])}-{iso_month(months[1])}.csv"
    return csv_file(name, _HEADER, _lines(code, months, moves_of(region, months)))


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
