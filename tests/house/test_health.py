"""What watching programs are told, and what a line of the log tells of a request."""

import json
import logging
import logging.config
import sys
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.test import Client
from django.utils.timezone import now

from jamsostek_monitor.deep_health import deep_health
from jamsostek_monitor.log_lines import JsonLine
from jamsostek_monitor.request_id import request_id
from regions.models import LedgerCheck
from reports.models import BackupNote
from reports.services.backup_note import note_backup
from reports.services.heartbeat import WORKER, beat

pytestmark = pytest.mark.django_db
TOKEN = "token-pemantau-uji"
PARTS = {"broker", "worker", "beat", "backlog", "log_of_changes", "replica", "disk", "backup", "ledger"}


def bad(found):
    return {name for name, part in found["parts"].items() if not part["ok"]}


def test_each_part_is_well_or_not_by_itself(settings, tmp_path):
    beat(WORKER)
    assert (set(deep_health()["parts"]), bad(deep_health())) == (PARTS, set())
    settings.BACKUP_DIR = str(tmp_path)
    assert bad(deep_health()) == {"backup"}
    note_backup(made_by="terjadwal", name="a")
    assert bad(deep_health()) == set()
    LedgerCheck.objects.create(at=now(), acts=1, faults=["x"])
    assert bad(deep_health()) == {"ledger"}
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    assert bad(deep_health()) == {"broker", "ledger"}
    with pytest.raises(CommandError):
        call_command("health", stdout=StringIO())


def test_bases_and_log_that_others_keep_are_watched(settings, tmp_path, monkeypatch):
    beat(WORKER)
    settings.BASES_ELSEWHERE = True
    # Nobody holds the slot; `./script/deploy_drill many` sees somebody hold it.
    assert bad(deep_health()) == {"backup", "log_of_changes"}
    base = tmp_path / "base-20261127-001000"
    base.mkdir()
    (base / "backup_label").write_text("x" * 100)
    call_command("note_base", str(tmp_path))
    assert bad(deep_health()) == {"log_of_changes"}
    note = BackupNote.objects.first()
    assert (note.name, note.bytes, note.problem) == ("base-20261127-001000", 100, "")
    monkeypatch.setenv("SERVICE_RESULT", "exit-code")
    call_command("note_base", str(tmp_path))
    assert "backup" in bad(deep_health())
    assert "journalctl -u jamsostek-base" in BackupNote.objects.first().problem


def test_programs_with_the_token_are_told_by_the_status(settings):
    def ask(token):
        return Client().get("/healthz/deep", headers={"Authorization": f"Bearer {token}"})

    assert ask("").status_code == 403
    settings.MONITOR_TOKEN = TOKEN
    beat(WORKER)
    assert (ask("falsch").status_code, ask("").status_code, ask(TOKEN).status_code) == (403, 403, 200)
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    answer = ask(TOKEN)
    assert (answer.status_code, answer.json()["status"], answer["Cache-Control"]) == (503, "bad", "no-store")


def test_live_asks_no_database(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert Client().get("/healthz/live").json() == {"status": "ok"}
    with django_assert_num_queries(1):
        assert Client().get("/healthz/ready").json() == {"status": "ok"}


def test_every_answer_names_its_request():
    given = Client().get("/healthz/live", headers={"X-Request-ID": "abc-12345"})
    made = Client().get("/healthz/live", headers={"X-Request-ID": "a b\n"})
    assert (given["X-Request-ID"], len(made["X-Request-ID"])) == ("abc-12345", 32)
    assert request_id() == ""


def test_slow_questions_are_logged_with_their_request_and_without_values(settings):
    settings.SLOW_QUERY_MS = 1
    lines = []
    handler = logging.Handler()
    handler.emit = lambda record: lines.append(json.loads(JsonLine().format(record)))
    logger = logging.getLogger("jamsostek_monitor.request_id")
    logger.addHandler(handler)
    try:
        with connection.execute_wrapper(slowly):
            Client().get("/healthz/ready", headers={"X-Request-ID": "abc-12345"})
    finally:
        logger.removeHandler(handler)
    # On a busy machine the question of the page itself may take its millisecond too.
    [line] = [one for one in lines if "pg_sleep" in one["message"]]
    assert (line["request"], line["level"]) == ("abc-12345", "WARNING")
    assert line["message"].endswith("SELECT pg_sleep(%s)")
    assert "job" not in line


def slowly(execute, sql, params, many, context):
    execute("SELECT pg_sleep(%s)", [0.005], many, context)
    return execute(sql, params, many, context)


def test_a_line_tells_where_an_error_was_and_nothing_of_persons():
    nik = "3672010704650051"
    try:
        raise ValueError(f"bad {nik}")
    except ValueError:
        record = logging.LogRecord("x", logging.ERROR, "f", 1, "row of %s", (nik,), sys.exc_info())
    text = JsonLine().format(record)
    line = json.loads(text)
    assert (nik in text, line["error"], line["message"]) == (False, "ValueError", "row of 367201******0051")
    assert line["places"][0].endswith("test_a_line_tells_where_an_error_was_and_nothing_of_persons")


def test_lines_are_for_eyes_unless_json_is_asked_for():
    assert settings.LOGGING["handlers"]["console"]["formatter"] == "line"


def test_a_number_typed_into_an_address_is_masked_in_every_line(settings):
    lines = logging.config.DictConfigurator(settings.LOGGING)
    record = logging.makeLogRecord({"msg": "Not Found: %s", "args": ("/tidak-ada/3671234567890001/",)})
    for name in ("line", "json"):
        told = lines.configure_formatter(settings.LOGGING["formatters"][name]).format(record)
        assert "Not Found: /tidak-ada/367123" in told
        assert "3671234567890001" not in told
