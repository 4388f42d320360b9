"""The rows of members, workers and targets behind figures of coverage."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from django.utils.translation import gettext as _

from participants.enums import CountedSegment
from participants.models import MembershipCount, Workforce
from participants.programme_set import is_usual
from participants.selectors.membership_count import explain_members
from participants.selectors.programme_rule import covering_programmes
from participants.selectors.target import targets_in_force
from participants.selectors.workforce import explain_workforce
from reports.enums import Unit
from reports.explanations.fact_row import FactRow, FactSection
from reports.measures.coverage_pairs import counts_every_segment
from reports.measures.evidence import Evidence
from reports.models import MeasureValue
from reports.selectors.definitions.definition import coverage_definition_on

S = TypeVar("S", MembershipCount, Workforce)


def coverage_sections(code: str, period: date, value: MeasureValue) -> Iterable[FactSection]:
    """The rows that were used; those that were reported and not used stand apart."""
    definition = coverage_definition_on(period)
    rows = counted_rows(code, period, definition.segments, definition.programmes)
    yield from _members_and_workers(rows.members, rows.workforce)
    yield FactSection(_("Dilaporkan juga, tidak dipakai untuk angka ini"), member_rows(rows.unused))


@dataclass(frozen=True)
class CountedRows:
    """Members and workers that a region's own coverage is made of, and members that are not in it."""

    members: list[MembershipCount]
    workforce: list[Workforce]
    unused: list[MembershipCount]


def counted_rows(
    code: str, period: date, segments: Collection[str], programmes: Collection[str], kind: str = ""
) -> CountedRows:
    """By these segments, these programmes and the official denominator, or the one of the `kind`, as the
    engine counts them."""
    every = list(explain_members(code, period))
    reported = [row for row in every if set(row.programmes) == set(programmes)]
    workforce = _undivided(explain_workforce(code, period, kind=kind))
    by_segment = [row for row in reported if row.segment != CountedSegment.ALL]
    members = _undivided(reported) if counts_every_segment(segments) else by_segment
    if members and members[0].segment != CountedSegment.ALL:
        # A denominator by segments is met by the members of those segments only.
        told = {row.segment for row in workforce} - {CountedSegment.ALL}
        members = [row for row in members if row.segment in segments and (not told or row.segment in told)]
    return CountedRows(members, workforce, [row for row in every if row not in members])


def segment_sections(code: str, period: date, value: MeasureValue) -> Iterable[FactSection]:
    programmes = set(covering_programmes(period))
    reported = [row for row in explain_members(code, period) if set(row.programmes) == programmes]
    members = [row for row in reported if row.segment == value.segment]
    workforce = [row for row in explain_workforce(code, period) if row.segment == value.segment]
    yield from _members_and_workers(members, workforce)


def reported_sections(code: str, period: date) -> Iterable[FactSection]:
    """All rows of members and workers, used or not."""
    yield from _members_and_workers(list(explain_members(code, period)), explain_workforce(code, period))


def _members_and_workers(members: list[MembershipCount], workforce: list[Workforce]) -> Iterable[FactSection]:
    yield FactSection(_("Peserta aktif yang dilaporkan"), member_rows(members))
    yield FactSection(_("Jumlah pekerja resmi (penyebut)"), workforce_rows(workforce))


def workforce_rows(workforce: Iterable[Workforce]) -> list[FactRow]:
    return [
        FactRow(
            row,
            f"{row.get_kind_display()} {row.year}, {row.get_segment_display()}",
            row.workers,
            Unit.PEOPLE,
        )
        for row in workforce
    ]


def member_rows(members: Iterable[MembershipCount]) -> list[FactRow]:
    """What a count is about is said where it is not what most are about."""
    return [
        FactRow(
            row,
            row.get_segment_display()
            if is_usual(row.programmes)
            else f"{row.get_segment_display()}, {row.programmes_words}",
            row.members,
            Unit.PEOPLE,
        )
        for row in members
    ]


def _undivided(rows: list[S]) -> list[S]:
    """The row of all segments where one stands, since it was used and the others were not."""
    whole = [row for row in rows if row.segment == CountedSegment.ALL]
    return whole or rows


def target_sections(code: str, period: date, value: MeasureValue) -> Iterable[FactSection]:
    target = targets_in_force(period).get(code, {}).get(value.target)
    if target is not None:
        label = f"{target.get_frame_display()} {target.year} ({target.region.full_label})"
        row = FactRow(target, label, target.percent, Unit.PERCENT)  # type: ignore[arg-type]
        yield FactSection(_("Target yang berlaku"), [row])


SECTIONS = {
    Evidence.COVERAGE: coverage_sections,
    Evidence.SEGMENT: segment_sections,
    Evidence.TARGET: target_sections,
}
