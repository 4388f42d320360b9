"""A program of the tests with embedded services of its own, which may be killed, restored or copied."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from jamsostek_monitor.embedded.places import CHECKOUT, postgres_binaries
from tests.migrated import structure_of_kept

_OURS = ("DATABASE_URL", "REDIS_URL", "CACHE_URL", "SECRET_KEY", "NIK_KEYS", "JAMSOSTEK_FLEETING")


def found_by(module: str, *arguments: str, backups: str = "") -> Any:
    """What `python -m MODULE ARGUMENTS SQL` printed last, as JSON; SQL makes the tables of the application.

    With `backups` the name of the folder that is its BACKUP_DIR.
    """
    environment = {name: value for name, value in os.environ.items() if name not in _OURS}
    run = [sys.executable, "-m", "jamsostek_monitor.embedded", "run", "--"]
    # Not tmp_path, which other accounts may not pass.
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        structure_of_kept(tables := Path(folder) / "tables.sql")
        environment |= {"JAMSOSTEK_VAR": f"{folder}/var", "PYTHONPATH": str(CHECKOUT)}
        if backups:
            environment["BACKUP_DIR"] = f"{folder}/{backups}"
        done = subprocess.run(
            [*run, sys.executable, "-m", module, *arguments, str(tables)],
            env=environment,
            cwd=CHECKOUT,
            capture_output=True,
            text=True,
            check=False,
        )
    assert done.returncode == 0, done.stderr[-4000:]
    return json.loads(done.stdout.splitlines()[-1])


def make_tables(statements: str) -> None:
    """In such a program: the tables that the file SQL has."""
    psql = [str(postgres_binaries() / "psql"), "--quiet", "--set=ON_ERROR_STOP=1", "--single-transaction"]
    # The last line of our output is what was found, so what psql says goes elsewhere.
    asked = [f"--file={statements}", os.environ["DATABASE_URL"]]
    subprocess.run([*psql, *asked], check=True, stdout=subprocess.DEVNULL)
