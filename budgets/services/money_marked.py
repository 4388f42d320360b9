"""A file of money given back with its bad rows marked: who took it, and why."""

from django.db import transaction
from django.utils.translation import gettext as _

from budgets.enums import MoneyKind
from budgets.models import MoneyBatch
from budgets.services.money_batch import note
from budgets.services.money_kinds import FILE_KINDS
from participants.enums import RowState
from participants.services.batches.marked import MarkedFile
from participants.services.persons.unmask import stated
from participants.services.watermark import watermark
from regions.access import require
from regions.enums import Verb
from regions.models import User


@transaction.atomic
def take_marked_money_file(*, pk: int, reason: str, by: User) -> MarkedFile:
    """Note that the marked workbook leaves, with the number of rows that it gives back to be mended.

    No number of a person stays readable in it: of money none has to be mended. Raises PersonRefused without
    a reason, OutsideScope or NotPermitted.
    """
    batch = MoneyBatch.objects.defer("content_sealed").get(pk=pk)
    require(by, FILE_KINDS[MoneyKind(batch.kind)].permission, batch.region_id)
    words = stated(reason)
    count = batch.rows.filter(state=RowState.REFUSED).count()
    detail = {"rows": count, "whole_nik": False, "reason": words, "format": "xlsx"}
    note(batch, by=by, verb=Verb.EXPORTED, detail=detail)
    document = _("Berkas %(kind)s #%(number)s") % {
        "kind": batch.get_kind_display().lower(),
        "number": batch.pk,
    }
    return MarkedFile({}, watermark(by=by, reason=words, document=document))
