"""The rows and lists of names behind figures of people by category."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from participants.selectors.category_target import category_targets_in_force
from participants.selectors.headcount import explain_funded
from participants.selectors.persons.enrolment import explain_by_name
from participants.selectors.programme_rule import covering_programmes
from reports.enums import Unit
from reports.explanations.fact_row import FactRow, FactSection
from reports.measures.evidence import Evidence
from reports.measures.programmes import PROGRAMMES
from reports.models import MeasureValue


def headcount_sections(code: str, period: date, value: MeasureValue) -> Iterable[FactSection]:
    yield FactSection(
        _("Jumlah peserta menurut laporan per kategori"),
        [
            FactRow(row, f"{row.category} · {row.funding}", row.people, Unit.PEOPLE)
            for row in explain_funded(code, period, value.category, value.funding)
        ],
    )


def named_sections(code: str, period: date, value: MeasureValue) -> Iterable[FactSection]:
    yield _named(code, period, value)


def covered_sections(code: str, period: date, value: MeasureValue) -> Iterable[FactSection]:
    """Names that stand in for a missing report: those whose programmes make them covered."""
    yield _named(code, period, value, programmes=covering_programmes(period))


def vulnerable_sections(code: str, period: date, value: MeasureValue) -> Iterable[FactSection]:
    yield _named(code, period, value, vulnerable=True)


def programme_sections(code: str, period: date, value: MeasureValue) -> Iterable[FactSection]:
    yield _named(code, period, value, programmes=[PROGRAMMES[value.measure].value])


def _named(code: str, period: date, value: MeasureValue, **narrowed: Any) -> FactSection:
    sources = explain_by_name(code, period, value.category, value.funding, **narrowed)
    rows = [FactRow(s, s.label, s.people, Unit.PEOPLE) for s in sources]
    return FactSection(_("Orang menurut daftar nama, per unggahan"), rows)


def category_target_sections(code: str, period: date, value: MeasureValue) -> Iterable[FactSection]:
    target = category_targets_in_force(period).get(code, {}).get((value.category, value.target))
    if target is not None:
        label = f"{target.get_frame_display()} {target.year} ({target.region.full_label})"
        row = FactRow(target, label, target.people, Unit.PEOPLE)
        yield FactSection(_("Target yang berlaku"), [row])


SECTIONS = {
    Evidence.HEADCOUNTS: headcount_sections,
    Evidence.NAMED: named_sections,
    Evidence.NAMED_AND_COVERED: covered_sections,
    Evidence.NAMED_VULNERABLE: vulnerable_sections,
    Evidence.NAMED_IN_PROGRAMME: programme_sections,
    Evidence.CATEGORY_TARGET: category_target_sections,
}
