"""Workers in processes of their own on the database of the test, to be killed at any moment."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import IO, Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import connection, transaction

# Django is loaded once; each worker is a fork of a process that has loaded it and asked nothing yet. The
# kernel takes the dead away at once, so that a number that is gone is a worker that is gone.
_NURSERY = """
import os, signal, sys
import django; django.setup()
from django.db import connection
from {module} import {function}
assert connection.connection is None
signal.signal(signal.SIGCHLD, signal.SIG_IGN)
print("ready", flush=True)
for _asked in sys.stdin:
    child = os.fork()
    if child == 0:
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        while True:
            {function}()
    print(child, flush=True)
"""


@contextmanager
def snapshot() -> Iterator[None]:
    """All questions inside see one state: the server may still be committing for a worker killed just now."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield


class Worker:
    """One that works until it is killed."""

    def __init__(self, pid: int) -> None:
        self.pid, self.is_gone = pid, False

    def kill(self) -> None:
        """As the kernel kills who takes too much memory: at once; comes back when the process is gone."""
        with suppress(ProcessLookupError):
            while not self.is_gone:
                os.kill(self.pid, signal.SIGKILL)
                time.sleep(0.002)
        # The number may be another's from now on.
        self.is_gone = True


@contextmanager
def workers(module: str, function: str) -> Iterator[Any]:
    """What starts one that calls the function again and again; all that were started are ended."""
    address = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{connection.settings_dict['NAME']}")
    environment = {**os.environ, "DATABASE_URL": address.geturl(), "PYTHONPATH": str(settings.BASE_DIR)}
    nursery = subprocess.Popen(
        [sys.executable, "-c", _NURSERY.format(module=module, function=function)],
        env=environment,
        cwd=settings.BASE_DIR,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        bufsize=1,
    )
    running: list[Worker] = []
    with nursery:
        assert _line(nursery.stdout) == "ready"

        def start() -> Worker:
            assert nursery.stdin is not None
            nursery.stdin.write("one\n")
            running.append(Worker(int(_line(nursery.stdout))))
            return running[-1]

        try:
            yield start
        finally:
            for worker in running:
                worker.kill()
            nursery.kill()


def _line(stream: IO[str] | None) -> str:
    assert stream is not None
    return stream.readline().strip()
