"""What becomes of the rows of a list that nobody mended before their month was locked."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from participants.enums import BatchState, RowState, WaitingAnswer
from participants.errors import BatchRefused
from participants.models import Batch
from participants.selectors.batches.waiting import carries_to, list_waiting
from participants.selectors.reach import require_batch
from participants.services.batches.compare import compare_rows
from participants.services.batches.mend import recount
from participants.services.batches.store import lock_batch
from regions.enums import Verb
from regions.models import User
from regions.month import iso_month
from regions.month_steps import CLOSE
from regions.personal_numbers import masked_numbers
from regions.selectors.month_way import get_way, require_step
from regions.services.act import record_act


@transaction.atomic
def settle_waiting(*, region_code: str, month: date, answer: str, reason: str, by: User) -> int:
    """Carry or drop what waits in the lists of a month that is about to be closed; how many lists.

    Raises BatchRefused where an answer or its reason is missing or a worker has one of them, OutsideScope
    or NotPermitted for whoever does not close the month.
    """
    require_step(by, CLOSE, region_code, get_way(region_code, month))
    waiting = list_waiting([region_code], month).get(region_code, [])
    if not waiting:
        return 0
    for one in waiting:
        if one.is_busy:
            raise BatchRefused(
                _("Unggahan #%(number)s masih dikerjakan. Tunggu sampai selesai, lalu tutup bulannya.")
                % {"number": one.batch.pk}
            )
    if answer not in WaitingAnswer.values:
        raise BatchRefused(
            _("Masih ada baris daftar yang menunggu. Pilih dahulu: dibawa ke bulan berikutnya, atau dibuang.")
        )
    for one in waiting:
        batch = lock_batch(one.batch.pk)
        if answer == WaitingAnswer.CARRY:
            _carry(batch, by)
        else:
            _drop(batch, reason, by)
    return len(waiting)


@transaction.atomic
def carry_batch(*, pk: int, by: User) -> Batch:
    """Carry the waiting rows of one list to the first open month; the list in which they wait now.

    Raises BatchRefused, OutsideScope or NotPermitted.
    """
    batch = lock_batch(pk)
    require_batch(by, batch)
    if batch.state not in {BatchState.CHECKED, BatchState.STORED} or not (batch.parked or batch.good):
        raise BatchRefused(_("Tidak ada baris yang menunggu pada unggahan ini. Muat ulang halamannya."))
    return _carry(batch, by)


def _carry(batch: Batch, by: User) -> Batch:
    first = carries_to(batch)
    if first is None:
        raise BatchRefused(_("Bulan daftar ini masih terbuka; barisnya dapat diperbaiki di sini."))
    last = None if batch.last_month is None else max(batch.last_month, first)
    count = batch.parked + (batch.good if batch.state == BatchState.CHECKED else 0)
    carried = batch if batch.state == BatchState.CHECKED else _rest_of(batch)
    carried.first_month, carried.last_month = first, last
    carried.save()
    if carried.pk != batch.pk:
        batch.rows.filter(state=RowState.REFUSED).update(batch=carried)
        recount(batch)
        recount(carried)
    else:
        compare_rows(carried)
        recount(carried)
    _note(batch, Verb.CARRIED, by, {"rows": count, "from": iso_month(first), "carried_to": f"#{carried.pk}"})
    return carried


def _rest_of(batch: Batch) -> Batch:
    """A list for the unmended rows of a stored one, under the same terms."""
    rest = Batch.objects.get(pk=batch.pk)
    rest.pk = None
    rest._state.adding = True
    rest.carried_from_id = batch.carried_from_id or batch.pk
    rest.balance, rest.counts, rest.done, rest.total = {}, {}, 0, 0
    rest.save(force_insert=True)
    # Set by itself on insertion; the rows wait since the list was sent.
    Batch.objects.filter(pk=rest.pk).update(entered_at=batch.entered_at)
    rest.entered_at = batch.entered_at
    return rest


def _drop(batch: Batch, reason: str, by: User) -> None:
    words = masked_numbers(reason.strip())[:250]
    if not words:
        raise BatchRefused(_("Tulis mengapa baris yang menunggu dibuang; alasannya dibaca auditor."))
    if batch.state == BatchState.CHECKED:
        count = batch.parked + batch.good
        batch.state, batch.refusal = BatchState.CANCELLED, words
        batch.rows.all().delete()
        batch.save(update_fields=["state", "refusal"])
    else:
        count = batch.rows.filter(state=RowState.REFUSED).update(state=RowState.SKIPPED)
        recount(batch)
    _note(batch, Verb.DROPPED, by, {"rows": count, "reason": words})


def _note(batch: Batch, verb: Verb, by: User, detail: dict[str, object]) -> None:
    record_act(
        by=by,
        verb=verb,
        subject=_("unggahan #%(number)s") % {"number": batch.pk},
        region_code=batch.region_id,
        detail=detail,
        months=[batch.first_month],
    )
