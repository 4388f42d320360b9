from datetime import datetime, timedelta

from django.db import models
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

# A worker at work says so every few seconds; one that has been silent for so long is thought dead.
_SILENCE = timedelta(seconds=30)


class WaitingWork(models.Model):
    """A row that waits for a background worker, and what is seen of the work from outside."""

    attempts = models.PositiveSmallIntegerField(_("percobaan"), default=0)
    began_at = models.DateTimeField(_("mulai dikerjakan"), null=True)
    heartbeat_at = models.DateTimeField(_("sinyal proses"), null=True)

    class Meta:
        abstract = True

    def is_silent(self, since: datetime | None = None) -> bool:
        """Whether no worker has given a sign for longer than a living one would take."""
        moments = [at for at in (since, self.began_at, self.heartbeat_at) if at]
        return bool(moments) and now() - max(moments) > _SILENCE
