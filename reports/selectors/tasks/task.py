"""Something that waits for a person."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.timezone import localdate

from regions.models import Region
from reports.models import Reminder


@dataclass(frozen=True)
class Task:
    region: Region
    title: str
    due: date | None
    url: str
    # Who asked for it, where somebody did.
    reminder: Reminder | None = None
    # Of a task that brings a month on: which one, and what the button says.
    month: date | None = None
    step: str = ""
    # The reports of the month that are missing, in words, and where each is entered.
    gaps: Sequence[tuple[str, str]] = ()

    @property
    def days_left(self) -> int | None:
        return None if self.due is None else (self.due - localdate()).days

    @property
    def is_late(self) -> bool:
        return self.days_left is not None and self.days_left < 0

    @property
    def is_soon(self) -> bool:
        return self.days_left is not None and 0 <= self.days_left <= 3
