"""What a search found, as its page shows it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from regions.models import User
from reports.enums import HitKind


@dataclass(frozen=True)
class Hit:
    """One thing with the page it leads to, and further pages about it; `person` where it is one."""

    title: str
    url: str
    about: str = ""
    code: str = ""
    links: Sequence[tuple[str, str]] = ()
    person: int | None = None


@dataclass(frozen=True)
class HitGroup:
    """The first hits of one kind; `has_more` where there are others."""

    kind: HitKind
    hits: list[Hit]
    has_more: bool


@dataclass(frozen=True)
class Finder:
    """How one kind is found: rows that can be sliced and counted, and what is shown of a row."""

    kind: HitKind
    rows: Callable[[User, str], Any]
    hit: Callable[[User, Any], Hit]


def persons_of(hits: Sequence[Hit]) -> list[int]:
    return [hit.person for hit in hits if hit.person is not None]
