"""Databases of practice rooms: tables without rows, from these the pattern of a month, and copies for rooms.

Whoever makes them needs the right CREATEDB and no other: copies belong to the role that made them.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import ProgrammingError
from django.db.backends.utils import CursorWrapper
from django.utils.translation import gettext as _
from psycopg2 import errors, sql

from regions.advisory_lock import AdvisoryLock
from regions.practice import RoomKey, connection_to, in_room, installation_database, room_database

BLANK, PATTERN, _UNFINISHED = "kosong", "pola", "baru"


class PracticeRefused(Exception):
    """No room can be had; `sentence` says why and what to do."""

    def __init__(self, sentence: str) -> None:
        self.sentence = sentence
        super().__init__(sentence)


def make_once(name: str, version: str, fill: Callable[[], None], *, begun_from: str = "template1") -> bool:
    """Make a database to be copied, unless there is one of this version; whether it was made.

    It is filled under another name and renamed when complete. Raises PracticeRefused.
    """
    made, unfinished = room_database(name), room_database(_UNFINISHED)
    with _server() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [AdvisoryLock.PRACTICE_PATTERN])
        if _version_of(cursor, made) == version:
            return False
        _drop(cursor, unfinished)
        with _right_to_create():
            cursor.execute(_named("CREATE DATABASE {} TEMPLATE {}", unfinished, begun_from))
        with in_room(RoomKey(0, unfinished)):
            fill()
        _drop(cursor, made)
        cursor.execute(_named("ALTER DATABASE {} RENAME TO {}", unfinished, made))
        cursor.execute(_named("COMMENT ON DATABASE {} IS %s", made), [version])
    return True


def copy_pattern(number: int) -> None:
    """The database of that room as it is on its first day. Raises PracticeRefused."""
    with _server() as cursor:
        # What an example reset or a restore left behind under this number is nobody's.
        _drop(cursor, room_database(number))
        names = room_database(number), room_database(PATTERN)
        with _right_to_create():
            cursor.execute(_named("CREATE DATABASE {} TEMPLATE {}", *names))


def drop_room(number: int) -> None:
    """The database with all that was practised in it, whoever is still connected."""
    with _server() as cursor:
        _drop(cursor, room_database(number))


def rooms_with_database() -> set[int]:
    """The numbers of all rooms of this installation that have a database."""
    with _server() as cursor:
        begin = room_database("")
        cursor.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [begin])
        endings = {str(name).removeprefix(begin) for (name,) in cursor.fetchall()}
    return {int(ending) for ending in endings if ending.isdigit()}


@contextmanager
def _server() -> Iterator[CursorWrapper]:
    """A connection of its own: databases are made and dropped outside of all transactions."""
    connection = connection_to(installation_database())
    try:
        with connection.cursor() as cursor:
            yield cursor
    finally:
        connection.close()


@contextmanager
def _right_to_create() -> Iterator[None]:
    try:
        yield
    except ProgrammingError as error:
        if isinstance(error.__cause__, errors.InsufficientPrivilege):
            raise PracticeRefused(
                _(
                    "Server basis data ini tidak mengizinkan aplikasi membuat ruang latihan. Minta "
                    "administrator server menjalankan: ALTER ROLE … CREATEDB (lihat docs/operations.md)."
                )
            ) from error
        raise


def _version_of(cursor: CursorWrapper, database: str) -> str | None:
    asked = "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s"
    cursor.execute(asked, [database])
    row = cursor.fetchone()
    return row[0] if row else None


def _drop(cursor: CursorWrapper, database: str) -> None:
    cursor.execute(_named("DROP DATABASE IF EXISTS {} WITH (FORCE)", database))


def _named(statement: str, *names: str) -> sql.Composed:
    return sql.SQL(statement).format(*map(sql.Identifier, names))
