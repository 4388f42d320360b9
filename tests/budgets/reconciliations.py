"""Reconciliations in tests, asked for and then worked on as a background worker does."""

from typing import Any

from budgets.models import Reconciliation
from budgets.services.reconciliation import make_reconciliation
from budgets.services.reconciliation_work import work_on_reconciliations


def reconcile(**values: Any) -> Reconciliation:
    asked = make_reconciliation(**values)
    work_on_reconciliations()
    return Reconciliation.objects.get(pk=asked.pk)
