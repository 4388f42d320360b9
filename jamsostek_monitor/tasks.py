import logging

from celery import shared_task

from jamsostek_monitor.backup.noted import back_up_as_scheduled
from jamsostek_monitor.backup.problems import BackupProblem

log = logging.getLogger(__name__)


@shared_task
def back_up() -> None:
    """Every night where BACKUP_DIR is set. A second one at the same time does nothing."""
    try:
        back_up_as_scheduled()
    except BackupProblem as problem:
        log.error("no backup was made: %s", problem)
