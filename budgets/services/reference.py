from datetime import date
from pathlib import Path

from budgets.models import ContributionRate
from regions.importers.reference_csv import Row, optional_date, read_rows
from regions.services.reference_file import load_once

DATA = Path(__file__).resolve().parent.parent / "data"


def load_contribution_rates(*, force: bool = False) -> int:
    """Flat monthly amounts whose source was seen. Idempotent; keeps rows added by hand."""
    path = DATA / "contribution_rates.csv"
    return load_once("contribution_rates", [path], lambda: _load_rates(read_rows(path)), force=force)


def _load_rates(rows: list[Row]) -> int:
    ContributionRate.objects.bulk_create(
        [
            ContributionRate(
                segment=row["segment"],
                programmes=sorted(row["programmes"].split("|")),
                monthly_rupiah=int(row["monthly_rupiah"]),
                valid_from=date.fromisoformat(row["valid_from"]),
                valid_until=optional_date(row["valid_until"]),
                legal_source=row["legal_source"],
                note=row["note"],
            )
            for row in rows
        ],
        update_conflicts=True,
        unique_fields=["segment", "programmes", "valid_from"],
        update_fields=["monthly_rupiah", "valid_until", "legal_source", "note"],
    )
    return len(rows)
