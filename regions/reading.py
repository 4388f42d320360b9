"""From which database the selectors read: the primary, or for a while a replica of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from regions.practice import current_room

PRIMARY, REPLICA = "default", "replica"
_alias: ContextVar[str] = ContextVar("reading", default=PRIMARY)


@contextmanager
def reading_from(alias: str) -> Iterator[None]:
    """Until the block ends, or until something is written in it: then what was written must be seen.

    A practice room is a database of its own; what is replicated beside it is the real one.
    """
    before = _alias.get()
    _alias.set(alias if current_room() is None else PRIMARY)
    try:
        yield
    finally:
        _alias.set(before)


def reading_alias() -> str:
    return _alias.get()


def reading_connection() -> BaseDatabaseWrapper:
    """For selectors with statements of their own."""
    return connections[_alias.get()]


class ReadingRouter:
    """All is written to the primary, and read where the context says; who writes, reads there as well."""

    def db_for_read(self, model: Any, **_hints: Any) -> str:
        return _alias.get()

    def db_for_write(self, model: Any, **_hints: Any) -> str:
        _alias.set(PRIMARY)
        return PRIMARY

    def allow_relation(self, one: Any, other: Any, **_hints: Any) -> bool:
        """Both are the same rows."""
        return True

    def allow_migrate(self, db: str, app_label: str, **_hints: Any) -> bool:
        return db == PRIMARY
