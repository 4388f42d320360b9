"""The embedded services, with real servers in data folders of their own."""

import json
import os
import signal
import socket
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator

import dj_database_url
import pytest

from jamsostek_monitor.embedded import processes
from jamsostek_monitor.embedded.account import service_account
from jamsostek_monitor.embedded.keys import kept_secrets
from jamsostek_monitor.embedded.places import CHECKOUT, Places
from jamsostek_monitor.embedded.postgres import Postgres
from jamsostek_monitor.embedded.services import Services
from jamsostek_monitor.embedded.valkey import Valkey

GIVEN = (
    "DATABASE_URL",
    "REDIS_URL",
    "SECRET_KEY",
    "NIK_KEYS",
    "ALLOWED_HOSTS",
    "EXAMPLE_DATA",
    "DEBUG",
)
SHOW_ENVIRONMENT = "import os, json; print(json.dumps(dict(os.environ)))"
COUNT_ROWS = """
import os, psycopg2
cursor = psycopg2.connect(os.environ["DATABASE_URL"]).cursor()
cursor.execute("SELECT count(*) FROM kept")
print(cursor.fetchone()[0])
"""
ADD_ROW = """
import os, psycopg2
connection = psycopg2.connect(os.environ["DATABASE_URL"])
cursor = connection.cursor()
cursor.execute("CREATE TABLE IF NOT EXISTS kept (number int); INSERT INTO kept VALUES (1)")
connection.commit()
"""


@pytest.fixture(autouse=True)
def _nothing_given(monkeypatch: pytest.MonkeyPatch) -> None:
    """The servers of the running test session are not the ones examined here."""
    for name in GIVEN:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("JAMSOSTEK_FLEETING", "1")
    monkeypatch.setenv("PYTHONPATH", str(CHECKOUT))


@pytest.fixture
def places(monkeypatch: pytest.MonkeyPatch) -> Iterator[Places]:
    """A fresh data folder.

    Not tmp_path: pytest closes its own folders to other accounts again while the servers run in them.
    """
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        monkeypatch.setenv("JAMSOSTEK_VAR", f"{folder}/var")
        made = Places.from_environment()
        yield made
        assert processes.processes_showing(made.name) == []
        assert processes.processes_showing(str(made.var)) == []


