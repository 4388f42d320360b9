"""Where a person stands in lists that were sent: rows known by their NIK, and parked rows that hide it."""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator

from django.db.models import Q, QuerySet

from participants.importers.header import Field
from participants.models import Batch, BatchRow, Participant
from regions.cipher import digests, unseal

# Of a NIK, the marks people set between its digits.
_BETWEEN = str.maketrans("", "", " .-'’`\"\t\n")
_CHUNK = 2000


def family_of(pks: Iterable[int]) -> QuerySet[Participant]:
    """The rows that count as one person with these: what they were merged into, and all merged into it."""
    asked = Participant.objects.filter(pk__in=list(pks)).values_list("pk", "merged_into_id")
    roots = {merged_into or pk for pk, merged_into in asked}
    return Participant.objects.filter(Q(pk__in=roots) | Q(merged_into__in=roots)).order_by("pk")


def rows_about(people: Collection[Participant]) -> QuerySet[BatchRow]:
    """Rows of lists of the persons' own regions that speak of them.

    Another region's rows are that region's to show and to erase. A row is found through its list, by the
    index that begins with it: the table of rows is never read whole.
    """
    by_region: dict[str, list[Participant]] = defaultdict(list)
    for person in people:
        by_region[person.region_id].append(person)
    found = Q(pk__in=[])
    for code, those in by_region.items():
        batches = list(Batch.objects.filter(region=code).order_by().values_list("pk", flat=True))
        known = [one for person in those for one in digests(person.nik.digits)]
        found |= Q(batch__in=batches, nik_digest__in=known)
        found |= Q(pk__in=list(_parked_about(batches, those)))
    return BatchRow.objects.filter(found)


def _parked_about(batches: Collection[int], people: Iterable[Participant]) -> Iterator[int]:
    """Rows that were refused or left out: their NIK and KPJ stand among sealed cells only."""
    numbers = {number for person in people for number in (person.nik.digits, person.kpj) if number}
    sealed = BatchRow.objects.filter(batch__in=batches, nik_digest=None, cells_sealed__isnull=False)
    for pk, cells in sealed.order_by().values_list("pk", "cells_sealed").iterator(chunk_size=_CHUNK):
        texts = json.loads(unseal(cells)) if cells else {}
        said = {str(texts.get(field, "")).translate(_BETWEEN) for field in (Field.NIK, Field.KPJ)}
        if not numbers.isdisjoint(said):
            yield pk
