"""The role as which web and workers run: what it can do, and above all what it cannot."""

import os
import subprocess
import sys
from urllib.parse import urlsplit

import psycopg2
import pytest
from django.conf import settings
from django.db import Error, connection, transaction

from jamsostek_monitor.embedded.places import Places
from jamsostek_monitor.embedded.postgres import RUNTIME_ROLE, Postgres
from jamsostek_monitor.embedded.services import Services
from jamsostek_monitor.first_start.checks import check_role
from regions.enums import Verb
from regions.models import Leaf
from regions.selectors.ledger_check import check_ledger
from regions.services.act import record_act
from regions.services.head import write_checkpoint
from regions.services.runtime_role import LEDGER_RIGHTS, grant_runtime_rights
from tests.ledgers import settle

SHOW = (
    "import os, django; os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'jamsostek_monitor.settings');"
    "{before}; django.setup(); from django.db import connection; cursor = connection.cursor();"
    "cursor.execute('''SELECT string_agg(setting, ' ' ORDER BY name) FROM pg_settings WHERE name IN "
    "('statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout')''');"
    "print(cursor.fetchone()[0])"
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def runtime(cast):
    """The rest of the test speaks to the database as the application does."""
    grant_runtime_rights(RUNTIME_ROLE)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        cursor.execute(f"SET LOCAL ROLE {RUNTIME_ROLE}")
    yield cast
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")


def test_it_records_acts_and_signs_heads(runtime):
    record_act(by=runtime.wayan, verb=Verb.RECORDED, subject="uji")
    settle()
    head = write_checkpoint()
    check = check_ledger()
    assert (check.faults, check.heads, check.acts) == ([], 1, head.size)


@pytest.mark.parametrize(
    "statement",
    [
        *(
            text.format(table)
            for table in LEDGER_RIGHTS
            for text in (
                "TRUNCATE {}",
                "DELETE FROM {}",
                "ALTER TABLE {} DISABLE TRIGGER ALL",
                "DROP TABLE {}",
            )
        ),
        "UPDATE regions_act SET subject = 'lain'",
        "UPDATE regions_checkpoint SET size = 1",
        "INSERT INTO regions_leaf (position, act_id, chain) VALUES (1000000, 1, 'x')",
        "INSERT INTO regions_treenode (number, hash) VALUES (1000000, 'x')",
        "SELECT regions_enter_tree(1, repeat('0', 64))",
        "CREATE OR REPLACE FUNCTION regions_act_into_tree() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN END'",
        "TRUNCATE participants_participant CASCADE",
        "SET session_replication_role = replica",
        "CREATE TABLE of_mine (number int)",
        "COPY (SELECT 1) TO PROGRAM 'true'",
        "SELECT pg_read_file('PG_VERSION')",
        "CREATE ROLE of_mine SUPERUSER",
    ],
)
def test_it_cannot(runtime, statement):
    with pytest.raises(Error, match=r"permission denied|must be owner"), transaction.atomic():
        connection.cursor().execute(statement)


def test_ignoring_triggers_gives_no_right(runtime):
    """django-pgtrigger has a setting with which its triggers step aside; rights do not."""
    statement = "SELECT set_config('pgtrigger.ignore', '{act_append_only}', true); DELETE FROM regions_act"
    with pytest.raises(Error, match="permission denied"), transaction.atomic():
        connection.cursor().execute(statement)


TEMPORARY_LEAVES = """
CREATE TABLE pg_temp.ran_as (who text);
CREATE TEMP TABLE regions_leaf (LIKE public.regions_leaf);
CREATE FUNCTION pg_temp.take() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO pg_temp.ran_as VALUES (current_user);
    RETURN NEW;
END $$;
CREATE TRIGGER take BEFORE INSERT ON pg_temp.regions_leaf FOR EACH ROW EXECUTE FUNCTION pg_temp.take();
"""


def test_a_temporary_table_does_not_stand_in_for_one_of_the_ledger(runtime):
    """The functions that enter the tree run as its owner: nothing of the caller's may run with them."""
    leaves = Leaf.objects.count()
    with connection.cursor() as cursor:
        cursor.execute(TEMPORARY_LEAVES)
        record_act(by=runtime.wayan, verb=Verb.RECORDED, subject="uji")
        settle()
        cursor.execute("SELECT who FROM pg_temp.ran_as")
        assert cursor.fetchall() == []
        cursor.execute("DROP TABLE pg_temp.regions_leaf")
    assert Leaf.objects.count() == leaves + 1


def test_functions_with_the_owners_rights_look_into_temporary_tables_last():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT proname, array_to_string(proconfig, ';') FROM pg_proc"
            " JOIN pg_namespace ON pg_namespace.oid = pronamespace"
            " WHERE prosecdef AND nspname NOT IN ('pg_catalog', 'information_schema') ORDER BY proname"
        )
        found = dict(cursor.fetchall())
    assert found == dict.fromkeys(
        ("regions_act_into_tree", "regions_enter_tree"), "search_path=pg_catalog, public, pg_temp"
    )


