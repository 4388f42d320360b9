"""Outlines loaded by a command: what is wrong is told; what is right replaces what was there."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from shapely.geometry import shape

from regions.enums import Verb
from regions.models import Act, Boundary
from regions.selectors.boundary import outlines_of

BOUNDARIES = Path(__file__).parents[3] / "shared" / "data" / "boundaries"


def ring(west, south, size=1.0):
    east, north = west + size, south + size
    return [[west, south], [east, south], [east, north], [west, north], [west, south]]


def feature(code, coordinates, kind="Polygon", **properties):
    return {
        "type": "Feature",
        "properties": {"code": code, **properties},
        "geometry": {"type": kind, "coordinates": coordinates},
    }


@pytest.fixture
def load(tmp_path, db):
    def run(*features, text=None, source="uji, lisensi bebas"):
        path = tmp_path / "batas.geojson"
        told = {"type": "FeatureCollection", "features": list(features)}
        path.write_text(json.dumps(told) if text is None else text)
        out = StringIO()
        call_command("load_boundaries", str(path), source=source, stdout=out)
        return out.getvalue()

    return run


def test_what_is_stored_skipped_mended_and_missing_is_told(load):
    crossed = [[110, -7], [111, -6], [111, -7], [110, -6], [110, -7]]
    said = load(
        feature("36", [ring(106, -7)]),
        feature("33", [crossed]),
        feature("31", []),
        feature("32", [106, -7], kind="Point"),
        feature("99", [ring(0, 0)]),
        feature("36.72.01", [ring(106, -6)]),
    )
    assert said.splitlines()[0] == "2 batas wilayah disimpan."
    assert said.splitlines()[1].startswith("34 kode tidak ada di peta: 11, 12, 13,")
    assert said.splitlines()[1].endswith(" dan 14 lagi.")
    assert said.splitlines()[2:] == [
        "2 kode berbentuk rusak dan tidak disimpan: 31, 32.",
        "2 kode tidak dikenal sebagai provinsi atau kabupaten/kota dan dilewati: 36.72.01, 99.",
        "1 kode bergaris silang dan dibetulkan: 33.",
    ]
    assert set(outlines_of(["36", "33", "31"])) == {"36", "33"}
    assert all(shape(row.geometry).is_valid for row in Boundary.objects.all())
    act = Act.objects.get(verb=Verb.LOADED, subject__startswith="batas wilayah")
    assert act.detail == {"rows": 2}


def test_loading_again_replaces_the_level_and_leaves_the_other(load):
    load(feature("36", [ring(106, -7)]), feature("32", [ring(107, -7)]))
    load(feature("36.72", [ring(106, -6, 0.2)]))
    load(feature("36", [ring(106, -7, 0.5)]), source="yang baru")
    assert list(Boundary.objects.order_by("region").values_list("region", "source")) == [
        ("36", "yang baru"),
        ("36.72", "uji, lisensi bebas"),
    ]
    assert shape(outlines_of(["36"])["36"]).bounds == (106, -7, 106.5, -6.5)


@pytest.mark.parametrize(
    ("features", "text", "words"),
    [
        ([], "<kml/>", "bukan GeoJSON"),
        ([], None, "bukan GeoJSON"),
        (
            [feature("36", [ring(106, -7)]), feature("36", [ring(106, -7)])],
            None,
            "Kode 36 ada lebih dari sekali",
        ),
        ([feature("36", [ring(655_000, 9_300_000)])], None, "Koordinat 36 bukan bujur dan lintang"),
        ([feature(36, [ring(106, -7)])], None, "Bentuk ke-1 tanpa kode wilayah"),
        ([feature("77", [ring(106, -7)])], None, "Tidak satu pun kode"),
    ],
)
def test_a_file_that_cannot_be_used_changes_nothing(load, features, text, words):
    load(feature("36", [ring(106, -7)]))
    with pytest.raises(CommandError, match=words) as refused:
        load(*features, text=text)
    assert str(refused.value).endswith("Tidak ada yang disimpan.")
    assert list(Boundary.objects.values_list("region", flat=True)) == ["36"]


def test_a_file_that_is_not_there_and_a_source_that_is_not_told(db, tmp_path):
    with pytest.raises(CommandError, match="tidak dapat dibaca"):
        call_command("load_boundaries", str(tmp_path / "tiada.geojson"), source="uji")
    with pytest.raises(CommandError, match="Sebutkan sumbernya"):
        call_command("load_boundaries", str(tmp_path / "tiada.geojson"), source=" ")


def test_neighbours_stay_closed_and_their_common_line_gets_simpler(load):
    """A border of a hundred small steps between two provinces becomes one and the same shorter line."""
    steps = [[107 + 0.005 * (at % 2), -7 + at / 100] for at in range(101)]
    west = [[106, -7], *steps, [106, -6], [106, -7]]
    east = [[108, -7], [108, -6], *reversed(steps), [108, -7]]
    load(feature("36", [west]), feature("32", [east]))
    found = outlines_of(["36", "32"])
    one, other = shape(found["36"]), shape(found["32"])
    assert one.intersection(other).area == pytest.approx(0, abs=1e-9)
    assert one.union(other).area == pytest.approx(2, abs=1e-6)
    assert len(found["36"]["coordinates"][0][0]) < 30


@pytest.mark.parametrize(
    ("name", "stored", "missing"),
    [
        ("provinces.geojson", 38, None),
        (
            "regencies.geojson",
            507,
            "7 kode tidak ada di peta: 12.73, 12.76, 13.74, 13.75, 31.01, 33.71, 35.76.",
        ),
    ],
)
def test_the_real_outlines_load_and_are_small(db, name, stored, missing):
    path = BOUNDARIES / name
    if not path.exists():
        pytest.skip("batas wilayah tidak ada di ../shared/data/boundaries")
    out = StringIO()
    call_command("load_boundaries", str(path), source="Badan Informasi Geospasial", stdout=out)
    lines = out.getvalue().splitlines()
    assert lines[0] == f"{stored} batas wilayah disimpan."
    assert [line for line in lines if "tidak ada di peta" in line] == ([missing] if missing else [])
    size = sum(len(json.dumps(row.geometry)) for row in Boundary.objects.all())
    assert size < path.stat().st_size / 2
