"""Loading the offices and institutions that come with the application."""

from datetime import date
from pathlib import Path

from django.utils.translation import gettext as _

from regions.importers.reference_csv import Row, is_yes, read_rows
from regions.models import Institution, Office, OfficeCoverage
from regions.services.reference_file import load_once

DATA = Path(__file__).resolve().parent.parent / "data"
# The table says who serves which region, not since when: it stands for the time of our figures.
_COVERAGE_FROM = date(2021, 1, 1)


def load_offices(*, force: bool = False) -> int:
    """BPJS offices and the regions they serve. Idempotent."""
    path = DATA / "offices.csv"
    return load_once("offices", [path], lambda: _load_offices(read_rows(path)), force=force)


def load_institutions(*, force: bool = False) -> int:
    path = DATA / "institutions.csv"
    return load_once("institutions", [path], lambda: _load_institutions(read_rows(path)), force=force)


def _load_offices(rows: list[Row]) -> int:
    offices = [
        Office(
            code=row["code"],
            name=row["name"],
            kind=row["kind"],
            parent_id=row["parent"] or None,
            note="" if is_yes(row["verified"]) else _("wilayah kerja contoh"),
        )
        for row in sorted(rows, key=lambda row: row["parent"] != "")
    ]
    Office.objects.bulk_create(
        offices,
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["name", "kind", "parent", "note"],
    )
    OfficeCoverage.objects.bulk_create(
        [
            OfficeCoverage(office_id=row["code"], region_id=code, valid_from=_COVERAGE_FROM)
            for row in rows
            for code in row["regions"].split()
        ],
        ignore_conflicts=True,
    )
    return len(offices)


def _load_institutions(rows: list[Row]) -> int:
    Institution.objects.bulk_create(
        [
            Institution(
                code=row["code"],
                name=row["name"],
                kind=row["kind"],
                region_id=row["region"],
                is_example=is_yes(row["example"]),
            )
            for row in rows
        ],
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["name", "kind", "region", "is_example"],
    )
    return len(rows)
