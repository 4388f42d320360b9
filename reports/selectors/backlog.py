"""How much waits to be computed, how fast it goes, and how long it will take."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Func, IntegerField, Min, Sum
from django.utils.timezone import now

from regions.access import within
from regions.models import User
from reports.models import Run, WaitingRegion

_LOOKED_BACK = 10
_PATIENCE = timedelta(minutes=1)


class Cardinality(Func):
    function = "CARDINALITY"
    output_field = IntegerField()


@dataclass(frozen=True)
class Backlog:
    """Region-months that wait, since when the oldest does, and runs of the last ten minutes."""

    months: int
    oldest: datetime | None
    runs: int

    @property
    def runs_per_minute(self) -> int:
        return -(-self.runs // _LOOKED_BACK)

    @property
    def minutes(self) -> int | None:
        """How long it takes at the pace of the last ten minutes; None where nothing went on in them."""
        return -(-self.months // self.runs_per_minute) if self.runs else None

    @property
    def is_long(self) -> bool:
        """Whether people should be told that figures lag behind by more than a minute."""
        if self.oldest is None:
            return False
        return now() - self.oldest > _PATIENCE or (self.minutes or 0) > 1


def backlog_of(user: User) -> Backlog:
    """As far as the user sees regions."""
    rows = WaitingRegion.objects.filter(within(user)).order_by()
    waiting = rows.aggregate(months=Sum(Cardinality("months")), oldest=Min("since"))
    since = now() - timedelta(minutes=_LOOKED_BACK)
    runs = Run.objects.filter(within(user), computed_at__gte=since).count()
    return Backlog(waiting["months"] or 0, waiting["oldest"], runs)