def started(*command: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-m", "jamsostek_monitor.embedded", "run", "--", *command],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def ran(*command: str) -> tuple[int, str, str]:
    process = started(*command)
    output, errors = process.communicate(timeout=300)
    return process.returncode, output, errors


def until(condition: Callable[[], bool], seconds: float = 120) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "nothing happened in time"
        time.sleep(0.05)


@pytest.mark.parametrize(("application", "sets_up"), [("beat", False), ("corrections", True)])
def test_beat_and_corrections_load_nothing_heavy(places: Places, application: str, sets_up: bool) -> None:
    """Each process of an installation keeps what it imports for as long as it lives."""
    code = (
        f"import sys; from jamsostek_monitor.{application} import app; app.loader.import_default_modules(); "
        "app.finalize(); "
        "from django.apps import apps; "
        "heavy = {'pandas', 'numpy', 'docx', 'pptx', 'typst', 'vl_convert', 'PIL', 'xlsxwriter'}; "
        "own = sorted(name for name in app.tasks if not name.startswith('celery.')); "
        "print(sorted(heavy & set(sys.modules)), apps.ready, own)"
    )
    status, output, errors = ran(sys.executable, "-c", code)
    assert status == 0, errors
    tasks = ["reports.corrections.recompute_stale"] if sets_up else []
    assert output.strip() == f"[] {sets_up} {tasks}"


def test_the_watching_process_loads_neither_django_nor_celery() -> None:
    program = (
        "import sys, jamsostek_monitor.embedded.__main__;"
        "print([name for name in ('django', 'celery', 'psycopg2', 'pandas') if name in sys.modules])"
    )
    shown = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert shown.stdout == "[]\n"


def test_a_command_gets_addresses_and_secrets_and_nothing_else_on_its_output(
    places: Places,
) -> None:
    code, output, errors = ran(sys.executable, "-c", SHOW_ENVIRONMENT)
    assert code == 0, errors
    environment = json.loads(output)
    database = dj_database_url.parse(environment["DATABASE_URL"])
    assert database["NAME"] == "jamsostek"
    assert database["OPTIONS"] == {"host": str(places.socket_folder)}
    assert environment["REDIS_URL"].startswith("redis://:")
    assert environment["EXAMPLE_DATA"] == "1"
    assert environment["DEBUG"] == "0"
    assert environment["SECRET_KEY"] == (places.secrets / "SECRET_KEY").read_text()
    assert environment["NIK_KEYS"].startswith("1:")


def test_data_outlive_a_normal_end_and_a_kill_of_everything(places: Places) -> None:
    assert ran(sys.executable, "-c", ADD_ROW)[0] == 0
    holder = started("sleep", "60")
    postmaster = places.cluster / "postmaster.pid"
    until(lambda: postmaster.exists() and Postgres(places).is_running() and Valkey(places).is_running())
    holder.kill()
    for pid in (int(postmaster.read_text().split()[0]), int((places.valkey / "pid").read_text())):
        os.kill(pid, signal.SIGKILL)
    holder.communicate()
    assert ran(sys.executable, "-c", COUNT_ROWS)[:2] == (0, "1\n")


def test_servers_that_outlived_their_holder_are_taken_over(places: Places) -> None:
    holder = started("sleep", "60")
    until(lambda: (places.valkey / "pid").exists() and Valkey(places).is_running())
    before = (places.cluster / "postmaster.pid").read_text()
    holder.kill()
    holder.communicate()
    assert ran("cat", str(places.cluster / "postmaster.pid"))[1] == before


def test_the_servers_stop_with_their_last_user_only(places: Places) -> None:
    first = started("sleep", "1.5")
    until(lambda: (places.valkey / "pid").exists() and Valkey(places).is_running())
    assert ran("true")[0] == 0
    assert Postgres(places).is_running()
    assert Valkey(places).is_running()
    first.communicate()
    assert not Postgres(places).is_running()
    assert not Valkey(places).is_running()


def test_several_commands_may_start_at_the_same_moment(places: Places) -> None:
    commands = [started("true") for _ in range(3)]
    assert [command.communicate()[1] for command in commands].count("") == 2  # one tells of the first time
    assert [command.returncode for command in commands] == [0, 0, 0]


def test_a_half_made_cluster_is_made_anew(places: Places) -> None:
    account = service_account(places.postgres)
    account.folder(places.postgres)
    half = account.folder(places.postgres / "unfinished")
    account.file(half / "PG_VERSION", "18\n")
    assert ran("true")[0] == 0
    assert not half.exists()


def test_a_stale_pid_file_naming_a_living_stranger_is_no_obstacle(places: Places) -> None:
    assert ran("true")[0] == 0
    account = service_account(places.postgres)
    account.file(places.cluster / "postmaster.pid", f"{os.getpid()}\n{places.cluster}\n1\n5432\n")
    account.file(places.valkey / "pid", str(os.getpid()))
    assert ran("true") == (0, "", "")


def test_signals_reach_the_command_and_its_exit_code_comes_back(places: Places) -> None:
    assert ran("sh", "-c", "exit 7")[0] == 7
    program = "import signal, time; print(1, flush=True); time.sleep(60)"
    command = started(sys.executable, "-c", program)
    assert command.stdout is not None
    command.stdout.readline()
    command.send_signal(signal.SIGTERM)
    command.communicate(timeout=120)
    assert command.returncode == 128 + signal.SIGTERM


def test_a_killed_valkey_comes_back_at_its_address(places: Places) -> None:
    services = Services(places, fleeting=True)
    with services.held():
        assert services.valkey is not None
        address = services.valkey.url
        os.kill(int((places.valkey / "pid").read_text()), signal.SIGKILL)
        until(lambda: not services.valkey.is_running())
        assert services.mend() == ["Valkey"]
        assert services.valkey.is_running()
        assert services.valkey.url == address


def test_valkey_leaves_a_taken_port_alone(places: Places) -> None:
    assert ran("true")[0] == 0
    port = int((places.valkey / "port").read_text())
    with socket.create_server(("127.0.0.1", port)):
        assert ran("true")[0] == 0
        assert int((places.valkey / "port").read_text()) != port
    moved = int((places.valkey / "port").read_text())
    assert ran("true")[0] == 0
    assert int((places.valkey / "port").read_text()) == moved


def test_secrets_are_made_once_and_kept_private(places: Places) -> None:
    first = kept_secrets(places)
    assert kept_secrets(places) == first
    for name in first:
        assert stat.S_IMODE((places.secrets / name).stat().st_mode) == 0o600


def test_beside_a_real_database_nothing_is_made_up(places: Places, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://somewhere/else")
    monkeypatch.setenv("REDIS_URL", "redis://somewhere:6379/0")
    services = Services(places)
    with services.held():
        environment = services.environment()
    assert environment["DATABASE_URL"] == "postgresql://somewhere/else"
    assert not {"SECRET_KEY", "NIK_KEYS", "EXAMPLE_DATA", "ALLOWED_HOSTS"} & environment.keys()
    assert not places.postgres.exists()
    assert not places.secrets.exists()
