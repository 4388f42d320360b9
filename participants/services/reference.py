"""Loading the categories, sources of funds and allowed overlaps that come with the application."""

from pathlib import Path

from participants.models import Category, FundingSource, OverlapAllowance
from regions.importers.reference_csv import Row, is_yes, optional_date, read_rows
from regions.services.reference_file import load_once

DATA = Path(__file__).resolve().parent.parent / "data"


def load_categories(*, force: bool = False) -> int:
    """Worker categories with what offices call them. Idempotent; keeps rows added by hand."""
    path = DATA / "categories.csv"
    return load_once("categories", [path], lambda: _load_categories(read_rows(path)), force=force)


def load_funding_sources(*, force: bool = False) -> int:
    path = DATA / "funding_sources.csv"
    return load_once("funding_sources", [path], lambda: _load_funding_sources(read_rows(path)), force=force)


def load_overlap_allowances(*, force: bool = False) -> int:
    """Pairs of categories that one person may rightly be in; after the categories they speak of."""
    path = DATA / "overlap_allowances.csv"
    return load_once("overlap_allowances", [path], lambda: _load_allowances(read_rows(path)), force=force)


def _load_categories(rows: list[Row]) -> int:
    Category.objects.bulk_create(
        [
            Category(
                code=row["code"],
                name=row["name"],
                synonyms=[word for word in row["synonyms"].split("|") if word],
                segment=row["segment"],
                is_vulnerable=is_yes(row["vulnerable"]),
                is_fixed_term=is_yes(row["fixed_term"]),
                owner=row["owner"],
                legal_basis=row["legal_basis"],
                note=row["note"],
            )
            for row in rows
        ],
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=[
            "name",
            "synonyms",
            "segment",
            "is_vulnerable",
            "is_fixed_term",
            "owner",
            "legal_basis",
            "note",
        ],
    )
    return len(rows)


def _load_funding_sources(rows: list[Row]) -> int:
    FundingSource.objects.bulk_create(
        [
            FundingSource(
                code=row["code"],
                name=row["name"],
                payer=row["payer"],
                is_government=is_yes(row["government"]),
                precedence=int(row["precedence"]),
                valid_from=optional_date(row["valid_from"]),
                valid_until=optional_date(row["valid_until"]),
                note=row["note"],
            )
            for row in rows
        ],
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=[
            "name",
            "payer",
            "is_government",
            "precedence",
            "valid_from",
            "valid_until",
            "note",
        ],
    )
    return len(rows)


def _load_allowances(rows: list[Row]) -> int:
    pairs = [(sorted([row["category"], row["other_category"]]), row["reason"]) for row in rows]
    OverlapAllowance.objects.bulk_create(
        [
            OverlapAllowance(first_id=first, second_id=second, reason=reason)
            for (first, second), reason in pairs
        ],
        update_conflicts=True,
        unique_fields=["first", "second"],
        update_fields=["reason"],
    )
    return len(rows)
