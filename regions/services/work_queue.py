"""The one loop of background workers over rows that wait in the database.

A row at work says so, and the worker holds a lock that ends with its connection: any worker may die at any
moment and another goes on. An error in one row is noted and never stops the others.
"""

import logging
import time
import traceback
from abc import ABC, abstractmethod
from collections.abc import Iterable
from typing import ClassVar, Generic, TypeVar

from django.db import DatabaseError, connection, transaction
from django.db.models import F
from django.utils.timezone import now

from regions.advisory_lock import AdvisoryLock
from regions.disk import is_disk_full, note_disk_full
from regions.models.waiting_work import WaitingWork
from regions.services.advisory_lock import work_lock

log = logging.getLogger(__name__)
W = TypeVar("W", bound=WaitingWork)


class WorkQueue(ABC, Generic[W]):
    """One kind of work; subclasses say what waits, how it is begun, done and given up."""

    lock: ClassVar[AdvisoryLock]
    most_attempts: ClassVar[int] = 5

    @abstractmethod
    def waiting(self) -> Iterable[int]:
        """Keys of the rows to be worked on, in their order."""

    @abstractmethod
    def find(self, pk: int) -> W | None:
        """The row locked for update; None where it needs no work any more."""

    @abstractmethod
    def mark(self, work: W) -> None:
        """Put the row into the state in which it is worked on. It is saved by the caller."""

    @abstractmethod
    def do(self, work: W) -> None:
        """Do the work. What it raises is another attempt later."""

    @abstractmethod
    def give_up(self, work: W) -> None:
        """Tell the person after the last attempt."""

    def run(self, *, seconds: float = 3600) -> int:
        """Do what waits; how many rows were worked on. Safe to run twice at once.

        After `seconds` no further row is begun.
        """
        deadline, worked = time.monotonic() + seconds, 0
        for pk in list(self.waiting()):
            if worked and time.monotonic() > deadline:
                break
            with work_lock(self.lock, pk) as held:
                if held:
                    worked += self._attempt(pk)
        return worked

    def _attempt(self, pk: int) -> bool:
        work: W | None = None
        try:
            work = self._begin(pk)
            if work is None:
                return False
            if work.attempts > self.most_attempts:
                log.error("%s %s was given up after %s attempts", self, pk, self.most_attempts)
                self.give_up(work)
            else:
                self.do(work)
        except Exception as error:  # noqa: BLE001 - whatever one row does to us, the others are worked on
            # Not the words of the error: those of a database may repeat what a row says of a person.
            where = "".join(traceback.format_tb(error.__traceback__))
            log.error("%s %s failed with %s\n%s", self, pk, type(error).__name__, where)
            if not connection.is_usable():
                connection.close()
            if is_disk_full(error):
                note_disk_full()
                _give_back(work)
        return True

    @transaction.atomic
    def _begin(self, pk: int) -> W | None:
        work = self.find(pk)
        if work is not None:
            self.mark(work)
            work.attempts += 1
            work.began_at = work.heartbeat_at = now()
            work.save()
        return work

    def __str__(self) -> str:
        return type(self).__name__


def _give_back(work: WaitingWork | None) -> None:
    """The attempt counts for nothing: the row waits until there is room, however long that takes."""
    if work is None:
        return
    try:
        type(work)._default_manager.filter(pk=work.pk, attempts__gt=0).update(attempts=F("attempts") - 1)
    except DatabaseError as error:
        log.error("attempt at %s not given back: %s", work.pk, type(error).__name__)
