from celery import shared_task

from reports.services.heartbeat import WORKER, beat
from reports.services.run import note_month_turn
from reports.services.run import recompute_stale as recompute


@shared_task
def recompute_stale() -> None:
    """Compute what waits. Safe to run twice: what is up to date is left alone."""
    beat(WORKER)
    recompute()
    beat(WORKER)


@shared_task
def note_new_month() -> None:
    """Open spells reach into a month by themselves; no change of facts would say so."""
    note_month_turn()
