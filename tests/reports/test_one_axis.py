"""The same figures are drawn upon the same axis on pages, on paper, in Word, in workbooks and on slides."""

import re
from datetime import date
from io import BytesIO
from zipfile import ZipFile

import pytest
from pptx.chart.plot import LinePlot

from participants.services.membership_count import record_membership_counts
from participants.services.target import record_targets
from regions.formats import percent, whole
from regions.services.user import ensure_system_user
from reports.models import Pack
from reports.pack.assembly import assembled
from reports.pack.faces.pictures import pictures_of
from reports.pack.pictured import trend_of
from reports.selectors.boards.board import get_board
from reports.selectors.packs.content import gather_pack
from reports.services.recompute import recompute_stale
from reports.views.board_pictures import trend_chart
from tests.cast import KOTA_A, make_cast
from tests.conftest import make_figures
from tests.factories import MembershipCountFactory, TargetFactory
from tests.reports.packs import THIRD_QUARTER, file_of, made, slides

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def world(shared_rows):
    """Three months of a city with a target, and its pack."""
    cast, system = make_cast(), ensure_system_user()
    make_figures(system)
    record_membership_counts(
        [
            MembershipCountFactory(region_id=KOTA_A, month=date(2025, month, 1), members=members)
            for month, members in ((6, 70_000), (9, 79_000))
        ],
        by=system,
    )
    record_targets([TargetFactory(region_id=KOTA_A, year=2025, percent=55)], by=system)
    recompute_stale()
    return cast, made(cast.dewi, THIRD_QUARTER).pk


@pytest.fixture
def cast(world, db):
    return world[0]


@pytest.fixture
def pack(world, db):
    return Pack.objects.get(pk=world[1])


def ticks(svg):
    """What stands along the axis of percentages."""
    return re.findall(r">(-?[\d.,]+)%</text>", re.sub(r"[<]text[^>]*font-size=\"14px\".*?</text>", "", svg))


def test_the_line_has_one_axis_on_the_page_and_in_every_file(pack, cast):
    """The same figures: the page shows the same twelve months as the pack."""
    content = assembled(gather_pack(pack.region, THIRD_QUARTER))
    (chart,) = [one for one in content.charts if one.key == "trend"]
    (picture,) = [one for one in pictures_of(content) if one.chart.key == "trend"]
    page = trend_chart(get_board(cast.dewi, pack.region, THIRD_QUARTER.last))
    drawn = trend_of(chart, content)
    written = [whole(tick) for tick in drawn.axis.ticks]
    assert ticks(picture.svg) == ticks(page.wide) == ticks(page.narrow) == written
    assert drawn.axis.low == 0
    charts = [
        shape.chart for slide in slides(file_of(pack, "pptx")) for shape in slide.shapes if shape.has_chart
    ]
    (line,) = [one for one in charts if isinstance(one.plots[0], LinePlot)]
    scale = line.value_axis
    assert (scale.minimum_scale, scale.maximum_scale) == (0, float(drawn.axis.high))
    assert scale.major_unit == float(drawn.axis.step)
    assert excel_axes(file_of(pack, "xlsx"))["lineChart"] == (0, float(drawn.axis.high) / 100)
    named = [percent(point.rate, 2) for _turning, point in drawn.turnings()]
    assert named and all(text in picture.svg and text in page.wide for text in named)


def excel_axes(content):
    """Kind of chart → least and most of its axis of amounts, of those that have both."""
    found = {}
    with ZipFile(BytesIO(content)) as archive:
        for name in (one for one in archive.namelist() if one.startswith("xl/charts/chart")):
            text = archive.read(name).decode()
            kind = re.search(r"<c:(lineChart|barChart)>", text).group(1)
            ends = [float(re.search(rf'<c:{end} val="([\d.]+)"/>', text).group(1)) for end in ("min", "max")]
            found.setdefault(kind, tuple(ends))
    return found


def test_letters_of_pictures_are_large_enough(pack):
    content = assembled(gather_pack(pack.region, THIRD_QUARTER))
    sizes = [
        float(size)
        for picture in pictures_of(content)
        if picture.chart.shape != "map"
        for size in re.findall(r'font-size="([\d.]+)px"', picture.svg)
    ]
    assert sizes and min(sizes) >= 13
