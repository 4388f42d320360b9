"""The ledger inside tests, whose transactions never commit."""

from django.db import connection

LEDGER_TABLES = ("regions_act", "regions_leaf", "regions_treenode", "regions_checkpoint")


def settle() -> None:
    """What the database does with acts when a transaction commits, done now."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS act_into_tree IMMEDIATE")
        cursor.execute("SET CONSTRAINTS act_into_tree DEFERRED")
