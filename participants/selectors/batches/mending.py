"""Which rows of a list are mended by typing: those that ask something are answered instead."""

from django.db.models import QuerySet

from participants.enums import RowState
from participants.importers.faults import QUESTIONS
from participants.models import Batch, BatchRow
from participants.selectors.batches.batch import REASONS


def list_mendable(batch: Batch, reason: str) -> QuerySet[BatchRow]:
    """Of one reason, or of all."""
    rows = batch.rows.filter(state=RowState.REFUSED).exclude(reasons__overlap=sorted(QUESTIONS))
    if reason in REASONS:
        rows = rows.filter(reasons__contains=[reason])
    return rows.order_by("pk")
