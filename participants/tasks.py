from celery import shared_task

from participants.services.batches.work import work_on_batches
from participants.services.persons.look_up import forget_look_ups
from participants.services.persons.reading import fold_readings
from participants.services.retention import apply_retention as erase_what_is_over


@shared_task
def work_on_waiting_batches() -> None:
    """Read and store what waits. The batches wait in PostgreSQL; this message only says "look now"."""
    work_on_batches()


@shared_task
def note_readings() -> None:
    """Acts of who saw whom, from what pages noted; they wait in PostgreSQL. Safe to run twice."""
    fold_readings()
    forget_look_ups()


@shared_task
def apply_retention() -> None:
    """Every night: what has been kept as long as it may be is erased."""
    erase_what_is_over()
