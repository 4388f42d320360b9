from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from budgets.models import Claim, Contribution
from budgets.selectors.claim import sum_claims
from budgets.selectors.contribution import sum_contributions
from budgets.selectors.money import regions_reporting
from participants.enums import CountedSegment, WorkforceKind
from participants.models import CategoryTarget, Target
from participants.selectors.category_target import CategoryFrame, category_targets_in_force
from participants.selectors.headcount import CategoryFunding, count_funded
from participants.selectors.membership_count import count_members
from participants.selectors.persons.enrolment import Persons, count_by_name, count_persons
from participants.selectors.target import targets_for, targets_in_force
from participants.selectors.workforce import Eligible, count_workforce, total_eligible
from regions.enums import Level
from regions.models.region import NATION, level_of
from regions.selectors.region import children_by_parent
from reports.models import CoverageDefinition
from reports.quantities import Amount, Pair, Quantities, TargetShare, combine, combine_money
from reports.selectors.category_share import category_shares
from reports.selectors.money_facts import MoneyFacts, load_money

REPORTS_EXPECTED = 5
# Of these a sum is told with how many of the regions below reported any of it.
_REPORTED = (
    "funded",
    "contributions",
    "claims",
    "allocated",
    "realised",
    "due",
    "received",
    "claim_rupiah",
    "claim_cases",
)


@dataclass(frozen=True)
class MonthFacts:
    """Everything reported for one month, per region code, as the lower storeys count it."""

    members: dict[str, dict[str, int]]
    workforce: dict[str, dict[str, Eligible]]
    headcounts: dict[str, dict[CategoryFunding, int]]
    named: dict[str, dict[CategoryFunding, int]]
    persons: dict[str, Persons]
    contributions: dict[str, dict[str, int]]
    claims: dict[str, dict[str, int]]
    contributing: set[str]
    claiming: set[str]
    targets: dict[str, dict[str, Target]]
    category_targets: dict[str, dict[CategoryFrame, CategoryTarget]]
    money: MoneyFacts


@dataclass(frozen=True)
class Gathered:
    """Quantities by region code: of the facts as they are now, and as they count.

    They differ where a month was closed: what counts, there and in the sums above, is what was closed.
    """

    now: dict[str, Quantities]
    counting: dict[str, Quantities]


def gather(
    month: date, definition: CoverageDefinition, closed: Mapping[str, Quantities] | None = None
) -> Gathered:
    """Of the nation, every province and every regency valid in a month."""
    gathered = Gathered({}, dict(closed or {}))
    _gather_region(NATION, _Month(month, _load(month), children_by_parent(month), definition, gathered))
    return gathered


def _load(month: date) -> MonthFacts:
    return MonthFacts(
        members=count_members(month),
        workforce=count_workforce(month),
        headcounts=count_funded(month),
        named=count_by_name(month),
        persons=count_persons(month),
        contributions=sum_contributions(month),
        claims=sum_claims(month),
        contributing=regions_reporting(Contribution, month),
        claiming=regions_reporting(Claim, month),
        targets=targets_in_force(month),
        category_targets=category_targets_in_force(month),
        money=load_money(month),
    )


@dataclass(frozen=True)
class _Month:
    """What the gathering of a month goes by."""

    month: date
    facts: MonthFacts
    children: Mapping[str, Sequence[str]]
    definition: CoverageDefinition
    gathered: Gathered


def _gather_region(code: str, at: _Month) -> Quantities:
    """What counts for the region; by the way, for all below it."""
    facts, definition = at.facts, at.definition
    below = [_gather_region(child, at) for child in at.children.get(code, ())]
    members, workforce = facts.members.get(code, {}), facts.workforce.get(code, {})
    own_eligible = {segment: eligible.workers for segment, eligible in workforce.items()}
    headcounts, named = facts.headcounts.get(code, {}), facts.named.get(code, {})
    size = len(below)
    quantities = Quantities(
        members=combine(members, (q.members for q in below), size),
        eligible=combine(own_eligible, (q.eligible for q in below), size),
        coverage=_coverage(members, workforce, below, definition),
        segment_coverage=_segment_coverage(members, workforce, below, definition),
        headcounts=combine(headcounts, (q.headcounts for q in below), size),
        named=combine(named, (q.named for q in below), size),
        differences=combine(_differences(headcounts, named), (q.differences for q in below), size),
        funded=combine({**named, **headcounts}, (q.funded for q in below), size),
        persons=combine(_persons(facts.persons.get(code)), (q.persons for q in below), size),
        contributions=combine_money(
            facts.contributions.get(code, {}), (q.contributions for q in below), size
        ),
        claims=combine_money(facts.claims.get(code, {}), (q.claims for q in below), size),
        targets={
            frame: TargetShare(target.percent, _target_words(target))
            for frame, target in targets_for(code, facts.targets).items()
        },
        complete=sum(q.complete for q in below),
        complete_of=sum(q.complete_of for q in below),
    )
    _add_money(quantities, facts.money.of(code, at.month), below)
    quantities.payers = _payers(quantities, facts.money.payers)
    quantities.reporters = _reporters(quantities, below)
    quantities.category_targets = category_shares(facts.category_targets.get(code, {}), quantities, below)
    if level_of(code) == Level.REGENCY:
        quantities.complete, quantities.complete_of = _completeness(code, facts), REPORTS_EXPECTED
    at.gathered.now[code] = quantities
    return at.gathered.counting.setdefault(code, quantities)


def _add_money(
    quantities: Quantities, own: Mapping[str, dict[Any, int]], below: Sequence[Quantities]
) -> None:
    for name, cells in own.items():
        setattr(quantities, name, combine(cells, (getattr(q, name) for q in below), len(below)))


