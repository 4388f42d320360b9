"""Answers to what the reader must not decide: who left, who died, which group of columns is meant."""

from collections.abc import Sequence

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from participants.enums import BatchState, RowState
from participants.errors import BatchRefused
from participants.importers.faults import QUESTIONS, Reason
from participants.models import Batch, BatchRow
from participants.selectors.reach import require_batch
from participants.services.batches.compare import compare_rows
from participants.services.batches.mend import cells_of, judged_anew, questions_in, recount
from participants.services.batches.row import copy_rows
from participants.services.batches.store import lock_batch, store_rows
from regions.models import User

_AT_ONCE = 5000


@transaction.atomic
def answer_question(*, batch_id: int, reason: str, words: str, is_member: bool, by: User) -> int:
    """Decide for all rows of a batch that ask the same with the same words; how many.

    Members go on as if nothing had been asked, others are left out for good. Raises BatchRefused,
    OutsideScope or NotPermitted.
    """
    batch = lock_batch(batch_id)
    require_batch(by, batch)
    if batch.state not in {BatchState.CHECKED, BatchState.STORED} or reason not in QUESTIONS:
        raise BatchRefused(_("Pertanyaan ini tidak lagi menunggu jawaban. Muat ulang halamannya."))
    rows = batch.rows.filter(state=RowState.REFUSED, reasons__contains=[reason], asked=words)
    count = rows.count()
    if is_member:
        _take_in(batch, rows, Reason(reason), by)
    else:
        rows.update(state=RowState.SKIPPED)
    recount(batch)
    return count


def _take_in(batch: Batch, rows: QuerySet[BatchRow], answered: Reason, by: User) -> None:
    pks = list(rows.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(pks), _AT_ONCE):
        found = list(batch.rows.filter(pk__in=pks[start : start + _AT_ONCE]).order_by("pk"))
        judged = [
            judged_anew(batch, row, cells_of(row), [one for one in questions_in(row) if one != answered])
            for row in found
        ]
        batch.rows.filter(pk__in=[row.pk for row in found]).delete()
        before = batch.rows.order_by("-pk").values_list("pk", flat=True).first() or 0
        copy_rows(batch.pk, judged)
        if batch.state == BatchState.STORED:
            _store(batch, list(batch.rows.filter(pk__gt=before).values_list("pk", flat=True)), by)
    if batch.state == BatchState.CHECKED:
        compare_rows(batch)


def _store(batch: Batch, pks: Sequence[int], by: User) -> None:
    fresh = list(pks)
    compare_rows(batch, fresh)
    store_rows(batch, by=by, rows=fresh)
