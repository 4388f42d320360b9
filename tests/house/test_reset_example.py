"""Example data from the beginning: only where nothing but examples would go, and nobody is at work."""

import psycopg2
import pytest

from regions.models import User
from regions.selectors.user import real_accounts
from regions.services.example_user import ensure_example_users
from regions.services.user import ensure_system_user
from tests.house.test_backup import second

__all__ = ["second"]
COMMAND = ("reset_example", "--yes", "--skip-prepare")
PREPARED = "SELECT count(*) FROM regions_user"
_ACCOUNT = """
    INSERT INTO regions_user (username, full_name, is_example, password, is_superuser, first_name, last_name,
        email, is_staff, is_active, date_joined, search_key, first_day, purpose)
    VALUES (%s, '', %s, '', false, '', '', '', false, true, now(), true, '{}', '')
"""


def account(installation, name, *, is_example):
    installation.tell(_ACCOUNT, (name, is_example))


def given(installation, *accounts):
    installation.run("migrate", "--verbosity=0")
    for name, is_example in accounts:
        account(installation, name, is_example=is_example)


def refused(installation, *, accounts, **environment):
    """What is said; nothing is gone."""
    kept = dict(installation.environment)
    installation.environment |= environment
    code, told = installation.run(*COMMAND)
    installation.environment = kept
    assert code == 1, told
    assert installation.ask(PREPARED) == [(accounts,)]
    return told


@pytest.mark.django_db(transaction=True)
def test_examples_alone_go_and_nothing_beside_a_running_server(second):
    """In one world: making it takes longer than all that is asked of it."""
    given(second, ("sistem", False))
    assert "Tidak ada akun contoh di basis data ini" in refused(second, accounts=1)
    account(second, "wayan", is_example=True)
    account(second, "kepala.dinas", is_example=False)
    assert "Ada 1 akun yang bukan akun contoh (kepala.dinas)" in refused(second, accounts=3)
    second.tell("DELETE FROM regions_user WHERE username = 'kepala.dinas'")
    assert "Instalasi ini bukan instalasi contoh" in refused(second, accounts=2, EXAMPLE_DATA="0")
    # Set up for an office, whatever the environment of this start says.
    kept = second.var / "settings.env"
    kept.write_text("EXAMPLE_DATA='0'\n")
    assert "Instalasi ini bukan instalasi contoh" in refused(second, accounts=2)
    kept.unlink()
    with psycopg2.connect(second.url):
        assert "Basis data masih dipakai (1 sambungan)" in refused(second, accounts=2)
    heads = second.var / "ledger" / "heads.txt"
    heads.parent.mkdir()
    heads.write_text("5-0123456789abcdef\n")
    code, told = second.run(*COMMAND)
    assert (code, "Data contoh kembali seperti semula." in told) == (0, True), told
    assert second.ask("SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace") == [(0,)]
    assert not heads.exists()
    assert [one.read_text() for one in heads.parent.iterdir()] == ["5-0123456789abcdef\n"]


@pytest.mark.django_db
def test_programs_of_example_people_are_examples():
    system = ensure_system_user()
    ensure_example_users(by=system)
    keeper = User.objects.get(username="wayan")
    User.objects.create(username="program", keeper=keeper)
    assert real_accounts() == []
    User.objects.create(username="orang.sungguhan")
    assert real_accounts() == ["orang.sungguhan"]
