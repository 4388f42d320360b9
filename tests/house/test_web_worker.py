"""The web server takes requests in whole: slow clients hold no thread, ends and large bodies lose nothing."""

import hashlib
import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from threading import Thread

import pytest

from jamsostek_monitor.embedded.places import CHECKOUT, Places
from jamsostek_monitor.embedded.supervision import programs

HOST = "127.0.0.1"
# A WSGI program that tells which process answers, takes its time, and digests what it is sent.
PROGRAM = """
import hashlib, os, time
def application(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    if environ["PATH_INFO"] == "/slow":
        open("begun", "w").close()
        time.sleep(2)
        return [b"x" * 3_000_000]
    body = environ["wsgi.input"]
    digest = hashlib.sha256()
    while part := body.read(65536):
        digest.update(part)
    return [f"{os.getpid()} {digest.hexdigest()}".encode()]
"""
THREADS = 8


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    with served(tmp_path_factory.mktemp("program")) as (port, _server):
        yield port


@contextmanager
def served(folder: Path) -> "Iterator[tuple[int, subprocess.Popen[bytes]]]":
    (folder / "echo_program.py").write_text(PROGRAM)
    with socket.socket() as free:
        free.bind((HOST, 0))
        port = free.getsockname()[1]
    command = programs(Places(folder), HOST, port)["web"]
    command = [part.replace("jamsostek_monitor.wsgi", "echo_program") for part in command]
    path = f"{folder}{os.pathsep}{CHECKOUT}"
    with subprocess.Popen(
        [sys.executable, "-m", *command], env={**os.environ, "PYTHONPATH": path}, cwd=folder
    ) as server:
        try:
            while not is_open(port):
                assert server.poll() is None
                time.sleep(0.05)
            yield port, server
        finally:
            server.terminate()


def is_open(port: int) -> bool:
    with socket.socket() as client:
        return client.connect_ex((HOST, port)) == 0


def ask(port: int, path: str = "/", body: bytes = b"") -> tuple[int, bytes]:
    with closing(http.client.HTTPConnection(HOST, port, timeout=60)) as client:
        client.request("POST" if body else "GET", path, body or None)
        answer = client.getresponse()
        return answer.status, answer.read()


def half_sent(port: int, start: bytes, count: int) -> Sequence[socket.socket]:
    clients = [socket.create_connection((HOST, port)) for _ in range(count)]
    for client in clients:
        client.sendall(start)
    return clients


@pytest.mark.parametrize(
    "start",
    [
        pytest.param(b"GET / HTTP/1.1\r\nHost: a\r\nX-", id="half a head"),
        pytest.param(b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9000\r\n\r\nab", id="half a body"),
        pytest.param(b"", id="nothing at all"),
    ],
)
def test_half_sent_requests_hold_no_thread(port: int, start: bytes) -> None:
    clients = half_sent(port, start, THREADS * 20)
    try:
        assert [ask(port)[0] for _ in range(THREADS)] == [200] * THREADS
    finally:
        for client in clients:
            client.close()


def test_who_reads_slowly_holds_no_thread(port: int) -> None:
    clients = half_sent(port, b"GET /slow HTTP/1.1\r\nHost: a\r\n\r\n", THREADS * 2)
    try:
        assert ask(port)[0] == 200
    finally:
        for client in clients:
            client.close()


def test_a_large_body_arrives_whole(port: int) -> None:
    body = os.urandom(5_000_000)
    assert ask(port, body=body)[1].split()[1].decode() == hashlib.sha256(body).hexdigest()


def test_a_kept_connection_is_not_reset(port: int) -> None:
    with closing(http.client.HTTPConnection(HOST, port, timeout=60)) as client:
        for _ in range(300):
            client.request("GET", "/")
            assert client.getresponse().read()
        # Longer than browsers and proxies of old wait before they use a connection again.
        time.sleep(3)
        client.request("GET", "/")
        assert client.getresponse().status == 200


def test_an_end_answers_what_was_asked_and_a_death_is_made_good(tmp_path: Path) -> None:
    with served(tmp_path) as (port, server):
        os.kill(int(ask(port)[1].split()[0]), signal.SIGKILL)
        assert {ask(port)[0] for _ in range(20)} == {200}
        answers: list[tuple[int, bytes]] = []
        asking = Thread(target=lambda: answers.append(ask(port, "/slow")))
        asking.start()
        while not (tmp_path / "begun").exists():
            time.sleep(0.05)
        server.terminate()
        asking.join()
        assert server.wait(timeout=30) == 0
    ((status, body),) = answers
    assert (status, len(body)) == (200, 3_000_000)
