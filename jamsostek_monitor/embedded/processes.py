"""What /proc tells about other processes, and how to end them."""

import ctypes
import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

PR_SET_PDEATHSIG = 1
PR_SET_CHILD_SUBREAPER = 36


def die_with_parent() -> None:
    """Let the kernel send SIGTERM to this process when its parent is gone, even by kill -9."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0)


def stop_signals() -> list[signal.Signals]:
    """The signals that ask for an end; a hang-up does not where nohup had it ignored."""
    ignored = signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
    return [signal.SIGTERM, signal.SIGINT, *([] if ignored else [signal.SIGHUP])]


def ignore_stop_signals() -> None:
    """The end is on its way; a second Ctrl-C must not leave half of it behind."""
    for number in stop_signals():
        signal.signal(number, signal.SIG_IGN)


def adopt_orphans() -> None:
    """Become the parent of what our children leave behind.

    Servers put themselves into the background; in a container without an init nobody else would collect
    them when they end, and they would stay in the process list for ever.
    """
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def collect_orphans(own: int = 0) -> None:
    """Collect what has ended, except the one child that its own Popen waits for."""
    while True:
        try:
            ended = os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT)
        except ChildProcessError:
            return
        if ended is None or ended.si_pid == own:
            return
        os.waitpid(ended.si_pid, 0)


def process_ids() -> Iterator[int]:
    return (int(entry) for entry in os.listdir("/proc") if entry.isdigit())


def command_line(pid: int) -> str:
    """The command line of a process; empty when it is gone or a zombie."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    except OSError:
        return ""


def processes_showing(text: str) -> list[int]:
    return [pid for pid in process_ids() if pid != os.getpid() and text in command_line(pid)]


def parent_of(pid: int) -> int:
    try:
        # The command name stands in brackets and may hold spaces.
        return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
    except OSError:
        return 0


def descendants(pid: int) -> list[int]:
    children: dict[int, list[int]] = {}
    for candidate in process_ids():
        children.setdefault(parent_of(candidate), []).append(candidate)
    found, pending = [], [pid]
    while pending:
        below = children.get(pending.pop(), [])
        found += below
        pending += below
    return found


def send(pids: list[int], number: int) -> None:
    for pid in pids:
        try:
            os.kill(pid, number)
        except ProcessLookupError:
            continue


def living(pids: list[int]) -> list[int]:
    return [pid for pid in pids if command_line(pid)]


def wait_until_gone(pids: list[int], seconds: float) -> list[int]:
    """Those of the processes that still live after so many seconds."""
    end = time.monotonic() + seconds
    while True:
        left = living(pids)
        if not left or time.monotonic() > end:
            return left
        time.sleep(0.05)


def finish(pids: list[int], seconds: float) -> None:
    """Ask the processes to end; kill those that have not after so many seconds."""
    send(pids, signal.SIGTERM)
    left = wait_until_gone(pids, seconds)
    send(left, signal.SIGKILL)
    wait_until_gone(left, 2)
