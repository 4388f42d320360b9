"""Taking out of rows of lists what they say of persons; their place, state and reasons stay."""

from typing import Any

from django.db.models import Q, QuerySet

from participants.enums import BatchState, RowState
from participants.models import Batch, BatchRow
from participants.person_columns import NOTHING
from participants.services.batches.mend import recount

_NO_ONE: dict[str, Any] = {
    **NOTHING,
    "nik_digest": None,
    "nik_sealed": None,
    "cells_sealed": None,
    "asked": "",
    "payer_name": "",
    "before": None,
}
_GOOD = (RowState.NEW, RowState.CHANGED, RowState.SAME)


def empty_rows(rows: QuerySet[BatchRow]) -> int:
    """How many were emptied. An equal file that comes again is read anew, not copied from here."""
    batches = list(rows.order_by().values_list("batch_id", flat=True).distinct())
    Batch.objects.filter(pk__in=batches).update(reader=0)
    return rows.update(**_NO_ONE)


def erase_rows(rows: QuerySet[BatchRow]) -> int:
    """Empty rows whatever their list waits for; call it while nobody else stores in the region.

    What is not stored yet is left out, or the rest of the list could never be stored.
    """
    pks = list(rows.values_list("pk", flat=True))
    found = BatchRow.objects.filter(pk__in=pks)
    concerned = Batch.objects.select_for_update(of=("self",)).filter(pk__in=found.values("batch_id"))
    batches = list(concerned.order_by("pk"))
    is_history = Q(state__in=_GOOD, batch__state__in=[BatchState.STORED, BatchState.UNDONE])
    found.exclude(is_history).update(state=RowState.SKIPPED)
    cleared = empty_rows(found)
    for batch in batches:
        recount(batch)
    return cleared
