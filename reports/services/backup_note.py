"""Noting that a backup was made, or why not."""

from django.db import transaction
from django.utils.timezone import now

from regions.enums import Verb
from regions.services.act import record_act
from reports.models import BackupNote, Heartbeat
from reports.selectors.backup import BACKUP


@transaction.atomic
def note_backup(
    *, made_by: str, name: str = "", rows: int = 0, size: int = 0, seconds: float = 0, problem: str = ""
) -> BackupNote:
    """A row for the page of background processes, a sign for the frame of every page, and an act: what was
    taken out of the database is as much as a download."""
    note = BackupNote.objects.create(
        at=now(),
        made_by=made_by[:150],
        name=name[:200],
        rows=rows,
        bytes=size,
        seconds=seconds,
        problem=problem[:400],
    )
    if problem:
        Heartbeat.objects.filter(name=BACKUP).update(detail=problem[:200])
        return note
    Heartbeat.objects.update_or_create(name=BACKUP, defaults={"at": note.at, "detail": ""})
    detail = {"rows": rows, "bytes": size, "name": note.name}
    record_act(
        by=None, actor_name=note.made_by, verb=Verb.EXPORTED, subject="cadangan basis data", detail=detail
    )
    return note
