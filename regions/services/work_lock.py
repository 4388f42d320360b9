from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection


@contextmanager
def work_lock(space: int, pk: int) -> Iterator[bool]:
    """Whether this connection holds the lock on one piece of work. Two `space`s never meet.

    It ends with the connection, so a worker that dies lets go of it.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [space, pk])
        row = cursor.fetchone()
    held = bool(row and row[0])
    try:
        yield held
    finally:
        if held and connection.is_usable():
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [space, pk])
