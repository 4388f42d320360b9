"""The rights of the role as which the application runs: its tables' rows, and of the ledger only new ones."""

from django.db import connection, transaction
from psycopg2 import sql

# What each table of the ledger allows; all others may be read and written.
_ONLY_NEW = "SELECT, INSERT"
LEDGER_RIGHTS = {
    "regions_act": _ONLY_NEW,
    "regions_checkpoint": _ONLY_NEW,
    "regions_ledgercheck": _ONLY_NEW,
    # Written by a trigger with the rights of its owner.
    "regions_leaf": "SELECT",
    "regions_treenode": "SELECT",
    # Whoever could write here could have a migration left out.
    "django_migrations": "SELECT",
}


@transaction.atomic
def grant_runtime_rights(role: str) -> None:
    """Exactly these rights, whatever was granted before; run by the tables' owner after each migration."""
    name = sql.Identifier(role)
    with connection.cursor() as cursor:
        for statement in (
            "REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {}",
            "GRANT USAGE ON SCHEMA public TO {}",
            "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {}",
            "GRANT USAGE, SELECT, UPDATE ON ALL SEQUENCES IN SCHEMA public TO {}",
        ):
            cursor.execute(sql.SQL(statement).format(name))
        for table, rights in LEDGER_RIGHTS.items():
            cursor.execute(sql.SQL("REVOKE ALL ON {} FROM {}").format(sql.Identifier(table), name))
            grant = sql.SQL("GRANT {} ON {} TO {}")
            cursor.execute(grant.format(sql.SQL(rights), sql.Identifier(table), name))
