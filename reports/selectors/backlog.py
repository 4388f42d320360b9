"""How much waits to be computed, how fast it goes, how long it will take, and what failed."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import (
    Count,
    F,
    Func,
    IntegerField,
    Max,
    Min,
    Q,
    QuerySet,
    Sum,
    TextField,
    Value,
)
from django.db.models.functions import TruncHour
from django.utils.timezone import now

from regions.access import within
from regions.models import Region, User
from reports.models import Run, WaitingRegion

_LOOKED_BACK = 10
_PATIENCE = timedelta(minutes=1)
# So many of the newest runs say how long one takes.
_SAMPLE = 200
_TREND = timedelta(hours=24)


class Cardinality(Func):
    function = "CARDINALITY"
    output_field = IntegerField()


@dataclass(frozen=True)
class Backlog:
    """Region-months that wait, since when the oldest does, runs of the last ten minutes, and how many
    milliseconds one of the newest runs took; None where there was none yet."""

    months: int
    oldest: datetime | None
    runs: int
    milliseconds: float | None

    @property
    def runs_per_minute(self) -> int:
        return -(-self.runs // _LOOKED_BACK)

    @property
    def seconds(self) -> int | None:
        """How long one worker needs for what waits; None where nobody knows how long a run takes."""
        if not self.months:
            return 0
        return None if self.milliseconds is None else int(self.months * self.milliseconds // 1000)

    @property
    def minutes(self) -> int | None:
        return None if self.seconds is None else whole_minutes(self.seconds)

    @property
    def behind(self) -> int:
        """Seconds for which people should expect figures that are not up to date; 0 up to a minute.

        Whichever is longer: what is left to do, or how long the oldest has waited already.
        """
        waited = now() - self.oldest if self.oldest else timedelta()
        longest = max(timedelta(seconds=self.seconds or 0), waited)
        return int(longest.total_seconds()) if longest > _PATIENCE else 0

    @property
    def is_long(self) -> bool:
        return self.behind > 0


def whole_minutes(seconds: int) -> int:
    return -(-seconds // 60)


def backlog_of(user: User) -> Backlog:
    """As far as the user sees regions."""
    since = now() - timedelta(minutes=_LOOKED_BACK)
    return _backlog(within(user), Run.objects.filter(within(user), computed_at__gte=since).count())


def seconds_behind() -> int:
    """Of all regions, for the notice on every page."""
    return _backlog(Q(), runs=0).behind


def _backlog(seen: Q, runs: int) -> Backlog:
    rows = WaitingRegion.objects.filter(seen).order_by()
    waiting = rows.aggregate(months=Sum(Cardinality("months")), oldest=Min("since"))
    if not waiting["months"]:
        return Backlog(0, None, runs, None)
    took = list(Run.objects.order_by("-pk").values_list("milliseconds", flat=True)[:_SAMPLE])
    return Backlog(waiting["months"], waiting["oldest"], runs, sum(took) / len(took) if took else None)


@dataclass(frozen=True)
class PlaceBacklog:
    """What waits in a province, or of the nation itself."""

    region: Region
    regions: int
    months: int
    oldest: datetime
    failed: int


def backlog_by_place(user: User) -> list[PlaceBacklog]:
    """By province, what waits longest first."""
    province = Func(F("region_id"), Value("."), Value(1), function="SPLIT_PART", output_field=TextField())
    waiting = WaitingRegion.objects.filter(within(user)).order_by().annotate(place=province).values("place")
    rows = waiting.annotate(
        regions=Count("pk"),
        waiting_months=Sum(Cardinality("months")),
        oldest=Min("since"),
        failed=Count("pk", Q(attempts__gt=0)),
    ).order_by("oldest")
    columns = ("place", "regions", "waiting_months", "oldest", "failed")
    found = list(rows.values_list(*columns))
    places = Region.objects.in_bulk([place for place, *_counts in found], field_name="code")
    return [PlaceBacklog(places[place], *counts) for place, *counts in found]


def list_failed(user: User) -> QuerySet[WaitingRegion]:
    """Regions whose counting ended with an error and is to be tried again."""
    rows = WaitingRegion.objects.filter(within(user), attempts__gt=0)
    return rows.select_related("region").order_by("-attempts", "since")


@dataclass(frozen=True)
class HourOfRuns:
    """Runs of an hour; milliseconds of one as a rule, and of the slowest."""

    hour: datetime
    runs: int
    milliseconds: float
    slowest: float


def runs_by_hour(user: User) -> list[HourOfRuns]:
    """Of the last day, the newest hour first; hours without runs are left out."""
    recent = Run.objects.filter(within(user), computed_at__gte=now() - _TREND).order_by()
    rows = (
        recent.annotate(hour=TruncHour("computed_at"))
        .values("hour")
        .annotate(runs=Count("pk"), took=Sum("milliseconds"), slowest=Max("milliseconds"))
        .order_by("-hour")
        .values_list("hour", "runs", "took", "slowest")
    )
    return [HourOfRuns(hour, runs, took / runs, slowest) for hour, runs, took, slowest in rows]
