"""Loading the tree of regions."""

import itertools
from collections.abc import Iterable
from pathlib import Path

from django.db import connection

from regions.enums import Level, RegionKind
from regions.importers.reference_csv import Row, optional_date, read_rows
from regions.models import Region
from regions.models.region import ancestor_codes, level_of
from regions.services.reference_file import load_once

DATA = Path(__file__).resolve().parent.parent / "data"
# The first digit of a village's own block tells its kind (Permendagri 58/2021).
_VILLAGE_KINDS = {"1": RegionKind.KELURAHAN, "2": RegionKind.DESA, "3": RegionKind.DESA_ADAT}
_COLUMNS = ["name", "level", "kind", "parent", "bps_code", "valid_from", "valid_until"]


def load_regions(*, force: bool = False, down_to: Level = Level.VILLAGE) -> int:
    """The tree from the nation down to a level, from our own tables. Idempotent."""
    paths = [DATA / name for name in ("regions.csv", "districts.csv", "villages.csv")]
    paths = paths[: max(1, down_to - Level.PROVINCE)]
    return load_once("regions", paths, lambda: _load(paths), force=force)


def _load(paths: list[Path]) -> int:
    tables = [read_rows(path) for path in paths]
    upper = [_region(row, row["kind"]) for row in tables[0]]
    for level in (Level.NATION, Level.PROVINCE, Level.REGENCY):
        _store(region for region in upper if region.level == level)
    _store(_region(row, RegionKind.DISTRICT) for row in itertools.chain(*tables[1:2]))
    _store(_region(row, _village_kind(row)) for row in itertools.chain(*tables[2:3]))
    _link_predecessors(tables[0])
    _analyze()
    return sum(map(len, tables))


def _analyze() -> None:
    """Count the rows for the planner, before they can be seen.

    What the database counts by itself in the middle of the loading finds many pages and no rows. Until it
    counts again, regions and their parents are joined by going through all of them for each of them: minutes.
    """
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {Region._meta.db_table}")


def _village_kind(row: Row) -> RegionKind:
    return _VILLAGE_KINDS[row["code"].rsplit(".", 1)[1][0]]


def _link_predecessors(rows: list[Row]) -> None:
    replaced = {row["code"]: row["replaced_by"] for row in rows if row["replaced_by"]}
    predecessors = list(Region.objects.filter(code__in=replaced))
    for region in predecessors:
        region.replaced_by_id = replaced[region.code]
    Region.objects.bulk_update(predecessors, ["replaced_by"])


def _region(row: Row, kind: str) -> Region:
    code = row["code"]
    return Region(
        code=code,
        name=row["name"],
        kind=kind,
        level=level_of(code),
        parent_id=next(reversed(ancestor_codes(code)), None),
        bps_code=row.get("bps_code", ""),
        valid_from=optional_date(row.get("valid_from", "")),
        valid_until=optional_date(row.get("valid_until", "")),
    )


def _store(regions: Iterable[Region]) -> None:
    Region.objects.bulk_create(
        regions,
        batch_size=5000,
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=_COLUMNS,
    )
