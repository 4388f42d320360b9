"""Kills workers, PostgreSQL and Valkey of a data folder of its own at random moments under entry.

Run by a test through `python -m jamsostek_monitor.embedded run`: `python -m tests.killed_services KILLS SQL`,
where the file SQL has the statements that make the tables. The services come back as `./script/server` brings
them back, workers are started anew as supervisord does. The last line of the output is what was found, as
JSON.
"""

import json
import os
import random
import signal
import subprocess
import sys
import time
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jamsostek_monitor.settings")
django.setup()

from django.db import DatabaseError, InterfaceError, connection

from jamsostek_monitor.embedded import processes, supervision
from jamsostek_monitor.embedded.places import Places
from jamsostek_monitor.embedded.services import Services
from participants.models import Headcount, MembershipCount
from participants.services.headcount import correct_headcount
from participants.services.membership_count import correct_membership_count
from regions.models import Change
from regions.services.user import ensure_system_user
from reports.models import Run, WaitingRegion
from reports.services.waiting_region import forget_all_runs
from tests.cast import KOTA_A, KOTA_B, make_cast
from tests.conftest import load_test_reference, make_figures
from tests.own_services import make_tables
from tests.reports.test_recompute import everything

VICTIMS = ("worker", "PostgreSQL", "Valkey")
PATIENCE = 180


class Supervised:
    """The workers and the clock of a real server; what died is started anew."""

    def __init__(self, places: Places) -> None:
        commands = supervision.programs(places, "127.0.0.1", 1)
        self.commands = {name: commands[name] for name in ("corrections", "worker", "beat")}
        self.log = (places.log / "workers.log").open("ab")
        self.running: dict[str, subprocess.Popen[bytes]] = {}

    def mend(self) -> None:
        for name, command in self.commands.items():
            process = self.running.get(name)
            if process is None or process.poll() is not None:
                bound = [
                    sys.executable,
                    "-m",
                    "jamsostek_monitor.embedded",
                    "bound",
                    "--",
                    sys.executable,
                    "-m",
                ]
                self.running[name] = subprocess.Popen([*bound, *command], stdout=self.log, stderr=self.log)

    def kill(self, name: str) -> None:
        process = self.running[name]
        for pid in [*processes.descendants(process.pid), process.pid]:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        process.wait()

    def end(self) -> None:
        for name in self.running:
            self.kill(name)
        self.log.close()


class Entry:
    """Corrections of two cities and two kinds; remembers what was acknowledged and what may have been."""

    def __init__(self, cast: Any, chance: random.Random) -> None:
        self.cast, self.chance = cast, chance
        self.possible: dict[str, set[int]] = {}
        self.accepted = 0

    def go(self, seconds: float) -> None:
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            self._members(KOTA_A, self.cast.wayan)
            self._members(KOTA_B, self.cast.budi)
            self._people()

    def _members(self, code: str, by: Any) -> None:
        row, value = MembershipCount.objects.get(region_id=code), self.chance.randrange(90_000)
        with self._said(code, row.members, value):
            new = {"members": value}
            correct_membership_count(pk=row.pk, revision=row.revision, by=by, reason="salah", new=new)

    def _people(self) -> None:
        row, value = Headcount.objects.get(region_id=KOTA_A), self.chance.randrange(5_000)
        with self._said("people", row.people, value):
            new = {"people": value}
            correct_headcount(pk=row.pk, revision=row.revision, by=self.cast.wayan, reason="salah", new=new)

    def _said(self, name: str, stored: int, value: int) -> "Saying":
        return Saying(self, name, stored, value)

    def lost(self) -> list[str]:
        """Whose stored number is neither the last acknowledged nor one that was cut off."""
        stored = {row.region_id: row.members for row in MembershipCount.objects.all()}
        stored["people"] = Headcount.objects.get(region_id=KOTA_A).people
        return [name for name, values in self.possible.items() if stored[name] not in values]


class Saying:
    """One correction: done, only the new number may stand; cut off, the old or the new one."""

    def __init__(self, entry: Entry, name: str, stored: int, value: int) -> None:
        self.entry, self.name, self.stored, self.value = entry, name, stored, value

    def __enter__(self) -> None:
        possible = self.entry.possible.get(self.name)
        if possible is not None:
            assert self.stored in possible, f"{self.name}: an acknowledged number is gone"
        self.entry.possible[self.name] = {self.stored, self.value}

    def __exit__(self, kind: type[BaseException] | None, *_error: object) -> None:
        if kind is None:
            self.entry.possible[self.name] = {self.value}
            self.entry.accepted += 1


def own_services() -> Services:
    """Those of the data folder, whose addresses stand in the environment already."""
    given = {name: os.environ.pop(name) for name in ("DATABASE_URL", "REDIS_URL")}
    services = Services(Places.from_environment())
    os.environ.update(given)
    return services


def kill(victim: str, places: Places, workers: Supervised, chance: random.Random) -> None:
    if victim == "worker":
        workers.kill(chance.choice(("corrections", "worker")))
        return
    pidfile = places.cluster / "postmaster.pid" if victim == "PostgreSQL" else places.valkey / "pid"
    os.kill(int(Path(pidfile).read_text().split()[0]), signal.SIGKILL)


def nothing_waits(services: Services, workers: Supervised) -> None:
    """The workers alone bring everything up to date."""
    until = time.monotonic() + PATIENCE
    while Change.objects.exists() or WaitingRegion.objects.exists():
        assert time.monotonic() < until, "it still waits"
        services.mend()
        workers.mend()
        WaitingRegion.objects.filter(retry_at__isnull=False).update(retry_at=None)
        time.sleep(0.2)


def tried(kills: int, statements: str) -> dict[str, Any]:
    make_tables(statements)
    load_test_reference()
    cast = make_cast()
    make_figures(ensure_system_user())
    places, services = Places.from_environment(), own_services()
    chance, workers = random.Random(), Supervised(places)
    entry, killed = Entry(cast, chance), dict.fromkeys(VICTIMS, 0)
    workers.mend()
    try:
        for number in range(kills):
            victim = VICTIMS[number % len(VICTIMS)]
            entry.go(chance.uniform(0.1, 6))
            kill(victim, places, workers, chance)
            killed[victim] += 1
            with suppress(DatabaseError, InterfaceError):
                entry.go(chance.uniform(0, 0.5))
            connection.close()
            services.mend()
            workers.mend()
        nothing_waits(services, workers)
        figures, lost, runs = everything(), entry.lost(), Run.objects.count()
        forget_all_runs(first_month=date(2000, 1, 1), last_month=date(2100, 1, 1))
        nothing_waits(services, workers)
        same = everything() == figures
    finally:
        workers.end()
    return {"killed": killed, "accepted": entry.accepted, "lost": lost, "runs": runs, "same": same}


if __name__ == "__main__":
    print(json.dumps(tried(int(sys.argv[1]), sys.argv[2])))
