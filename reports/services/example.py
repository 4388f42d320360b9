"""Example data: invented facts around the published ones, and example people.

The four provinces of which something was published come first. The rest of the nation, many persons by name
and closed months follow in steps (`example_steps`), while people look at the first ones.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from typing import Any, TypeVar

from django.db import transaction

from budgets.models import Allocation, Claim, Contribution, Pledge
from budgets.services.allocation import record_allocations
from budgets.services.claim import record_claims
from budgets.services.construction_project import record_projects
from budgets.services.contribution import record_contributions
from budgets.services.employer import record_employers
from budgets.services.pledge import record_pledge_payments, record_pledges
from budgets.services.project_count import record_project_counts
from budgets.services.realisation import record_realisations
from budgets.services.wage_base import record_wage_bases
from participants.enums import CountedSegment, Programme, Segment
from participants.models import Batch, Headcount, MembershipCount, Target, Workforce
from participants.services.batches.batch import BatchTerms, confirm_batch, send_file
from participants.services.batches.work import work_on_batches
from participants.services.category_population import record_category_populations
from participants.services.category_target import record_category_targets
from participants.services.category_term import record_category_terms
from participants.services.headcount import record_headcounts
from participants.services.membership_count import record_membership_counts
from participants.services.outreach_event import record_outreach_events
from participants.services.perisai_agent import record_agent_recruits, record_perisai_agents
from participants.services.persons.matching import take_matching
from participants.services.target import record_targets
from participants.services.workforce import record_workforces
from regions.enums import Level, Origin
from regions.models import ReferenceFile, Region, User
from regions.month import first_of
from regions.selectors.institution import existing_institutions
from reports.examples import facts, money
from reports.examples.employers import employers
from reports.examples.habits import Subject, reported
from reports.examples.lists import ExampleList, example_answers, example_lists
from reports.examples.outreach import agent_recruits, outreach_events, perisai_agents
from reports.examples.places import PROVINCES, Place, example_places
from reports.examples.pledges import pledge_payments
from reports.examples.pledges import pledges as example_pledges
from reports.examples.projects import project_counts, projects
from reports.examples.span import SMALL, ExampleSpan, parse_span

_NAME = "examples"
T = TypeVar("T")
_Taken = set[tuple[str, date]]


@transaction.atomic
def load_examples(*, by: User, span: ExampleSpan = SMALL) -> int:
    """Store the first example facts once; months of which something real is known keep only what is real.

    Who has examples of an earlier version keeps them: two versions on top of each other would add up.
    """
    if ReferenceFile.objects.filter(name=_NAME).exists():
        return 0
    places = places_of(PROVINCES, span.with_published)
    stored = load_places(places, by) + len(
        record_employers(_each(places, employers), by=by, overwrite=True).rows
    )
    stored += len(record_projects(_each(places, projects), by=by, overwrite=True).rows)
    stored += len(record_project_counts(_each(places, project_counts), by=by, overwrite=True).rows)
    stored += _load_budgets(places, by)
    if not Batch.objects.filter(origin=Origin.EXAMPLE).exists():
        stored += send_lists(example_lists(span), by)
        _take_answers(span, by)
    ReferenceFile.objects.update_or_create(name=_NAME, defaults={"sha256": str(span), "rows": stored})
    return stored


def example_span() -> ExampleSpan | None:
    """Of which months the examples speak; None where there are none, or those of an earlier version."""
    told = ReferenceFile.objects.filter(name=_NAME).values_list("sha256", flat=True).first()
    try:
        return parse_span(told) if told else None
    except ValueError:
        return None


def places_of(provinces: Sequence[str], span: ExampleSpan) -> list[Place]:
    regencies = Region.objects.filter(
        parent_id__in=provinces, level=Level.REGENCY, valid_until=None
    ).order_by("code")
    return example_places(
        list(regencies), span, calibrated=set(PROVINCES) <= set(provinces), known=_known_sizes(provinces)
    )


def _known_sizes(provinces: Sequence[str]) -> dict[str, tuple[int, int]]:
    """Newest year and number of workers of regencies of which something real says it, be it by segment."""
    rows = Workforce.objects.filter(region__parent_id__in=provinces).exclude(origin=Origin.EXAMPLE)
    told: dict[tuple[str, int], dict[str, int]] = {}
    for code, year, segment, workers in rows.values_list("region_id", "year", "segment", "workers"):
        told.setdefault((code, year), {})[segment] = workers
    return {
        code: (year, parts.get(CountedSegment.ALL) or sum(parts.values()))
        for (code, year), parts in sorted(told.items())
    }


def load_places(places: Sequence[Place], by: User) -> int:
    """What every place reports: workers, members, people by category, contributions, claims."""
    stored = 0
    if places and places[0].span != SMALL:
        told = _real_years(Target)
        wanted = [row for place in places for row in facts.targets(place, _free_years(place, told))]
        stored += len(record_targets(wanted, by=by, overwrite=True).rows)
    known = _real_years(Workforce)
    workforces = [row for place in places for row in facts.workforces(place, _free_years(place, known))]
    stored += len(record_workforces(workforces, by=by, overwrite=True).rows)
    span = places[0].span if places else SMALL
    # Each service with the maker of its own rows; the pairs are of different types.
    steps: tuple[tuple[Any, Callable[..., Iterator[Any]], _Taken, Subject], ...] = (
        (record_membership_counts, facts.members, _real_months(MembershipCount), Subject.PEOPLE),
        (record_headcounts, facts.headcounts, _real_months(Headcount), Subject.PEOPLE),
        (record_contributions, money.contributions, _real_years_to_date(Contribution, span), Subject.PEOPLE),
        (record_claims, money.claims, _real_years_to_date(Claim, span), Subject.CLAIMS),
    )
    for record, make, real, subject in steps:
        rows = [row for place in places for row in make(place, _free_months(place, real, subject))]
        stored += len(record(rows, by=by, overwrite=True).rows)
    return stored


def _of_known_payers(places: Sequence[Place]) -> list[Pledge]:
    """A pledge names who made it: those of institutions that are not in the register are left out."""
    known = {None, *existing_institutions().values_list("code", flat=True)}
    return [row for row in _each(places, example_pledges) if row.institution_id in known]


def _load_budgets(places: Sequence[Place], by: User) -> int:
    """Targets of categories in one province, its budget lines, their bills, and the wages paid on."""
    budgeted = [place for place in places if facts.has_budget(place)]
    targets = record_category_targets(_each(budgeted, facts.category_targets), by=by, overwrite=True).rows
    populations = _each(budgeted, facts.category_populations)
    record_category_populations(populations, by=by, overwrite=True)
    record_category_terms(_each(budgeted, facts.category_terms), by=by, overwrite=True)
    pledges = record_pledges(_of_known_payers(budgeted), by=by, overwrite=True).rows
    record_pledge_payments(list(pledge_payments(pledges)), by=by, overwrite=True)
    record_outreach_events(_each(budgeted, outreach_events), by=by, overwrite=True)
    agents = record_perisai_agents(_each(budgeted, perisai_agents), by=by, overwrite=True).rows
    record_agent_recruits(list(agent_recruits(agents)), by=by, overwrite=True)
    wages = record_wage_bases(_each(budgeted, money.wage_bases), by=by, overwrite=True).rows
    lines = record_allocations(_each(budgeted, money.allocations), by=by, overwrite=True).rows
    newest: dict[str, dict[tuple[int, str, str, str], Allocation]] = {}
    for row in sorted(lines, key=lambda row: row.decided_on):
        line = (row.year, row.category_id or "", row.funding_id or "", row.account)
        newest.setdefault(row.region_id, {})[line] = row
    bills = [row for place in budgeted for row in money.realisations(place, newest.get(place.code, {}))]
    return (
        len(targets) + len(wages) + len(lines) + len(record_realisations(bills, by=by, overwrite=True).rows)
    )


def send_lists(lists: Iterable[ExampleList], by: User) -> int:
    """Lists by name, on the same way as any other file; how many there were."""
    sent = 0
    for one in lists:
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
        sent += 1
    return sent


def _take_answers(span: ExampleSpan, by: User) -> None:
    """What the civil registry said, so that some persons of an example regency are active by every step."""
    told = example_answers(span)
    take_matching(
        region_code=told.region,
        answered_on=told.answered_on,
        source=facts.SOURCE,
        file_name=told.file_name,
        content=told.content,
        by=by,
    )


def _each(places: Iterable[Place], make: Callable[[Place], Iterator[T]]) -> list[T]:
    return [row for place in places for row in make(place)]


def _free_months(place: Place, taken: _Taken, subject: Subject) -> list[date]:
    free = [month for month in place.span.months if (place.code, month) not in taken]
    return reported(place, free, subject)


def _free_years(place: Place, taken: set[tuple[str, int]]) -> list[int]:
    return [year for year in place.span.years if (place.code, year) not in taken]


def _real_years(model: type[Workforce] | type[Target]) -> set[tuple[str, int]]:
    """Regions and years of which something real says how many workers there are, or how many are wanted."""
    rows = model._default_manager.exclude(origin=Origin.EXAMPLE)
    return set(rows.values_list("region_id", "year"))


def _real_months(model: type[MembershipCount] | type[Headcount]) -> _Taken:
    rows = model._default_manager.exclude(origin=Origin.EXAMPLE)
    return set(rows.values_list("region_id", "month"))


def _real_years_to_date(model: type[Contribution] | type[Claim], span: ExampleSpan) -> _Taken:
    """A published sum stands for its year up to its day; examples would be counted on top of it."""
    taken: _Taken = set()
    rows = model._default_manager.exclude(origin=Origin.EXAMPLE)
    for code, paid_on in rows.values_list("region_id", "paid_on"):
        month = first_of(paid_on)
        taken |= {(code, m) for m in span.months if m.year == month.year and m <= month}
    return taken
