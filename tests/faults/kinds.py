"""What is done to an installation at work: each kind is inflicted, held for a moment, and taken back."""

import os
import random
import shutil
import subprocess
import time
from abc import ABC, abstractmethod
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from tests.faults.installation import Installation, kill, kill_all


class Fault(ABC):
    name = ""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance

    def why_not(self, at: Installation) -> str:
        """Why it cannot be tried on this machine; empty where it can."""
        return ""

    @abstractmethod
    def inflict(self, at: Installation) -> None: ...

    def take_back(self, at: Installation) -> None:  # noqa: B027
        """What ends by itself needs nothing."""


class KilledWeb(Fault):
    name = "web process killed"

    def inflict(self, at: Installation) -> None:
        pids = at.pids("web")
        # The main one takes all with it; one of the others is replaced by it.
        kill(self.chance.choice(pids)) if pids else None


class KilledWorker(Fault):
    name = "worker killed"

    def inflict(self, at: Installation) -> None:
        pids = at.pids(self.chance.choice(("corrections", "worker")))
        kill_all(pids if self.chance.random() < 0.5 else pids[-1:])


class KilledBeat(Fault):
    name = "beat killed"

    def inflict(self, at: Installation) -> None:
        kill_all(at.pids("beat"))


class KilledSupervisor(Fault):
    """What it supervises ends with it, and is started anew by the new one."""

    name = "supervisord killed"

    def inflict(self, at: Installation) -> None:
        kill(_first_number(at.places.var / "supervisord.pid"))


class KilledValkey(Fault):
    name = "Valkey killed"

    def inflict(self, at: Installation) -> None:
        kill(_first_number(at.valkey_file))


class KilledPostgres(Fault):
    name = "PostgreSQL killed"

    def inflict(self, at: Installation) -> None:
        kill(_first_number(at.postmaster_file))


class KilledHost(Fault):
    name = "everything killed at once"

    def inflict(self, at: Installation) -> None:
        at.kill_everything()

    def take_back(self, at: Installation) -> None:
        at.start()


class FullDisk(Fault):
    """The data folder is a small disk of its own, which a file fills to the last byte."""

    name = "disk full"

    def why_not(self, at: Installation) -> str:
        return "" if os.path.ismount(at.places.var) else "no small disk could be mounted"

    def inflict(self, at: Installation) -> None:
        with suppress(OSError), _ballast(at).open("wb", buffering=0) as file:
            while True:
                file.write(bytes(1_000_000))
        with suppress(OSError), _ballast(at).open("ab", buffering=0) as file:
            while True:
                file.write(bytes(512))
        time.sleep(self.chance.uniform(2, 6))

    def take_back(self, at: Installation) -> None:
        _ballast(at).unlink(missing_ok=True)


class SlowNetwork(Fault):
    """Packets between clients, web, broker and workers come late, and some not at all.

    Kernels without netem have a narrow line instead, whose queue throws away what does not fit.
    """

    name = "slow, lossy network"
    ways = (
        ("netem", "delay", "200ms", "100ms", "loss", "5%"),
        ("tbf", "rate", "256kbit", "burst", "16kb", "latency", "300ms"),
    )

    def __init__(self, chance: random.Random) -> None:
        super().__init__(chance)
        self.way: Sequence[str] = ()

    def why_not(self, at: Installation) -> str:
        if "FAULTS_INSIDE" not in os.environ or not shutil.which("tc"):
            return "no network of our own, or tc is not installed"
        for way in self.ways:
            if _tc("add", *way) == 0:
                _tc("del")
                self.way = way
                return ""
        return "tc cannot shape this network"

    def inflict(self, at: Installation) -> None:
        _tc("add", *self.way)
        time.sleep(self.chance.uniform(2, 6))

    def take_back(self, at: Installation) -> None:
        _tc("del")


class ClockJump(Fault):
    """The clock of web, workers and beat goes ahead or back by up to an hour, and returns."""

    name = "clock jumps"

    def inflict(self, at: Installation) -> None:
        _set_clock(at, self.chance.choice((-1, 1)) * self.chance.randint(60, 3_600))
        time.sleep(self.chance.uniform(3, 6))

    def take_back(self, at: Installation) -> None:
        _set_clock(at, 0)


KINDS: tuple[type[Fault], ...] = (
    *(KilledWeb, KilledWorker, KilledBeat, KilledSupervisor, KilledValkey, KilledPostgres),
    *(KilledHost, FullDisk, SlowNetwork, ClockJump),
)


def clock_environment(var: Path) -> dict[str, str]:
    """With which processes of Python read a clock that is as far ahead as a file says."""
    file = var / "clock"
    file.write_text("0")
    return {"FAULTS_CLOCK": str(file), "PYTHONPATH": str(Path(__file__).parent / "clock")}


def _set_clock(at: Installation, seconds: int) -> None:
    # Whole or not at all: who reads half a line jumps elsewhere.
    new = at.places.var / "clock.new"
    new.write_text(str(seconds))
    new.rename(at.places.var / "clock")


def _ballast(at: Installation) -> Path:
    return at.places.var / "ballast"


def _tc(action: str, *more: str) -> int:
    command: Sequence[str] = ["tc", "qdisc", action, "dev", "lo", "root", *more]
    return subprocess.run(command, check=False, stderr=subprocess.DEVNULL).returncode


def _first_number(file: Path) -> int:
    return int(file.read_text().split()[0])
