"""Asking for a reconciliation, and what its steps share: one draft of each question, its code."""

import hashlib
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from budgets.enums import ReconciliationState, Side
from budgets.errors import ReconciliationRefused
from budgets.models import Reconciliation, ReconciliationFile
from budgets.selectors.reconciliation import document_code
from participants.importers.workbook import MOST_BYTES
from participants.selectors.key import keys_are_settled
from regions.access import require
from regions.cipher import seal_bytes
from regions.enums import Level, Verb
from regions.models import User
from regions.models.region import level_of
from regions.personal_numbers import masked_file_name
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
    """Keep the files for a worker to read and compare.

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
    for upload in (members, payments):
        if upload is not None and len(upload.content) > MOST_BYTES:
            raise ReconciliationRefused(
                _("Berkas lebih besar dari %(most)s MB. Bagi daftarnya menjadi beberapa berkas.")
                % {"most": MOST_BYTES // 2**20}
            )
    return _ask(question, members, payments, by=by)


@transaction.atomic
def _ask(question: FileQuestion, members: Upload, payments: Upload | None, *, by: User) -> Reconciliation:
    reconciliation = Reconciliation.objects.create(
        region_id=question.region_code,
        month=question.month,
        category_id=question.category or None,
        funding_id=question.funding or None,
        state=ReconciliationState.WAITING,
        made_by=by,
    )
    _keep(reconciliation, Side.BPJS, members)
    if payments is not None:
        _keep(reconciliation, Side.BANK, payments)
    return reconciliation


def _keep(reconciliation: Reconciliation, side: Side, upload: Upload) -> None:
    ReconciliationFile.objects.create(
        reconciliation=reconciliation,
        side=side,
        file_name=masked_file_name(upload.name, 80),
        sha256=hashlib.sha256(upload.content).hexdigest(),
        size=len(upload.content),
        content_sealed=seal_bytes(upload.content),
    )


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


def settle(reconciliation: Reconciliation) -> None:
    """Give the document its code anew; a signature under another text is none."""
    reconciliation.code = document_code(reconciliation)
    reconciliation.pemda_signer = reconciliation.pemda_signed_at = None
    reconciliation.bpjs_signer = reconciliation.bpjs_signed_at = None
    reconciliation.save()


def note(reconciliation: Reconciliation, by: User, verb: Verb, detail: dict[str, Any]) -> None:
    subject = _("rekonsiliasi #%(number)s") % {"number": reconciliation.pk}
    place, months = reconciliation.region_id, [reconciliation.month]
    record_act(by=by, verb=verb, subject=subject, region_code=place, detail=detail, months=months)
