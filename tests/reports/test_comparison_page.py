"""Regions side by side: within what a person may see, by figures that lead to their explanation."""

import re
from datetime import date
from decimal import Decimal
from html import unescape
from itertools import pairwise

import pytest

from participants.services.membership_count import record_membership_counts
from participants.services.workforce import record_workforces
from regions.models import Region
from reports.drawing.charts import TrendPoint
from reports.drawing.comparison import NARROW_ROOM, WIDE_ROOM, ComparedLine, comparison_svg
from reports.drawing.style import PAPER
from reports.selectors.boards.side_by_side import compare_regions, list_peers
from reports.services.recompute import recompute_stale
from tests.cast import KOTA_A, KOTA_B, NATION, PROVINCE
from tests.factories import MembershipCountFactory, WorkforceFactory
from tests.reports.packs import pdf_text, squeezed
from tests.reports.test_board_files import shown_words
from tests.reports.test_pages import text_of

JULY, BEFORE = date(2025, 7, 1), date(2024, 7, 1)


@pytest.fixture
def two_cities(cast, system):
    at = [(code, year) for code in (KOTA_A, KOTA_B) for year in (2024, 2025)]
    rows = [WorkforceFactory(region_id=code, year=year, workers=1_000) for code, year in at]
    record_workforces(rows, by=system)
    told = ((KOTA_A, BEFORE, 400), (KOTA_A, JULY, 500), (KOTA_B, JULY, 300))
    counts = [MembershipCountFactory(region_id=code, month=month, members=n) for code, month, n in told]
    record_membership_counts(counts, by=system)
    recompute_stale()


def test_each_stands_by_its_own_figures_and_its_year(two_cities, cast):
    regions = [Region.objects.get(pk=code) for code in (KOTA_B, KOTA_A, PROVINCE)]
    found = compare_regions(cast.dewi, regions, JULY)
    assert [row.region.code for row in found] == [KOTA_B, KOTA_A, PROVINCE]
    assert [str(row.coverage.rate) for row in found] == ["30.00", "50.00", "40.00"]
    assert found[0].year_before is None
    assert (found[1].year_before.numerator, found[1].verdict) == (400, "")
    # A year ago one region reported, now two do: that is no fall.
    assert "tidak dihitung" in found[2].verdict
    assert [len(row.trend) for row in found] == [1, 2, 2]


def test_peers_are_those_beside_and_above_within_the_scope(cast):
    city, province = (Region.objects.get(pk=code) for code in (KOTA_A, PROVINCE))
    assert list_peers(cast.wayan, city) == []
    beside = {region.code for region in list_peers(cast.lestari, city)}
    assert {KOTA_B, PROVINCE} <= beside and KOTA_A not in beside and NATION not in beside
    assert NATION in {region.code for region in list_peers(cast.dewi, province)}


def test_the_page_compares_and_nobody_sees_more_than_they_may(two_cities, cast, client_of):
    address = f"/wilayah/{KOTA_A}/banding/?periode=2025-07&dengan={KOTA_B}"
    page = client_of(cast.lestari).get(address)
    shown = text_of(page)
    assert all(words in shown for words in ("50,00%", "30,00%", "+10,00 poin persentase"))
    assert f'href="/angka/{KOTA_B}/2025-07/COV-01/"' in page.content.decode()
    assert client_of(cast.wayan).get(address).status_code == 404
    assert client_of(cast.wayan).get(f"/wilayah/{KOTA_A}/banding/").status_code == 200
    lines = (
        client_of(cast.lestari).get(address.replace("banding/", "banding.csv")).content.decode("utf-8-sig")
    )
    rows = [line.split(";") for line in lines.split("\r\n")[1:-1]]
    assert [(row[3], *row[9:12]) for row in rows if row[3] == "COV-01"] == [
        ("COV-01", "500", "1000", "50,00"),
        ("COV-01", "300", "1000", "30,00"),
    ]


def test_its_files_say_what_the_page_says(two_cities, cast, client_of):
    """And they are got by whom the page is shown to, where it draws anything."""
    client, address = client_of(cast.lestari), f"/wilayah/{KOTA_A}/banding/?periode=2025-07&dengan={KOTA_B}"
    page = client.get(address).content.decode()
    (pdf,) = re.findall(r'href="([^"]*banding\.pdf[^"]*)"', page)
    (png,) = re.findall(r'href="([^"]*banding\.png[^"]*)"', page)
    answer = client.get(unescape(pdf))
    assert answer["Content-Disposition"] == 'attachment; filename="banding-36.72-2025-07.pdf"'
    told = pdf_text(answer.content)
    words = shown_words(page[page.index('<section class="section">') : page.index("</main>")])
    assert len(words) > 40
    assert [word for word in words if squeezed(word) not in told] == []
    assert squeezed("Perbandingan Kota Cilegon dengan wilayah lain") in told
    assert squeezed(unescape(f"/banding/?periode=2025-07&dengan={KOTA_B}")) in told
    image = client.get(unescape(png))
    assert image["Content-Disposition"] == 'attachment; filename="banding-36.72-2025-07.png"'
    assert image.content.startswith(b"\x89PNG")
    for name in ("banding.pdf", "banding.png"):
        assert client_of(cast.wayan).get(address.replace("banding/", name)).status_code == 404
    nothing = f"/wilayah/{KOTA_B}/banding.png?periode=2025-07"
    assert client.get(nothing).status_code == 404


def test_no_label_stands_upon_another():
    """Eight lines that end within a point of each other."""
    months = [date(2025, month, 1) for month in range(1, 7)]
    lines = [
        ComparedLine(f"Kota {at}", [TrendPoint(month, Decimal(400 + at) / 10) for month in months])
        for at in range(8)
    ]
    svg = comparison_svg(lines, "UCJ")
    heights = [float(y) for y in re.findall(r"translate\(648,(-?[\d.]+)\)", svg)]
    assert len(heights) == 8
    ordered = sorted(heights)
    assert min(b - a for a, b in pairwise(ordered)) >= 13
    assert comparison_svg([ComparedLine("Kota", [TrendPoint(months[0], Decimal(40))])], "UCJ") == ""


def dashes_of(svg):
    """Of each drawn line, whether it is dashed, and through how many points it goes."""
    paths = re.findall(r'<path [^>]*?d="([^"]*)"[^>]*?stroke-width="2.5"([^>]*)>', svg)
    return sorted(("stroke-dasharray" in rest, len(re.findall("[ML]", path))) for path, rest in paths)


def test_open_months_are_dashes_and_a_ring_at_the_end():
    months = [date(2025, month, 1) for month in range(1, 7)]
    points = [TrendPoint(month, Decimal(40), is_open=at >= 4) for at, month in enumerate(months)]
    for room in (WIDE_ROOM, NARROW_ROOM):
        svg = comparison_svg([ComparedLine("Kota", points)], "UCJ", room)
        # Four closed months, then dashes from the last of them on.
        assert dashes_of(svg) == [(False, 4), (True, 3)]
        closed = comparison_svg([ComparedLine("Kota", points[:4])], "UCJ", room)
        assert dashes_of(closed) == [(False, 4)]
        assert (svg.count(f'fill="{PAPER}"'), closed.count(f'fill="{PAPER}"')) == (1, 0)
