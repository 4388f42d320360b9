"""Whether work failed because no room was left on a disk: of the database, or of the machine itself.

That it did is kept in the cache, in memory: what notes a full disk must not need one.
"""

import errno
from datetime import datetime

from django.core.cache import cache
from django.utils.timezone import now

_NO_ROOM = (errno.ENOSPC, errno.EDQUOT)
# As PostgreSQL says it.
_DISK_FULL = "53100"
_NOTED, _NOTED_SECONDS = "disk-full-since", 120


def is_disk_full(error: BaseException | None) -> bool:
    """Nothing is wrong with what was worked on: it can be done as soon as there is room again."""
    while error is not None:
        if isinstance(error, OSError) and error.errno in _NO_ROOM:
            return True
        if getattr(error, "pgcode", None) == _DISK_FULL:
            return True
        error = error.__cause__
    return False


def note_disk_full() -> None:
    """Say so above every page, until it has not happened for two minutes."""
    since = cache.get(_NOTED) or now()
    cache.set(_NOTED, since, _NOTED_SECONDS)


def disk_full_since() -> datetime | None:
    """None where there is room, as far as anybody knows."""
    since: datetime | None = cache.get(_NOTED)
    return since
