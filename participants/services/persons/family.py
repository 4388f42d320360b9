"""Rows that count as one person, locked together so that nobody merges or parts them meanwhile."""

from collections.abc import Iterable

from participants.models import Participant
from participants.selectors.persons.traces import family_of
from regions.errors import ChangedMeanwhile


def lock_family(pks: Iterable[int]) -> dict[int, Participant]:
    """The rows and their whole families, locked in one order. Raises ChangedMeanwhile."""
    found = {row.pk: row for row in family_of(pks).select_for_update(of=("self",))}
    for row in found.values():
        # Somebody merged in between and moved the root away: these rows are not what was asked for.
        if row.merged_into_id is not None and row.merged_into_id not in found:
            raise ChangedMeanwhile(row)
    return found
