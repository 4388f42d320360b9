"""What follows the first example data: the other provinces, many persons by name, months that are closed.

Each step is a transaction with a marker of its own; whoever is interrupted goes on with the next one.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from time import monotonic

from django.db import transaction

from regions.advisory_lock import AdvisoryLock
from regions.enums import Level, MonthState, Verb
from regions.errors import FactRefused
from regions.models import Change, ReferenceFile, Region, User
from regions.month import months_from
from regions.services.advisory_lock import work_lock
from regions.services.reporting_month import locked_row, step
from reports.examples.crowd import CROWDED, Group, crowd_list, groups_of
from reports.examples.places import PROVINCES, Place
from reports.examples.span import SMALL, ExampleSpan
from reports.models import Cause
from reports.services.example import example_span, load_places, places_of, send_lists
from reports.services.waiting_region import note_waiting

log = logging.getLogger(__name__)
_FINISHED = "examples:semua"
# The province whose months are closed one after the other, and the cities people sign in for.
_CLOSING = "36"
_FIRST_CLOSED = ("36.72", "36.73")
_WAY = (
    (Verb.COMPLETED, MonthState.COMPLETE),
    (Verb.SUBMITTED, MonthState.SUBMITTED),
    (Verb.VERIFIED, MonthState.VERIFIED),
    (Verb.CLOSED, MonthState.CLOSED),
)
# Those before were never handed in: the application came later, and what was published can be corrected.
_MONTHS = 10
# By their age in months: how many steps the newest ones, still on their way, have taken.
_STEPS_TAKEN = {0: 0, 1: 2, 2: 3}


@dataclass(frozen=True)
class ExampleStep:
    """`name` is the marker; `do` may run once only."""

    name: str
    do: Callable[[User], int]


def extend_examples(*, by: User, seconds: float = 20.0) -> int:
    """Take the next steps; how many were taken. Nothing where the examples are small or there are none.

    After `seconds` no further step is begun.
    """
    span = example_span()
    if span is None or span == SMALL:
        return 0
    deadline, taken = monotonic() + seconds, 0
    with work_lock(AdvisoryLock.EXAMPLES, 0) as held:
        if not held:
            return 0
        done = set(ReferenceFile.objects.filter(name__startswith="examples:").values_list("name", flat=True))
        # Asked every few seconds for as long as the installation lives.
        if _FINISHED in done:
            return 0
        for one in _steps(span):
            if one.name in done:
                continue
            if taken and monotonic() > deadline:
                return taken
            _take(one, span, by)
            taken += 1
        _mark(_FINISHED, span, rows=0)
    return taken


def _take(one: ExampleStep, span: ExampleSpan, by: User) -> None:
    """What somebody recorded meanwhile may speak against an example: then that step is left out."""
    try:
        with transaction.atomic():
            _mark(one.name, span, rows=one.do(by))
    except FactRefused as refused:
        log.warning("example step %s left out: %s", one.name, refused.problems[0].message)
        _mark(one.name, span, rows=0)


def _mark(name: str, span: ExampleSpan, *, rows: int) -> None:
    ReferenceFile.objects.create(name=name, sha256=str(span), rows=rows)


def _steps(span: ExampleSpan) -> list[ExampleStep]:
    """In the order in which people look; months that lists of names still fill are closed at the end."""
    provinces = Region.objects.filter(level=Level.PROVINCE, valid_until=None).order_by("code")
    others = [code for code in provinces.values_list("code", flat=True) if code not in PROVINCES]
    below = Region.objects.filter(parent_id=_CLOSING, level=Level.REGENCY, valid_until=None).order_by("code")
    rest = [
        *(code for code in below.values_list("code", flat=True) if code not in _FIRST_CLOSED),
        _CLOSING,
    ]
    return [
        *(_closing(code, span) for code in _FIRST_CLOSED),
        *(ExampleStep(f"examples:wilayah:{code}", partial(_load_province, code, span)) for code in others),
        *_crowds(span),
        *(_closing(code, span) for code in rest),
    ]


def _closing(code: str, span: ExampleSpan) -> ExampleStep:
    return ExampleStep(f"examples:bulan:{code}", partial(_close_months, code, span))


def _load_province(code: str, span: ExampleSpan, by: User) -> int:
    places = places_of([code], span)
    stored = load_places(places, by)
    # A correction by a person does not wait for them.
    codes = [place.code for place in places]
    Change.objects.filter(region_id__in=codes).delete()
    note_waiting(((region, month) for region in codes for month in span.months), Cause.REBUILD)
    return stored


def _crowds(span: ExampleSpan) -> list[ExampleStep]:
    return [
        ExampleStep(
            f"examples:nama:{place.code}:{group.category}:{group.funding}",
            partial(_send_crowd, place, group),
        )
        for place in places_of([_CLOSING], span)
        if place.code in CROWDED
        for group in groups_of(place)
    ]


def _send_crowd(place: Place, group: Group, by: User) -> int:
    districts = Region.objects.filter(parent_id=place.code, valid_until=None).order_by("code")
    named = [(code.rpartition(".")[2], name) for code, name in districts.values_list("code", "name")]
    send_lists([crowd_list(place, group, named)], by)
    return group.count


def _close_months(code: str, span: ExampleSpan, by: User) -> int:
    """Each of the last months on its way as far as its age lets expect, in the name of who works there."""
    people = _people_of(code, by)
    for month in span.months[-_MONTHS:]:
        taken = _STEPS_TAKEN.get(months_from(month, span.last), len(_WAY))
        row = locked_row(code, month)
        for (verb, target), person in list(zip(_WAY, people, strict=True))[:taken]:
            step(row, verb, target, by=person)
    return len(span.months[-_MONTHS:])


def _people_of(code: str, by: User) -> list[User]:
    """Who completes, submits, verifies and closes: in one city its example people, elsewhere the system."""
    found = {user.username: user for user in User.objects.filter(is_example=True)}
    named = [found.get(name) for name in ("wayan", "siti", "anton", "anton")]
    known = [person for person in named if person is not None]
    return known if code == _FIRST_CLOSED[0] and len(known) == len(_WAY) else [by] * len(_WAY)
