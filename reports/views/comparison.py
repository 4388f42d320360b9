from collections.abc import Sequence

from django.conf import settings
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from regions.access import get_region, get_regions, scope_of
from regions.formats import month_name
from regions.models import Region
from regions.month import iso_month
from regions.roles import Permission
from regions.signed_in import SignedInRequest
from regions.views.csv_file import csv_file
from reports.drawing.charts import TrendPoint
from reports.drawing.comparison import NARROW_ROOM, WIDE_ROOM, ComparedLine, comparison_svg
from reports.measures.catalogue import MEASURES
from reports.paper.blocks import Block, blocks_of
from reports.paper.setting import drawing_png, page_pdf
from reports.selectors.boards.side_by_side import (
    MOST,
    SHOWN,
    ComparedRegion,
    compare_regions,
    list_peers,
    newest_month,
)
from reports.selectors.standing import require_told
from reports.views.board_pictures import BoardChart
from reports.views.breadcrumbs import region_trail
from reports.views.export import VALUE_HEADER, value_row
from reports.views.paper_files import drawn_of, origin_of, paper_file
from reports.views.requests import period_of

_TABLE = "tabel-banding"


def _asked(request: SignedInRequest, code: str) -> tuple[Region, list[ComparedRegion]]:
    """The region of the address first, then those chosen; whoever may not be seen is not found."""
    region = get_region(request.user, code, Permission.VIEW_COVERAGE)
    codes = [one for one in dict.fromkeys(request.GET.getlist("dengan")) if one != code][: MOST - 1]
    others = get_regions(request.user, codes, Permission.VIEW_COVERAGE)
    month = period_of(request) or newest_month(request.user, region)
    require_told(request.user, region, month)
    return region, compare_regions(request.user, [region, *others], month)


@require_safe
def region_comparison(request: SignedInRequest, code: str) -> HttpResponse:
    """Two to eight regions side by side."""
    region, rows = _asked(request, code)
    chosen = {row.region.code for row in rows}
    context = {
        "region": region,
        "month": rows[0].month,
        "rows": rows,
        "peers": [(peer, peer.code in chosen) for peer in list_peers(request.user, region)],
        "most": MOST,
        "trail": region_trail(scope_of(request.user), region),
        "query": _query(rows),
        "parts": _parts(rows),
    }
    return render(request, "reports/region_comparison.html", context)


def _parts(rows: Sequence[ComparedRegion]) -> SafeString:
    """What the page and its PDF say alike."""
    context = {
        "month": rows[0].month,
        "rows": rows,
        "headings": [MEASURES[one].label for one in SHOWN[1:]],
        "chart": _chart(rows),
        "table_id": _TABLE,
    }
    return render_to_string("reports/_comparison_parts.html", context)


def _chart(rows: Sequence[ComparedRegion]) -> BoardChart | None:
    title = _("UCJ wilayah yang dibandingkan")
    lines = [
        ComparedLine(
            row.region.label,
            [
                TrendPoint(v.run.period, v.rate, is_open=not v.run.closing)
                for v in row.trend
                if v.rate is not None
            ],
        )
        for row in rows
    ]
    wide, narrow = (comparison_svg(lines, title, room) for room in (WIDE_ROOM, NARROW_ROOM))
    path = reverse("region_comparison_picture", args=[rows[0].region.code])
    return BoardChart(wide, narrow, f"{path}?{_query(rows)}") if wide else None


def _query(rows: Sequence[ComparedRegion]) -> str:
    """The month and the regions that are shown, whatever the address left to us."""
    query = QueryDict(mutable=True)
    query["periode"] = iso_month(rows[0].month)
    query.setlist("dengan", [row.region.code for row in rows[1:]])
    return query.urlencode()


@require_safe
def region_comparison_csv(request: SignedInRequest, code: str) -> HttpResponse:
    _region, rows = _asked(request, code)
    lines = (
        value_row(row.region.code, row.region.full_label, row.month, row.values[code])
        for row in rows
        for code in SHOWN
        if code in row.values
    )
    return csv_file(f"{_name(rows)}.csv", VALUE_HEADER, lines)


@require_safe
def region_comparison_pdf(request: SignedInRequest, code: str) -> HttpResponse:
    region, rows = _asked(request, code)
    title = _("Perbandingan %(region)s dengan wilayah lain") % {"region": region.full_label}
    address, blocks, month = _address(rows), _blocks(rows), month_name(rows[0].month)
    told = {"title": f"{title}, {month}", "region": title, "under": [month], "blocks": blocks}
    data = origin_of(address) | told
    return paper_file(request, lambda: page_pdf(data), f"{_name(rows)}.pdf", address)


@require_safe
def region_comparison_picture(request: SignedInRequest, code: str) -> HttpResponse:
    region, rows = _asked(request, code)
    address = _address(rows)
    under = [f"{region.full_label}, {month_name(rows[0].month)}"]
    data = origin_of(address) | drawn_of(_blocks(rows), _TABLE) | {"under": under}
    return paper_file(request, lambda: drawing_png(data), f"{_name(rows)}.png", address)


def _address(rows: Sequence[ComparedRegion]) -> str:
    return f"{reverse('region_comparison', args=[rows[0].region.code])}?{_query(rows)}"


def _blocks(rows: Sequence[ComparedRegion]) -> list[Block]:
    return blocks_of(_parts(rows), settings.PUBLIC_URL)


def _name(rows: Sequence[ComparedRegion]) -> str:
    return f"banding-{rows[0].region.code}-{iso_month(rows[0].month)}"
