"""Forgotten password: the same answer for known and unknown addresses, and a link that opens once."""

import logging
import re

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from jamsostek_monitor.celery import app
from regions.enums import Verb
from regions.link_token import HiddenTokens
from regions.models import Act, User
from regions.services.reset_mail import mail_resets
from tests.cast import PASSWORD
from tests.pages import page_of
from tests.regions.signing import is_in, sign_in

pytestmark = pytest.mark.django_db
NEW = "sawah-hijau-luas-77"
ASK = "/akun/lupa-sandi/"


@pytest.fixture
def mailing(cast, settings):
    """Mail is set up, and what would be queued is done at once."""
    settings.EMAIL_HOST, settings.PUBLIC_URL = "surel.contoh.go.id", "https://jamsostek.contoh.go.id"
    User.objects.filter(username="wayan").update(email="wayan@contoh.go.id")
    app.conf.task_always_eager = True
    yield cast
    app.conf.task_always_eager = False


def ask(client, callbacks, email):
    with callbacks(execute=True):
        return client.post(ASK, {"email": email})


def main_of(response):
    """Without the frame, in which every answer has another token."""
    return page_of(response).partition("<main")[2].partition("</main>")[0]


def link_in(outbox):
    return re.search(r"https://jamsostek\.contoh\.go\.id(/akun/lupa-sandi/\S+)", outbox[-1].body)[1]


def test_without_mail_the_page_says_whom_to_ask_and_takes_nothing(cast, client, settings, mailoutbox):
    settings.EMAIL_HOST = ""
    for answer in (client.get(ASK), client.post(ASK, {"email": "wayan@contoh.go.id"})):
        page = page_of(answer)
        assert "Minta administrator wilayah Anda membuat tautan." in page
        assert 'name="email"' not in page
    assert mailoutbox == []


def test_known_and_unknown_addresses_get_the_same_answer(
    mailing, client, mailoutbox, django_capture_on_commit_callbacks
):
    answers = {}
    for email in ("wayan@contoh.go.id", "tidak-ada@contoh.go.id"):
        answer = ask(Client(), django_capture_on_commit_callbacks, email)
        answers[email] = (answer.status_code, answer.url, main_of(client.get(answer.url)))
    assert len(set(answers.values())) == 1
    assert [message.to for message in mailoutbox] == [["wayan@contoh.go.id"]]


def test_the_link_opens_once_and_the_second_factor_and_sessions_stay_what_they_are(
    mailing, client, mailoutbox, django_capture_on_commit_callbacks
):
    inside = Client()
    sign_in(inside, "wayan")
    ask(client, django_capture_on_commit_callbacks, "Wayan@Contoh.go.id")
    link = link_in(mailoutbox)
    moved = client.get(link)
    assert (moved.status_code, moved.url.endswith("-set-password/")) == (302, True)
    done = client.post(moved.url, {"password1": NEW, "password2": NEW})
    assert (done.status_code, is_in(client)) == (302, False)
    assert inside.get("/").status_code == 302
    assert "Tautan ini tidak berlaku" in page_of(client.get(link))
    fresh = Client()
    sign_in(fresh, "wayan", PASSWORD)
    assert not is_in(fresh)
    sign_in(fresh, "wayan", NEW)
    assert is_in(fresh)
    verbs = Act.objects.filter(actor_name="wayan", verb__in=[Verb.RESET_OFFERED, Verb.PASSWORD_CHANGED])
    assert list(verbs.order_by("pk").values_list("verb", flat=True)) == ["reset_offered", "password_changed"]


def test_a_weak_password_is_refused(mailing, client, mailoutbox, django_capture_on_commit_callbacks):
    ask(client, django_capture_on_commit_callbacks, "wayan@contoh.go.id")
    moved = client.get(link_in(mailoutbox))
    client.post(moved.url, {"password1": "pendek", "password2": "pendek"})
    assert User.objects.get(username="wayan").check_password(PASSWORD)


def test_no_link_for_accounts_that_are_off_or_without_address(mailing, mailoutbox):
    User.objects.filter(username="wayan").update(is_active=False)
    mail_resets([mailing.wayan.pk, mailing.siti.pk])
    assert mailoutbox == []


def test_a_mail_server_that_is_away_stops_no_other_and_tells_no_address(mailing, settings, caplog):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_USE_TLS = "127.0.0.1", 1, False
    User.objects.filter(username="siti").update(email="siti@contoh.go.id")
    mail_resets([mailing.wayan.pk, mailing.siti.pk])
    assert [record.getMessage().split(" was ")[1] for record in caplog.records] == [
        "not sent: ConnectionRefusedError"
    ] * 2
    assert "contoh.go.id" not in caplog.text


def test_asking_is_limited_by_address_and_by_account(mailing, client, django_capture_on_commit_callbacks):
    email = "tidak-ada@contoh.go.id"
    codes = [ask(client, django_capture_on_commit_callbacks, email).status_code for _number in range(6)]
    assert codes == [302] * 5 + [429]
    cache.delete_pattern("*")
    codes = [
        ask(client, django_capture_on_commit_callbacks, f"orang{number}@contoh.go.id").status_code
        for number in range(21)
    ]
    assert codes == [302] * 20 + [429]


def test_the_key_of_a_link_stands_in_no_log(caplog):
    caplog.handler.addFilter(HiddenTokens())
    address = reverse("account_reset_password_from_key", args=["1a", "abc-0123456789"])
    with caplog.at_level("WARNING"):
        logging.getLogger("uji").warning("Not Found: %s", address)
    assert "0123456789" not in caplog.handler.format(caplog.records[0])
