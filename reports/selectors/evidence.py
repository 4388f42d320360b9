"""All that stands behind a figure, or behind a month of a region, as rows of a bundle that proves itself."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.timezone import localtime

from budgets.models import MoneyBatch
from budgets.selectors.money_batch import file_rows_of
from participants.models import Attachment, Batch, Enrolment
from participants.selectors.attachment import list_attachments
from participants.selectors.attachment_subject import find_subject
from participants.selectors.persons.enrolment import covering
from regions.access import require, scope_of
from regions.enums import Level
from regions.errors import OutsideScope
from regions.ledger import content_of
from regions.models import Region, User
from regions.models.region import ancestor_codes
from regions.month import iso_month
from regions.roles import Permission
from regions.selectors.act import LedgerQuestion, list_acts
from regions.selectors.ledger_proof import proofs_of
from regions.selectors.reporting_month import list_reopenings, list_steps
from reports.enums import Unit
from reports.explanations.fact_row import FactRow
from reports.measures.catalogue import MEASURES
from reports.models import MeasureValue, Run
from reports.selectors.definitions.definition import coverage_definition_on
from reports.selectors.explanation import Explanation, explain_value
from reports.selectors.months.restatement import list_restatements
from reports.selectors.run import find_run
from reports.selectors.value import DIMENSIONS, find_value, list_values

Row = dict[str, Any]
# More acts of one region and month are taken from the ledger itself.
MOST_ACTS = 20_000


@dataclass
class Evidence:
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
    _numbers: dict[tuple[Any, ...], int] = field(default_factory=dict)

    def number_of(self, key: tuple[Any, ...], row: FactRow, region: str) -> int:
        """The number under which a row stands in the bundle; the same row of two figures stands once."""
        if key not in self._numbers:
            self.rows.append(_row(row, region))
            self._numbers[key] = len(self.rows)
        return self._numbers[key]


def gather_evidence(
    user: User, region: Region, period: date, measure: str = "", **dimensions: str
) -> Evidence:
    """Of one figure with those it is made of, or of all figures of the month.

    Raises OutsideScope where there is none, NotPermitted for who may not read the ledger there.
    """
    require(user, Permission.VIEW_LEDGER, region.code)
    require(user, Permission.VIEW_COVERAGE, region.code)
    run = find_run(user, region, period)
    if run is None:
        raise OutsideScope(region.code)
    found = Evidence(region, period, run)
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


def _figure(found: Evidence, told: Explanation) -> Row:
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


def _numbered(found: Evidence, row: FactRow, region: str) -> int:
    for one in row.documents:
        found.documents[one.pk] = one
    kind = row.kind.name if row.kind else "list"
    if row.kind is None and row.fact.pk:
        found.lists.add(row.fact.pk)
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


def person_rows(user: User, found: Evidence) -> Iterator[Row]:
    """Who is counted by name, with masked numbers and without names, for who may see persons there."""
    if found.region.level != Level.REGENCY or not scope_of(user).holds(
        Permission.VIEW_PERSONS, found.region.code
    ):
        return
    spells = Enrolment.objects.filter(covering(found.period), region=found.region)
    for spell in spells.select_related("participant").order_by("pk").iterator(chunk_size=2_000):
        person = spell.participant
        yield {
            "spell": spell.pk,
            "person": person.merged_into_id or person.pk,
            "nik": person.nik.masked,
            "category": spell.category_id,
            "funding": spell.funding_id,
            "programmes": list(spell.programmes),
            "first_month": iso_month(spell.first_month),
            "last_month": iso_month(spell.last_month) if spell.last_month else None,
            "state": spell.state,
            "source": spell.source,
            "list": spell.batch_id,
            "row_in_list": spell.row_number,
            "revision": spell.revision,
        }


def approval_rows(user: User, found: Evidence) -> Iterator[Row]:
    """The steps of the month, its reopenings and restatements, and what counted as covered."""
    for step in list_steps(found.region, found.period):
        yield {
            "what": "step",
            "at": localtime(step.at).isoformat(),
            "by": str(step.by or ""),
            "verb": step.verb,
            "from": step.from_state,
            "to": step.to_state,
            "reason": step.reason,
            "closing": step.closing,
        }
    for wish in list_reopenings(found.region, found.period).order_by("pk"):
        yield {
            "what": "reopening",
            "at": localtime(wish.asked_at).isoformat(),
            "by": str(wish.asked_by),
            "reason": wish.reason,
            "granted": wish.is_granted,
            "decided_by": str(wish.decided_by or ""),
            "answer": wish.answer,
        }
    for one in list_restatements(user, region=found.region).filter(period=found.period).order_by("pk"):
        yield {
            "what": "restatement",
            "at": localtime(one.at).isoformat(),
            "before": one.before_id,
            "after": one.after_id,
            "reason": one.reason,
        }
    definition = coverage_definition_on(found.period)
    yield {
        "what": "definition",
        "code": definition.code,
        "label": definition.label,
        "since": definition.valid_from.isoformat(),
        "segments": definition.segments,
        "programmes": definition.programmes,
        "by": str(definition.decided_by or ""),
    }


def act_rows(user: User, found: Evidence, size: int) -> Iterator[Row]:
    """Acts about the region and month as they are hashed, each with its way to the root of `size` acts."""
    code = found.region.code
    # A file of a province brings rows of its regencies: its act stands with the province.
    about = Q(region_code__in=[code, *ancestor_codes(code)]) | Q(region_code__startswith=f"{code}.")
    acts = list(list_acts(user, LedgerQuestion(month=found.period)).filter(about)[:MOST_ACTS])
    proofs = proofs_of([act.pk for act in acts], size)
    for act in reversed(acts):
        if proof := proofs.get(act.pk):
            yield {
                "id": act.pk,
                "content": content_of(act),
                "hash": act.hash,
                "position": proof.position,
                "proof": list(proof.hashes),
            }


def source_rows(found: Evidence) -> Iterator[Row]:
    """Files of money and lists of persons behind the rows, by their hash: who holds one can compare it."""
    batches: dict[int, MoneyBatch] = {}
    for facts in found.from_files.values():
        batches |= {row.batch_id: row.batch for row in file_rows_of(facts).values()}
    for batch in sorted(batches.values(), key=lambda one: one.pk):
        yield _file("money", batch)
    for one in Batch.objects.filter(pk__in=found.lists).exclude(sha256="").order_by("pk"):
        yield _file("persons", one)


def _file(kind: str, batch: MoneyBatch | Batch) -> Row:
    return {"kind": kind, "number": batch.pk, "name": batch.file_name, "sha256": batch.sha256}


def document_rows(user: User, found: Evidence) -> Iterator[tuple[Row, Attachment]]:
    """Documents of the rows and of the month; what somebody may not open is not among them."""
    subject = find_subject(user, "month", f"{found.region.code}_{iso_month(found.period)}")
    documents = found.documents | {one.pk: one for one in list_attachments(subject)}
    for pk, one in sorted(documents.items()):
        yield (
            {
                "id": pk,
                "of": f"{one.kind} {one.subject}",
                "title": one.title,
                "file": f"dokumen/{pk}.{one.media}",
                "sha256": one.sha256,
                "added_by": str(one.added_by),
                "added_at": localtime(one.added_at).isoformat(),
            },
            one,
        )
