"""Where a figure comes from: its parts, the regions summed, and the rows with their sources."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date

from budgets.selectors.expected import PersonMonths
from participants.selectors.attachment import attachments_of_facts
from regions.access import scope_of, sees_drafts
from regions.models import Region, User
from regions.month import last_day, year_end_before
from regions.selectors.region import list_children
from reports.enums import Unit
from reports.explanations.catalogue import costs_of, sections_of
from reports.explanations.fact_row import FactSection
from reports.measures.catalogue import MEASURES
from reports.measures.measure import Measure, MeasurePart, Moment
from reports.models import MeasureValue
from reports.selectors.standing import standing
from reports.selectors.value import DIMENSIONS, find_last_whole
from reports.value_words import is_partial


@dataclass(frozen=True)
class BelowRow:
    region: Region
    value: MeasureValue | None


@dataclass(frozen=True)
class WithheldSection:
    title: str
    count: int
    total: int
    unit: Unit


@dataclass
class Explanation:
    value: MeasureValue
    measure: Measure
    sections: list[FactSection] = field(default_factory=list)
    # Sections whose rows the user may not read: only their number and sum are shown.
    withheld: list[WithheldSection] = field(default_factory=list)
    parts: list[MeasureValue] = field(default_factory=list)
    below: list[BelowRow] = field(default_factory=list)
    earlier: list[MeasureValue] = field(default_factory=list)
    costs: list[PersonMonths] = field(default_factory=list)
    # Where coverage is no whole: the newest month before in which it was.
    last_whole: MeasureValue | None = None

    @property
    def cost_total(self) -> int:
        return sum(cost.rupiah for cost in self.costs)

    @property
    def has_example(self) -> bool:
        return any(row.fact.origin == "example" for s in self.sections for row in s.rows)


def explain_value(user: User, value: MeasureValue, per: date | None = None) -> Explanation:
    """The whole derivation of one figure, for a user who may see its region; `per` as in `standing`."""
    region, period, measure = value.run.region, value.run.period, MEASURES[value.measure]
    explanation = Explanation(value, measure)
    explanation.parts = _parts(user, value, measure.parts, per)
    scope = scope_of(user)
    for section in sections_of(measure, region.code, period, value):
        if scope.holds(section.seen_with, region.code):
            explanation.sections.append(_documented(user, section, region.code))
        else:
            kept = WithheldSection(section.title, len(section.rows), section.total, section.unit)
            explanation.withheld.append(kept)
    explanation.costs = costs_of(measure, region.code, period, value)
    if value.expected and (not explanation.parts or _is_of_fewer(value, explanation.parts)):
        explanation.below = _below(user, value, per)
    explanation.earlier = _earlier(user, value)
    if is_partial(value):
        explanation.last_whole = find_last_whole(user, region, period, per)
    return explanation


def _documented(user: User, section: FactSection, code: str) -> FactSection:
    """Its rows with their documents, for who may read such rows one by one."""
    scope = scope_of(user)
    keys = {
        (row.kind.name, str(row.fact.pk))
        for row in section.shown
        if row.kind and scope.holds(row.kind.listed_with, code)
    }
    found = attachments_of_facts(keys)
    if not found:
        return section
    told = [
        replace(row, documents=tuple(found.get((row.kind.name, str(row.fact.pk)), ()))) if row.kind else row
        for row in section.rows
    ]
    return replace(section, rows=told)


def _is_of_fewer(value: MeasureValue, parts: Iterable[MeasureValue]) -> bool:
    """Whether regions without both halves were left out: the parts alone do not make the figure then."""
    return any(part.reported != value.reported for part in parts)


def _parts(
    user: User, value: MeasureValue, parts: Iterable[MeasurePart], per: date | None
) -> list[MeasureValue]:
    """Each part's values of the same cell, in the order in which the measure names its parts."""
    found: list[MeasureValue] = []
    for part in parts:
        rows = MeasureValue.objects.filter(measure=part.code)
        if part.at == Moment.YEAR_END:
            before = year_end_before(value.run.period)
            rows = rows.filter(standing(user, per, "run__"), run__region=value.run.region, run__period=before)
        else:
            rows = rows.filter(run=value.run)
        for name in ("category", "funding", "variant"):
            if cell := getattr(value, name):
                rows = rows.filter(**{name: cell})
        found += sorted(
            rows.select_related("run", "run__region").defer("run__quantities"),
            key=lambda row: (row.category, row.funding),
        )
    return found


def _below(user: User, value: MeasureValue, per: date | None) -> list[BelowRow]:
    region, period = value.run.region, value.run.period
    children = list(list_children(user, region, last_day(period)))
    same = {name: getattr(value, name) for name in DIMENSIONS}
    found = {
        row.run.region_id: row
        for row in MeasureValue.objects.filter(
            standing(user, per, "run__"),
            run__region__in=children,
            run__period=period,
            measure=value.measure,
            **same,
        )
        .select_related("run", "run__region")
        .defer("run__quantities")
    }
    return [BelowRow(child, found.get(child.code)) for child in children]


def _earlier(user: User, value: MeasureValue) -> list[MeasureValue]:
    """The same figure in earlier runs of the same month, newest first; of drafts for those who see them."""
    same = {name: getattr(value, name) for name in (*DIMENSIONS, "measure")}
    rows = MeasureValue.objects.filter(
        run__region=value.run.region, run__period=value.run.period, **same
    ).exclude(run=value.run)
    if not sees_drafts(user, value.run.region_id):
        rows = rows.filter(run__closing__isnull=False)
    return list(rows.select_related("run").defer("run__quantities").order_by("-run_id")[:20])
