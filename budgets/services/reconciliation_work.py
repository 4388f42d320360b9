"""Setting the region's list, that of BPJS and the bank's payments against each other, as a worker does it."""

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from budgets.enums import Match, ReconciliationState, Side
from budgets.importers.reconciliation_account import Place, UnreadRow, account_of, repeated
from budgets.importers.reconciliation_files import MemberRow, PaymentRow, send_members, send_payments
from budgets.models import ReconciledPayment, ReconciledPerson, Reconciliation, ReconciliationFile
from budgets.models.reconciliation import RECONCILIATION_AT_WORK
from budgets.selectors.reconciliation import Listed, list_pemda_side, list_stored_payments
from budgets.services.reconciliation import note, settle, supersede
from participants.importers.header import label_of
from participants.importers.ledger import NikLedger
from participants.selectors.key import keys_are_settled
from participants.services.batches.reading_process import FileRefused, run_apart
from regions.advisory_lock import AdvisoryLock
from regions.cipher import digest, digests, seal, unseal_bytes
from regions.enums import Verb
from regions.services.work_queue import WorkQueue

_SECONDS = 60
_READERS: dict[str, Callable[[Path, str, Connection], None]] = {
    Side.BPJS: send_members,
    Side.BANK: send_payments,
}


class ReconciliationQueue(WorkQueue[Reconciliation]):
    """Reconciliations whose files wait to be read."""

    lock = AdvisoryLock.RECONCILIATION_WORK

    def waiting(self) -> Iterable[int]:
        # While keys are being changed nobody can be recognised.
        rows = Reconciliation.objects.filter(state__in=RECONCILIATION_AT_WORK)
        return rows.order_by("pk").values_list("pk", flat=True) if keys_are_settled() else []

    def find(self, pk: int) -> Reconciliation | None:
        rows = Reconciliation.objects.select_for_update(of=("self",)).select_related("made_by")
        return rows.filter(pk=pk, state__in=RECONCILIATION_AT_WORK).first()

    def mark(self, work: Reconciliation) -> None:
        work.state = ReconciliationState.READING

    def do(self, work: Reconciliation) -> None:
        try:
            files = {file.side: (file, _read(file)) for file in work.files.all()}
        except FileRefused as refused:
            _refuse(work, refused.sentence)
            return
        _compare(work.pk, files)

    def give_up(self, work: Reconciliation) -> None:
        sentence = _(
            "Berkasnya %(count)s kali gagal dibaca. Simpan ulang sebagai .xlsx lalu buat lagi; "
            "bila tetap gagal, sampaikan nomor rekonsiliasi ini kepada administrator."
        )
        _refuse(work, sentence % {"count": self.most_attempts})


work_on_reconciliations = ReconciliationQueue().run


def _refuse(reconciliation: Reconciliation, sentence: str) -> None:
    Reconciliation.objects.filter(pk=reconciliation.pk, state=ReconciliationState.READING).update(
        state=ReconciliationState.REFUSED, refusal=sentence[:1000]
    )


def _read(file: ReconciliationFile) -> list[Any]:
    """Its rows, an UnreadRow for one that was left aside; the file gets its account. Raises FileRefused or
    ReaderDied."""
    rows: list[Any] = []
    with TemporaryFile() as opened:
        opened.write(unseal_bytes(file.content_sealed))
        opened.flush()
        path = Path(f"/dev/fd/{opened.fileno()}")
        read = partial(_READERS[file.side], path, Path(file.file_name).stem)
        for piece in run_apart(read, seconds=_SECONDS):
            if isinstance(piece, NikLedger):
                file.balance = piece.as_json()
            else:
                rows += piece
    return rows


@transaction.atomic
def _compare(pk: int, files: dict[str, tuple[ReconciliationFile, list[Any]]]) -> None:
    """All of the comparison or nothing; a draft of the same question is superseded."""
    rows = Reconciliation.objects.select_for_update(of=("self",)).select_related("made_by")
    reconciliation = rows.get(pk=pk)
    if reconciliation.state != ReconciliationState.READING:
        return
    read: dict[str, list[Any]] = {}
    for side, (file, found) in files.items():
        unread = [row for row in found if isinstance(row, UnreadRow)]
        read[side] = [row for row in found if not isinstance(row, UnreadRow)]
        file.rows, file.unread = len(read[side]), len(unread)
        file.balance |= _account(side, read[side], unread)
    narrowed = {
        "category": reconciliation.category_id or "",
        "funding": reconciliation.funding_id or "",
    }
    listed = list_pemda_side(
        reconciliation.made_by, reconciliation.region_id, reconciliation.month, **narrowed
    )
    persons, twice = _matched(listed, read[Side.BPJS])
    files[Side.BPJS][0].balance["twice"] = repeated(twice)
    for file, _found in files.values():
        file.save(update_fields=["rows", "unread", "balance"])
    paid = read.get(Side.BANK)
    orders = _payments(reconciliation, None if paid is None else _once(paid), **narrowed)
    reconciliation.counts = {match: sum(one.match == match for one in persons) for match in Match.values}
    reconciliation.sums = _sums(listed, read[Side.BPJS], orders)
    drafts = supersede(reconciliation, ReconciliationState.DRAFT)
    reconciliation.state = ReconciliationState.DRAFT
    reconciliation.save()
    drafts.update(superseded_by=reconciliation)
    for person in persons:
        person.reconciliation = reconciliation
    for order in orders:
        order.reconciliation = reconciliation
    ReconciledPerson.objects.bulk_create(persons, batch_size=2000)
    ReconciledPayment.objects.bulk_create(orders, batch_size=2000)
    settle(reconciliation)
    detail = {"counts": reconciliation.counts, "sums": reconciliation.sums}
    note(reconciliation, reconciliation.made_by, Verb.RECORDED, detail)


