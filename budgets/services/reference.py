"""Loading the rates, reliefs, benefits and rules that come with the application."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from budgets.models import Benefit, ContributionRate, ContributionRelief, FundingRule, MembershipRule
from budgets.models.contribution_rate import DatedRule
from regions.importers.reference_csv import Row, is_yes, read_rows
from regions.services.reference_file import load_once

DATA = Path(__file__).resolve().parent.parent / "data"
# Name of the file, its model, the columns that make two rows the same one.
_FILES: tuple[tuple[str, type[DatedRule], tuple[str, ...]], ...] = (
    (
        "contribution_rates",
        ContributionRate,
        ("segment", "programme", "base", "payer", "risk_class", "over", "contract_months", "valid_from"),
    ),
    (
        "contribution_reliefs",
        ContributionRelief,
        ("segment", "programme", "payer", "sector", "valid_from"),
    ),
    ("benefits", Benefit, ("code", "valid_from")),
    ("membership_rules", MembershipRule, ("code", "segment", "valid_from")),
    ("funding_rules", FundingRule, ("funding", "valid_from")),
)
_READ: dict[str, Callable[[str], Any]] = {
    "DateField": date.fromisoformat,
    "DecimalField": Decimal,
    "BigIntegerField": int,
    "PositiveSmallIntegerField": int,
    "BooleanField": is_yes,
    "SmallIntegerField": int,
    "ArrayField": lambda text: sorted(text.split("|")),
}


def load_contribution_rates(*, force: bool = False) -> int:
    """Rates, reliefs, benefits and rules whose source was seen. Idempotent; keeps rows added by hand."""
    paths = [DATA / f"{name}.csv" for name, _model, _key in _FILES]
    return load_once("contribution_rates", paths, _load, force=force)


def _load() -> int:
    return sum(_store(model, key, read_rows(DATA / f"{name}.csv")) for name, model, key in _FILES)


def _store(model: type[DatedRule], key: tuple[str, ...], rows: list[Row]) -> int:
    columns = list(rows[0])
    fields = {name: model._meta.get_field(name) for name in columns}
    model._default_manager.bulk_create(
        [model(**{name: _read(fields[name], row[name]) for name in columns}) for row in rows],
        update_conflicts=True,
        unique_fields=key,
        update_fields=[name for name in columns if name not in key],
    )
    return len(rows)


def _read(field: Any, text: str) -> Any:
    if text:
        return _READ.get(field.get_internal_type(), str)(text)
    if field.null:
        return None
    return [] if field.get_internal_type() == "ArrayField" else ""
