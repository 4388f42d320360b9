"""The map of coverage: squares or outlines, five classes that print in grey, nothing dropped."""

import gzip
import html
import re
from datetime import date
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from participants.services.membership_count import record_membership_counts
from participants.services.workforce import record_workforces
from regions.formats import percent
from regions.models import Boundary, Region
from regions.services.boundary import load_boundaries
from reports.drawing.charts import Trend, TrendPoint
from reports.drawing.maps import EMPTY, FILLS, INKS, Area, class_labels, class_of, draw_map
from reports.drawing.trend_drawing import trend_svg
from reports.pack.assembly import assembled
from reports.pack.faces.pictures import pictures_of
from reports.selectors.packs.content import gather_pack
from reports.services.published_figure import load_published
from reports.services.recompute import recompute_stale
from tests.cast import KOTA_A
from tests.factories import MembershipCountFactory, WorkforceFactory
from tests.reports.packs import JULY_MONTH

CSS = Path(__file__).parents[2] / "static" / "css"
FONT = "sans-serif"


def area(code, label, value, href=""):
    text = "–" if value is None else percent(Decimal(value), 2)
    return Area(code, label, None if value is None else Decimal(value), text, href)


BANTEN = [
    area("36.71", "Kota Tangerang", "64.99", "/wilayah/36.71/"),
    area("36.72", "Kota Cilegon", "43.49", "/wilayah/36.72/"),
    area("36.73", "Kota Serang", None, "/wilayah/36.73/"),
]
PAST = area("91.01", "Kabupaten Merauke", "20.5")


def square(west, south, size=1):
    ring = [
        [west, south],
        [west + size, south],
        [west + size, south + size],
        [west, south + size],
        [west, south],
    ]
    return {"type": "Polygon", "coordinates": [ring]}


def every(svg, name):
    return ET.fromstring(svg).iter(f"{{http://www.w3.org/2000/svg}}{name}")  # noqa: S314 (our own drawing)


def marks(svg):
    """Name → (fill, dashes, title, address) of every named mark."""
    found = {}
    for link in every(svg, "a"):
        path = link[0]
        found[path.get("aria-label")] = (
            path.get("fill"),
            path.get("stroke-dasharray"),
            path[0].text,
            link.get("{http://www.w3.org/1999/xlink}href"),
        )
    return found


def texts(svg):
    return [one.text for one in every(svg, "text")]


def test_squares_carry_name_value_class_and_address():
    drawn = draw_map(BANTEN, {}, FONT)
    assert marks(drawn.svg) == {
        "Kota Tangerang: 64,99%": (FILLS[3], None, "Kota Tangerang: 64,99%", "/wilayah/36.71/"),
        "Kota Cilegon: 43,49%": (FILLS[2], None, "Kota Cilegon: 43,49%", "/wilayah/36.72/"),
        "Kota Serang: belum ada data": (EMPTY, "3,3", "Kota Serang: belum ada data", "/wilayah/36.73/"),
    }
    shown = texts(drawn.svg)
    assert {"64,99%", "43,49%", "–", "Kota", "Cilegon"} <= set(shown)
    assert shown[-6:] == [*class_labels(), "belum ada data"]
    assert drawn.absent == ()


def test_a_region_without_a_square_is_told_in_words():
    drawn = draw_map([*BANTEN, PAST], {}, FONT)
    assert drawn.absent == (PAST,)
    assert drawn.absent_text == "Tidak tergambar di peta: Kabupaten Merauke: 20,50%."
    assert draw_map([PAST], {}, FONT) is None


def test_outlines_are_drawn_as_soon_as_there_is_one():
    drawn = draw_map(BANTEN, {"36.71": square(106, -6), "99.99": square(0, 0)}, FONT)
    assert list(marks(drawn.svg)) == ["Kota Tangerang: 64,99%"]
    assert [one.code for one in drawn.absent] == ["36.72", "36.73"]
    assert drawn.absent_text == (
        "Tidak tergambar di peta: Kota Cilegon: 43,49%; Kota Serang: belum ada data."
    )


