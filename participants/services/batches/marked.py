"""A list given back with its bad rows marked, and a parked row with its numbers whole: who, what and why."""

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from participants.errors import PersonRefused
from participants.models import Batch, BatchFile
from participants.selectors.batches.marks import OpenCells, open_cells_of
from participants.selectors.reach import require_batch
from participants.services.persons.unmask import stated
from participants.services.watermark import watermark
from regions.access import require
from regions.enums import Verb
from regions.models import User
from regions.roles import Permission
from regions.services.act import record_act


@dataclass(frozen=True)
class MarkedFile:
    """What of the workbook stays readable, and the line that says who took it."""

    opened: OpenCells
    watermark: str


@transaction.atomic
def take_marked_file(*, pk: int, reason: str, by: User) -> MarkedFile:
    """Note that the marked workbook leaves, with the number of rows that are open in it.

    Raises PersonRefused without a reason, OutsideScope or NotPermitted.
    """
    batch = Batch.objects.get(pk=pk)
    require_batch(by, batch)
    words = stated(reason)
    if not BatchFile.objects.filter(batch=batch.file_batch).exists():
        raise PersonRefused(_("Berkas unggahan ini sudah dihapus menurut masa simpannya."))
    opened, count = open_cells_of(batch)
    record_act(
        by=by,
        verb=Verb.EXPORTED,
        subject=_("berkas bertanda, unggahan #%(number)s") % {"number": batch.pk},
        region_code=batch.region_id,
        detail={"rows": count, "whole_nik": count > 0, "reason": words, "format": "xlsx"},
    )
    document = _("Unggahan #%(number)s") % {"number": batch.pk}
    return MarkedFile(opened, watermark(by=by, reason=words, document=document))


@transaction.atomic
def unmask_row(*, batch_id: int, row_id: int, reason: str, by: User) -> None:
    """Note that somebody sees the numbers of a parked row whole.

    Raises PersonRefused without a reason, OutsideScope or NotPermitted.
    """
    batch = Batch.objects.get(pk=batch_id)
    require(by, Permission.UNMASK, batch.region_id)
    record_act(
        by=by,
        verb=Verb.UNMASKED,
        subject=_("baris #%(row)s, unggahan #%(number)s") % {"row": row_id, "number": batch.pk},
        region_code=batch.region_id,
        detail={"reason": stated(reason)},
    )
