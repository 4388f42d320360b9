"""Whoever is killed leaves no statement running, which would keep its locks from the next one."""

import subprocess
import sys
import time

import pytest
from django.db import connection

_ASKING = """
import sys
import psycopg2
connection = psycopg2.connect(sys.argv[1])
cursor = connection.cursor()
cursor.execute("SELECT pg_advisory_lock(hashtext('of the dead'))")
print(connection.info.backend_pid, flush=True)
cursor.execute("SELECT pg_sleep(600)")
"""


@pytest.fixture
def own_server(db):
    with connection.cursor() as cursor:
        cursor.execute("SHOW cluster_name")
        if not cursor.fetchone()[0].startswith("jamsostek-"):
            pytest.skip("the server of DATABASE_URL has settings of its own")


def test_the_statement_of_a_killed_client_ends_and_its_lock_is_free(own_server):
    asking = subprocess.Popen(
        [sys.executable, "-c", _ASKING, connection.connection.dsn], stdout=subprocess.PIPE, text=True
    )
    number = int(asking.stdout.readline())
    while not is_asleep(number):
        time.sleep(0.01)
    asking.kill()
    asking.communicate()
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL lock_timeout = '60s'")
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('of the dead'))")


def is_asleep(number):
    with connection.cursor() as cursor:
        # Of the moment, not as it was at the first look of this transaction.
        cursor.execute("SELECT pg_stat_clear_snapshot()")
        cursor.execute("SELECT wait_event FROM pg_stat_get_activity(%s)", [number])
        return cursor.fetchone()[0] == "PgSleep"