def test_north_is_up_and_an_outline_fills_only_itself():
    """On a sphere a ring drawn the other way round would be all but the region."""
    outlines = {"36.71": square(106, -5), "36.72": square(106, -7), "36.73": square(107, -7)}
    drawn = draw_map(BANTEN, outlines, FONT)
    paths = {
        path.get("aria-label").split(":")[0]: [float(n) for n in re.findall(r"-?[\d.]+", path.get("d"))]
        for path in every(drawn.svg, "path")
        if path.get("aria-label")
    }
    north, south = paths["Kota Tangerang"][1::2], paths["Kota Cilegon"][1::2]
    assert max(north) < min(south)
    east = paths["Kota Serang"][0::2]
    assert min(east) >= max(paths["Kota Cilegon"][0::2])
    assert max(south) - min(south) == pytest.approx(max(north) - min(north), abs=0.2)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("0", 0),
        ("19.99", 0),
        ("20", 1),
        ("34.99", 1),
        ("35", 2),
        ("50", 3),
        ("64.99", 3),
        ("65", 4),
        ("117", 4),
    ],
)
def test_a_lower_limit_belongs_to_its_class(value, expected):
    assert class_of(Decimal(value)) == expected


def test_classes_are_named_in_the_percent_of_the_house():
    assert class_labels() == [
        "di bawah 20%",
        "20% sampai di bawah 35%",
        "35% sampai di bawah 50%",
        "50% sampai di bawah 65%",
        "65% atau lebih",
    ]


def light(colour):
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    dark, bright = sorted((light(one), light(other)))
    return (bright + 0.05) / (dark + 0.05)


def tokens():
    """The scale of the light and of the dark theme."""
    found = re.findall(r"--scale-\d: (#\w{6});", (CSS / "tokens.css").read_text())
    return tuple(found[:5]), tuple(found[5:])


def test_the_scale_is_told_apart_in_grey_and_letters_are_read_on_it():
    bright, dark = tokens()
    assert bright == FILLS
    for theme in (bright, dark):
        assert all(contrast(one, other) >= 1.3 for one, other in pairwise(theme))
    assert [light(one) for one in bright] == sorted(map(light, bright), reverse=True)
    assert all(contrast(fill, ink) >= 4.5 for fill, ink in zip(bright, INKS, strict=True))


def test_letters_are_read_in_the_dark_too():
    """As the style sheet turns them: those of the light classes white, that of the darkest black."""
    css = (CSS / "maps.css").read_text()
    turned = dict(re.findall(r'text\[fill="(#\w+)"\] \{\s*fill: (#\w+);', css))
    assert set(turned) == {INKS[0], INKS[4]}
    inks = [turned.get(ink, ink) for ink in INKS]
    assert all(contrast(fill, ink) >= 4.5 for fill, ink in zip(tokens()[1], inks, strict=True))


def test_addresses_in_drawings_stay_in_the_house():
    points = [TrendPoint(date(2025, month, 1), Decimal(40), f"/angka/36/2025-0{month}/") for month in (1, 2)]
    for svg in (trend_svg(Trend(points), "UCJ"), draw_map(BANTEN, {}, FONT).svg):
        addresses = re.findall(r'xlink:href="([^"]*)"', svg)
        assert len(addresses) >= 2
        assert all(address.startswith(("/angka/", "/wilayah/")) for address in addresses)


@pytest.fixture
def published(cast, system):
    load_published(by=system)
    recompute_stale()


def section(page):
    found = re.search(r'<section class="section map">(.*?)</section>', page, re.S)
    return found.group(1) if found else ""