def _account(side: str, rows: Sequence[Any], unread: Sequence[UnreadRow]) -> dict[str, Any]:
    commas = sum(row.has_comma for row in rows)
    if side == Side.BPJS:
        unpriced = [(row.sheet, row.number) for row in rows if row.is_unpriced]
        words = [row.unknown_status for row in rows if row.unknown_status]
        return account_of(unread, commas=commas, unpriced=unpriced, words=words)
    undated = [(row.sheet, row.row) for row in rows if row.is_undated]
    same, differing = _repetitions(rows)
    told = {"payments": repeated(same), "numbers": repeated(differing)}
    return account_of(unread, commas=commas, undated=undated) | told


def _once(paid: Sequence[PaymentRow]) -> list[PaymentRow]:
    """An order has one number: rows with the same number, day and amount are one payment. Rows without a
    number may be as many payments."""
    found: dict[object, PaymentRow] = {}
    for row in paid:
        found.setdefault((row.number, row.paid_on, row.amount) if row.number else (row.sheet, row.row), row)
    return list(found.values())


def _repetitions(paid: Sequence[PaymentRow]) -> tuple[list[list[Place]], list[list[Place]]]:
    """Rows of one payment, and payments of one number that differ in day or amount."""
    by_number: dict[str, dict[tuple[Any, int], list[Place]]] = {}
    for row in paid:
        if row.number:
            rows = by_number.setdefault(row.number, {})
            rows.setdefault((row.paid_on, row.amount), []).append((row.sheet, row.row))
    same = [places for rows in by_number.values() for places in rows.values() if len(places) > 1]
    differing = [[places[0] for places in rows.values()] for rows in by_number.values() if len(rows) > 1]
    return same, differing


def _matched(
    listed: Sequence[Listed], rows: Sequence[MemberRow]
) -> tuple[list[ReconciledPerson], list[list[Place]]]:
    """By NIK, then by KPJ; rows of BPJS that name one person several times are one, their rupiah summed.
    The second list holds the places of such rows."""
    by_nik = {one: person for person in listed for one in person.digests}
    by_kpj = {one: person for person in listed for one in person.kpj_digests}
    found: dict[int, ReconciledPerson] = {}
    others: dict[str, ReconciledPerson] = {}
    places: dict[int | str, list[Place]] = {}
    for row in rows:
        person = next((by_nik[one] for one in digests(row.nik) if one in by_nik), None) if row.nik else None
        if person is None and row.kpj:
            person = next((by_kpj[one] for one in digests(row.kpj) if one in by_kpj), None)
        known = found.get(person.person.pk) if person else others.get(row.nik or row.kpj)
        places.setdefault(person.person.pk if person else row.nik or row.kpj, []).append(
            (row.sheet, row.number)
        )
        if known is not None:
            known.billed = row.billed if known.billed is None else known.billed + (row.billed or 0)
        elif person is not None:
            found[person.person.pk] = _both(person, row)
        else:
            others[row.nik or row.kpj] = _only_bpjs(row)
    for person in listed:
        if person.person.pk not in found:
            found[person.person.pk] = _own(person, Match.ONLY_PEMDA)
    twice = [rows_of_one for rows_of_one in places.values() if len(rows_of_one) > 1]
    return [*found.values(), *others.values()], twice


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


def _payments(
    reconciliation: Reconciliation, paid: Sequence[PaymentRow] | None, **narrowed: str
) -> list[ReconciledPayment]:
    """Those of the bank's file, or where there is none those that are stored."""
    if paid is not None:
        return [ReconciledPayment(number=row.number, paid_on=row.paid_on, amount=row.amount) for row in paid]
    stored = list_stored_payments(reconciliation.region_id, reconciliation.month, **narrowed)
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
