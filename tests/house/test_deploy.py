"""What `deploy/` ships agrees with the application; `./script/deploy_drill` starts it."""

import base64
import os
import re
import subprocess
import sys

import pytest

from jamsostek_monitor.embedded.places import CHECKOUT, Places
from jamsostek_monitor.embedded.supervision import programs
from tests.drills.province import MACHINES, UNITS
from tests.drills.unit_files import DEPLOY, command_of, settings_of, variables_of

SERVICES = sorted(DEPLOY.glob("*/*.service"))
READ = "".join(
    path.read_text(encoding="utf-8")
    for folder in ("jamsostek_monitor", "reports/management")
    for path in sorted((CHECKOUT / folder).rglob("*.py"))
)


@pytest.mark.parametrize("path", SERVICES, ids=lambda path: path.name)
def test_units_start_what_is_there(path):
    said = settings_of(path)
    command = command_of(said["ExecStart"][-1], {})
    if command[0].startswith("/opt/jamsostek/") and ".venv" not in command[0]:
        assert os.access(CHECKOUT / command[0].removeprefix("/opt/jamsostek/"), os.X_OK)
    if "program" in command:
        assert command[-1] in programs(Places.from_environment(), "127.0.0.1", 1)
    assert said.get("User", ["root"]) == ["jamsostek"] or path.name == "jamsostek-upgrade.service"


def test_every_timer_has_its_service():
    timers = sorted(DEPLOY.glob("*/*.timer"))
    assert [timer.name for timer in timers if not timer.with_suffix(".service").exists()] == []


@pytest.mark.parametrize("name", ["one/jamsostek.env", "many/jamsostek.env", "many/owner.env"])
def test_environment_files_name_settings_that_somebody_reads(name):
    named = variables_of((DEPLOY / name).read_text(encoding="utf-8"))
    assert [variable for variable in named if f'"{variable}"' not in READ] == []


def test_machines_of_the_drill_have_units_and_roles():
    script = (DEPLOY / "set_up").read_text(encoding="utf-8")
    for name in UNITS:
        assert all((DEPLOY / "many" / f"jamsostek-{unit}.service").exists() for unit in UNITS[name])
    assert all(f"\n{role}() {{" in script for _host, role in MACHINES.values())


def test_names_and_addresses_stand_in_one_file():
    paths = [
        path for path in DEPLOY.rglob("*") if path.is_file() and path.name not in {"site.env", "README.md"}
    ]
    named = [
        path for path in paths if re.search(r"10\.77\.|example\.go\.id", path.read_text(encoding="utf-8"))
    ]
    # Where the copies go is no part of the installation.
    assert [path.name for path in named] == ["jamsostek-copy.service"]


def test_files_are_filled_in_with_names_addresses_and_lines_for_each(tmp_path):
    site = (DEPLOY / "site.env").read_text(encoding="utf-8")
    (tmp_path / "site.env").write_text(site.replace("@", ""), encoding="utf-8")
    (tmp_path / "file").write_text("a=@DATABASE_URL@\nserver @EACH_WEB@:8000 of @SITE_NAME@\nb=@NOBODY@\n")
    script = f'source {DEPLOY}/site; DATABASE_URL="x&y@z"; filled {tmp_path}/file'
    environment = {**os.environ, "SITE_FILE": str(tmp_path / "site.env")}
    done = subprocess.run(
        ["bash", "-c", script], env=environment, capture_output=True, text=True, check=False, timeout=20
    )
    assert done.stdout.splitlines() == [
        "a=x&y@z",
        "server 10.77.0.21:8000 of jamsostek.example.go.id",
        "server 10.77.0.22:8000 of jamsostek.example.go.id",
    ]
    assert (done.returncode, done.stderr.strip()) == (1, "nothing is known of @NOBODY@")


def test_secrets_of_a_province_are_made_once(tmp_path):
    (tmp_path / "site.env").write_bytes((DEPLOY / "site.env").read_bytes())
    make = [str(DEPLOY / "make_secrets"), str(tmp_path)]
    subprocess.run(make, check=True, capture_output=True, timeout=60)
    web, worker = (
        variables_of((tmp_path / name / "jamsostek.env").read_text(encoding="utf-8"))
        for name in ("web1", "worker2")
    )
    assert {name for name in web if web[name] != worker[name]} == {"HOST", "ALLOWED_HOSTS"}
    assert len(base64.b64decode(web["NIK_KEYS"].removeprefix("1:"))) == 32
    owner = variables_of((tmp_path / "worker1/owner.env").read_text(encoding="utf-8"))["DATABASE_URL"]
    assert [path.parent.name for path in tmp_path.rglob("owner.env")] == ["worker1"]
    assert owner.split(":")[2].split("@")[0] not in (tmp_path / "web1/jamsostek.env").read_text(
        encoding="utf-8"
    )
    assert {path.stat().st_mode & 0o077 for path in tmp_path.rglob("*.env") if path.parent != tmp_path} == {0}
    again = subprocess.run(make, check=False, capture_output=True, text=True, timeout=60)
    assert (again.returncode, "has secrets already" in again.stderr) == (1, True)


def test_nginx_adds_no_header_of_the_application():
    text = (DEPLOY / "nginx" / "jamsostek.conf").read_text(encoding="utf-8")
    assert "add_header" not in text


def become(*words, **environment):
    given = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "REDIS_URL"}}
    command = [sys.executable, "-m", "jamsostek_monitor.embedded", "program", *words]
    done = subprocess.run(
        command, env=given | environment, cwd=CHECKOUT, capture_output=True, text=True, check=False
    )
    return done.returncode, done.stderr


def test_a_process_is_named_and_knows_its_services():
    code, told = become("sopir", DATABASE_URL="x", REDIS_URL="x")
    assert (code, "Sebut salah satu proses: web, corrections, worker, beat." in told) == (1, True)
    code, told = become("web")
    assert (code, "Setel DATABASE_URL dan REDIS_URL" in told) == (1, True)