@pytest.mark.parametrize(
    ("code", "month", "known", "count"),
    [
        ("ID", "2025-03", "Provinsi Bali: 49,90%", 38),
        ("36", "2025-07", "Kota Cilegon: 43,49%", 8),
    ],
)
def test_a_board_shows_the_map_of_what_is_below(published, cast, client_of, code, month, known, count):
    page = client_of(cast.dewi).get(f"/wilayah/{code}/?periode={month}").content.decode()
    found = marks(re.search(r"<svg.*?</svg>", section(page), re.S).group())
    below = {
        region.full_label: region.code for region in Region.objects.filter(parent=code, valid_until=None)
    }
    assert len(found) == count
    assert known in found
    for name, (_fill, _dashes, title, address) in found.items():
        assert title == name
        assert address == f"/wilayah/{below[name.partition(': ')[0]]}/?periode={month}"
    assert 'href="#peringkat"' in section(page)
    assert 'id="peringkat"' in page


def test_a_regency_and_a_month_without_figures_have_no_map(published, cast, client_of):
    client = client_of(cast.dewi)
    for address in (f"/wilayah/{KOTA_A}/?periode=2025-07", "/wilayah/36/?periode=2019-01"):
        page = client.get(address).content.decode()
        assert "<h1" in page
        assert section(page) == ""


def test_regencies_before_their_province_was_split_are_told_under_the_map(cast, system, client_of):
    """In 2021 Merauke was in Papua; today's grid of Papua has no square for it."""
    month = date(2021, 3, 1)
    for code, members in (("91.01", 30_000), ("91.03", 20_000)):
        record_workforces([WorkforceFactory(region_id=code, year=2021, workers=100_000)], by=system)
        record_membership_counts(
            [MembershipCountFactory(region_id=code, month=month, members=members)], by=system
        )
    recompute_stale()
    page = client_of(cast.dewi).get("/wilayah/91/?periode=2021-03").content.decode()
    told = html.unescape(section(page))
    assert "Kabupaten Merauke: 30,00%" in told.partition("Tidak tergambar di peta: ")[2]
    assert "Kabupaten Jayapura: 20,00%" in told.partition("Tidak tergambar di peta: ")[0]


def test_boards_and_packs_draw_the_outlines_that_were_loaded(published, cast, client_of):
    for code, west in (("36.72", 105.9), ("36.71", 106.6)):
        Boundary.objects.create(region_id=code, geometry=square(west, -6.2, 0.2), source="uji")
    page = client_of(cast.dewi).get("/wilayah/36/?periode=2025-07").content.decode()
    drawn = marks(re.search(r"<svg.*?</svg>", section(page), re.S).group())
    assert set(drawn) == {"Kota Cilegon: 43,49%", "Kota Tangerang: belum ada data"}
    told = html.unescape(section(page)).partition("Tidak tergambar di peta: ")[2]
    assert "Kota Serang: belum ada data" in told
    assert "Kabupaten Lebak: belum ada data" in told
    content = assembled(gather_pack(Region.objects.get(code="36"), JULY_MONTH))
    (picture,) = [one for one in pictures_of(content) if one.chart.shape == "map"]
    assert "geoshape" in picture.svg
    assert "Kota Cilegon: 43,49%" in picture.alt
    assert "Kota Serang: belum ada data" in picture.note
    assert "<a " not in picture.svg
    plain = content.sha256
    Boundary.objects.all().delete()
    again = assembled(gather_pack(Region.objects.get(code="36"), JULY_MONTH))
    assert again.sha256 == plain


def test_the_nation_with_its_real_outlines_stays_light(published, cast, client_of):
    path = Path(__file__).parents[3] / "shared" / "data" / "boundaries" / "provinces.geojson"
    if not path.exists():
        pytest.skip("batas wilayah tidak ada di ../shared/data/boundaries")
    load_boundaries(content=path.read_bytes(), source="uji", by=cast.admin)
    page = client_of(cast.dewi).get("/wilayah/ID/?periode=2025-03").content
    assert len(marks(re.search(r"<svg.*</svg>", section(page.decode()), re.S).group())) == 38
    # The house's files of a first view weigh 32 kB beside it.
    assert len(gzip.compress(page)) < 50_000
