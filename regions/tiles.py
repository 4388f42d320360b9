"""Squares near their places: the map of regions whose outline was never loaded, and of small screens."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from regions.importers.reference_csv import read_rows

_PATH = Path(__file__).resolve().parent / "data" / "tiles.csv"


@dataclass(frozen=True)
class Tile:
    """Where a region stands in the grid of its parent, from the upper left; `short` fits into a square."""

    column: int
    row: int
    short: str


def tile_of(code: str) -> Tile | None:
    """None for regions of the past: the grids are those of today."""
    return _tiles().get(code)


@lru_cache
def _tiles() -> dict[str, Tile]:
    return {row["code"]: Tile(int(row["column"]), int(row["row"]), row["short"]) for row in read_rows(_PATH)}
