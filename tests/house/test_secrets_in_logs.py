"""At the loudest level no log line holds a key, a password, a token or anybody's number."""

import logging
import os
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from participants.services.batches.work import work_on_batches
from regions.services.head import write_checkpoint
from regions.services.invitation import offer_reset
from tests.cast import PASSWORD
from tests.participants.batches import people, send, store
from tests.participants.made_files import person

pytestmark = pytest.mark.django_db


def secrets_of(*more):
    keys = [settings.SECRET_KEY, settings.LEDGER_KEY, settings.NIK_KEYS.partition(":")[2]]
    redis = urlsplit(os.environ["REDIS_URL"]).password
    return [secret for secret in (*keys, redis, *more) if secret]


@pytest.fixture
def lines(caplog):
    """All that is logged, at DEBUG, as it would be written; also what Django keeps to itself."""
    caplog.set_level(logging.DEBUG)
    for name in ("django", "django.request", "django.db.backends", "celery", "regions", "participants"):
        logging.getLogger(name).setLevel(logging.DEBUG)
    yield lambda: [f"{record.getMessage()} {record.exc_text or ''}" for record in caplog.records]
    for name in ("django", "django.request", "django.db.backends", "celery", "regions", "participants"):
        logging.getLogger(name).setLevel(logging.NOTSET)
    logging.getLogger("django").setLevel(logging.WARNING)


def test_nothing_secret_is_logged(cast, lines, settings, monkeypatch):
    client, numbers = Client(raise_request_exception=False), [row[1] for row in people(3)]
    wrong = "salah-sekali-kata-sandi"
    client.post(reverse("account_login"), {"login": "wayan", "password": wrong})
    client.post(reverse("account_login"), {"login": "wayan", "password": PASSWORD})
    session = client.cookies["sessionid"].value
    client.post(reverse("person_find"), {"nik": numbers[0]})
    store(people(2), cast.wayan)
    bad = "3672010704650000"
    send([person(3), person(4, nik=bad)], cast.wayan)
    work_on_batches()
    link = offer_reset(user_id=cast.siti.pk, by=cast.admin)
    token = link.token
    Client().get(reverse("link_open", args=[token]))
    write_checkpoint()
    monkeypatch.setattr("participants.views.persons.person.list_persons", lambda *_a, **_k: 1 / 0)
    assert client.get(reverse("person_list")).status_code == 500
    logged = "\n".join(lines())
    assert "answered 500" in logged
    found = [
        place
        for place, secret in enumerate(secrets_of(wrong, PASSWORD, session, token, bad, *numbers))
        if secret in logged
    ]
    assert found == []


def test_no_line_of_a_log_begins_in_an_address(cast, client_of, lines, monkeypatch):
    client = client_of(cast.siti)
    client.raise_request_exception = False
    client.get("/tidak-ada/%0a2026-01-01 WARNING palsu")
    client.get("/peserta/%0d%0aWARNING palsu/", {"x": "\nWARNING palsu"})
    monkeypatch.setattr("participants.views.persons.person.list_persons", lambda *_a, **_k: 1 / 0)
    client.get(reverse("person_list"), {"cari": "\nWARNING palsu"})
    told = [line for line in lines() if "palsu" in line and not line.startswith("(")]
    assert len(told) >= 2
    assert [line for line in told if "\n" in line.partition("Traceback")[0].rstrip("\n")] == []
