"""Taking the application's advisory locks; each ends with its transaction or its connection."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from regions.advisory_lock import AdvisoryLock


def lock_region(lock: AdvisoryLock, region_code: str) -> None:
    """Hold the lock of one region until the transaction ends, waiting for its holder."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, hashtext(%s))", [lock, region_code])


@contextmanager
def work_lock(lock: AdvisoryLock, pk: int) -> Iterator[bool]:
    """Whether this connection holds the lock on one piece of work.

    It ends with the connection, so a worker that dies lets go of it.
    """
    with _held(lock, "%s", pk) as held:
        yield held


@contextmanager
def region_work_lock(lock: AdvisoryLock, region_code: str) -> Iterator[bool]:
    """The same for the work on one region."""
    with _held(lock, "hashtext(%s)", region_code) as held:
        yield held


@contextmanager
def _held(lock: AdvisoryLock, second: str, what: int | str) -> Iterator[bool]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT pg_try_advisory_lock(%s, {second})", [lock, what])
        row = cursor.fetchone()
    held = bool(row and row[0])
    try:
        yield held
    finally:
        if held and connection.is_usable():
            with connection.cursor() as cursor:
                cursor.execute(f"SELECT pg_advisory_unlock(%s, {second})", [lock, what])
