"""All that stands behind a figure, or behind a month of a region, as rows of a bundle that proves itself."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.timezone import localtime

from participants.models import Attachment
from regions.access import require
from regions.errors import OutsideScope
from regions.models import Region, User
from regions.month import iso_month
from regions.roles import Permission
from reports.enums import Unit
from reports.explanations.fact_row import FactRow
from reports.measures.catalogue import MEASURES
from reports.models import MeasureValue, Run
from reports.selectors.explanation import Explanation, explain_value
from reports.selectors.run import find_run
from reports.selectors.value import DIMENSIONS, find_value, list_values

Row = dict[str, Any]


@dataclass
class GatheredEvidence:
    """Figures with their derivations; the rows behind them are numbered as they are first met."""

    region: Region
    period: date
    run: Run
    figures: list[Row] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    documents: dict[int, Attachment] = field(default_factory=dict)
    # By their kind the facts that came by files of money, and the numbers of lists of persons.
    from_files: dict[str, list[Any]] = field(default_factory=dict)
    lists: set[int] = field(default_factory=set)
    # Whether any figure counts persons by name, of a list or typed.
    counts_names: bool = False
    _numbers: dict[tuple[Any, ...], int] = field(default_factory=dict)

    def number_of(self, key: tuple[Any, ...], row: FactRow, region: str) -> int:
        """The number under which a row stands in the bundle; the same row of two figures stands once."""
        if key not in self._numbers:
            self.rows.append(_row(row, region))
            self._numbers[key] = len(self.rows)
        return self._numbers[key]


def gather_evidence(
    user: User, region: Region, period: date, measure: str = "", **dimensions: str
) -> GatheredEvidence:
    """Of one figure with those it is made of, or of all figures of the month.

    Raises OutsideScope where there is none, NotPermitted for who may not read the ledger there.
    """
    require(user, Permission.VIEW_LEDGER, region.code)
    require(user, Permission.VIEW_COVERAGE, region.code)
    run = find_run(user, region, period)
    if run is None:
        raise OutsideScope(region.code)
    found = GatheredEvidence(region, period, run)
    values = _asked(user, region, period, measure, dimensions) if measure else list(list_values(run))
    seen: set[int] = set()
    while values:
        value = values.pop(0)
        if value.pk not in seen:
            seen.add(value.pk)
            explanation = explain_value(user, value)
            found.figures.append(_figure(found, explanation))
            values += explanation.parts
    return found


def _asked(
    user: User, region: Region, period: date, measure: str, dimensions: dict[str, str]
) -> list[MeasureValue]:
    value = find_value(user, region, period, measure, None, **dimensions)
    if value is None:
        raise OutsideScope(region.code)
    return [value]


def _figure(found: GatheredEvidence, told: Explanation) -> Row:
    value, run = told.value, told.value.run
    below = [_below(one.value) for one in told.below if one.value]
    sections = [
        {
            "title": section.title,
            "total": int(section.total),
            "rows": [_numbered(found, row, run.region_id) for row in section.rows],
        }
        for section in told.sections
    ]
    sections += [{"title": kept.title, "total": int(kept.total), "rows": None} for kept in told.withheld]
    return {
        "measure": value.measure,
        "label": str(told.measure.label),
        "formula": _formula(value),
        **{name: getattr(value, name) for name in DIMENSIONS},
        "region": run.region_id,
        "period": iso_month(run.period),
        "numerator": value.numerator,
        "denominator": value.denominator,
        "rate": None if value.rate is None else str(value.rate),
        "is_percent": told.measure.unit == Unit.PERCENT and value.rate is not None,
        "unit": str(told.measure.unit),
        "definition": value.definition,
        "sections": sections,
        "below": below,
        "is_sum_of_below": bool(below) and sum(one["numerator"] for one in below) == value.numerator,
        "not_reported": [one.region.code for one in told.below if one.value is None],
        "run": _run(run),
    }


def _formula(value: MeasureValue) -> str:
    measure = MEASURES[value.measure]
    divided = f" ÷ {measure.denominator}" if measure.unit.is_quotient else ""
    return f"{measure.numerator}{divided}"


def _below(value: MeasureValue) -> Row:
    return {
        "region": value.run.region_id,
        "numerator": value.numerator,
        "denominator": value.denominator,
        "run": value.run_id,
    }


def _run(run: Run) -> Row:
    return {
        "id": run.pk,
        "version": run.code_version,
        "inputs_sha256": run.inputs_hash,
        "computed_at": localtime(run.computed_at).isoformat(),
        "closing": run.closing,
        "moved_at": localtime(run.moved_at).isoformat() if run.moved_at else None,
    }


def _numbered(found: GatheredEvidence, row: FactRow, region: str) -> int:
    for one in row.documents:
        found.documents[one.pk] = one
    kind = row.kind.name if row.kind else "list"
    if row.kind is None:
        found.counts_names = True
        found.lists.update({row.fact.pk} if row.fact.pk else ())
    elif row.place:
        found.from_files.setdefault(kind, []).append(row.fact)
    return found.number_of((kind, row.fact.pk, row.label, row.amount, row.unit), row, region)


def _row(row: FactRow, region: str) -> Row:
    fact = row.fact
    return {
        "kind": row.kind.name if row.kind else "list",
        "id": fact.pk,
        "region": getattr(fact, "region_id", region),
        "label": row.label,
        # The sum of a column of the database may come as a decimal of whole rupiah.
        "amount": int(row.amount),
        "unit": str(row.unit),
        "source": fact.source,
        "source_url": fact.source_url,
        "as_of": fact.as_of.isoformat(),
        "place_in_file": row.place,
        "note": fact.note,
        "origin": fact.origin,
        "entered_by": str(fact.entered_by),
        "changed_at": localtime(fact.changed_at).isoformat(),
        "revision": fact.revision,
        "documents": [one.pk for one in row.documents],
    }
