"""./script/server: the whole application in one command, until Ctrl-C."""

import errno
import fcntl
import os
import signal
import subprocess
import sys
import time
from contextlib import ExitStack
from pathlib import Path
from types import FrameType
from typing import NoReturn, Self

from jamsostek_monitor.embedded import processes
from jamsostek_monitor.embedded.asking import answers_ok
from jamsostek_monitor.embedded.places import CHECKOUT, Places
from jamsostek_monitor.embedded.postgres import tail
from jamsostek_monitor.embedded.problems import StartProblem, notice
from jamsostek_monitor.embedded.services import Services
from jamsostek_monitor.embedded.supervised import Supervised
from jamsostek_monitor.embedded.supervision import STOP_SECONDS
from jamsostek_monitor.embedded.valkey import binding_error

READY_SECONDS = 60
WATCH_SECONDS = 2


class Stopped(SystemExit):
    """SIGTERM or Ctrl-C arrived."""


class Server:
    def __init__(self, places: Places) -> None:
        self.places = places
        self.host = os.environ.get("HOST") or "127.0.0.1"
        self.port = port_from(os.environ.get("PORT") or "8000")
        self.signins = places.var / "signins.txt"

    def serve(self) -> int:
        """Everything in order; returns only by a signal or a problem."""
        for number in processes.stop_signals():
            signal.signal(number, stop)
        with ExitStack() as stack:
            self.places.var.mkdir(parents=True, exist_ok=True)
            lock = stack.enter_context(self._only_server())
            self._end_remains()
            self._require_port()
            services = Services(self.places)
            stack.enter_context(services.held())
            environment = self._environment(services)
            self._prepare(environment)
            supervised = Supervised(self.places, services.runtime(environment), self.host, self.port)
            stack.callback(supervised.end)
            stack.callback(lock.say_stopping)
            self._announce(supervised, environment)
            while True:
                time.sleep(WATCH_SECONDS)
                self._watch(services, supervised)

    def _only_server(self) -> "LockedFile":
        lock = LockedFile(self.places.var / "server.lock")
        if not lock.taken:
            lock.file.close()
            raise StartProblem(
                f"Server untuk {self.places.var} sudah berjalan. Hentikan dulu yang itu (Ctrl-C), atau setel "
                f"JAMSOSTEK_VAR dan PORT untuk menjalankan server kedua dengan data lain."
            )
        return lock

    def _end_remains(self) -> None:
        """End what a server killed by kill -9 may have left."""
        configuration = self.places.var / "supervisord.conf"
        remains = processes.processes_showing(f"supervisor.supervisord -c {configuration}")
        remains += [child for pid in remains for child in processes.descendants(pid)]
        processes.finish(remains, STOP_SECONDS + 1)
        (self.places.var / "beat.pid").unlink(missing_ok=True)
        # supervisord removes its pid file when it ends in order. Where it was killed as well, the web
        # process hears of that from the kernel and needs a moment to give the port back.
        pid_file = self.places.var / "supervisord.pid"
        end = time.monotonic() + STOP_SECONDS + 1
        while pid_file.exists() and binding_error(self.port, self.host) and time.monotonic() < end:
            time.sleep(0.1)
        pid_file.unlink(missing_ok=True)

    def _require_port(self) -> None:
        error = binding_error(self.port, self.host)
        if error and error.errno == errno.EADDRINUSE:
            raise StartProblem(
                f"Port {self.port} sudah dipakai program lain. Pilih port lain, misalnya: "
                f"PORT={8001 if self.port == 65535 else self.port + 1} ./script/server"
            )
        if error:
            raise StartProblem(
                f"Alamat {self.host} port {self.port} tidak dapat dipakai ({error.strerror}). "
                f"Setel HOST dan PORT lain, misalnya: HOST=127.0.0.1 PORT=8001 ./script/server"
            )

    def _environment(self, services: Services) -> dict[str, str]:
        environment = services.environment() | {"SIGNINS_FILE": str(self.signins)}
        environment["PROMETHEUS_MULTIPROC_DIR"] = str(self.places.fresh_metrics())
        if services.postgres and self.host not in ("0.0.0.0", "::"):
            hosts = environment["ALLOWED_HOSTS"].split(",")
            environment["ALLOWED_HOSTS"] = ",".join(dict.fromkeys([*hosts, self.host]))
        return environment

    def _prepare(self, environment: dict[str, str]) -> None:
        self.signins.unlink(missing_ok=True)
        command = [sys.executable, str(CHECKOUT / "manage.py"), "prepare"]
        preparing = subprocess.Popen(
            command,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=sys.stderr,
            preexec_fn=processes.die_with_parent,  # noqa: PLW1509 -- no threads here
        )
        try:
            code = preparing.wait()
        finally:
            if preparing.poll() is None:
                processes.finish([preparing.pid], 3)
        if code:
            raise StartProblem(
                "Persiapan (manage.py prepare) gagal; perbaiki yang disebut di atas lalu ulangi."
            )

    def _announce(self, supervised: Supervised, environment: dict[str, str]) -> None:
        end = time.monotonic() + READY_SECONDS
        while not answers_ok(self.host, self.port, "/healthz", environment.get("ALLOWED_HOSTS", "")):
            supervised.require_alive()
            if time.monotonic() > end:
                log = self.places.log / "web.log"
                raise StartProblem(
                    f"{tail(log)}\nServer tidak siap dalam {READY_SECONDS} detik. Sebabnya tercatat di "
                    f"{log} (akhirnya tampak di atas); perbaiki lalu jalankan lagi."
                )
            time.sleep(0.1)
        shown = "127.0.0.1" if self.host in ("0.0.0.0", "::") else self.host
        print(f"ready http://{shown}:{self.port}", flush=True)
        if self.signins.exists():
            print(self.signins.read_text().rstrip(), flush=True)

    def _watch(self, services: Services, supervised: Supervised) -> None:
        supervised.mend()
        try:
            for name in services.mend():
                notice(f"{name} mati dan sudah dinyalakan kembali.")
        except (StartProblem, OSError) as problem:
            # The next round tries again; pages that need neither server go on meanwhile. A disk without room
            # is no reason to end: there will be room again.
            notice(str(problem))
        processes.collect_orphans(supervised.process.pid)


class LockedFile:
    """A file that only one process at a time can lock; `taken` tells whether this one did.

    A holder that is on its way out says so in the file, and is waited for.
    """

    def __init__(self, path: Path) -> None:
        self.file = path.open("a+")
        self.taken = False
        end = time.monotonic() + 10
        while not self.taken and time.monotonic() < end:
            try:
                fcntl.flock(self.file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                self.file.truncate(0)
                self.taken = True
            except BlockingIOError:
                if path.read_text() != "stopping":
                    break
                time.sleep(0.1)

    def say_stopping(self) -> None:
        self.file.write("stopping")
        self.file.flush()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.file.close()


def stop(number: int, _frame: FrameType | None) -> NoReturn:
    processes.ignore_stop_signals()
    raise Stopped(0 if number == signal.SIGTERM else 128 + number)


def port_from(text: str) -> int:
    if text.isdigit() and 0 < int(text) < 65536:
        return int(text)
    raise StartProblem(f"PORT={text} bukan nomor port. Misalnya: PORT=8001 ./script/server")
