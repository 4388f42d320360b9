"""What a worker does with batches, so that any worker may die at any moment and another goes on.

A batch at work is a row that says so; whoever works on it holds a lock that ends with the connection.
"""

import logging

import pghistory
from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from participants.enums import BatchState
from participants.models import Batch, BatchRow
from participants.selectors.batches.file import changed_since
from participants.selectors.key import keys_are_settled
from participants.services.batches.compare import compare_rows, count_rows
from participants.services.batches.read import read_batch
from participants.services.batches.reading_process import ReaderDied
from participants.services.batches.store import lock_persons, store_rows
from participants.services.persons.duplicate import find_duplicates
from regions.advisory_lock import AdvisoryLock
from regions.enums import Verb
from regions.errors import MonthLocked
from regions.services.act import record_act
from regions.services.advisory_lock import work_lock

log = logging.getLogger(__name__)
MOST_ATTEMPTS = 5
AT_WORK = (BatchState.WAITING, BatchState.READING, BatchState.CONFIRMED, BatchState.STORING)


def work_on_batches() -> int:
    """Do what waits, oldest first; the number of batches worked on. Safe to run twice at once."""
    worked = 0
    if not keys_are_settled():
        return 0
    for pk in list(Batch.objects.filter(state__in=AT_WORK).order_by("pk").values_list("pk", flat=True)):
        with work_lock(AdvisoryLock.BATCH_WORK, pk) as held:
            if held:
                _work(pk)
                worked += 1
    return worked


def _work(pk: int) -> None:
    batch = _begin(pk)
    if batch is None:
        return
    if batch.attempts > MOST_ATTEMPTS:
        _give_up(batch)
    elif batch.state == BatchState.READING:
        try:
            read_batch(batch)
        except ReaderDied as died:
            log.warning("the process that read batch %s ended with %s", batch.pk, died)
    else:
        try:
            store_batch(batch)
        except MonthLocked as locked:
            _back_to_checked(batch, locked.sentence)
            return
        if batch.confirmed_by:
            # A transaction of its own: the list is stored already, and who may be one person can wait.
            find_duplicates(region_code=batch.region_id, by=batch.confirmed_by)


@transaction.atomic
def _begin(pk: int) -> Batch | None:
    """The batch marked as being worked on; None if it needs no work any more."""
    batch = Batch.objects.select_for_update(of=("self",)).get(pk=pk)
    if batch.state not in AT_WORK:
        return None
    if batch.state in {BatchState.WAITING, BatchState.READING}:
        batch.state = BatchState.READING
        batch.done = batch.total = 0
    else:
        batch.state = BatchState.STORING
    batch.attempts += 1
    batch.began_at = batch.heartbeat_at = now()
    batch.save(update_fields=["state", "done", "total", "attempts", "began_at", "heartbeat_at"])
    return batch


@transaction.atomic
def store_batch(batch: Batch) -> None:
    """Store all good rows, or nothing: a worker that dies here leaves no trace but the attempt."""
    lock_persons(batch.region_id)
    batch = Batch.objects.select_for_update(of=("self",)).select_related("confirmed_by").get(pk=batch.pk)
    if batch.state != BatchState.STORING or batch.confirmed_by is None:
        return
    counts = batch.counts
    if changed_since(batch):
        compare_rows(batch)
        counts = count_rows(batch)
    with pghistory.context(user=batch.confirmed_by_id, batch=batch.pk):
        store_rows(batch, by=batch.confirmed_by)
    batch.state, batch.counts, batch.attempts = BatchState.STORED, counts, 0
    batch.done = batch.total = batch.good
    batch.stored_at = batch.heartbeat_at = now()
    batch.save()
    record_act(
        by=batch.confirmed_by,
        verb=Verb.IMPORTED,
        subject=_("kiriman #%(number)s") % {"number": batch.pk},
        region_code=batch.region_id,
        detail={"file": batch.file_name, "sha256": batch.sha256, "rows": counts["state"]},
    )


def _back_to_checked(batch: Batch, why: str) -> None:
    """Somebody closed the month first: nothing was stored, and the dry run stays to be confirmed again."""
    Batch.objects.filter(pk=batch.pk, state=BatchState.STORING).update(
        state=BatchState.CHECKED, refusal=why, attempts=0, heartbeat_at=now()
    )


def _give_up(batch: Batch) -> None:
    log.error("batch %s was given up after %s attempts", batch.pk, MOST_ATTEMPTS)
    sentence = _(
        "Berkas ini %(count)s kali gagal dikerjakan. Simpan ulang sebagai .xlsx lalu kirim lagi; "
        "bila tetap gagal, sampaikan nomor kiriman ini kepada administrator."
    )
    Batch.objects.filter(pk=batch.pk).update(
        state=BatchState.REFUSED, refusal=sentence % {"count": MOST_ATTEMPTS}, heartbeat_at=now()
    )
    BatchRow.objects.filter(batch=batch).delete()
