"""supervisord at work: started, ended with all that it started, and started anew where it died."""

import signal
import subprocess
import sys
import time

from jamsostek_monitor.embedded import processes
from jamsostek_monitor.embedded.places import Places
from jamsostek_monitor.embedded.postgres import tail
from jamsostek_monitor.embedded.problems import StartProblem, notice
from jamsostek_monitor.embedded.supervision import STOP_SECONDS, write_configuration

# One that ends as often in a row without having lived for a moment is not helped by another start.
MOST_ENDS, LIVED_SECONDS = 5, 5


class Supervised:
    """Web, workers and beat under one supervisord, whose end is theirs."""

    def __init__(self, places: Places, environment: dict[str, str], host: str, port: int) -> None:
        self.places, self.environment = places, environment
        self.configuration = write_configuration(places, host, port)
        self.ends_at_once = 0
        self.process = self._start()

    def _start(self) -> "subprocess.Popen[bytes]":
        self.began = time.monotonic()
        return subprocess.Popen(
            [sys.executable, "-m", "supervisor.supervisord", "-c", str(self.configuration)],
            cwd=self.places.var,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            # There it says only that a log could not be written; were it a file on the same full disk, it
            # would stumble over that, and let go of the process whose line it was.
            stderr=subprocess.DEVNULL,
            # Ctrl-C at the terminal is ours to handle; supervisord hears from us.
            start_new_session=True,
            preexec_fn=processes.die_with_parent,  # noqa: PLW1509 -- no threads here
        )

    def require_alive(self) -> None:
        if self.process.poll() is not None:
            log = self.places.log / "supervisord.log"
            raise StartProblem(f"{tail(log)}\nsupervisord berhenti; sebabnya di {log}. Jalankan lagi.")

    def mend(self) -> None:
        """Start it anew where it is gone. Raises StartProblem where that has not helped."""
        if self.process.poll() is None:
            return
        lived = time.monotonic() - self.began > LIVED_SECONDS
        self.ends_at_once = 0 if lived else self.ends_at_once + 1
        if self.ends_at_once > MOST_ENDS:
            self.require_alive()
        notice("supervisord mati dan sudah dinyalakan kembali.")
        self.process = self._start()

    def end(self) -> None:
        processes.ignore_stop_signals()
        family = processes.descendants(self.process.pid)
        self.process.terminate()
        try:
            self.process.wait(STOP_SECONDS + 1)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        processes.send(processes.living(family), signal.SIGKILL)
