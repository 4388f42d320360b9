"""Reconciliations in tests, asked for and then worked on as a background worker does."""

from typing import Any

from budgets.models import Reconciliation
from budgets.services.reconciliation import make_reconciliation
from budgets.services.reconciliation_work import work_on_reconciliations
from participants.importers.ledger import NikLedger


class Received:
    """What a reading process sends: the rows, and last the account of all numbers."""

    def __init__(self) -> None:
        self.rows: list[Any] = []
        self.ledger: NikLedger | None = None

    def send(self, piece: Any) -> None:
        if isinstance(piece, NikLedger):
            self.ledger = piece
        else:
            self.rows += piece


def reconcile(**values: Any) -> Reconciliation:
    asked = make_reconciliation(**values)
    work_on_reconciliations()
    return Reconciliation.objects.get(pk=asked.pk)