def test_nobody_becomes_its_owner_from_there():
    parts = urlsplit(os.environ["DATABASE_URL"])
    address = parts._replace(netloc=f"{RUNTIME_ROLE}@", path="/postgres").geturl()
    session = psycopg2.connect(address)
    with session.cursor() as cursor:
        cursor.execute(
            "SELECT rolsuper, rolcreatedb, rolcreaterole FROM pg_roles WHERE rolname = current_user"
        )
        # Databases it makes are those of practice rooms.
        assert cursor.fetchone() == (False, True, False)
        with pytest.raises(psycopg2.errors.InsufficientPrivilege):
            cursor.execute("SET ROLE postgres")
    session.close()


def test_it_makes_databases_and_neither_copies_nor_drops_that_of_the_installation():
    parts = urlsplit(os.environ["DATABASE_URL"])
    installation = connection.settings_dict["NAME"]
    session = psycopg2.connect(parts._replace(netloc=f"{RUNTIME_ROLE}@", path="/postgres").geturl())
    session.autocommit = True
    with session.cursor() as cursor:
        for statement in (
            f"CREATE DATABASE copied TEMPLATE {installation}",
            f"DROP DATABASE {installation}",
            f"DROP DATABASE {installation} WITH (FORCE)",
            f"ALTER DATABASE {installation} RENAME TO taken",
            f"ALTER DATABASE {installation} OWNER TO {RUNTIME_ROLE}",
        ):
            with pytest.raises(psycopg2.errors.InsufficientPrivilege):
                cursor.execute(statement)
        cursor.execute("DROP DATABASE IF EXISTS of_a_room")
        cursor.execute("CREATE DATABASE of_a_room")
        cursor.execute("DROP DATABASE of_a_room")
    session.close()


def test_web_and_workers_get_its_address_and_commands_the_owners(tmp_path, monkeypatch):
    monkeypatch.delenv("DATABASE_URL")
    services = Services(Places(tmp_path))
    environment = services.environment()
    postgres = Postgres(Places(tmp_path))
    assert environment["DATABASE_URL"] == postgres.url
    assert environment["DATABASE_RUNTIME_ROLE"] == RUNTIME_ROLE
    assert services.runtime(environment)["DATABASE_URL"] == postgres.runtime_url


def test_a_server_of_ones_own_may_be_split_too(tmp_path, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://app@somewhere/one")
    monkeypatch.setenv("DATABASE_OWNER_URL", "postgresql://owner@somewhere/one")
    services = Services(Places(tmp_path))
    environment = services.environment()
    assert environment["DATABASE_URL"] == "postgresql://owner@somewhere/one"
    assert environment["DATABASE_RUNTIME_ROLE"] == "app"
    runtime = services.runtime(environment)
    assert runtime["DATABASE_URL"] == "postgresql://app@somewhere/one"
    assert "DATABASE_OWNER_URL" not in runtime


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        # Milliseconds: idle in a transaction, waiting for a lock, a statement.
        ("import jamsostek_monitor.wsgi", "60000 10000 30000"),
        ("import jamsostek_monitor.celery", "3600000 1800000 7200000"),
        ("pass", "0 0 0"),
    ],
)
def test_pages_and_workers_wait_only_so_long(before, expected):
    program = SHOW.format(before=before)
    environment = {**os.environ, "PYTHONPATH": str(settings.BASE_DIR)}
    environment.pop("DATABASE_CLIENT", None)
    shown = subprocess.run(
        [sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=False
    )
    assert shown.stdout.split() == expected.split(), shown.stderr


def test_setup_says_what_the_role_of_the_application_may(monkeypatch, db):
    monkeypatch.setenv("DATABASE_RUNTIME_ROLE", RUNTIME_ROLE)
    assert str(check_role()).startswith(
        "[baik]   Aplikasi berjalan sebagai peran jamsostek_app, yang tidak dapat"
    )
    monkeypatch.delenv("DATABASE_RUNTIME_ROLE")
    told = str(check_role())
    assert told.startswith("[kurang]")
    assert "docs/security.md" in told
