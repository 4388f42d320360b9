"""What ./script/server and the other scripts decide before and beside the servers they start."""

import os
import socket
import stat
import subprocess
import sys
from configparser import RawConfigParser
from pathlib import Path

import pytest

from jamsostek_monitor.embedded import serving, supervision
from jamsostek_monitor.embedded.account import Account, let_through
from jamsostek_monitor.embedded.asking import answers_ok
from jamsostek_monitor.embedded.places import CHECKOUT, Places
from jamsostek_monitor.embedded.problems import StartProblem
from tests.benchmarks import __main__ as benchmarks


@pytest.fixture
def places(tmp_path: Path) -> Places:
    return Places(tmp_path)


def test_a_long_path_gets_its_socket_elsewhere() -> None:
    places = Places(Path("/srv") / ("x" * 120))
    assert len(str(places.socket_folder / ".s.PGSQL.5432.lock")) < 107
    assert places.socket_folder != Places(Path("/srv") / ("y" * 120)).socket_folder


def test_other_accounts_may_pass_folders_but_not_read_them(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    let_through(closed / "data", Account(os.geteuid() + 1, os.getegid()))
    assert stat.S_IMODE(closed.stat().st_mode) == 0o701


def test_a_taken_port_is_named_before_anything_is_started(
    places: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        monkeypatch.setenv("PORT", str(port))
        monkeypatch.setenv("JAMSOSTEK_VAR", str(places.var))
        monkeypatch.setenv("PYTHONPATH", str(CHECKOUT))
        command = [sys.executable, "-m", "jamsostek_monitor.embedded", "serve"]
        refused = subprocess.run(command, capture_output=True, text=True, check=False, timeout=20)
    assert refused.returncode == 1
    assert f"PORT={port + 1} ./script/server" in refused.stderr
    assert not places.postgres.exists()


def test_a_port_that_is_none_is_refused() -> None:
    with pytest.raises(StartProblem, match="bukan nomor port"):
        serving.port_from("delapan ribu")


def test_only_one_server_may_use_a_data_folder(places: Places) -> None:
    with serving.LockedFile(places.var / "server.lock") as lock:
        assert lock.taken
        with pytest.raises(StartProblem, match="sudah berjalan"):
            serving.Server(places).serve()


def test_supervisord_gets_one_group_and_whole_commands(places: Places) -> None:
    configuration = RawConfigParser(inline_comment_prefixes=(";",))
    configuration.read(supervision.write_configuration(places, "127.0.0.1", 8000))
    assert configuration["group:jamsostek"]["programs"] == "web,corrections,worker,beat"
    assert "--bind=127.0.0.1:8000" in configuration["program:web"]["command"]
    assert "@%%h" in configuration["program:worker"]["command"]
    # Nothing but corrections is done where corrections are.
    assert "--queues=corrections " in configuration["program:corrections"]["command"]
    assert "--queues=rebuilds,files,packs " in configuration["program:worker"]["command"]
    for name in ("web", "corrections", "worker", "beat"):
        assert configuration[f"program:{name}"]["killasgroup"] == "true"


def test_readiness_is_a_200_asked_under_an_allowed_name() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        assert not answers_ok("127.0.0.1", 1, "/healthz", "")
        program = (
            "import http.server as h\n"
            "class H(h.BaseHTTPRequestHandler):\n"
            "    def do_GET(self):\n"
            "        self.send_response(200 if self.headers['Host'] == 'a.example' else 400)\n"
            "        self.end_headers()\n"
            f"import socket; s = h.HTTPServer(('127.0.0.1', 0), H, False)\n"
            f"s.socket = socket.socket(fileno={server.fileno()}); s.serve_forever()"
        )
        web = subprocess.Popen(
            [sys.executable, "-c", program], pass_fds=[server.fileno()], stderr=subprocess.DEVNULL
        )
        try:
            assert answers_ok("127.0.0.1", port, "/healthz", ".a.example,b.example")
            assert not answers_ok("0.0.0.0", port, "/healthz", "")
        finally:
            web.kill()
            web.wait()


def test_measuring_programs_are_listed_with_what_they_say(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "__init__.py").touch()
    (tmp_path / "recompute.py").write_text('"""Menghitung ulang.\n\nRinci."""\n')
    monkeypatch.setattr(benchmarks, "PROGRAMS", tmp_path)
    assert benchmarks.available() == {"recompute": "Menghitung ulang."}


FAKE_PYTHON = """#!/bin/sh
case "$*" in
  "-m venv "*) mkdir -p "$3/bin"; cp "$0" "$3/bin/python"; echo venv >>"$CALLS";;
  "-m pip install "*) echo pip >>"$CALLS"; exit "${PIP_EXIT:-0}";;
esac
"""


def test_packages_are_installed_once_and_again_after_an_interruption(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "script").mkdir()
    (tmp_path / "script" / "environment").write_bytes((CHECKOUT / "script/environment").read_bytes())
    (tmp_path / "requirements.txt").write_text("one==1\n")
    fake = tmp_path / "bin" / "python3.11"
    fake.parent.mkdir()
    fake.write_text(FAKE_PYTHON)
    fake.chmod(0o755)
    calls = tmp_path / "calls"
    monkeypatch.setenv("CALLS", str(calls))
    monkeypatch.setenv("PATH", f"{fake.parent}:{os.environ['PATH']}")

    def calls_of_one_run() -> tuple[int, list[str]]:
        calls.write_text("")
        done = subprocess.run(["bash", tmp_path / "script/environment"], capture_output=True, check=False)
        return done.returncode, calls.read_text().split()

    monkeypatch.setenv("PIP_EXIT", "1")
    assert calls_of_one_run() == (1, ["venv", "pip"])
    monkeypatch.delenv("PIP_EXIT")
    assert calls_of_one_run() == (0, ["pip"])
    assert calls_of_one_run() == (0, [])
    (tmp_path / "requirements.txt").write_text("one==2\n")
    assert calls_of_one_run() == (0, ["pip"])
    (tmp_path / ".venv" / "requirements.sha256").unlink()
    (tmp_path / ".venv" / "unfinished").touch()
    assert calls_of_one_run() == (0, ["venv", "pip"])


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_a_full_disk_ends_nothing() -> None:
    """What is said goes into a log file on the disk that is full."""
    code = "from jamsostek_monitor.embedded.problems import notice; notice('penuh'); print('goes on')"
    with Path("/dev/full").open("w") as full:
        command = [sys.executable, "-c", code]
        told = subprocess.run(command, stdout=subprocess.PIPE, stderr=full, text=True, check=False)
    assert told.stdout == "goes on\n"
