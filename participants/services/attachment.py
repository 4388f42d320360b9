"""Documents attached, taken away for reading, and removed."""

import hashlib
from pathlib import PurePath

import pghistory
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from participants.document_type import DocumentRefused
from participants.importers.document import MOST_BYTES, type_of
from participants.models import Attachment
from participants.selectors.attachment import content_of_attachment, get_attachment
from participants.selectors.attachment_subject import AttachmentSubject, find_subject
from regions.cipher import seal_bytes
from regions.enums import Verb
from regions.errors import NotPermitted
from regions.models import User
from regions.personal_numbers import masked_file_name, masked_numbers
from regions.selectors.reporting_month import get_lock
from regions.services.act import record_act
from regions.services.month_lock import share_region_locks

_LONGEST, _LONGEST_REASON, _MOST = 150, 250, 50


def attach_document(
    *, kind: str, subject: str, title: str, file_name: str, content: bytes, by: User
) -> Attachment:
    """A locked month takes documents: they prove its figures and change none.

    Raises DocumentRefused, OutsideScope or NotPermitted.
    """
    found = _writable(by, kind, subject)
    title = masked_numbers(title.strip())[:_LONGEST]
    if not title:
        raise DocumentRefused(_("Tulis judul atau nomor dokumennya, misalnya SK Wali Kota 800/12/2025."))
    if len(content) > MOST_BYTES:
        content = content[: MOST_BYTES + 1]
    media = type_of(content)
    if Attachment.objects.filter(kind=found.kind, subject=found.key).count() >= _MOST:
        raise DocumentRefused(_("Sudah ada 50 dokumen di sini. Gabungkan beberapa ke dalam satu PDF."))
    row = Attachment(
        region=found.region,
        kind=found.kind,
        subject=found.key,
        title=title,
        file_name=_named(file_name, media),
        media=media,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        content_sealed=seal_bytes(content),
        added_by=by,
    )
    try:
        with transaction.atomic():
            row.save(force_insert=True)
            _note(row, found, verb=Verb.RECORDED, by=by)
    except IntegrityError as error:
        raise DocumentRefused(_("Dokumen ini sudah dilampirkan di sini.")) from error
    return row


@transaction.atomic
def take_document(*, pk: int, by: User) -> tuple[Attachment, bytes]:
    """For reading; that it was taken is an act, for anybody's name may stand in it."""
    row, subject = get_attachment(by, pk)
    _note(row, subject, verb=Verb.EXPORTED, by=by)
    return row, content_of_attachment(row)


@transaction.atomic
def remove_document(*, pk: int, reason: str, by: User) -> AttachmentSubject:
    """Its content goes, what it was stays in the history.

    Raises DocumentRefused without a reason, or where somebody has relied on it: in a locked month, or once
    what it belongs to is agreed on. OutsideScope, NotPermitted.
    """
    row, seen = get_attachment(by, pk)
    subject = _writable(by, seen.kind, seen.key)
    reason = masked_numbers(reason.strip())[:_LONGEST_REASON]
    if not reason:
        raise DocumentRefused(_("Tulis alasan dokumen ini dihapus."))
    if sentence := _kept_because(subject):
        raise DocumentRefused(sentence)
    with pghistory.context(user=by.pk, reason=reason):
        row.delete()
    _note(row, subject, verb=Verb.UNDONE, by=by, reason=reason, number=pk)
    return subject


def _writable(user: User, kind: str, key: str) -> AttachmentSubject:
    found = find_subject(user, kind, key)
    if not found.may_write:
        raise NotPermitted(kind)
    return found


def _kept_because(subject: AttachmentSubject) -> str:
    if subject.final:
        return _("Yang dilampiri dokumen ini sudah disepakati, sehingga dokumennya tidak dapat dihapus.")
    code = subject.region.pk
    share_region_locks({code})
    locks = (get_lock(code, month, subject.report) for month in subject.months)
    return next((lock.sentence for lock in locks if lock), "")


def _named(file_name: str, media: str) -> str:
    """A name that says what the file is, whatever it was called."""
    name = PurePath(file_name.replace("\\", "/")).name
    stem = name.rpartition(".")[0] or name
    return masked_file_name(f"{stem}.{media}", _LONGEST)


def _note(
    row: Attachment, subject: AttachmentSubject, *, verb: Verb, by: User, reason: str = "", number: int = 0
) -> None:
    """`number`: that of a row which is gone already."""
    detail = {"file": row.file_name, "sha256": row.sha256, "belongs_to": subject.label, "reason": reason}
    record_act(
        by=by,
        verb=verb,
        subject=f"{_('dokumen')} #{number or row.pk}: {row.title}",
        region_code=row.region_id,
        detail={name: said for name, said in detail.items() if said},
        months=subject.months,
    )
