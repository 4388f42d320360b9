"""Which runs stand, now or at the end of a day, and which of them a person is told.

Of each day the last run of a region and month is kept, so what was believed at its end can be told as long as
nobody threw the runs away to rebuild them.
"""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, Q
from django.utils.timezone import get_current_timezone, localdate

from regions.access import sees_all_drafts, sees_drafts, within
from regions.enums import Level, MonthState
from regions.errors import MonthNotClosed
from regions.models import Region, ReportingMonth, User
from regions.month import last_day
from regions.roles import Permission
from regions.selectors.region import existing
from reports.models import Run

Person = User | AnonymousUser


def stood(per: date | None = None, at: str = "") -> Q:
    """`at` is the way to the run, such as `run__`; without a day the current one."""
    if per is None:
        return Q(**{f"{at}is_current": True})
    after = datetime.combine(per + timedelta(days=1), time.min, get_current_timezone())
    stood_then = Q(**{f"{at}superseded_at": None}) | Q(**{f"{at}superseded_at__gte": after})
    return stood_then & Q(**{f"{at}computed_at__lt": after})


def standing(user: Person, per: date | None = None, at: str = "") -> Q:
    """Those of which the user is told: every face that shows figures asks by this.

    Leaders are told of closed months, and of those before a region began to hand its months in. A month that
    was reopened is not closed.
    """
    if sees_all_drafts(user):
        return stood(per, at)
    drafts = within(user, field=f"{at}region", permission=Permission.VIEW_DRAFTS)
    return stood(per, at) & (Q(**{f"{at}closing__isnull": False}) | _before_the_first(at) | drafts)


def _before_the_first(at: str) -> Q:
    """Months of which no step was taken, nor of any before them, while a later one was closed."""
    months = ReportingMonth.objects.filter(region=OuterRef(f"{at}region"))
    begun = months.filter(month__lte=OuterRef(f"{at}period"))
    closed = months.filter(month__gt=OuterRef(f"{at}period"), state=MonthState.CLOSED)
    return ~Q(Exists(begun)) & Q(Exists(closed))


def require_told(user: Person, region: Region, *months: date) -> None:
    """Raises MonthNotClosed for a user who sees closed months of the region only, and these are not."""
    _demand(user, region, [region.code], months)


def require_all_told(user: Person, region: Region, *months: date) -> None:
    """The same, and for every region below it that has months: where figures are counted from all facts."""
    below = Region.objects.filter(existing(last_day(max(months))), parent=region, level__lte=Level.REGENCY)
    _demand(user, region, [region.code, *below.values_list("code", flat=True)], months)


def _demand(user: Person, region: Region, codes: Sequence[str], months: Sequence[date]) -> None:
    """One question for all of them; the refusal names the newest month that is told of the region."""
    if sees_drafts(user, region.code):
        return
    told = Run.objects.filter(standing(user))
    found = set(told.filter(region__in=codes, period__in=months).values_list("region_id", "period"))
    for month in months:
        if any((code, month) not in found for code in codes):
            newest = told.filter(region=region).order_by("-period").values_list("period", flat=True).first()
            raise MonthNotClosed(region.code, month, newest)


def past(per: date | None) -> date | None:
    """None where the day is not over yet: what is believed now is what stands then."""
    return per if per is not None and per < localdate() else None
