"""Setting the region's list, that of BPJS and the bank's payments against each other, and agreeing on it."""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from budgets.enums import Match, ReconciliationState, Side
from budgets.errors import ReconciliationRefused
from budgets.importers.reconciliation_files import MemberRow, PaymentRow, send_members, send_payments
from budgets.models import ReconciledPayment, ReconciledPerson, Reconciliation, ReconciliationFile
from budgets.selectors.reconciliation import Listed, document_code, list_pemda_side, list_stored_payments
from participants.cipher import digest, digests, seal, seal_bytes
from participants.importers.header import label_of
from participants.importers.refusal import broken
from participants.importers.workbook import MOST_BYTES
from participants.selectors.key import keys_are_settled
from participants.services.batches.reading_process import FileRefused, ReaderDied, run_apart
from regions.access import require
from regions.enums import Level, Verb
from regions.models import User
from regions.models.region import level_of
from regions.roles import Permission
from regions.services.act import record_act

_SECONDS = 60


@dataclass(frozen=True)
class FileQuestion:
    """What is to be reconciled; an empty category or payer stands for all."""

    region_code: str
    month: date
    category: str = ""
    funding: str = ""


@dataclass(frozen=True)
class Upload:
    name: str
    content: bytes


def make_reconciliation(
    *, question: FileQuestion, members: Upload, payments: Upload | None = None, by: User
) -> Reconciliation:
    """Read the files and compare; a draft of the same question is superseded.

    Raises ReconciliationRefused, OutsideScope or NotPermitted.
    """
    for permission in (Permission.ENTER_CONTRIBUTION, Permission.VIEW_PERSONS):
        require(by, permission, question.region_code)
    if level_of(question.region_code) != Level.REGENCY:
        raise ReconciliationRefused(_("Pilih kabupaten atau kota yang daftarnya direkonsiliasi."))
    if question.month > localdate():
        raise ReconciliationRefused(_("Bulan ini belum tiba. Pilih bulan yang sudah berjalan."))
    if not keys_are_settled():
        raise ReconciliationRefused(
            _("Kunci penyandian sedang diganti; orang yang sama belum dapat dikenali. Coba lagi nanti.")
        )
    rows = _read(members, send_members)
    paid = _read(payments, send_payments) if payments else None
    with transaction.atomic():
        return _make(question, members, rows, payments, paid, by=by)


