"""The machines of a province: nginx in front, web twice, workers twice, PostgreSQL twice, Valkey or Redis."""

import subprocess
from pathlib import Path

from tests.drills.certificates import SITE, Authority
from tests.drills.database import pair
from tests.drills.machines import CODE, Machine, Network
from tests.drills.steps import step
from tests.drills.unit_files import DEPLOY, Unit, check_units, filled, variables_of

FILES = DEPLOY / "many"
# Name, last number of its address, role for `deploy/set_up`.
MACHINES = {
    "db1": (41, "database"),
    "db2": (42, "database"),
    "broker": (51, "broker"),
    "worker1": (31, "worker"),
    "worker2": (32, "worker"),
    "web1": (21, "web"),
    "web2": (22, "web"),
    "front": (10, "front"),
}
UNITS = {
    "web1": ("web",),
    "web2": ("web",),
    "worker1": ("corrections", "worker", "beat"),
    "worker2": ("corrections", "worker", "beat"),
}
# All these machines are one small computer: less memory and fewer processes than real ones have.
_SITE_HERE = {"DATABASE_MEMORY_MB": "1024", "MONITORS": "10.77.0.60"}
_SETTINGS_HERE = {"EXAMPLE_DATA": "small", "WORKERS": "1"}


class Province:
    def __init__(self, network: Network) -> None:
        self.network, self.authority = network, Authority()
        for name, (host, _role) in MACHINES.items():
            network.machine(name, host)
        self.office, self.monitor = network.machine("office", 200), network.machine("monitor", 60)
        self.secrets = network.disk / "secrets"

    def __getitem__(self, name: str) -> Machine:
        return self.network.machines[name]

    def begin(self) -> None:
        """In the order of deploy/README.md."""
        step(check_units(self["worker1"], FILES, DEPLOY / "both"))
        self._make_secrets()
        self.primary, self.replica = pair(self["db1"], self["db2"])
        self._set_up("broker")
        self["broker"].start("valkey", "redis-server", "/etc/redis/redis.conf", user="redis", folder="/")
        self._set_up("worker1")
        Unit(FILES / "jamsostek-prepare.service").start(self["worker1"], wait=True)
        step("jamsostek-prepare.service made tables, reference data and example data")
        for name in ("worker2", "web1", "web2"):
            self._set_up(name)
        for name in UNITS:
            self.begin_units(name)
        self.authority.equip(self["front"], SITE)
        self._set_up("front")
        self["front"].start("nginx", "nginx", "-g", "daemon off;")
        step("all machines are set up; web, workers, beat and nginx began")

    def _make_secrets(self) -> None:
        self.secrets.mkdir()
        (self.secrets / "site.env").write_text(filled(DEPLOY / "site.env", **_SITE_HERE), encoding="utf-8")
        subprocess.run([DEPLOY / "make_secrets", self.secrets], check=True, stdout=subprocess.DEVNULL)
        for path in self.secrets.glob("*/jamsostek.env"):
            path.write_text(filled(path, **_SETTINGS_HERE), encoding="utf-8")
        for name in MACHINES:
            self[name].run("mkdir", "-p", "/etc/jamsostek")
            self[name].run("cp", "-r", f"{self.secrets / name}/.", "/etc/jamsostek/")
        step("secrets and certificates were made and carried to their machines")

    def _set_up(self, name: str) -> None:
        self[name].run(f"{CODE}/deploy/set_up", MACHINES[name][1], seconds=1200)

    def begin_units(self, name: str) -> None:
        for unit in UNITS[name]:
            Unit(FILES / f"jamsostek-{unit}.service").start(self[name])

    def boot(self, name: str) -> None:
        """A machine that had lost its power: what was on its disk is there, firewall and units begin."""
        self[name].begin()
        raise_firewall(self[name])
        self.begin_units(name)

    def settings(self, name: str, file: str = "jamsostek.env") -> dict[str, str]:
        return variables_of((self.secrets / name / file).read_text(encoding="utf-8"))

    def make_synchronous(self) -> None:
        """What the guide says for it, on both machines of PostgreSQL."""
        for cluster in (self.primary, self.replica):
            path = Path(cluster.machine.disk / "etc/jamsostek/site.env")
            path.write_text(filled(path, SYNCHRONOUS="yes"), encoding="utf-8")
            cluster.set_up()
        self.primary.sql("ALTER SYSTEM RESET synchronous_standby_names")
        self.primary.sql("SELECT pg_reload_conf()")


def raise_firewall(machine: Machine) -> None:
    """As its unit does when the machine starts."""
    machine.run("nft", "-f", "/etc/nftables.conf")
