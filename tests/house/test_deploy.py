"""What `deploy/` ships agrees with the application; `./script/deploy_drill` starts it."""

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


def test_machines_of_the_drill_have_units_and_firewalls():
    for name in UNITS:
        assert all((DEPLOY / "many" / f"jamsostek-{unit}.service").exists() for unit in UNITS[name])
    assert all((DEPLOY / "many" / "nftables" / f"{wall}.conf").exists() for _host, wall in MACHINES.values())


def test_files_of_a_province_name_only_its_machines():
    known = {f"10.77.0.{host}" for host, _wall in MACHINES.values()}
    texts = [path.read_text(encoding="utf-8") for path in (DEPLOY / "many").rglob("*") if path.is_file()]
    assert {found for text in texts for found in re.findall(r"10\.77\.0\.\d+", text)} <= known


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