def _read(upload: Upload, read: Callable[[Path, str, Connection], None]) -> list[Any]:
    if len(upload.content) > MOST_BYTES:
        raise ReconciliationRefused(
            _("Berkas lebih besar dari %(most)s MB. Bagi daftarnya menjadi beberapa berkas.")
            % {"most": MOST_BYTES // 2**20}
        )
    with TemporaryFile() as file:
        file.write(upload.content)
        file.flush()
        path = Path(f"/dev/fd/{file.fileno()}")
        try:
            pieces = run_apart(partial(read, path, Path(upload.name).stem), seconds=_SECONDS)
            return [row for piece in pieces for row in piece]
        except FileRefused as refused:
            raise ReconciliationRefused(refused.sentence) from refused
        except ReaderDied as died:
            raise ReconciliationRefused(broken().sentence) from died


def _make(
    question: FileQuestion,
    members: Upload,
    rows: Sequence[MemberRow | None],
    payments: Upload | None,
    paid: Sequence[PaymentRow | None] | None,
    *,
    by: User,
) -> Reconciliation:
    narrowed = {"category": question.category, "funding": question.funding}
    listed = list_pemda_side(by, question.region_code, question.month, **narrowed)
    told = [row for row in rows if row is not None]
    persons = list(_matched(listed, told))
    orders = _payments(question, paid)
    reconciliation = Reconciliation(
        region_id=question.region_code,
        month=question.month,
        category_id=question.category or None,
        funding_id=question.funding or None,
        state=ReconciliationState.DRAFT,
        counts={match: sum(one.match == match for one in persons) for match in Match.values},
        sums=_sums(listed, told, orders),
        made_by=by,
    )
    drafts = supersede(reconciliation, ReconciliationState.DRAFT)
    reconciliation.save(force_insert=True)
    drafts.update(superseded_by=reconciliation)
    _keep(reconciliation, Side.BPJS, members, rows)
    if payments is not None and paid is not None:
        _keep(reconciliation, Side.BANK, payments, paid)
    for person in persons:
        person.reconciliation = reconciliation
    for order in orders:
        order.reconciliation = reconciliation
    ReconciledPerson.objects.bulk_create(persons, batch_size=2000)
    ReconciledPayment.objects.bulk_create(orders, batch_size=2000)
    settle(reconciliation)
    note(reconciliation, by, Verb.RECORDED, {"counts": reconciliation.counts, "sums": reconciliation.sums})
    return reconciliation


def supersede(reconciliation: Reconciliation, state: ReconciliationState) -> Any:
    """Rows of the same question in this state step aside; to be told by whom once that is stored."""
    same = Reconciliation.objects.select_for_update().filter(
        region=reconciliation.region_id,
        month=reconciliation.month,
        category=reconciliation.category_id,
        funding=reconciliation.funding_id,
        state=state,
    )
    pks = [row.pk for row in same.exclude(pk=reconciliation.pk)]
    older = Reconciliation.objects.filter(pk__in=pks)
    older.update(state=ReconciliationState.SUPERSEDED)
    return older


def _keep(reconciliation: Reconciliation, side: Side, upload: Upload, rows: Sequence[Any]) -> None:
    unread = sum(row is None for row in rows)
    ReconciliationFile.objects.create(
        reconciliation=reconciliation,
        side=side,
        file_name="".join(letter for letter in upload.name if letter.isprintable())[-80:] or "berkas",
        sha256=hashlib.sha256(upload.content).hexdigest(),
        size=len(upload.content),
        rows=len(rows) - unread,
        unread=unread,
        content_sealed=seal_bytes(upload.content),
    )


def _matched(listed: Sequence[Listed], rows: Sequence[MemberRow]) -> Iterator[ReconciledPerson]:
    """By NIK, then by KPJ; rows of BPJS that name one person several times are one, their rupiah summed."""
    by_nik = {one: person for person in listed for one in person.digests}
    by_kpj = {one: person for person in listed for one in person.kpj_digests}
    found: dict[int, ReconciledPerson] = {}
    others: dict[str, ReconciledPerson] = {}
    for row in rows:
        person = next((by_nik[one] for one in digests(row.nik) if one in by_nik), None) if row.nik else None
        if person is None and row.kpj:
            person = next((by_kpj[one] for one in digests(row.kpj) if one in by_kpj), None)
        known = found.get(person.person.pk) if person else others.get(row.nik or row.kpj)
        if known is not None:
            known.billed = row.billed if known.billed is None else known.billed + (row.billed or 0)
        elif person is not None:
            found[person.person.pk] = _both(person, row)
        else:
            others[row.nik or row.kpj] = _only_bpjs(row)
    for person in listed:
        if person.person.pk not in found:
            found[person.person.pk] = _own(person, Match.ONLY_PEMDA)
    yield from found.values()
    yield from others.values()


def _own(listed: Listed, match: Match) -> ReconciledPerson:
    person = listed.person
    return ReconciledPerson(
        match=match,
        nik_digest=person.nik_digest,
        nik_sealed=person.nik_sealed,
        kpj_digest=person.kpj_digest,
        kpj_sealed=person.kpj_sealed,
        name_sealed=seal(person.name),
        due=listed.due,
    )


def _both(listed: Listed, row: MemberRow) -> ReconciledPerson:
    differs = bool(row.name) and label_of(row.name) != label_of(listed.person.name)
    found = _own(listed, Match.NAME_DIFFERS if differs else Match.BOTH)
    found.bpjs_name_sealed = seal(row.name) if row.name else None
    found.billed, found.sheet, found.number = row.billed, row.sheet, row.number
    return found


def _only_bpjs(row: MemberRow) -> ReconciledPerson:
    return ReconciledPerson(
        match=Match.ONLY_BPJS,
        nik_digest=digest(row.nik) if row.nik else None,
        nik_sealed=seal(row.nik) if row.nik else None,
        kpj_digest=digest(row.kpj) if row.kpj else None,
        kpj_sealed=seal(row.kpj) if row.kpj else None,
        bpjs_name_sealed=seal(row.name) if row.name else None,
        billed=row.billed,
        sheet=row.sheet,
        number=row.number,
    )


def _payments(question: FileQuestion, paid: Sequence[PaymentRow | None] | None) -> list[ReconciledPayment]:
    if paid is not None:
        told = [row for row in paid if row is not None]
        return [ReconciledPayment(number=row.number, paid_on=row.paid_on, amount=row.amount) for row in told]
    stored = list_stored_payments(
        question.region_code, question.month, category=question.category, funding=question.funding
    )
    return [
        ReconciledPayment(number=row.number, paid_on=row.paid_on, amount=row.amount, note=row.origin[:150])
        for row in stored
    ]


def _sums(
    listed: Sequence[Listed], rows: Sequence[MemberRow], orders: Sequence[ReconciledPayment]
) -> dict[str, int | None]:
    """Whole rupiah; None where a side says none, which is not zero."""
    billed = [row.billed for row in rows if row.billed is not None]
    return {
        "due": sum(one.due for one in listed if one.due is not None),
        "unpriced": sum(one.due is None for one in listed),
        "billed": sum(billed) if billed else None,
        "paid": sum(order.amount for order in orders) if orders else None,
    }


def settle(reconciliation: Reconciliation) -> None:
    """Give the document its code anew; whoever signed another text has signed nothing."""
    reconciliation.code = document_code(reconciliation)
    reconciliation.pemda_signer = reconciliation.pemda_signed_at = None
    reconciliation.bpjs_signer = reconciliation.bpjs_signed_at = None
    reconciliation.save()


def note(reconciliation: Reconciliation, by: User, verb: Verb, detail: dict[str, Any]) -> None:
    subject = _("rekonsiliasi #%(number)s") % {"number": reconciliation.pk}
    record_act(by=by, verb=verb, subject=subject, region_code=reconciliation.region_id, detail=detail)
