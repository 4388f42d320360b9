"""The task that no other stands before; what it imports is all that its process loads."""

from celery import shared_task

from reports.models import Cause
from reports.selectors.backlog import seconds_behind
from reports.services.heartbeat import WORKER, beat
from reports.services.recompute import recompute_stale as recompute


@shared_task
def recompute_stale() -> None:
    """Compute what changes of facts and a new month ask for. Safe to run twice, and anywhere at once."""
    beat(WORKER, behind_seconds=seconds_behind())
    if recompute(causes=(Cause.CORRECTION, Cause.NEW_MONTH)).regions:
        beat(WORKER, behind_seconds=seconds_behind())
