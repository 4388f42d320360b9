"""The machines of a province: nginx in front, web twice, workers twice, PostgreSQL twice, Valkey."""

import base64
import os
import secrets
import shutil
from pathlib import Path

from jamsostek_monitor.embedded.places import valkey_binary
from tests.drills.certificates import Authority
from tests.drills.database import DATA, Cluster, pair
from tests.drills.front import raise_firewall, start_nginx
from tests.drills.machines import CODE, Machine, Network
from tests.drills.steps import step
from tests.drills.unit_files import DEPLOY, Unit, check_units, filled

FILES = DEPLOY / "many"
# Name, last number of its address, firewall.
MACHINES = {
    "front": (10, "front"),
    "web1": (21, "web"),
    "web2": (22, "web"),
    "worker1": (31, "worker"),
    "worker2": (32, "worker"),
    "db1": (41, "database"),
    "db2": (42, "database"),
    "broker": (51, "broker"),
}
UNITS = {
    "web1": ("web",),
    "web2": ("web",),
    "worker1": ("corrections", "worker", "beat"),
    "worker2": ("corrections", "worker", "beat"),
}

# A machine that lost its power says nothing any more: whoever waits for it must notice by itself.
WAITING = (
    "&connect_timeout=3&tcp_user_timeout=10000&keepalives_idle=10&keepalives_interval=5&keepalives_count=3"
)


class Province:
    def __init__(self, network: Network) -> None:
        self.network, self.authority = network, Authority()
        for name, (host, _firewall) in MACHINES.items():
            network.machine(name, host)
        self.office = network.machine("office", 200)
        self.token, self.redis_password = secrets.token_urlsafe(24), secrets.token_hex(16)
        self.passwords = {
            name: secrets.token_hex(16) for name in ("OWNER_PASSWORD", "APP_PASSWORD", "REPLICATION_PASSWORD")
        }

    def __getitem__(self, name: str) -> Machine:
        return self.network.machines[name]

    def begin(self) -> None:
        step(check_units(self["worker1"], FILES))
        for name, (_host, firewall) in MACHINES.items():
            raise_firewall(self[name], FILES / "nftables" / f"{firewall}.conf")
        step(f"{len(MACHINES)} machines with their firewalls")
        self.primary, self.replica = pair(self["db1"], self["db2"], self.authority, self.passwords)
        self._begin_broker()
        self._write_environment()
        self._bring_earlier_data()
        Unit(FILES / "jamsostek-prepare.service").start(self["worker1"], wait=True)
        step("jamsostek-prepare.service made tables, reference data and example data")
        self._keep_data()
        for name in UNITS:
            self._install(name)
            self.begin_units(name)
        start_nginx(self["front"], self.authority, FILES / "nginx-upstream.conf")
        step(
            "web, workers, beat and nginx began: "
            + ", ".join(f"{n} ({' '.join(u)})" for n, u in UNITS.items())
        )

    def _install(self, name: str) -> None:
        """Static files are collected once; the second web machine, and a later drill, get copies."""
        kept = Path(f"{os.environ.get('DRILL_DATA', '')}.static")
        collected = self["web1"].disk / "var/lib/jamsostek/static"
        copied = next((path for path in (collected, kept) if path.exists()), None)
        if UNITS[name] != ("web",) or copied is None:
            self[name].run(f"{CODE}/deploy/install_version", *UNITS[name][:1])
        else:
            self[name].run("install", "-d", "--owner=jamsostek", "-m700", "/var/lib/jamsostek")
            self[name].run("cp", "-a", str(copied), "/var/lib/jamsostek/static")
        if "DRILL_DATA" in os.environ and not kept.exists() and collected.exists():
            shutil.copytree(collected, kept)

    def _bring_earlier_data(self) -> None:
        """DRILL_DATA names a dump that the first drill makes and later ones begin with: minutes less."""
        if (dump := os.environ.get("DRILL_DATA")) and Path(dump).exists():
            options = ["-h", "/run/postgresql", "-d", "jamsostek", "--no-owner", "--role=jamsostek_owner"]
            self._on_primary("pg_restore", *options, dump)
            step(f"data of an earlier drill: {dump}")

    def _keep_data(self) -> None:
        if (dump := os.environ.get("DRILL_DATA")) and not Path(dump).exists():
            self._on_primary(
                "pg_dump", "-h", "/run/postgresql", "-Fc", "-f", f"{DATA}/kept.dump", "jamsostek"
            )
            self["db1"].run("cp", f"{DATA}/kept.dump", dump)

    def _on_primary(self, program: str, *arguments: str) -> None:
        self["db1"].run(str(self.primary.bin / program), *arguments, user="postgres")

    def begin_units(self, name: str) -> None:
        for unit in UNITS[name]:
            Unit(FILES / f"jamsostek-{unit}.service").start(self[name])

    def boot(self, name: str) -> None:
        """A machine that had lost its power: what was on its disk is there, firewall and units begin."""
        self[name].begin()
        raise_firewall(self[name], FILES / "nftables" / f"{MACHINES[name][1]}.conf")
        self.begin_units(name)

    def _begin_broker(self) -> None:
        broker = self["broker"]
        secret = f"requirepass {self.redis_password}\n"
        broker.write("/etc/jamsostek/valkey-password.conf", secret, owner="jamsostek", mode=0o600)
        # The program lies in the checkout here; Debian's `redis` reads the same file.
        program = valkey_binary()
        broker.start("valkey", str(program), f"{CODE}/deploy/many/valkey.conf", user="jamsostek", folder="/")

    def address_of(self, role: str, password: str, cluster: Cluster | None = None) -> str:
        """Of both machines, whichever takes writing; or of one alone."""
        hosts = cluster.machine.address if cluster else f"{self['db1'].address},{self['db2'].address}"
        asked = (cluster or self.primary).tls + WAITING
        asked += "" if cluster else "&target_session_attrs=read-write"
        return f"postgresql://{role}:{password}@{hosts}:5432/jamsostek?{asked}"

    def _replica_address(self) -> str:
        """Less patience than with the primary, in whose place nobody stands."""
        address = self.address_of("jamsostek_app", self.passwords["APP_PASSWORD"], self.replica)
        return address.replace("tcp_user_timeout=10000", "tcp_user_timeout=3000")

    def values(self) -> dict[str, str]:
        # No secret of anybody: persons are invented, and kept data must be readable for the next drill.
        key = base64.b64encode(b"a drill: all persons are invented"[:32]).decode()
        return {
            "EXAMPLE_DATA": "small",
            "DATABASE_URL": self.address_of("jamsostek_app", self.passwords["APP_PASSWORD"]),
            "REPLICA_URL": self._replica_address(),
            "REDIS_URL": f"redis://:{self.redis_password}@{self['broker'].address}:6379/0",
            "SECRET_KEY": secrets.token_urlsafe(50),
            "NIK_KEYS": f"1:{key}",
            "LEDGER_KEY": key,
            "MONITOR_TOKEN": self.token,
            # One process each: all these machines are one small computer.
            "WORKERS": "1",
        }

    def _write_environment(self) -> None:
        values = self.values()
        owner = self.address_of("jamsostek_owner", self.passwords["OWNER_PASSWORD"])
        for name in UNITS:
            text = filled(FILES / "jamsostek.env", HOST=self[name].address, **values)
            self[name].write("/etc/jamsostek/jamsostek.env", text, owner="jamsostek", mode=0o600)
            self.authority.trust(self[name])
        text = filled(FILES / "owner.env", DATABASE_URL=owner)
        self["worker1"].write("/etc/jamsostek/owner.env", text, owner="jamsostek", mode=0o600)
