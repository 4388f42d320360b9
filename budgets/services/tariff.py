"""What follows from a change of the tariff."""

from datetime import date

from regions.models.region import NATION
from regions.month import first_of
from regions.services.change import record_changes


def note_tariff_change(*, since: date) -> None:
    """What is due from a month on is stale, everywhere; months that were closed keep what was due then."""
    record_changes([(NATION, (first_of(since), None))], report=None, reaches_down=True)
