"""What a worker does with batches: reading what was sent, storing what was confirmed."""

from collections.abc import Iterable

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
from participants.services.batches.store import lock_persons, store_rows
from participants.services.persons.duplicate import find_duplicates
from regions.advisory_lock import AdvisoryLock
from regions.enums import Verb
from regions.errors import MonthLocked
from regions.services.act import record_act
from regions.services.work_queue import WorkQueue

AT_WORK = (BatchState.WAITING, BatchState.READING, BatchState.CONFIRMED, BatchState.STORING)


class BatchQueue(WorkQueue[Batch]):
    """Lists that wait to be read, then those that wait to be stored."""

    lock = AdvisoryLock.BATCH_WORK

    def waiting(self) -> Iterable[int]:
        # While keys are being changed nobody can be recognised.
        rows = Batch.objects.filter(state__in=AT_WORK) if keys_are_settled() else Batch.objects.none()
        return rows.order_by("pk").values_list("pk", flat=True)

    def find(self, pk: int) -> Batch | None:
        return Batch.objects.select_for_update(of=("self",)).filter(pk=pk, state__in=AT_WORK).first()

    def mark(self, work: Batch) -> None:
        if work.state in {BatchState.WAITING, BatchState.READING}:
            work.state = BatchState.READING
            work.done = work.total = 0
        else:
            work.state = BatchState.STORING

    def do(self, work: Batch) -> None:
        if work.state == BatchState.READING:
            read_batch(work)
            return
        try:
            store_batch(work)
        except MonthLocked as locked:
            _back_to_checked(work, locked.sentence)
            return
        if work.confirmed_by:
            # A transaction of its own: the list is stored already, and who may be one person can wait.
            find_duplicates(region_code=work.region_id, by=work.confirmed_by)

    def give_up(self, work: Batch) -> None:
        sentence = _(
            "Berkas ini %(count)s kali gagal dikerjakan. Simpan ulang sebagai .xlsx lalu kirim lagi; "
            "bila tetap gagal, sampaikan nomor unggahan ini kepada administrator."
        )
        Batch.objects.filter(pk=work.pk).update(
            state=BatchState.REFUSED, refusal=sentence % {"count": self.most_attempts}, heartbeat_at=now()
        )
        BatchRow.objects.filter(batch=work).delete()


work_on_batches = BatchQueue().run


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
        subject=_("unggahan #%(number)s") % {"number": batch.pk},
        region_code=batch.region_id,
        detail={
            **{"category": batch.category_id, "funding": batch.funding_id},
            **{"file": batch.file_name, "sha256": batch.sha256, "rows": counts["state"]},
        },
        months=[batch.first_month],
    )


def _back_to_checked(batch: Batch, why: str) -> None:
    """Somebody closed the month first: nothing was stored, and the dry run stays to be confirmed again."""
    Batch.objects.filter(pk=batch.pk, state=BatchState.STORING).update(
        state=BatchState.CHECKED, refusal=why, attempts=0, heartbeat_at=now()
    )
