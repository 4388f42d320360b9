"""`deploy/upgrade` on the small server: a version that cannot migrate is taken back, the next one stays."""

import subprocess
from collections.abc import Callable
from pathlib import Path

from tests.drills.machines import CODE, ROOT, Machine
from tests.drills.steps import step

BROKEN, GOOD = "v9000.0", "v9000.1"
_MIGRATION = """from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("regions", "{before}")]
    operations = [migrations.RunSQL("{statement}", migrations.RunSQL.noop)]
"""
# systemd is not running on this machine: what it would stop is stopped, what it would start the drill starts.
_SYSTEMCTL = """#!/bin/sh
[ "$1" = stop ] || exit 0
pkill -TERM -f "jamsostek_monitor.embedded serve" || exit 0
while pgrep -f "jamsostek_monitor.embedded serve" >/dev/null; do sleep 0.2; done
"""


def go_through_versions(server: Machine, begin: Callable[[], None], looks_well: Callable[[], float]) -> None:
    _take_checkout(server)
    server.write("/run/drill/systemctl", _SYSTEMCTL, mode=0o755)
    before = _head(server)
    try:
        _upgrade(server, BROKEN)
    except AssertionError as failed:
        told = str(failed)
    else:
        raise AssertionError("a version whose migration fails was kept")
    assert "was taken back" in told, told
    assert "sudah dikembalikan seperti semula" in told, told
    assert _head(server) == before
    begin()
    took = looks_well()
    step(f"a version whose migration fails was taken back; the number is there {took:.1f} s after the start")
    _upgrade(server, GOOD)
    assert _head(server) != before
    begin()
    step(f"the next version migrated and stayed; the number is there {looks_well():.1f} s after the start")


def _upgrade(server: Machine, version: str) -> None:
    path = "/run/drill:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
    server.run(f"{CODE}/deploy/upgrade", version, env={"PATH": path, "UNSIGNED": "1", "HOME": "/root"})


def _head(server: Machine) -> str:
    return server.run("git", "-C", CODE, "rev-parse", "HEAD", env={"HOME": "/root"})


def _take_checkout(server: Machine) -> None:
    """A clone of its own in the place of the checkout, which nobody but the drill may change."""
    origin, code = server.disk / "origin", server.disk / "code"
    for folder in (origin, code):
        _git(server.disk, "clone", "--quiet", "--no-hardlinks", str(ROOT), str(folder))
    _git(code, "remote", "set-url", "origin", str(origin))
    (code / ".venv").symlink_to((ROOT / ".venv").resolve())
    newest = sorted((origin / "regions" / "migrations").glob("0*.py"))[-1].stem
    _release(origin, newest, BROKEN, "SELECT nothing_of_this_name")
    _release(origin, newest, GOOD, "SELECT 1")
    server.run("mount", "--bind", str(code), CODE)


def _release(origin: Path, newest: str, version: str, statement: str) -> None:
    made = origin / "regions" / "migrations" / "9000_drill.py"
    made.write_text(_MIGRATION.format(before=newest, statement=statement), encoding="utf-8")
    _git(origin, "add", "--all")
    who = ["-c", "user.name=drill", "-c", "user.email=drill@example.go.id"]
    _git(origin, *who, "commit", "--quiet", "-m", version)
    _git(origin, "tag", version)


def _git(folder: Path, *arguments: str) -> None:
    subprocess.run(["git", *arguments], cwd=folder, check=True, capture_output=True)
