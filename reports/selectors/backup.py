"""How old the newest backup is, and whether somebody must be told."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import QuerySet
from django.utils.timezone import now

from regions.access import scope_of
from regions.models import User
from regions.roles import Permission
from reports.models import BackupNote, Heartbeat

BACKUP = "backup"
OLD = timedelta(days=2)


@dataclass(frozen=True)
class BackupState:
    """`made_at` of the newest whole one; `problem` where the last attempt failed."""

    made_at: datetime | None
    problem: str = ""

    @property
    def is_old(self) -> bool:
        return self.made_at is None or now() - self.made_at > OLD

    @property
    def is_bad(self) -> bool:
        return self.is_old or bool(self.problem)


def backup_state() -> BackupState | None:
    """None where no backups are configured."""
    if not _is_configured():
        return None
    whole = BackupNote.objects.filter(problem="").first()
    last = BackupNote.objects.first()
    return BackupState(whole.at if whole else None, last.problem if last else "")


def backup_state_of(heartbeat: Heartbeat | None) -> BackupState | None:
    """The same from what every page has read already."""
    if not _is_configured():
        return None
    return BackupState(heartbeat.at, heartbeat.detail) if heartbeat else BackupState(None)


def _is_configured() -> bool:
    return bool(settings.BACKUP_DIR or settings.BASES_ELSEWHERE)


def list_backups(user: User) -> QuerySet[BackupNote]:
    """Of the whole installation: for those who see its background processes."""
    may_see = scope_of(user).holds_anywhere(Permission.VIEW_JOBS)
    return BackupNote.objects.all() if may_see else BackupNote.objects.none()
