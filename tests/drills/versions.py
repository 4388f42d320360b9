"""`deploy/upgrade` on the small server: versions that cannot migrate, or never answer, are taken back."""

import subprocess
from collections.abc import Callable
from pathlib import Path

from tests.drills.machines import CODE, ROOT, Machine
from tests.drills.steps import step
from tests.drills.unit_files import Unit

BROKEN, SILENT, GOOD = "v9000.0", "v9000.1", "v9000.2"
_LEFT = "drill_left_behind"
_MIGRATION = """from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("regions", "{before}")]
    operations = [migrations.RunSQL("{statement}", migrations.RunSQL.noop)]
"""
# systemd is not running on this machine: this stops and starts what it would.
_SYSTEMCTL = """#!/bin/sh
case "$1" in
stop)
  pkill -TERM -f "jamsostek_monitor.embedded serve" || exit 0
  while pgrep -f "jamsostek_monitor.embedded serve" >/dev/null; do sleep 0.2; done ;;
start) setsid /run/drill/begin >>/run/drill/begin.log 2>&1 </dev/null & ;;
esac
"""


def go_through_versions(server: Machine, unit: Unit, looks_well: Callable[[], float]) -> None:
    _take_checkout(server)
    server.write("/run/drill/systemctl", _SYSTEMCTL, mode=0o755)
    server.write("/run/drill/begin", unit.script(server), mode=0o755)
    before = _head(server)
    told = _refused(server, BROKEN)
    assert "sudah dikembalikan seperti semula" in told, told
    assert _head(server) == before
    step(f"a version whose migration fails was taken back; the number is there after {looks_well():.1f} s")
    told = _refused(server, SILENT, PATIENCE="45")
    assert "no answer" in told, told
    assert _head(server) == before
    took = looks_well()
    asked = f"from django.db import connection; print('{_LEFT}' in connection.introspection.table_names())"
    assert server.run(f"{CODE}/deploy/manage", "shell", "-c", asked).split()[-1] == "False"
    step(f"one that migrated and never answered was taken back with its tables; after {took:.1f} s")
    _upgrade(server, GOOD)
    assert _head(server) != before
    step(f"the next version migrated and stayed; the number is there after {looks_well():.1f} s")


def _refused(server: Machine, version: str, **environment: str) -> str:
    try:
        _upgrade(server, version, **environment)
    except AssertionError as failed:
        told = str(failed)
    else:
        raise AssertionError(f"{version} was kept")
    assert "was taken back" in told, told
    return told


def _upgrade(server: Machine, version: str, **environment: str) -> None:
    path = "/run/drill:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
    env = {"PATH": path, "UNSIGNED": "1", "HOME": "/root", **environment}
    server.run(f"{CODE}/deploy/upgrade", version, env=env, seconds=1200)


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
    wsgi = origin / "jamsostek_monitor" / "wsgi.py"
    works = wsgi.read_text(encoding="utf-8")
    _release(origin, newest, BROKEN, "SELECT nothing_of_this_name")
    wsgi.write_text('raise RuntimeError("drill")\n', encoding="utf-8")
    _release(origin, newest, SILENT, f"CREATE TABLE {_LEFT} (a int)")
    wsgi.write_text(works, encoding="utf-8")
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
