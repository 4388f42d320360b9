from collections.abc import Iterable
from datetime import date
from fractions import Fraction

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response

from regions.access import get_region, scope_of
from regions.models import Region
from regions.month import add_months, first_of, iso_month, parse_month
from regions.roles import Permission
from regions.signed_in import SignedInRequest
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


def _month(text: str) -> date:
    try:
        return parse_month(text)
    except ValueError as error:
        raise Http404(text) from error


def _months(request: SignedInRequest, region: Region) -> tuple[date, date]:
    """As the address asks; otherwise the month that the board shows and the one before it."""
    asked = request.GET.get("sampai", "")
    last = _month(asked) if asked else newest_told_of(request.user, region) or first_of(localdate())
    before = request.GET.get("dari", "")
    months = (_month(before) if before else add_months(last, -1)), last
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


@api_view(["GET", "HEAD"])
def changes(request: Request, code: str, first: str, last: str) -> Response:
    """The steps of each change; fractions are texts such as `61/200`, so that nothing is rounded."""
    region = get_region(request.user, code, Permission.VIEW_COVERAGE)
    months = _month(first), _month(last)
    require_all_told(request.user, region, *months)
    told = [_written(move) for move in moves_of(region, months)]
    return Response(
        {"region": code, "from": iso_month(months[0]), "to": iso_month(months[1]), "changes": told}
    )


def _written(move: Move) -> dict[str, object]:
    return {
        "code": move.code,
        "before": _exact(move.before),
        "after": _exact(move.after),
        "change": _exact(move.change),
        "why_not": move.why_not or None,
        "steps": [
            {
                "kind": step.kind,
                "label": str(step.label),
                "region": step.region or None,
                "numerator": step.people,
                "denominator": step.workers,
                "effect": str(step.effect),
            }
            for step in move.steps
        ],
    }


def _exact(value: Fraction | None) -> str | None:
    return None if value is None else str(value)
