"""Published figures and targets are loaded, what others said beside what is computed here."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from django.db import transaction

from budgets.models import Allocation, Realisation
from budgets.services.allocation import record_allocations
from budgets.services.claim import record_claims
from budgets.services.contribution import record_contributions
from budgets.services.realisation import record_realisations
from participants.services.headcount import record_headcounts
from participants.services.membership_count import record_membership_counts
from participants.services.target import record_targets
from participants.services.workforce import record_workforces
from regions.enums import Origin
from regions.errors import MonthLocked
from regions.importers.reference_csv import read_rows
from regions.models import SourcedFact, User
from regions.services.reference_file import load_once
from reports.importers.published_csv import sort_published
from reports.models import PublishedFigure

DATA = Path(__file__).resolve().parent.parent / "data" / "published_figures.csv"


def load_published(*, by: User, force: bool = False) -> int:
    """Figures that officials published, as published figures and, where they are counts, as facts."""
    return load_once("published_figures", [DATA], lambda: _load(by), force=force)


@transaction.atomic
def _load(by: User) -> int:
    facts = sort_published(read_rows(DATA))
    PublishedFigure.objects.bulk_create(
        facts.figures,
        update_conflicts=True,
        unique_fields=["region", "as_of", "figure", "source"],
        update_fields=["value", "unit", "basis", "source_url", "note"],
    )
    # Denominators first: the plausibility of a membership count is judged by them.
    _record(record_workforces, facts.workforces, by)
    _record(record_membership_counts, facts.members, by)
    _record(record_headcounts, facts.headcounts, by)
    _record(record_contributions, facts.contributions, by)
    _record(record_claims, facts.claims, by)
    _record(record_targets, facts.targets, by)
    _record(record_allocations, facts.allocations, by)
    _join_lines(facts.realisations, Allocation.objects.filter(origin=Origin.PUBLISHED))
    _record(record_realisations, facts.realisations, by)
    return len(facts.figures)


def _record(record: Callable[..., Any], rows: Sequence[SourcedFact], by: User) -> None:
    """Closed months keep what they were closed with, whatever a newer list of publications says of them."""
    try:
        record(rows, by=by, overwrite=True)
    except MonthLocked as error:
        locked = {problem.row for problem in error.problems}
        record([row for at, row in enumerate(rows) if at not in locked], by=by, overwrite=True)


def _join_lines(bills: list[Realisation], lines: Iterable[Allocation]) -> None:
    """A published payment is of the published line of the same region, year, category and payer."""
    known = {(row.region_id, row.year, row.category_id, row.funding_id): row for row in lines}
    for bill in bills:
        key = (bill.region_id, bill.first_month.year, bill.category_id, bill.funding_id)
        bill.allocation = known.get(key)
