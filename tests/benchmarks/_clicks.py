"""People who click: each asks for a page, reads the answer whole, and asks for the next."""

import http.client
import os
import random
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

from django.conf import settings

from jamsostek_monitor.embedded.places import Places
from jamsostek_monitor.embedded.supervision import programs

_HOST = "127.0.0.1"


@contextmanager
def served() -> Iterator[int]:
    """The port of a web server as an installation runs it: two processes of four threads."""
    with socket.socket() as free:
        free.bind((_HOST, 0))
        port = free.getsockname()[1]
    command = programs(Places.from_environment(), _HOST, port)["web"]
    environment = {**os.environ, "ALLOWED_HOSTS": _HOST, "BOARDS_KEPT_SECONDS": "3600"}
    with subprocess.Popen([sys.executable, "-m", *command], env=environment) as server:
        try:
            _wait(port)
            yield port
        finally:
            server.terminate()
            server.wait(timeout=30)


def _wait(port: int) -> None:
    for _try in range(600):
        try:
            if get(port, "/healthz", "")[0] == 200:
                return
        except OSError:
            pass
        time.sleep(0.1)
    raise TimeoutError


def get(port: int, address: str, session: str) -> tuple[int, bytes, dict[str, str]]:
    """Status, body as it went over the wire, and headers."""
    connection = http.client.HTTPConnection(_HOST, port, timeout=60)
    headers = (
        {"Accept-Encoding": "gzip", "Cookie": f"{settings.SESSION_COOKIE_NAME}={session}"} if session else {}
    )
    connection.request("GET", address, headers=headers)
    response = connection.getresponse()
    body = response.read()
    told = {name.lower(): value for name, value in response.getheaders()}
    connection.close()
    return response.status, body, told


def clicked(
    port: int, sessions: Sequence[str], each: int, choose: Callable[[random.Random], str]
) -> list[float]:
    """Seconds of every answer while all sessions click at once, each so many times."""

    def person(number: int) -> list[float]:
        chance, taken = random.Random(number), []
        for _click in range(each):
            address = choose(chance)
            began = time.perf_counter()
            status, _body, _headers = get(port, address, sessions[number])
            taken.append(time.perf_counter() - began)
            assert status == 200, (address, status)
        return taken

    with ThreadPoolExecutor(len(sessions)) as people:
        return [second for taken in people.map(person, range(len(sessions))) for second in taken]


def percentile(samples: Sequence[float], share: float) -> float:
    return statistics.quantiles(samples, n=100)[int(share * 100) - 1]
