"""Keys of an installation are made once, by one process, and never by loading the settings."""

import os
import subprocess
import sys
from io import StringIO
from threading import Barrier, Thread

from django.core.management import call_command

from jamsostek_monitor.embedded.keys import found_ledger_key, kept
from jamsostek_monitor.embedded.places import CHECKOUT
from regions.head import signing_key

SHOW_KEY = """
import django
from django.conf import settings
django.setup()
print(repr(settings.LEDGER_KEY), (settings.VAR_DIR / "secrets").exists())
"""


def test_processes_that_make_it_at_the_same_moment_read_the_same(tmp_path):
    """All have theirs half made when the first one is done."""
    path, together, read = tmp_path / "secrets" / "KEY", Barrier(4), []

    def make(number):
        together.wait(30)
        return f"kunci {number}"

    threads = [
        Thread(target=lambda number=number: read.append(kept(path, lambda: make(number))))
        for number in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(read) == 4
    assert set(read) == {path.read_text()}
    assert [one.name for one in path.parent.iterdir()] == ["KEY"]
    assert path.stat().st_mode & 0o777 == 0o600


def test_loading_the_settings_makes_no_key(tmp_path):
    environment = {name: value for name, value in os.environ.items() if name != "LEDGER_KEY"}
    shown = subprocess.run(
        [sys.executable, "-c", SHOW_KEY],
        env=environment | {"JAMSOSTEK_VAR": str(tmp_path), "PYTHONPATH": str(CHECKOUT)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert shown.stdout == "'' False\n"


def test_prepare_makes_it_where_none_is_given(tmp_path, settings):
    settings.VAR_DIR, settings.LEDGER_KEY, told = tmp_path, "", StringIO()
    assert found_ledger_key(tmp_path) == ""
    call_command("make_ledger_key", stderr=told)
    key = found_ledger_key(tmp_path)
    assert (settings.LEDGER_KEY, bool(signing_key())) == (key, True)
    assert told.getvalue().startswith(f"LEDGER_KEY dibuat di {tmp_path}/secrets.")
    call_command("make_ledger_key", stderr=told)
    assert (told.getvalue().count("\n"), found_ledger_key(tmp_path)) == (1, key)


def test_a_given_key_is_kept_nowhere(tmp_path, settings):
    settings.VAR_DIR = tmp_path
    call_command("make_ledger_key")
    assert list(tmp_path.iterdir()) == []
