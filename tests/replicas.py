"""A real streaming replica of an embedded server, and pages that are read from it.

Run by a test through `python -m jamsostek_monitor.embedded run` with BACKUP_DIR set:
`python -m tests.replicas SQL`. The last line of the output is what was found, as JSON.
"""

import json
import os
import shutil
import sys
import time
from contextlib import contextmanager
from typing import Any

from jamsostek_monitor.embedded import account
from jamsostek_monitor.embedded.places import Places, postgres_binaries

PLACES = Places.from_environment()
FOLDER = PLACES.var / "replica"
os.environ["REPLICA_URL"] = f"postgresql://jamsostek_app@/jamsostek?host={FOLDER}"
os.environ["ALLOWED_HOSTS"] = "testserver,localhost"
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jamsostek_monitor.settings")

import django

django.setup()

from django.conf import settings
from django.db import connections
from django.test import Client

from jamsostek_monitor.deep_health import deep_health
from participants.models import MembershipCount
from participants.services.membership_count import correct_membership_count
from regions.selectors.replica import ask_replica, forget_replica_state, reading_replica_up_to_now
from regions.services.runtime_role import grant_runtime_rights
from regions.services.user import ensure_system_user
from reports.services.recompute import recompute_stale
from tests.cast import KOTA_A, make_cast
from tests.conftest import load_test_reference, make_figures
from tests.own_services import make_tables

BOARD = f"/wilayah/{KOTA_A}/?periode=2025-07"
settings.BOARDS_KEPT_SECONDS = 0
# Nothing is collected for these few pages.
settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}


class Replica:
    def __init__(self) -> None:
        self.account = account.service_account(PLACES.postgres)
        self.data = self.account.folder(FOLDER) / "data"
        copy = ["-h", str(PLACES.socket_folder), "-U", "postgres", "-D", str(self.data), "-R", "-c", "fast"]
        self._run("pg_basebackup", *copy)
        with (self.data / "jamsostek.conf").open("a") as settings_file:
            settings_file.write(f"unix_socket_directories = '{FOLDER}'\narchive_mode = off\n")
        self._run("pg_ctl", "-D", str(self.data), "-l", str(FOLDER / "log"), "-w", "start")

    def kill(self) -> None:
        self._run("pg_ctl", "-D", str(self.data), "-m", "immediate", "stop")

    def ask(self, statement: str) -> str:
        return self._run(
            "psql", "-XAtq", "-h", str(FOLDER), "-U", "postgres", "-d", "jamsostek", "-c", statement
        )

    @contextmanager
    def standing_still(self) -> Any:
        self.ask("SELECT pg_wal_replay_pause()")
        yield
        self.ask("SELECT pg_wal_replay_resume()")

    def _run(self, program: str, *arguments: str) -> str:
        ended = self.account.run([str(postgres_binaries() / program), *arguments], FOLDER, 60)
        assert ended.returncode == 0, ended.stdout
        return ended.stdout


def seen(client: Client) -> tuple[str, bool, bool]:
    """Where the board was read, and which of the two numbers stands on it."""
    forget_replica_state()
    answer = client.get(BOARD)
    assert answer.status_code == 200, answer.status_code
    text = answer.content.decode()
    return answer.headers.get("X-Read-From", "default")[:7], "76.062" in text, "70.001" in text


def caught_up() -> None:
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::bigint")
        wanted = cursor.fetchone()[0]
    end = time.monotonic() + 20
    while ask_replica().replayed < wanted:
        assert time.monotonic() < end, "the replica does not follow"
        time.sleep(0.05)


def correct(members: int, by: Any) -> None:
    row = MembershipCount.objects.get(region_id=KOTA_A)
    new = {"members": members}
    correct_membership_count(pk=row.pk, revision=row.revision, by=by, reason="salah", new=new)
    recompute_stale()


def tried(tables: str) -> dict[str, Any]:
    make_tables(tables)
    grant_runtime_rights("jamsostek_app")
    load_test_reference()
    cast = make_cast()
    make_figures(ensure_system_user())
    replica = Replica()
    reader, writer, stranger = Client(), Client(), Client()
    stranger.force_login(cast.budi)
    reader.force_login(cast.wayan)
    writer.force_login(cast.wayan)
    caught_up()
    found: dict[str, Any] = {"read": seen(reader), "health": deep_health()["parts"]["replica"]["ok"]}
    found["lag told"] = "Dibaca dari salinan basis data" in reader.get(BOARD).content.decode()
    forget_replica_state()
    found["stranger"] = stranger.get(BOARD).status_code
    with replica.standing_still():
        correct(70_001, cast.wayan)
        found["behind"] = seen(reader)
        writer.post("/bahasa/", {"language": "id", "next": "/"})
        found["who wrote"] = seen(writer)
        settings.REPLICA_LAG_SECONDS = 1
        time.sleep(1.2)
        found["too far behind"] = seen(reader)
        found["health too far behind"] = deep_health()["parts"]["replica"]["ok"]
        settings.REPLICA_LAG_SECONDS = 30
        with reading_replica_up_to_now(patience=0.3):
            found["pack while behind"] = MembershipCount.objects.all().db
    caught_up()
    found["who wrote, later"] = seen(writer)
    with reading_replica_up_to_now():
        found["pack"] = MembershipCount.objects.all().db
    reader.get(BOARD)
    replica.kill()
    # What was found a moment ago still counts: the page itself meets the dead server.
    found["killed in between"] = reader.get(BOARD).status_code
    found["killed"] = seen(reader)
    found["health killed"] = deep_health()["parts"]["replica"]["ok"]
    shutil.rmtree(FOLDER, ignore_errors=True)
    return found


if __name__ == "__main__":
    print(json.dumps(tried(sys.argv[1])))
