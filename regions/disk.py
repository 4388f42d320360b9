"""Whether work failed because no room was left on a disk: of the database, or of the machine itself."""

import errno

_NO_ROOM = (errno.ENOSPC, errno.EDQUOT)
# As PostgreSQL says it.
_DISK_FULL = "53100"


def is_disk_full(error: BaseException | None) -> bool:
    """Nothing is wrong with what was worked on: it can be done as soon as there is room again."""
    while error is not None:
        if isinstance(error, OSError) and error.errno in _NO_ROOM:
            return True
        if getattr(error, "pgcode", None) == _DISK_FULL:
            return True
        error = error.__cause__
    return False
