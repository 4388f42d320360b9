"""Opening what came closed: workbooks with a password, archives of lists."""

import hashlib
from io import BytesIO

from django.db import transaction
from django.utils.translation import gettext as _

from participants.enums import BatchState, Remedy
from participants.errors import BatchRefused
from participants.importers.protected import WrongPassword, unlocked
from participants.importers.refusal import ListRefused
from participants.importers.unpacked import contents_of
from participants.models import Batch, BatchFile
from participants.selectors.reach import require_batch
from participants.services.batches.batch import BatchTerms, send_file
from regions.cipher import seal_bytes, unseal_bytes
from regions.enums import Origin
from regions.models import User


@transaction.atomic
def open_with_password(*, pk: int, password: str, by: User) -> Batch:
    """Keep the opened workbook instead of the closed one and read it; the password is not kept.

    Raises BatchRefused, OutsideScope or NotPermitted.
    """
    batch = _closed(pk, Remedy.PASSWORD, by)
    try:
        content = unlocked(_content(batch), password)
    except WrongPassword as error:
        raise BatchRefused(
            _("Kata sandi ini tidak membuka berkasnya. Periksa huruf besar-kecilnya.")
        ) from error
    BatchFile.objects.filter(batch=batch).update(content_sealed=seal_bytes(content))
    batch.sha256, batch.size = hashlib.sha256(content).hexdigest(), len(content)
    batch.state, batch.attempts, batch.refusal, batch.remedy = BatchState.WAITING, 0, "", ""
    batch.save(update_fields=["sha256", "size", "state", "attempts", "refusal", "remedy"])
    return batch


@transaction.atomic
def unpack_batch(*, pk: int, by: User) -> list[Batch]:
    """Send every list of an archive under the terms of the batch that brought it.

    Raises BatchRefused, OutsideScope, NotPermitted or MonthLocked; then none is sent.
    """
    batch = _closed(pk, Remedy.UNPACK, by)
    terms = BatchTerms(
        region_code=batch.region_id,
        category=batch.category_id,
        funding=batch.funding_id,
        segment=batch.segment,
        programmes=tuple(batch.programmes),
        first_month=batch.first_month,
        last_month=batch.last_month,
        source=batch.source,
        as_of=batch.as_of,
        institution=batch.institution_id,
        payer=batch.payer_id,
        is_proposal=batch.is_proposal,
    )
    try:
        lists = list(contents_of(BytesIO(_content(batch)), batch.inside))
    except ListRefused as refused:
        raise BatchRefused(refused.sentence) from refused
    sent = [
        send_file(terms=terms, file_name=name, content=content, by=by, origin=Origin(batch.origin))
        for name, content in lists
    ]
    batch.remedy, batch.state = "", BatchState.CANCELLED
    batch.refusal = _("Sudah dibuka: setiap daftar menjadi unggahan sendiri.")
    batch.save(update_fields=["remedy", "state", "refusal"])
    return sent


def _closed(pk: int, remedy: Remedy, by: User) -> Batch:
    batch = Batch.objects.select_for_update(of=("self",)).get(pk=pk)
    require_batch(by, batch)
    if batch.state != BatchState.REFUSED or batch.remedy != remedy:
        raise BatchRefused(_("Berkas ini tidak lagi menunggu dibuka. Muat ulang halamannya."))
    return batch


def _content(batch: Batch) -> bytes:
    return unseal_bytes(BatchFile.objects.values_list("content_sealed", flat=True).get(pk=batch.pk))
