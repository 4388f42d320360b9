"""Where a figure comes from: its parts, the regions summed, and the rows with their sources."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from django.utils.translation import gettext as _

from budgets.selectors.expected import PersonMonths
from participants.enums import CountedSegment
from participants.models import MembershipCount, Workforce
from participants.selectors.category_target import category_targets_in_force
from participants.selectors.headcount import explain_funded
from participants.selectors.membership_count import explain_members
from participants.selectors.persons.enrolment import explain_by_name
from participants.selectors.target import targets_for, targets_in_force
from participants.selectors.workforce import explain_workforce
from regions.models import Region, User
from regions.month import last_day
from regions.roles import Permission
from regions.selectors.region import list_children
from reports.enums import Unit
from reports.measures import MEASURES, Measure
from reports.models import MeasureValue
from reports.selectors.fact_row import FactRow, FactSection
from reports.selectors.money_explanation import (
    MONEY_SECTIONS,
    claim_sections,
    contribution_sections,
    list_costs,
    placed,
)
from reports.selectors.value import DIMENSIONS

S = TypeVar("S", MembershipCount, Workforce)

# Measures made of other measures: each part is explained on its own page.
_PARTS = {
    "COV-03": ("COV-01",),
    "COV-04": ("COV-01",),
    "CAT-02": ("CAT-01",),
    "CAT-07": ("CAT-01",),
    "BAL-03": ("BAL-01", "BAL-02"),
    "BAL-04": ("BAL-02", "BAL-01"),
    "BAL-05": ("BAL-06", "BAL-07"),
    "BAL-08": ("BAL-07", "BAL-06"),
    "BUD-03": ("BUD-02", "BUD-01"),
    "BUD-08": ("BUD-05", "BUD-04"),
    "CON-03": ("CON-01", "CON-02"),
    "CLM-03": ("CLM-02",),
}


@dataclass(frozen=True)
class BelowRow:
    region: Region
    value: MeasureValue | None


@dataclass
class Explanation:
    value: MeasureValue
    measure: Measure
    sections: list[FactSection] = field(default_factory=list)
    parts: list[MeasureValue] = field(default_factory=list)
    below: list[BelowRow] = field(default_factory=list)
    earlier: list[MeasureValue] = field(default_factory=list)
    costs: list[PersonMonths] = field(default_factory=list)

    @property
    def cost_total(self) -> int:
        return sum(cost.rupiah for cost in self.costs)

    @property
    def has_example(self) -> bool:
        return any(row.fact.origin == "example" for s in self.sections for row in s.rows)


def explain_value(user: User, value: MeasureValue) -> Explanation:
    """The whole derivation of one figure, for a user who may see its region."""
    region, period = value.run.region, value.run.period
    explanation = Explanation(value, MEASURES[value.measure])
    explanation.parts = _parts(value)
    sections = _SECTIONS.get(value.measure)
    if sections is not None:
        explanation.sections = [placed(s) for s in sections(region.code, period, value) if s.rows]
    explanation.costs = list_costs(region.code, period, value)
    if value.expected and not explanation.parts:
        explanation.below = _below(user, region, period, value)
    explanation.earlier = _earlier(value)
    return explanation


def _parts(value: MeasureValue) -> list[MeasureValue]:
    wanted = _PARTS.get(value.measure, ())
    rows = value.run.values.filter(measure__in=wanted).select_related("run", "run__region")
    for name in ("category", "funding", "variant"):
        if told := getattr(value, name):
            rows = rows.filter(**{name: told})
    return sorted(rows, key=lambda row: (wanted.index(row.measure), row.category, row.funding))


def _below(user: User, region: Region, period: date, value: MeasureValue) -> list[BelowRow]:
    children = list(list_children(user, region, last_day(period)))
    same = {name: getattr(value, name) for name in DIMENSIONS}
    found = {
        row.run.region_id: row
        for row in MeasureValue.objects.filter(
            run__region__in=children,
            run__period=period,
            run__is_current=True,
            measure=value.measure,
            **same,
        ).select_related("run", "run__region")
    }
    return [BelowRow(child, found.get(child.code)) for child in children]


def _earlier(value: MeasureValue) -> list[MeasureValue]:
    """The same figure in earlier runs of the same month, newest first."""
    same = {name: getattr(value, name) for name in (*DIMENSIONS, "measure")}
    rows = MeasureValue.objects.filter(
        run__region=value.run.region, run__period=value.run.period, **same
    ).exclude(run=value.run)
    return list(rows.select_related("run").order_by("-run_id")[:20])


def _coverage_sections(code: str, period: date, value: MeasureValue) -> Iterable[FactSection]:
    members, workforce = list(explain_members(code, period)), explain_workforce(code, period)
    if value.segment:
        members = [row for row in members if row.segment == value.segment]
        workforce = [row for row in workforce if row.segment == value.segment]
    elif value.measure == "COV-01":
        reported, workforce = members, _undivided(workforce)
        members = _undivided(members)
        told = {row.segment for row in workforce} - {CountedSegment.ALL}
        # A denominator told by segments was met by the members of those segments only.
        if told and members and members[0].segment != CountedSegment.ALL:
            members = [row for row in members if row.segment in told]
        yield from _members_and_workers(members, workforce)
        unused = [row for row in reported if row not in members]
        yield FactSection(_("Dilaporkan juga, tidak dipakai untuk angka ini"), _member_rows(unused))
        return
    yield from _members_and_workers(members, workforce)


def _members_and_workers(members: list[MembershipCount], workforce: list[Workforce]) -> Iterable[FactSection]:
    yield FactSection(_("Peserta aktif yang dilaporkan"), _member_rows(members))
    yield FactSection(
        _("Jumlah pekerja resmi (penyebut)"),
        [
            FactRow(
                row,
                f"{row.get_kind_display()} {row.year}, {row.get_segment_display()}",
                row.workers,
                Unit.PEOPLE,
                Permission.ENTER_WORKFORCE,
                "workforce_correct",
            )
            for row in workforce
        ],
    )


def _member_rows(members: list[MembershipCount]) -> list[FactRow]:
    return [
        FactRow(
            row,
            row.get_segment_display(),
            row.members,
            Unit.PEOPLE,
            Permission.ENTER_MEMBERSHIP,
            "membership_count_correct",
        )
        for row in members
    ]


def _undivided(rows: list[S]) -> list[S]:
    """The row of all segments where one stands, since it was used and the others were not."""
    whole = [row for row in rows if row.segment == CountedSegment.ALL]
    return whole or rows


def _target_sections(code: str, period: date, value: MeasureValue) -> Iterable[FactSection]:
    target = targets_for(code, targets_in_force(period)).get(value.target)
    if target is not None:
        label = f"{target.get_frame_display()} {target.year} ({target.region.full_label})"
        row = FactRow(target, label, target.percent, Unit.PERCENT, Permission.ENTER_WORKFORCE)  # type: ignore[arg-type]
        yield FactSection(_("Target yang berlaku"), [row])


def _category_target_sections(code: str, period: date, value: MeasureValue) -> Iterable[FactSection]:
    target = category_targets_in_force(period).get(code, {}).get((value.category, value.target))
    if target is not None:
        label = f"{target.get_frame_display()} {target.year} ({target.region.full_label})"
        url_name = "category_target_correct"
        row = FactRow(target, label, target.people, Unit.PEOPLE, Permission.ENTER_WORKFORCE, url_name)
        yield FactSection(_("Target yang berlaku"), [row])
    yield from _paid_sections(code, period, value)


def _funded_sections(code: str, period: date, value: MeasureValue) -> Iterable[FactSection]:
    rows = explain_funded(code, period, value.category, value.funding)
    yield FactSection(
        _("Orang yang dilaporkan"),
        [
            FactRow(
                row,
                f"{row.category.name} · {row.funding.name}",
                row.people,
                Unit.PEOPLE,
                Permission.ENTER_HEADCOUNT,
                "headcount_correct",
            )
            for row in rows
        ],
    )


def _named_sections(code: str, period: date, value: MeasureValue) -> Iterable[FactSection]:
    sources = explain_by_name(
        code, period, value.category, value.funding, vulnerable=value.measure == "CAT-06"
    )
    rows = [FactRow(s, s.label, s.people, Unit.PEOPLE, Permission.ENTER_PERSONS) for s in sources]
    yield FactSection(_("Orang menurut daftar nama, per kiriman"), rows)


def _paid_sections(code: str, period: date, value: MeasureValue) -> Iterable[FactSection]:
    yield from _funded_sections(code, period, value)
    yield from _named_sections(code, period, value)


def _completeness_sections(code: str, period: date, value: MeasureValue) -> Iterable[FactSection]:
    yield from _coverage_sections(code, period, value)
    yield from _paid_sections(code, period, value)
    for sections in (contribution_sections, claim_sections):
        for section in sections(code, period, value):
            this_month = [row for row in section.rows if row.fact.paid_on >= period]  # type: ignore[union-attr]
            yield FactSection(section.title, this_month)


_SECTIONS: dict[str, Callable[[str, date, MeasureValue], Iterable[FactSection]]] = {
    "COV-01": _coverage_sections,
    "COV-02": _coverage_sections,
    "COV-04": _target_sections,
    "CAT-01": _paid_sections,
    "CAT-03": _named_sections,
    "CAT-04": _paid_sections,
    "CAT-05": _named_sections,
    "CAT-06": _named_sections,
    "CAT-07": _category_target_sections,
    "BUD-07": _paid_sections,
    "CMP-01": _completeness_sections,
    **MONEY_SECTIONS,
}
