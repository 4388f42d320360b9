"""Answers to programs are kept a day, so that what is sent twice with one key is done once."""

import hashlib
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import connection
from django.utils.timezone import now

from regions.advisory_lock import AdvisoryLock
from regions.models import KeptAnswer, User

KEPT_FOR = timedelta(days=1)


class StillRunning(Exception):
    """The same key is at work in another request at this moment."""


class OtherContent(Exception):
    """The key was used for something else."""


@dataclass(frozen=True)
class KeyedRequest:
    """One request of a program: whose, by which key, and the digest of all that it says."""

    user: User
    key: str
    digest: str


def digest_of_request(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def kept_answer(asked: KeyedRequest) -> KeptAnswer | None:
    """What was answered before. The transaction that does the work calls it: it holds the key to its end.

    Raises StillRunning or OtherContent.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_try_advisory_xact_lock(%s, hashtext(%s))",
            [AdvisoryLock.KEY_OF_PROGRAM, f"{asked.user.pk}:{asked.key}"],
        )
        (held,) = cursor.fetchone() or (False,)
    if not held:
        raise StillRunning
    found = KeptAnswer.objects.filter(user=asked.user, key=asked.key, at__gt=now() - KEPT_FOR).first()
    if found is not None and found.digest != asked.digest:
        raise OtherContent
    return found


def keep_answer(asked: KeyedRequest, *, status: int, body: Any) -> None:
    KeptAnswer.objects.update_or_create(
        user=asked.user,
        key=asked.key,
        defaults={"digest": asked.digest, "status": status, "body": body, "at": now()},
    )


def forget_answers() -> int:
    """Those that are kept no longer; how many went."""
    gone, _by_table = KeptAnswer.objects.filter(at__lte=now() - KEPT_FOR).delete()
    return gone
