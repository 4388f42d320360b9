"""Unsafe settings are refused at start: a key that can be guessed, a public address without encryption."""

import os
import subprocess
import sys

import pytest
from django.core.checks import run_checks

from jamsostek_monitor.safe_settings import is_strong, public_hosts

STRONG = "pY7-kq2LmZ0_vRt9XwCa4sDf8GhJ1nBe6UoQi3EyTzKx5Wc-Vd"


@pytest.mark.parametrize(
    ("secret", "strong"),
    [
        (STRONG, True),
        ("short", False),
        (STRONG[:49], False),
        ("a" * 60, False),
        ("aB3xQ9zLkP0_w" * 5, False),
        (f"django-insecure-{STRONG}", False),
        (f"Rahasia-{STRONG}", False),
    ],
)
def test_which_keys_are_strong(secret, strong):
    assert is_strong(secret) is strong


def test_which_hosts_others_reach():
    local = ["localhost", "127.0.0.1", "127.0.0.53", "[::1]", "app.localhost", "testserver"]
    public = ["jamsostek.contoh.go.id", "10.0.0.5", "*", ".contoh.go.id", "0.0.0.0"]
    assert public_hosts([*local, *public]) == public


@pytest.fixture
def production(settings):
    settings.EXAMPLE_DATA = settings.DEBUG = False
    settings.SECRET_KEY, settings.HTTPS, settings.ALLOWED_HOSTS = STRONG, True, ["jamsostek.contoh.go.id"]
    return settings


def found():
    return [message.id for message in run_checks() if message.id.startswith("jamsostek.")]


def test_the_checks_of_every_command(production):
    assert found() == []
    production.HTTPS = False
    assert found() == ["jamsostek.E002"]
    production.ALLOWED_HOSTS = ["127.0.0.1", "localhost"]
    assert found() == ["jamsostek.W001"]
    production.SECRET_KEY = "short"
    assert found() == ["jamsostek.E001", "jamsostek.W001"]


@pytest.mark.parametrize("setting", ["EXAMPLE_DATA", "DEBUG"])
def test_examples_and_development_may_be_as_they_are(production, setting):
    production.SECRET_KEY, production.HTTPS = "short", False
    setattr(production, setting, True)
    assert found() == []


def start(**changes):
    """A web process that reads its settings from the environment, as gunicorn starts it."""
    environment = {**os.environ, "EXAMPLE_DATA": "0", "SECRET_KEY": STRONG, "HTTPS": "1", **changes}
    code = "import jamsostek_monitor.wsgi; print('ready')"
    return subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False
    )


def test_a_web_process_starts_with_safe_settings_and_refuses_others():
    assert start().stdout == "ready\n"
    weak = start(SECRET_KEY="short")
    assert (weak.returncode, "SECRET_KEY terlalu mudah ditebak." in weak.stderr) == (1, True)
    open_to_all = start(HTTPS="0", ALLOWED_HOSTS="10.0.0.5")
    assert (open_to_all.returncode, "tanpa penyandian di 10.0.0.5" in open_to_all.stderr) == (1, True)
    here = start(HTTPS="0", ALLOWED_HOSTS="localhost")
    assert (here.stdout, "HTTPS belum disetel" in here.stderr) == ("ready\n", True)
