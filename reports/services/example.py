"""Example data: invented facts of four provinces around the published ones, and example people."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Any, TypeVar

from django.db import transaction

from budgets.models import Allocation, Claim, Contribution
from budgets.services.allocation import record_allocations
from budgets.services.claim import record_claims
from budgets.services.construction_project import record_projects
from budgets.services.contribution import record_contributions
from budgets.services.employer import record_employers
from budgets.services.project_count import record_project_counts
from budgets.services.realisation import record_realisations
from budgets.services.wage_base import record_wage_bases
from participants.enums import Programme, Segment
from participants.models import Batch, Headcount, MembershipCount, Workforce
from participants.services.batches.batch import BatchTerms, confirm_batch, send_file
from participants.services.batches.work import work_on_batches
from participants.services.category_target import record_category_targets
from participants.services.headcount import record_headcounts
from participants.services.membership_count import record_membership_counts
from participants.services.workforce import record_workforces
from regions.enums import Level, Origin
from regions.models import ReferenceFile, Region, User
from regions.month import first_of
from reports.examples import facts
from reports.examples.employers import employers
from reports.examples.lists import example_lists
from reports.examples.places import MONTHS, PROVINCES, YEARS, Place, example_places
from reports.examples.projects import project_counts, projects

_NAME = "examples"
_VERSION = "2026-11-26.3"
T = TypeVar("T")
_Taken = set[tuple[str, date]]


@transaction.atomic
def load_examples(*, by: User) -> int:
    """Store the example facts once; months of which something real is known keep only what is real.

    Who has examples of an earlier version keeps them: two versions on top of each other would add up.
    """
    if ReferenceFile.objects.filter(name=_NAME).exists():
        return 0
    places = example_places(_regencies())
    workforces = [row for place in places for row in facts.workforces(place, _free_years(place))]
    stored = len(record_workforces(workforces, by=by, overwrite=True).rows)
    # Each service with the maker of its own rows; the pairs are of different types.
    steps: tuple[tuple[Any, Callable[..., Iterator[Any]], _Taken], ...] = (
        (record_membership_counts, facts.members, _real_months(MembershipCount)),
        (record_headcounts, facts.headcounts, _real_months(Headcount)),
        (record_contributions, facts.contributions, _real_years_to_date(Contribution)),
        (record_claims, facts.claims, _real_years_to_date(Claim)),
    )
    for record, make, real in steps:
        rows = [row for place in places for row in make(place, _free_months(place, real))]
        stored += len(record(rows, by=by, overwrite=True).rows)
    stored += len(record_employers(_each(places, employers), by=by, overwrite=True).rows)
    stored += len(record_projects(_each(places, projects), by=by, overwrite=True).rows)
    stored += len(record_project_counts(_each(places, project_counts), by=by, overwrite=True).rows)
    stored += _load_budgets(places, by) + _load_lists(by)
    ReferenceFile.objects.update_or_create(name=_NAME, defaults={"sha256": _VERSION, "rows": stored})
    return stored


def _load_budgets(places: list[Place], by: User) -> int:
    """Targets of categories in one province, its budget lines, their bills, and the wages paid on."""
    budgeted = [place for place in places if facts.has_budget(place)]
    targets = record_category_targets(_each(budgeted, facts.category_targets), by=by, overwrite=True).rows
    wages = record_wage_bases(_each(budgeted, facts.wage_bases), by=by, overwrite=True).rows
    lines = record_allocations(_each(budgeted, facts.allocations), by=by, overwrite=True).rows
    newest: dict[str, dict[tuple[str, str, str], Allocation]] = {}
    for row in sorted(lines, key=lambda row: row.decided_on):
        line = (row.category_id or "", row.funding_id or "", row.account)
        newest.setdefault(row.region_id, {})[line] = row
    bills = [row for place in budgeted for row in facts.realisations(place, newest.get(place.code, {}))]
    return (
        len(targets) + len(wages) + len(lines) + len(record_realisations(bills, by=by, overwrite=True).rows)
    )


def _load_lists(by: User) -> int:
    """Lists by name, on the same way as any other file."""
    if Batch.objects.filter(origin=Origin.EXAMPLE).exists():
        return 0
    found = list(example_lists())
    for one in found:
        terms = BatchTerms(
            region_code=one.region,
            category=one.category,
            funding=one.funding,
            segment=Segment.BPU,
            programmes=(Programme.JKK, Programme.JKM),
            first_month=one.first_month,
            last_month=one.last_month,
            source=facts.SOURCE,
            as_of=one.first_month,
        )
        batch = send_file(
            terms=terms, file_name=one.file_name, content=one.content, by=by, origin=Origin.EXAMPLE
        )
        work_on_batches()
        confirm_batch(pk=batch.pk, by=by)
        work_on_batches()
    return len(found)


def _regencies() -> list[Region]:
    return list(
        Region.objects.filter(parent_id__in=PROVINCES, level=Level.REGENCY, valid_until=None).order_by("code")
    )


def _each(places: Iterable[Place], make: Callable[[Place], Iterator[T]]) -> list[T]:
    return [row for place in places for row in make(place)]


def _free_months(place: Place, taken: _Taken) -> list[date]:
    return [month for month in MONTHS if (place.code, month) not in taken]


def _free_years(place: Place) -> list[int]:
    """Years of which nothing real says how many workers there are."""
    real = Workforce.objects.filter(region_id=place.code).exclude(origin=Origin.EXAMPLE)
    return sorted(set(YEARS) - set(real.values_list("year", flat=True)))


def _real_months(model: type[MembershipCount] | type[Headcount]) -> _Taken:
    rows = model._default_manager.exclude(origin=Origin.EXAMPLE)
    return set(rows.values_list("region_id", "month"))


def _real_years_to_date(model: type[Contribution] | type[Claim]) -> _Taken:
    """A published sum stands for its year up to its day; examples would be counted on top of it."""
    taken: _Taken = set()
    rows = model._default_manager.exclude(origin=Origin.EXAMPLE)
    for code, paid_on in rows.values_list("region_id", "paid_on"):
        month = first_of(paid_on)
        taken |= {(code, m) for m in MONTHS if m.year == month.year and m <= month}
    return taken
