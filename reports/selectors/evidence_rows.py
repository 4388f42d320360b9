"""What stands in a bundle beside its figures and rows: persons, approvals, acts, files and documents."""

from collections.abc import Iterator

from django.db.models import Q
from django.utils.timezone import localtime

from budgets.models import MoneyBatch
from budgets.selectors.money_batch import file_rows_of
from participants.models import Attachment, Batch, Enrolment
from participants.selectors.attachment import list_attachments
from participants.selectors.attachment_subject import find_subject
from participants.selectors.persons.enrolment import covering
from regions.access import scope_of
from regions.enums import Level
from regions.ledger import content_of
from regions.models import User
from regions.models.region import ancestor_codes
from regions.month import iso_month
from regions.roles import Permission
from regions.selectors.act import LedgerQuestion, list_acts
from regions.selectors.ledger_proof import proofs_of
from regions.selectors.reporting_month import list_reopenings, list_steps
from reports.selectors.definitions.definition import coverage_definition_on
from reports.selectors.evidence import GatheredEvidence, Row
from reports.selectors.months.restatement import list_restatements

# More acts of one region and month are taken from the ledger itself.
MOST_ACTS = 20_000


def person_rows(user: User, found: GatheredEvidence) -> Iterator[Row]:
    """Who is counted by name, with masked numbers and without names, for who may see persons there.

    Nobody where no figure of the bundle counts names.
    """
    if not found.counts_names:
        return
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


def approval_rows(user: User, found: GatheredEvidence) -> Iterator[Row]:
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


def act_rows(user: User, found: GatheredEvidence, size: int) -> Iterator[Row]:
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


def source_rows(found: GatheredEvidence) -> Iterator[Row]:
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


def document_rows(user: User, found: GatheredEvidence) -> Iterator[tuple[Row, Attachment]]:
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
