"""Answers when the database is away, or something of ours breaks: plain, numbered, without a traceback."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import DatabaseError, InterfaceError, OperationalError, connection

from jamsostek_monitor.refusals import is_away

ROOT = Path(__file__).resolve().parents[2]
# A process of its own whose database is at a port where nothing listens.
ASK = """
import django, json, sys
django.setup()
from django.test import Client
told = {}
for address, accept in (
    ("/", "text/html"), ("/peserta/", "text/html"), ("/akun/masuk/", "text/html"), ("/healthz", "text/html"),
    ("/verifikasi/", "text/html"), ("/peserta/", "application/json"),
    ("/api/v1/measures/36.72/2025-07/", "*/*"),
):
    client = Client(raise_request_exception=False)
    client.cookies["sessionid"] = "a" * 32
    response = client.get(address, HTTP_ACCEPT=accept)
    told[f"{address} {accept}"] = [
        response.status_code, response.get("Retry-After"), response.get("Cache-Control"),
        response.get("Content-Type"), response.content.decode()]
    response = client.post(address, {"login": "x", "password": "y", "kode": "x"}, HTTP_ACCEPT=accept)
    told[f"POST {address} {accept}"] = [
        response.status_code, response.get("Retry-After"), response.get("Cache-Control"),
        response.get("Content-Type"), response.content.decode()]
json.dump(told, sys.stdout)
"""


@pytest.fixture(scope="module")
def answers():
    nowhere = {
        "DATABASE_URL": "postgres://nobody:geheim-uji@127.0.0.1:9/nothing",
        "REDIS_URL": "redis://127.0.0.1:9/0",
        "DJANGO_SETTINGS_MODULE": "jamsostek_monitor.settings",
        "ALLOWED_HOSTS": "testserver",
    }
    done = subprocess.run(
        [sys.executable, "-c", ASK],
        cwd=ROOT,
        env=os.environ | nowhere,
        capture_output=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()[-2000:]
    return json.loads(done.stdout)


def test_without_a_database_every_page_says_when_to_come_again(answers):
    away = {address: told for address, told in answers.items() if told[0] != 403}
    assert len(away) >= 8
    for address, (status, retry, caching, _kind, text) in away.items():
        assert (status, retry, caching.split(", ")[0]) == (503, "30", "no-store"), address
        assert "Basis data sedang tidak dapat dihubungi" in text, address
        assert "Traceback" not in text
        assert "geheim-uji" not in text


def test_pages_have_a_number_and_data_are_answered_as_data(answers):
    page = answers["/peserta/ text/html"]
    assert page[3].startswith("text/html")
    assert int(page[4].split("Nomor kejadian: ")[1][:8], 16) >= 0
    told = answers["/peserta/ application/json"]
    assert told[3] == "application/json"
    assert '"number"' in told[4]
    assert answers["/api/v1/measures/36.72/2025-07/ */*"][3] == "application/problem+json"


def caused(kind, code):
    class Cause(Exception):
        pgcode = code

    error = kind("uji")
    error.__cause__ = Cause()
    return error


@pytest.mark.parametrize(
    ("error", "away"),
    [
        (OperationalError("connection refused"), True),
        (InterfaceError("connection already closed"), True),
        (caused(OperationalError, "57P01"), True),
        (caused(OperationalError, "53300"), True),
        (caused(OperationalError, "08006"), True),
        (caused(OperationalError, "57014"), False),
        (caused(OperationalError, "40P01"), False),
        (DatabaseError("uji"), False),
        (ValueError("uji"), False),
        (None, False),
    ],
)
def test_only_what_trying_again_helps_is_away(error, away):
    assert is_away(error) is away


@pytest.mark.django_db(transaction=True)
def test_a_connection_that_was_ended_is_away_too():
    """As when the server is stopped in the middle of a request."""
    with pytest.raises(OperationalError) as ended, connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")
    connection.close()
    assert is_away(ended.value)
