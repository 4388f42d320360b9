"""Where each person's way from proposed to active stops in a month: one stop per person."""

from datetime import date
from typing import Any

from django.db.models import Case, Count, DateField, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce, Greatest, TruncDate
from django.utils.timezone import localdate

from participants.enums import CandidateState, EnrolmentState, MatchResult, RowState, Stop
from participants.models import Batch, BatchRow, DuplicateCandidate, Enrolment, Participant
from participants.selectors.persons.enrolment import PERSON, covering
from participants.selectors.programme_rule import covering_programmes
from regions.month import first_of

PERSON_STOPS = [stop for stop in Stop if stop not in {Stop.NIK, Stop.ROW, Stop.APPROVAL}]
# Persons of all stops: what a count of every stop is made of.
ANY_STOP = "semua"
# How far somebody came, as filters ask for it → the stops that lie behind.
REACHED: dict[str, list[str]] = {
    "tercatat": [
        *(Stop.UNMATCHED, Stop.DECEASED, Stop.MISMATCHED),
        *(Stop.DOUBLE, Stop.UNREGISTERED, Stop.PROPOSED, Stop.PARTIAL, Stop.ACTIVE),
    ],
    "padan": [Stop.DOUBLE, Stop.UNREGISTERED, Stop.PROPOSED, Stop.PARTIAL, Stop.ACTIVE],
    "tunggal": [Stop.UNREGISTERED, Stop.PROPOSED, Stop.PARTIAL, Stop.ACTIVE],
    "terdaftar": [Stop.PROPOSED, Stop.PARTIAL, Stop.ACTIVE],
}
_STORED = (RowState.NEW, RowState.CHANGED, RowState.SAME)


def with_stops(rows: QuerySet[Participant], month: date, cell: Q, mine: Q) -> QuerySet[Participant]:
    """Each person with `stop`, `is_covered` (counted in the month all the same), `sender`, and `since`.

    `since` is the day on which the person came to the stop: listed, or answered about, whichever is later.
    """
    covered = covering(month) & cell & Q(programmes__contains=list(covering_programmes(month)))
    running = persons_with(overlapping(month) & ~Q(state=EnrolmentState.REJECTED) & cell)
    said = Enrolment.objects.filter(cell, participant=OuterRef("pk")).order_by("entered_at", "pk")
    listed = Subquery(said.annotate(day=TruncDate("entered_at")).values("day")[:1], output_field=DateField())
    return rows.annotate(
        is_covered=Q(pk__in=persons_with(covered)),
        stop=Case(
            When(~Q(pk__in=running), then=Value(Stop.OUT)),
            When(match_result=MatchResult.NONE, then=Value(Stop.UNMATCHED)),
            When(match_result=MatchResult.DECEASED, then=Value(Stop.DECEASED)),
            When(~Q(match_result=MatchResult.VALID), then=Value(Stop.MISMATCHED)),
            When(is_double(month, mine), then=Value(Stop.DOUBLE)),
            When(kpj_digest=None, then=Value(Stop.UNREGISTERED)),
            When(is_covered=True, then=Value(Stop.ACTIVE)),
            When(pk__in=persons_with(covering(month) & cell), then=Value(Stop.PARTIAL)),
            default=Value(Stop.PROPOSED),
        ),
        sender=Subquery(said.values("institution_id")[:1]),
        since=Greatest(Coalesce(listed, TruncDate("entered_at")), F("matched_on")),
    )


def is_double(month: date, mine: Q) -> Q:
    """Paid for by somebody else too, or suspected to be another row of the region until somebody decides."""
    pairs = DuplicateCandidate.objects.filter(
        Q(first=OuterRef("pk")) | Q(second=OuterRef("pk")),
        state=CandidateState.OPEN,
        first__merged_into=None,
        second__merged_into=None,
    )
    return paid_elsewhere(month, mine) | paid_twice_here(month) | Q(Exists(pairs))


def persons_of_lists(lists: QuerySet[Batch]) -> QuerySet[Any]:
    """Whom stored lists name: by the NIK of their rows, and by the spells they made once rows are emptied."""
    rows = BatchRow.objects.filter(
        batch__in=lists, batch__state="stored", state__in=_STORED, nik_digest__isnull=False
    )
    named = Q(
        nik_digest__in=rows.order_by().values("nik_digest"), region__in=lists.order_by().values("region")
    )
    named |= Q(pk__in=Enrolment.objects.filter(batch__in=lists).order_by().values("participant"))
    return Participant.objects.filter(named).order_by().values(person=Coalesce("merged_into", "pk"))


def persons_with(spells: Q) -> QuerySet[Any]:
    return Enrolment.objects.filter(spells).order_by().values(person=PERSON)


def overlapping(month: date) -> Q:
    return Q(first_month__lte=month) & (Q(last_month=None) | Q(last_month__gte=month))


def paid_elsewhere(month: date, mine: Q) -> Q:
    """Whether another region pays for a person; which one is not told.

    Of regions that are not the reader's own (`mine`) only whether they pay this month, whatever month is
    asked for: month by month the answers would tell from when till when.
    """
    others = Enrolment.objects.filter(participant__nik_digest=OuterRef("nik_digest"))
    others = others.exclude(region=OuterRef("region"))
    own, foreign = others.filter(covering(month), mine), others.filter(covering(first_of(localdate())))
    return Q(Exists(own)) | Q(Exists(foreign.exclude(mine)))


def paid_twice_here(month: date) -> Q:
    """Persons whom two sources of funds of their region pay for in a month."""
    payers = Enrolment.objects.filter(covering(month)).order_by().values(person=PERSON)
    several = payers.annotate(payers=Count("funding_id", distinct=True)).filter(payers__gt=1)
    return Q(pk__in=Subquery(several.values("person")))
