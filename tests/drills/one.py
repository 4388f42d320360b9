"""One small server: the application with what it embeds, nginx with TLS and a firewall in front."""

import json
import re
import secrets
import subprocess
import time

from tests.drills.certificates import SITE, Authority
from tests.drills.front import check_front
from tests.drills.machines import CODE, Machine, Network, require, require_packages
from tests.drills.steps import step
from tests.drills.unit_files import DEPLOY, Unit, check_units, filled
from tests.drills.versions import go_through_versions
from tests.drills.visitor import Visitor, refused

FIGURE = "80.000 dari 174.897"
PROGRAMS = ("dpkg-query", "ip", "nsenter", "unshare", "setpriv", "curl", "systemd-analyze")
PACKAGES = (
    *("ca-certificates", "nftables", "openssl", "unattended-upgrades", "git", "gnupg", "openssh-client"),
    *("python3", "python3-venv", "rsync", "nginx"),
)
_FILES = DEPLOY / "one"
_TOKEN = secrets.token_urlsafe(24)


def drill(network: Network) -> None:
    require(*PROGRAMS)
    require_packages(*PACKAGES)
    server, office = network.machine("server", 10), network.machine("office", 200)
    authority = Authority()
    step(check_units(server, _FILES, DEPLOY / "both"))
    server.write("/etc/jamsostek/site.env", (DEPLOY / "site.env").read_text(encoding="utf-8"))
    authority.equip(server, SITE)
    told = server.run(f"{CODE}/deploy/set_up", "one")
    assert "Next: jm setup" in told, told
    step("deploy/set_up one: firewall, account, folders, code, units, nginx")
    # As shipped, but with example data, in which there is somebody to sign in as.
    settings = server.disk / "etc/jamsostek/jamsostek.env"
    settings.write_text(filled(settings, EXAMPLE_DATA="small", MONITOR_TOKEN=_TOKEN), encoding="utf-8")
    _begin(server)
    server.start("nginx", "nginx", "-g", "daemon off;")
    visitor = Visitor(office, server.address, authority.pem)
    visitor.watched = server.processes
    visitor.wait_for("Masuk", "/akun/masuk/", 900)
    step("the sign-in page answers over TLS")
    check_front(visitor, office, server)
    _check_walls(server, office)
    visitor.sign_in("wayan")
    visitor.correct_members(80_000)
    step(f"a corrected number stands on the board after {visitor.wait_for(FIGURE):.1f} s")
    _check_log(server, visitor)
    _restarts(server, visitor)
    visitor.watched = []
    unit = Unit(_FILES / "jamsostek.service")
    go_through_versions(server, unit, lambda: visitor.wait_for(FIGURE, seconds=300))
    server.power_off()
    _first_day(network, authority, office)


def _first_day(network: Network, authority: Authority, office: Machine) -> None:
    """Of a real office: no example data, the administrator comes by an invitation."""
    server = network.machine("real", 11)
    server.write("/etc/jamsostek/site.env", (DEPLOY / "site.env").read_text(encoding="utf-8"))
    authority.equip(server, SITE)
    server.run(f"{CODE}/deploy/set_up", "one")
    words = ["--no-input", "--region", "36.72", "--admin", "kepala", "--admin-email", "kepala@example.go.id"]
    told = server.run(f"{CODE}/deploy/manage", "setup", *words)
    invitation = re.search(rf"https://{SITE}(/undangan/\S+)", told)
    assert invitation, told
    step("jm setup: tables, reference data, settings, an invitation for the administrator")
    _begin(server)
    server.start("nginx", "nginx", "-g", "daemon off;")
    visitor = Visitor(office, server.address, authority.pem)
    visitor.watched = server.processes
    visitor.wait_for("Masuk", "/akun/masuk/", 600)
    assert visitor.ask(invitation[1]).status == 302
    assert 'type="password"' in visitor.page("/undangan/")
    step("the invitation opens over TLS")


def _begin(server: Machine) -> None:
    server.processes[:] = [process for process in server.processes if process.poll() is None]
    Unit(_FILES / "jamsostek.service").start(server)
    step("jamsostek.service: ExecStart began")


def _check_walls(server: Machine, office: Machine) -> None:
    for port in (8000, 5432, 6379):
        assert refused(office, server.address, port), f"port {port} can be reached from outside"
    assert not refused(office, server.address, 22)
    step("from outside: 8000, 5432 and 6379 are shut; SSH from the office's network comes through")
    owned = server.run(
        "sh", "-c", "ps -eo user:20,args | grep -E 'gunicorn|celery|postgres -D|valkey-server'"
    )
    roots = [line for line in owned.splitlines() if line.startswith("root") and "grep" not in line]
    assert not roots, roots
    step("no process of the application runs as root")


def _check_log(server: Machine, visitor: Visitor) -> None:
    """The role of web may see how old it is; and files of it come every minute."""
    end = time.monotonic() + 150
    while not (kept := server.run("ls", "/var/backups/jamsostek/wal").split()):
        assert time.monotonic() < end, "no file of the log was kept"
        time.sleep(1)
    answer = visitor.ask("/healthz/deep", headers={"Authorization": f"Bearer {_TOKEN}"})
    part = json.loads(answer.text)["parts"]["log_of_changes"]
    assert part["ok"] and part["told"]["configured"], part
    step(f"the log of changes is kept ({len(kept)} files) and /healthz/deep says so")


def _restarts(server: Machine, visitor: Visitor) -> None:
    """As systemd would: the unit ends at SIGTERM and comes back with all that was entered."""
    [running] = [
        process for process in server.processes if process.args[-1] == "/opt/jamsostek/script/server"
    ]
    _send_term(server)
    server.processes.remove(running)
    try:
        running.wait(30)
    except subprocess.TimeoutExpired:
        raise AssertionError("the unit did not end within TimeoutStopSec") from None
    _begin(server)
    took = visitor.wait_for(FIGURE, seconds=300)
    step(f"stopped and started again: the number is there after {took:.1f} s")


def _send_term(server: Machine) -> None:
    server.run("pkill", "-TERM", "-f", "jamsostek_monitor.embedded serve")