def _payers(quantities: Quantities, payers: Mapping[str, str]) -> dict[str, Amount]:
    """People paid for by the kind of their payer, from the same cells as all other counts of them."""
    found: dict[str, int] = {}
    for (_category, funding), people in quantities.funded.items():
        payer = payers[funding]
        found[payer] = found.get(payer, 0) + people.value
    return {payer: Amount(people) for payer, people in found.items()}


def _differences(
    headcounts: Mapping[CategoryFunding, int], named: Mapping[CategoryFunding, int]
) -> dict[CategoryFunding, int]:
    return {cell: headcounts[cell] - named[cell] for cell in headcounts.keys() & named.keys()}


def _persons(persons: Persons | None) -> dict[str, int]:
    return {"all": persons.all, "vulnerable": persons.vulnerable} if persons else {}


def _reporters(quantities: Quantities, below: Sequence[Quantities]) -> dict[str, tuple[int, int]]:
    found = {}
    for name in _REPORTED:
        cells: Mapping[object, Amount] = getattr(quantities, name)
        if any(amount.reported is not None for amount in cells.values()):
            reporting = sum(1 for q in below if getattr(q, name))
            found[name] = (reporting, len(below))
    return found


def _coverage(
    members: Mapping[str, int],
    workforce: dict[str, Eligible],
    below: Sequence[Quantities],
    definition: CoverageDefinition,
) -> Pair | None:
    eligible = total_eligible(workforce) if workforce else None
    # A denominator told by segments is met by the members of those segments only.
    segments = [s for s in definition.segments if not workforce or _counted(workforce, s)]
    pair = _pair(
        _own_members(members, segments),
        eligible,
        [q.coverage for q in below],
        [_sum_amounts(q.members, definition.segments) for q in below],
        [_sum_amounts(q.eligible, definition.segments) for q in below],
    )
    missing = _missing_segments(members, segments)
    if pair is None or not missing:
        return pair
    words = _("belum dilaporkan: %(segments)s") % {"segments": ", ".join(missing)}
    return replace(pair, basis=f"{pair.basis}; {words}")


def _missing_segments(members: Mapping[str, int], segments: Sequence[str]) -> list[str]:
    """Segments a region has not reported though it reported others; none where all came undivided."""
    if not members or CountedSegment.ALL in members:
        return []
    return [segment.upper() for segment in segments if segment not in members]


def _counted(workforce: Mapping[str, Eligible], segment: str) -> bool:
    return CountedSegment.ALL in workforce or segment in workforce


def _own_members(members: Mapping[str, int], segments: Sequence[str]) -> int | None:
    if CountedSegment.ALL in members:
        return members[CountedSegment.ALL]
    counted = [members[segment] for segment in segments if segment in members]
    return sum(counted) if counted else None


def _segment_coverage(
    members: Mapping[str, int],
    workforce: Mapping[str, Eligible],
    below: Sequence[Quantities],
    definition: CoverageDefinition,
) -> dict[str, Pair]:
    pairs = {}
    for segment in definition.segments:
        pair = _pair(
            members.get(segment),
            workforce.get(segment),
            [q.segment_coverage.get(segment) for q in below],
            [_value(q.members.get(segment)) for q in below],
            [_value(q.eligible.get(segment)) for q in below],
        )
        if pair is not None:
            pairs[segment] = pair
    return pairs


def _pair(
    members: int | None,
    eligible: Eligible | None,
    pairs: Sequence[Pair | None],
    members_below: Sequence[int | None],
    eligible_below: Sequence[int | None],
) -> Pair | None:
    """Own figures where reported; otherwise only regions below that have both halves are summed."""
    size = len(pairs)
    if members is not None and eligible is not None:
        return Pair(Amount(members), Amount(eligible.workers), _words(eligible))
    if members is None and eligible is None:
        whole = [pair for pair in pairs if pair is not None]
        if not whole:
            return None
        bases = {pair.basis for pair in whole}
        return Pair(
            Amount(sum(pair.members.value for pair in whole), len(whole), size),
            Amount(sum(pair.eligible.value for pair in whole), len(whole), size),
            bases.pop() if len(bases) == 1 else _("gabungan penyebut wilayah di bawahnya"),
        )
    if members is not None:
        known = [value for value in eligible_below if value is not None]
        summed = Amount(sum(known), len(known), size)
        basis = _("gabungan penyebut wilayah di bawahnya")
        return Pair(Amount(members), summed, basis) if known else None
    known = [value for value in members_below if value is not None]
    if not known or eligible is None:
        return None
    return Pair(Amount(sum(known), len(known), size), Amount(eligible.workers), _words(eligible))


def _sum_amounts(amounts: Mapping[str, Amount], segments: Sequence[str]) -> int | None:
    whole = amounts.get(CountedSegment.ALL)
    if whole is not None:
        return whole.value
    parts = [amounts[segment].value for segment in segments if segment in amounts]
    return sum(parts) if parts else None


def _value(amount: Amount | None) -> int | None:
    return None if amount is None else amount.value


def _words(eligible: Eligible) -> str:
    return f"{WorkforceKind(eligible.kind).label} {eligible.year}"


def _target_words(target: Target) -> str:
    percent = f"{target.percent.normalize():f}".replace(".", ",")
    return f"{target.get_frame_display()} {target.year}: {percent} % ({target.region.full_label})"


def _completeness(code: str, facts: MonthFacts) -> int:
    return sum(
        (
            code in facts.members,
            code in facts.workforce,
            code in facts.headcounts or code in facts.named,
            code in facts.contributing,
            code in facts.claiming,
        )
    )
