"""Wrong words: they slow down whoever types them, and nobody else."""

import os
import subprocess
import sys

import pytest
import time_machine
from django.test import Client
from django.utils.timezone import now

from tests.cast import PASSWORD
from tests.regions.signing import is_in, sign_in

pytestmark = pytest.mark.django_db
TOO_MANY = "Terlalu banyak percobaan untuk akun ini dari alamat jaringan Anda."


def fail(username, times, **request):
    """The sentences of the last answer after so many wrong words, each from a browser of its own."""
    for number in range(times):
        answer = sign_in(Client(), username, f"salah-{number}", **request)
    return answer.content.decode()


def let_in(username, **request):
    client = Client()
    sign_in(client, username, **request)
    return is_in(client)


def test_five_wrong_words_stop_the_sixth_for_this_account_here(cast):
    assert TOO_MANY not in fail("wayan", 5)
    assert TOO_MANY in fail("wayan", 1)
    assert not let_in("wayan")


def test_the_right_word_of_another_account_from_the_same_address_is_let_in(cast):
    fail("wayan", 8)
    for stranger in range(30):
        fail(f"orang-{stranger}", 1)
    assert (let_in("siti"), let_in("wayan")) == (True, False)


def test_wrong_words_from_one_address_do_not_lock_the_account_elsewhere(cast):
    fail("wayan", 20, REMOTE_ADDR="198.51.100.7")
    assert not let_in("wayan", REMOTE_ADDR="198.51.100.7")
    assert let_in("wayan", REMOTE_ADDR="198.51.100.8")


def test_a_right_word_in_time_costs_nothing(cast):
    for _again in range(4):
        assert TOO_MANY not in fail("wayan", 1)
        assert let_in("wayan")


def test_behind_a_proxy_each_address_is_its_own(cast, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    proxy = {"REMOTE_ADDR": "10.0.0.2"}
    fail("wayan", 6, HTTP_X_FORWARDED_FOR="198.51.100.7", **proxy)
    assert not let_in("wayan", HTTP_X_FORWARDED_FOR="198.51.100.7", **proxy)
    assert let_in("wayan", HTTP_X_FORWARDED_FOR="198.51.100.8", **proxy)
    # What the sender wrote stands left of what the proxy added.
    assert not let_in("wayan", HTTP_X_FORWARDED_FOR="203.0.113.9, 198.51.100.7", **proxy)


def test_without_a_proxy_the_header_is_nobody_s_word(cast):
    for number in range(6):
        fail("wayan", 1, HTTP_X_FORWARDED_FOR=f"203.0.113.{number}")
    assert not let_in("wayan", HTTP_X_FORWARDED_FOR="203.0.113.99")


def test_a_header_shorter_than_the_row_of_proxies_is_nobody_s_word_either(cast, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 2
    for number in range(6):
        fail("wayan", 1, HTTP_X_FORWARDED_FOR=f"203.0.113.{number}", REMOTE_ADDR="10.0.0.2")
    assert not let_in("wayan", HTTP_X_FORWARDED_FOR="203.0.113.99", REMOTE_ADDR="10.0.0.2")
    assert let_in("wayan", HTTP_X_FORWARDED_FOR="203.0.113.1, 10.0.0.3", REMOTE_ADDR="10.0.0.2")


# A process of its own, whose settings are those of the environment.
WHO = """
import django
django.setup()
from allauth.account.adapter import get_adapter
from django.test import RequestFactory
sent = {"HTTP_X_FORWARDED_FOR": "203.0.113.1, 203.0.113.2, 203.0.113.3", "REMOTE_ADDR": "10.0.0.2"}
print(get_adapter().get_client_ip(RequestFactory().get("/", **sent)))
"""


@pytest.mark.parametrize(
    ("proxies", "address"), [(None, "10.0.0.2"), ("1", "203.0.113.3"), ("2", "203.0.113.2")]
)
def test_how_many_proxies_stand_in_front_is_said_by_the_environment(proxies, address):
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "jamsostek_monitor.settings"}
    environment.pop("TRUSTED_PROXIES", None)
    if proxies:
        environment["TRUSTED_PROXIES"] = proxies
    done = subprocess.run(
        [sys.executable, "-c", WHO], env=environment, capture_output=True, text=True, check=False
    )
    assert (done.stdout.strip(), done.returncode) == (address, 0), done.stderr


def test_verification_counts_each_address_behind_the_proxy(client, settings, db):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    # All within one minute of the clock, which is what is counted.
    with time_machine.travel(now(), tick=False):
        answers = [
            client.get(
                "/verifikasi/", HTTP_X_FORWARDED_FOR=f"203.0.113.1, 198.51.100.{number % 2}"
            ).status_code
            for number in range(120)
        ]
        assert set(answers) == {200}
        assert client.get("/verifikasi/", HTTP_X_FORWARDED_FOR="198.51.100.0").status_code == 429


def test_an_address_that_asks_for_more_than_anybody_types_gets_a_plain_page(cast, settings):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "login": "3/m/ip"}
    answers = [sign_in(Client(), f"orang-{number}") for number in range(4)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert "Tunggu satu menit" in answers[-1].content.decode()


def test_without_the_cache_people_sign_in(cast, settings):
    settings.CACHES = {
        "default": {**settings.CACHES["default"], "LOCATION": "redis://127.0.0.1:1/1"},
    }
    assert let_in("wayan")
    assert PASSWORD not in fail("wayan", 1)
