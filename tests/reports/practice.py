"""Practice rooms of tests: databases of their own, beside that of the tests and outside its transactions."""

from psycopg2 import sql

from regions.models import User
from regions.practice import room_database
from reports.models import PracticeRoom, RoomState
from reports.services.practice import databases
from reports.services.practice.databases import BLANK, drop_room, rooms_with_database
from reports.services.practice.rooms import begin_practice
from reports.services.practice.work import work_on_rooms
from reports.services.practice.world import tables_mark
from tests.migrated import kept_name


def spare_the_migrations() -> None:
    """They were applied to the copy that is kept beside the tests; a room begins with it, too."""
    blank = room_database(BLANK)
    with databases._server() as cursor:
        if databases._version_of(cursor, blank) == tables_mark():
            return
        databases._drop(cursor, blank)
        copied = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
        cursor.execute(copied.format(sql.Identifier(blank), sql.Identifier(kept_name())))
        cursor.execute(sql.SQL("COMMENT ON DATABASE {} IS %s").format(sql.Identifier(blank)), [tables_mark()])


def drop_rooms() -> None:
    """Databases are outside of the transaction of a test."""
    for number in rooms_with_database():
        drop_room(number)


def practising(person: User) -> PracticeRoom:
    """A room that is ready."""
    spare_the_migrations()
    room = begin_practice(by=person)
    work_on_rooms()
    room.refresh_from_db()
    assert (room.state, room.refusal) == (RoomState.READY, "")
    return room
