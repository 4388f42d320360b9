"""What is kept only for a time: files of lists, what their rows say of persons, the dead; every night."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _

from participants.enums import BatchState, Occurrence
from participants.models import BatchFile, BatchRow, LifeEvent
from participants.services.batches.emptying import empty_rows
from participants.services.batches.hold import forget_old_held
from participants.services.persons.erasure import ERASED_NAME, erase_persons
from regions.enums import Verb
from regions.models.region import NATION
from regions.services.act import record_act
from regions.services.user import ensure_system_user

_OVER = (BatchState.STORED, BatchState.REFUSED, BatchState.CANCELLED, BatchState.UNDONE)
_AT_ONCE = 1000


@transaction.atomic
def apply_retention() -> dict[str, int]:
    """What was erased, by kind; one act tells it. Safe to run twice: the second finds nothing."""
    forget_old_held()
    erased = {"files": _files(), "rows": _rows(), "persons": _dead()}
    erased = {name: count for name, count in erased.items() if count}
    if erased:
        record_act(
            by=ensure_system_user(),
            verb=Verb.RETENTION_ENDED,
            subject=_("data pribadi yang lewat masa simpan"),
            region_code=NATION,
            detail=dict(erased),
        )
    return erased


def _files() -> int:
    old = now() - timedelta(days=settings.KEEP_FILES_DAYS)
    gone, _by_model = BatchFile.objects.filter(batch__state__in=_OVER, batch__entered_at__lt=old).delete()
    return gone


def _rows() -> int:
    """Their states and reasons stay: they explain the counts of the list."""
    old = now() - timedelta(days=settings.KEEP_ROWS_DAYS)
    rows = BatchRow.objects.filter(batch__state__in=_OVER, batch__entered_at__lt=old)
    return empty_rows(rows.exclude(nik_digest=None, cells_sealed=None, name=""))


def _dead() -> int:
    """People who died long ago, and of whom that was recorded long ago.

    A wrong year, typed today, would otherwise erase somebody tonight.
    """
    day = localdate() - timedelta(days=settings.KEEP_DEAD_DAYS)
    died = LifeEvent.objects.filter(kind=Occurrence.DIED, happened_on__lt=day, entered_at__date__lt=day)
    pks = died.exclude(participant__name=ERASED_NAME).values_list("participant", flat=True)
    found = sorted(set(pks[:_AT_ONCE]))
    return erase_persons(found)["persons"] if found else 0
