"""The parts of a board as they were written last, for as long as what they rest on stays as it is."""

import hashlib
import time
import zlib

from django.conf import settings
from django.core.cache import cache
from django.utils.timezone import localdate
from django.utils.translation import get_language

from regions.access import scope_of
from regions.models import User
from regions.month import iso_month
from regions.roles import Permission
from reports.selectors.boards.board import Board

# Templates and reference tables may be others after a start; a master forks its workers with this number.
_STARTED = time.time_ns()


def kept_key(board: Board, user: User, tab: str) -> str:
    """Empty where nothing is kept: of a past day, or without figures.

    Who sees other regions below, or their drafts, has other parts; nothing else of a person is in them.
    """
    if not settings.BOARDS_KEPT_SECONDS or board.per or board.run is None or board.about is None:
        return ""
    codes = scope_of(user).codes
    seen = [sorted(codes.get(one, ())) for one in (Permission.VIEW_COVERAGE, Permission.VIEW_DRAFTS)]
    asked = (board.region.code, iso_month(board.period), tab, get_language(), localdate().isoformat(), *seen)
    rests_on = hashlib.sha256(board.about.stamp.encode()).hexdigest()
    return f"board:{_STARTED}:{hashlib.sha256(repr(asked).encode()).hexdigest()}:{rests_on}"


def find_kept(key: str) -> str | None:
    packed = cache.get(key) if key else None
    return None if packed is None else zlib.decompress(packed).decode()


def keep(key: str, parts: str) -> None:
    if key:
        cache.set(key, zlib.compress(parts.encode(), 1), settings.BOARDS_KEPT_SECONDS)
