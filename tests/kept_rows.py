"""Rows that many tests which commit begin with: made once by the services, then copied back in one piece.

Such tests leave empty tables behind. What the services made the first time is kept in a schema of its own,
table by table, and comes back with the same keys and without any trigger running a second time.
"""

from collections.abc import Callable

from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction

# Django makes these anew itself whenever it empties the tables.
_DJANGO = ("django_content_type", "auth_permission", "django_migrations")
_TABLES = """
    SELECT table_name, string_agg(quote_ident(column_name), ', ' ORDER BY ordinal_position)
    FROM information_schema.columns JOIN pg_tables ON (schemaname, tablename) = (table_schema, table_name)
    WHERE table_schema = 'public' AND is_generated = 'NEVER'
    GROUP BY table_name ORDER BY table_name
"""


def ensure_rows(name: str, make: Callable[[], None]) -> None:
    """The tables as `make` leaves them, when it begins with empty ones."""
    schema = f"kept_{name}"
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT FROM pg_namespace WHERE nspname = %s)", [schema])
        if cursor.fetchone() == (True,):
            _bring_back(cursor, schema)
            return
    make()
    with transaction.atomic(), connection.cursor() as cursor:
        _keep(cursor, schema)


def _keep(cursor, schema: str) -> None:
    cursor.execute(f"CREATE SCHEMA {schema}")
    for table, columns in _tables(cursor):
        cursor.execute(f"SELECT EXISTS (SELECT FROM public.{table})")
        if cursor.fetchone() == (True,):
            cursor.execute(f"CREATE TABLE {schema}.{table} AS SELECT {columns} FROM public.{table}")
    cursor.execute(
        f"CREATE TABLE {schema}.sequences AS SELECT sequencename, last_value FROM pg_sequences "
        "WHERE schemaname = 'public' AND last_value IS NOT NULL"
    )


def _bring_back(cursor, schema: str) -> None:
    cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = %s", [schema])
    kept = {table for (table,) in cursor.fetchall()}
    # Neither triggers nor references run: what comes back was checked when it was made.
    cursor.execute("SET LOCAL session_replication_role = replica")
    for table, columns in _tables(cursor):
        cursor.execute(f"DELETE FROM public.{table}")
        if table in kept:
            cursor.execute(
                f"INSERT INTO public.{table} ({columns}) OVERRIDING SYSTEM VALUE "
                f"SELECT {columns} FROM {schema}.{table}"
            )
    cursor.execute(
        "SELECT setval(format('public.%I', now.sequencename)::regclass, "
        "              greatest(kept.last_value, now.last_value)) "
        f"FROM {schema}.sequences kept JOIN pg_sequences now USING (sequencename) "
        "WHERE now.schemaname = 'public'"
    )
    cursor.execute("SET LOCAL session_replication_role = origin")
    ContentType.objects.clear_cache()


def _tables(cursor) -> list[tuple[str, str]]:
    cursor.execute(_TABLES)
    return [row for row in cursor.fetchall() if row[0] not in _DJANGO]
