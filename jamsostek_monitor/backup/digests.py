"""What a table holds, in one number that does not hang on the order in which its rows lie."""

from dataclasses import dataclass

from django.db import connection
from psycopg2 import sql

# How values are written as text; the same on both sides.
SAME_TEXT = (
    "SET LOCAL TimeZone = 'UTC'",
    "SET LOCAL DateStyle = 'ISO, YMD'",
    "SET LOCAL IntervalStyle = 'postgres'",
    "SET LOCAL bytea_output = 'hex'",
    "SET LOCAL extra_float_digits = 1",
    "SET LOCAL statement_timeout = 0",
    "SET LOCAL idle_in_transaction_session_timeout = 0",
)
_TABLES = (
    "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
    " AND NOT EXISTS (SELECT FROM pg_depend WHERE objid = pg_class.oid AND deptype = 'e') ORDER BY relname"
)
# SHA-256 of each row; rows with the same first byte together, so that no text grows beyond what PostgreSQL
# takes (a gigabyte is 33 million rows, of which there may be 256 times as many).
_DIGEST = sql.SQL(
    "SELECT coalesce(sum(rows), 0)::bigint,"
    " encode(sha256(coalesce(string_agg(part, ''::bytea ORDER BY first), ''::bytea)), 'hex') FROM"
    " (SELECT first, count(*) AS rows, sha256(string_agg(digest, ''::bytea ORDER BY digest)) AS part FROM"
    " (SELECT get_byte(digest, 0) AS first, digest FROM"
    " (SELECT sha256(convert_to(t::text, 'UTF8')) AS digest FROM {table} t) AS every) AS parts"
    " GROUP BY first) AS whole"
)


@dataclass(frozen=True)
class TableDigest:
    rows: int
    sha256: str


def digest_tables() -> dict[str, TableDigest]:
    """Of every table of the application; in the transaction of the caller, which must have one snapshot."""
    found = {}
    with connection.cursor() as cursor:
        for statement in SAME_TEXT:
            cursor.execute(statement)
        cursor.execute(_TABLES)
        for (table,) in cursor.fetchall():
            cursor.execute(_of(table))
            found[table] = TableDigest(*cursor.fetchone())
    return found


def demanding(tables: dict[str, TableDigest]) -> str:
    """Statements that fail where a table holds anything else; part of the transaction that restores."""
    with connection.cursor() as cursor:
        lines = [f"{statement};\n" for statement in SAME_TEXT]
        for table, digest in tables.items():
            check = sql.SQL(
                "DO $check$ BEGIN IF ({asked}) IS DISTINCT FROM {wanted} THEN"
                " RAISE EXCEPTION 'isi tabel % tidak sama dengan cadangan', {name}; END IF; END $check$;\n"
            )
            wanted = sql.Literal(f"{digest.rows} {digest.sha256}")
            parts = {"asked": _as_words(table), "wanted": wanted, "name": sql.Literal(table)}
            lines.append(check.format(**parts).as_string(cursor.cursor))
    return "".join(lines)


def _of(table: str) -> sql.Composed:
    return _DIGEST.format(table=sql.Identifier("public", table))


def _as_words(table: str) -> sql.Composed:
    return sql.SQL("SELECT asked.rows || ' ' || asked.digest FROM ({}) AS asked(rows, digest)").format(
        _of(table)
    )
