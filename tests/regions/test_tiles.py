"""Every region of today has one square in the grid of its parent, about where it lies."""

import json
from collections import Counter
from pathlib import Path

import pytest

from regions.enums import Level
from regions.importers.reference_csv import read_rows
from regions.models import Region
from regions.tiles import tile_of

BOUNDARIES = Path(__file__).parents[3] / "shared" / "data" / "boundaries"
TILES = Path(__file__).parents[2] / "regions" / "data" / "tiles.csv"
# As a share of the width or height of the map; nearer pairs stand as the grid has room.
FAR = 0.3


def existing():
    return Region.objects.filter(level__in=[Level.PROVINCE, Level.REGENCY], valid_until=None)


def test_every_region_of_today_has_exactly_one_tile(db):
    listed = Counter(row["code"] for row in read_rows(TILES))
    assert listed == Counter(existing().values_list("code", flat=True))
    assert len(listed) == 38 + 514


def test_no_two_share_a_square_of_a_grid(db):
    squares = Counter(
        (region.parent_id, tile.column, tile.row) for region in existing() if (tile := tile_of(region.code))
    )
    assert [square for square, count in squares.items() if count > 1] == []
    assert max(column for _parent, column, _row in squares) < 13
    assert max(row for _parent, _column, row in squares) < 9


def test_a_region_of_the_past_has_none(db):
    past = Region.objects.filter(level=Level.REGENCY).exclude(valid_until=None)
    assert past.count() == 26
    assert [region.code for region in past if tile_of(region.code)] == []


def test_short_names_tell_a_city_and_are_told_apart(db):
    names = Counter()
    for region in existing():
        short = tile_of(region.code).short
        names[region.parent_id, short] += 1
        assert short.startswith("Kota ") == (region.kind.startswith("kota")), region
        assert max(map(len, short.split())) <= 13
    assert max(names.values()) == 1


def centres(name):
    """Middles of the boxes around the regions, which are enough to tell west from east."""
    path = BOUNDARIES / name
    if not path.exists():
        pytest.skip("batas wilayah tidak ada di ../shared/data/boundaries")
    found = {}
    for feature in json.loads(path.read_text())["features"]:
        points = list(flat(feature["geometry"]["coordinates"]))
        middle = [(min(axis) + max(axis)) / 2 for axis in zip(*points, strict=True)]
        found[feature["properties"]["code"]] = middle
    return found


def flat(coordinates):
    if isinstance(coordinates[0], int | float):
        yield coordinates
        return
    for part in coordinates:
        yield from flat(part)


@pytest.mark.parametrize("name", ["provinces.geojson", "regencies.geojson"])
def test_far_pairs_keep_west_and_east_north_and_south(db, name):
    found = centres(name)
    parents = {code: code.rpartition(".")[0] for code in found}
    compared = 0
    for parent in set(parents.values()):
        codes = [code for code in found if parents[code] == parent]
        wide, high = (
            max(found[code][axis] for code in codes) - min(found[code][axis] for code in codes)
            for axis in (0, 1)
        )
        for one in codes:
            for other in codes:
                if found[one][0] < found[other][0] - FAR * wide:
                    assert tile_of(one).column <= tile_of(other).column, (one, other)
                    compared += 1
                if found[one][1] > found[other][1] + FAR * high:
                    assert tile_of(one).row <= tile_of(other).row, (one, other)
                    compared += 1
    assert compared > 500
