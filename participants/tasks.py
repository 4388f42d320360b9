from celery import shared_task

from participants.services.batches.work import work_on_batches


@shared_task
def work_on_waiting_batches() -> None:
    """Read and store what waits. The batches wait in PostgreSQL; this message only says "look now"."""
    work_on_batches()
