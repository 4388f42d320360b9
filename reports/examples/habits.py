"""How example regions report: in time, late, or in part. Pages must say what is missing."""

from collections.abc import Sequence
from datetime import date
from enum import Enum

from reports.examples.places import Place
from reports.examples.span import SMALL

# Of a hundred regions: how many have each habit, and how many of the newest months they still owe.
_OWED = ((45, 0), (30, 1), (15, 2), (7, 4), (3, 9))
# Of a hundred: those that send people and money, but their claims half a year late.
_WITHOUT_CLAIMS, _CLAIMS_OWED = 12, 6


class Subject(Enum):
    PEOPLE = "people"
    CLAIMS = "claims"


def reported(place: Place, months: Sequence[date], subject: Subject = Subject.PEOPLE) -> list[date]:
    """Those of the months that the place has reported; all of them where pages and tests begin."""
    if place.span == SMALL or place.code.startswith("36.7"):
        return list(months)
    owed = _owed(place)
    if subject == Subject.CLAIMS and place.random("claims habit").randrange(100) < _WITHOUT_CLAIMS:
        owed = max(owed, _CLAIMS_OWED)
    known = place.span.months[: len(place.span.months) - owed]
    return [month for month in months if month in set(known)]


def _owed(place: Place) -> int:
    drawn = place.random("habit").randrange(100)
    for share, owed in _OWED:
        if drawn < share:
            return owed
        drawn -= share
    return 0
