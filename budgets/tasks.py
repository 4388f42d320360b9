from celery import shared_task

from budgets.services.money_read import work_on_money_files
from budgets.services.reconciliation_work import work_on_reconciliations
from budgets.services.scenario import work_on_scenarios


@shared_task
def work_on_waiting_money() -> None:
    """Read files of money and reconciliations that wait in PostgreSQL; this message only says "look now"."""
    work_on_money_files()
    work_on_reconciliations()


@shared_task
def work_on_waiting_scenarios() -> None:
    """Solve the plans that wait in PostgreSQL; this message only says "look now"."""
    work_on_scenarios(seconds=3)
