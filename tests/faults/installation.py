"""`./script/server` with data of its own, started, looked at and found in the list of processes."""

import http.client
import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from jamsostek_monitor.embedded import processes
from jamsostek_monitor.embedded.places import CHECKOUT, Places

HOST = "127.0.0.1"
PATIENCE = 300
# Parts of /healthz/deep that a fault disturbs; the others (backup, ledger, room) tell of longer times.
PARTS = ("broker", "worker", "beat")


class Installation:
    """A data folder and the server on it."""

    def __init__(self, var: Path, more: dict[str, str]) -> None:
        self.places, self.token = Places(var), secrets.token_hex(16)
        with socket.socket() as free:
            free.bind((HOST, 0))
            self.port = int(free.getsockname()[1])
        self.environment = {
            **os.environ,
            "JAMSOSTEK_VAR": str(var),
            "PORT": str(self.port),
            "EXAMPLE_DATA": "small",
            "MONITOR_TOKEN": self.token,
            "API_RATE": "100000/min",
            **more,
        }
        self.server: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        self.places.var.mkdir(parents=True, exist_ok=True)
        log = (self.places.var / "server.log").open("ab")
        self.server = subprocess.Popen(
            [str(CHECKOUT / "script" / "server")], env=self.environment, stdout=log, stderr=log
        )

    def stop(self) -> None:
        if self.server is not None:
            self.server.terminate()
            self.server.wait()

    def kill_everything(self) -> None:
        """As a host that loses its power: no process of it gets to say a last word."""
        assert self.server is not None
        pids = [self.server.pid, *processes.descendants(self.server.pid)]
        for pidfile in (self.postmaster_file, self.valkey_file):
            with suppress(OSError, ValueError, IndexError):
                main = int(pidfile.read_text().split()[0])
                pids += [main, *processes.descendants(main)]
        for pid in pids:
            kill(pid)
        self.server.wait()

    @property
    def postmaster_file(self) -> Path:
        return self.places.cluster / "postmaster.pid"

    @property
    def valkey_file(self) -> Path:
        return self.places.valkey / "pid"

    def pids(self, name: str) -> list[int]:
        """Of the program of that name under supervisord: its main process, then its children."""
        mark = {
            "web": "gunicorn jamsostek_monitor",
            "corrections": "jamsostek_monitor.corrections worker",
            "worker": "jamsostek_monitor.celery worker",
            "beat": "jamsostek_monitor.beat beat",
        }[name]
        assert self.server is not None
        own = set(processes.descendants(self.server.pid))
        return sorted(pid for pid in processes.processes_showing(mark) if pid in own)

    def command(self, *arguments: str) -> str:
        """What a program of this project printed, run beside the server with its settings."""
        run = [
            sys.executable,
            "-m",
            "jamsostek_monitor.embedded",
            "run",
            "--",
            sys.executable,
            "-m",
            *arguments,
        ]
        done = subprocess.run(run, env=self.environment, stdout=subprocess.PIPE, check=True, text=True)
        return done.stdout

    def seconds_until_well(self, patience: float = PATIENCE) -> float:
        """From now until it serves and its workers work. Raises TimeoutError."""
        began = time.monotonic()
        while time.monotonic() - began < patience:
            found = self._health()
            if found and all(found["parts"][part]["ok"] for part in PARTS):
                seen = found["parts"]["worker"]["told"]["seconds_since"]
                # A sign of life from after the fault, not one that it left behind.
                if seen is not None and abs(seen) < max(time.monotonic() - began, 1):
                    return time.monotonic() - began
            time.sleep(0.25)
        raise TimeoutError(f"not well within {patience} s: {self._health()}")

    def _health(self) -> Any:
        client = http.client.HTTPConnection(HOST, self.port, timeout=10)
        try:
            client.request("GET", "/healthz/deep", headers={"Authorization": f"Bearer {self.token}"})
            return json.loads(client.getresponse().read())
        except (OSError, http.client.HTTPException, ValueError):
            return None
        finally:
            client.close()


def kill(pid: int) -> None:
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)


def kill_all(pids: Sequence[int]) -> None:
    for pid in pids:
        kill(pid)
