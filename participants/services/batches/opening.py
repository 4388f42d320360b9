"""Opening what came closed: workbooks with a password, archives of lists."""

import hashlib
import zipfile
from io import BytesIO
from pathlib import PurePosixPath

from django.db import transaction
from django.utils.translation import gettext as _

from participants.cipher import seal_bytes, unseal_bytes
from participants.enums import BatchState, Remedy
from participants.errors import BatchRefused
from participants.importers.protected import WrongPassword, unlocked
from participants.importers.workbook import MOST_BYTES
from participants.models import Batch, BatchFile
from participants.services.batches.batch import BatchTerms, send_file
from regions.access import require
from regions.enums import Origin
from regions.models import User
from regions.roles import Permission

MOST_LISTS = 50
_MOST_UNPACKED = 4 * MOST_BYTES


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
        is_proposal=batch.is_proposal,
    )
    lists = _lists(_content(batch), batch.inside)
    sent = [
        send_file(terms=terms, file_name=name, content=content, by=by, origin=Origin(batch.origin))
        for name, content in lists
    ]
    batch.remedy, batch.state = "", BatchState.CANCELLED
    batch.refusal = _("Sudah dibuka: setiap daftar menjadi kiriman sendiri.")
    batch.save(update_fields=["remedy", "state", "refusal"])
    return sent


def _closed(pk: int, remedy: Remedy, by: User) -> Batch:
    batch = Batch.objects.select_for_update(of=("self",)).get(pk=pk)
    require(by, Permission.ENTER_PERSONS, batch.region_id)
    if batch.state != BatchState.REFUSED or batch.remedy != remedy:
        raise BatchRefused(_("Berkas ini tidak lagi menunggu dibuka. Muat ulang halamannya."))
    return batch


def _content(batch: Batch) -> bytes:
    return unseal_bytes(BatchFile.objects.values_list("content_sealed", flat=True).get(pk=batch.pk))


def _lists(content: bytes, names: list[str]) -> list[tuple[str, bytes]]:
    """The lists by their own names. Sizes that an archive declares can lie, so reading stops by itself."""
    if len(names) > MOST_LISTS:
        raise BatchRefused(
            _("Berkas ZIP berisi lebih dari %(most)s daftar. Bagi menjadi beberapa berkas.")
            % {"most": MOST_LISTS}
        )
    found, left = [], _MOST_UNPACKED
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            for name in names:
                with archive.open(name) as file:
                    inner = file.read(min(left, MOST_BYTES) + 1)
                left -= len(inner)
                if len(inner) > MOST_BYTES or left < 0:
                    raise BatchRefused(
                        _("Isi berkas ZIP terlalu besar. Kirim daftarnya satu per satu, paling besar 25 MB.")
                    )
                found.append((PurePosixPath(name).name, inner))
    except (zipfile.BadZipFile, KeyError, RuntimeError, NotImplementedError, OSError) as error:
        raise BatchRefused(
            _("Berkas ZIP rusak atau terkunci. Buka sendiri, lalu kirim daftarnya satu per satu.")
        ) from error
    return found
