"""Lists of which something waits in a month: rows not mended, or the whole list not approved."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from participants.enums import BatchState
from participants.models import Batch
from regions.enums import Origin, ReportKind
from regions.month import months_between, next_month
from regions.selectors.reporting_month import locks_of, newest_locked

# A worker has them; what waits in them is known when it is done.
BUSY = frozenset({BatchState.WAITING, BatchState.READING, BatchState.CONFIRMED, BatchState.STORING})
_OPEN = BUSY | {BatchState.CHECKED, BatchState.STORED}


@dataclass(frozen=True)
class WaitingList:
    """`parked` rows wait to be mended; `unapproved` are good rows that nobody has approved yet."""

    batch: Batch
    parked: int
    unapproved: int
    is_busy: bool


def waiting_batches(codes: Iterable[str]) -> QuerySet[Batch]:
    """Lists of these regions of which something may wait, oldest first; what was typed waits for nobody."""
    rows = Batch.objects.filter(region__in=list(codes), state__in=_OPEN).exclude(origin=Origin.FORM)
    unmended = Q(counts__state__refused__gt=0) | ~Q(state=BatchState.STORED)
    return rows.filter(unmended).select_related("category", "funding", "region").order_by("pk")


def list_waiting(codes: Iterable[str], month: date | None = None) -> dict[str, list[WaitingList]]:
    """Region code → lists of which something waits; only those that speak of a month, where one is named."""
    rows = waiting_batches(codes)
    if month is not None:
        rows = rows.filter(Q(last_month=None) | Q(last_month__gte=month), first_month__lte=month)
    found: dict[str, list[WaitingList]] = defaultdict(list)
    for batch in rows:
        unapproved = batch.good if batch.state == BatchState.CHECKED else 0
        one = WaitingList(batch, batch.parked, unapproved, BatchState(batch.state) in BUSY)
        if one.is_busy or one.parked or one.unapproved:
            found[batch.region_id].append(one)
    return found


def carries_to(batch: Batch) -> date | None:
    """The first month that takes the waiting rows of a list of which a month is locked; None: none is."""
    locked = newest_locked(batch.region_id, ReportKind.PERSONS)
    if locked is None or locked < batch.first_month:
        return None
    months = list(months_between(batch.first_month, min(locked, batch.last_month or locked)))
    # A later month may be locked while those of the list are open.
    if not locks_of([batch.region_id], months, ReportKind.PERSONS):
        return None
    return next_month(locked)
