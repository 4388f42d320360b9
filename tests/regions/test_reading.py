"""From which database is read: a room for practice is no part of what is replicated."""

from regions.practice import RoomKey, in_room
from regions.reading import PRIMARY, REPLICA, ReadingRouter, reading_alias, reading_from


def test_a_practice_room_is_never_read_from_the_replica_of_the_real_data():
    with in_room(RoomKey(1, "never_opened")), reading_from(REPLICA):
        assert reading_alias() == PRIMARY
    with reading_from(REPLICA):
        assert reading_alias() == REPLICA
    assert reading_alias() == PRIMARY


def test_who_writes_reads_what_was_written():
    with reading_from(REPLICA):
        ReadingRouter().db_for_write(None)
        assert reading_alias() == PRIMARY
