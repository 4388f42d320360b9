"""Commands that need the tables say so in a sentence where the database has none, or older ones."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor


class PreparedCommand(BaseCommand):
    """Refuses to begin on a database that lacks migrations; `prepare` makes it whole."""

    def execute(self, *args: Any, **options: Any) -> str | None:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            raise CommandError(
                "Basis data belum disiapkan untuk versi ini. Jalankan ./script/manage prepare dahulu."
            )
        return super().execute(*args, **options)
