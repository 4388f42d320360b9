"""Run one command beside the services."""

import os
import signal
import subprocess

from jamsostek_monitor.embedded.problems import StartProblem
from jamsostek_monitor.embedded.processes import die_with_parent, stop_signals
from jamsostek_monitor.embedded.services import Services


def terminal_tells_all() -> bool:
    """Whether Ctrl-C at the terminal reaches the command without us (a second one means "at once")."""
    try:
        terminal = os.open("/dev/tty", os.O_RDONLY | os.O_NOCTTY)
    except OSError:
        return False
    try:
        return os.tcgetpgrp(terminal) == os.getpgrp()
    except OSError:
        return False
    finally:
        os.close(terminal)


def run(services: Services, command: list[str], environment: dict[str, str] | None = None) -> int:
    """Run the command with the services up; its exit code, or 128 + signal as shells count it."""
    waiting: list[int] = []
    child: subprocess.Popen[bytes] | None = None

    def forward(number: int, _frame: object) -> None:
        waiting.append(number)
        if child is not None and (number == signal.SIGTERM or not terminal_tells_all()):
            child.send_signal(number)

    for number in stop_signals():
        signal.signal(number, forward)
    with services.held() as lock:
        if waiting:
            return 128 + waiting[0]
        try:
            # The command inherits the lock: should this process be killed, the servers stay up for it.
            child = subprocess.Popen(
                command,
                env=services.environment() | (environment or {}),
                pass_fds=[lock],
                preexec_fn=die_with_parent,  # noqa: PLW1509 -- no threads here
            )
        except OSError as error:
            raise StartProblem(f"{command[0]} tidak dapat dijalankan: {error.strerror}.") from error
        code = child.wait()
    return code if code >= 0 else 128 - code
