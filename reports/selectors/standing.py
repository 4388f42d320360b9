"""Which runs stand: those of now, or those that stood at the end of a day.

Of each day the last run of a region and month is kept, so what was believed at its end can be told as long as
nobody threw the runs away to rebuild them.
"""

from datetime import date, datetime, time, timedelta

from django.db.models import Q
from django.utils.timezone import get_current_timezone, localdate


def standing(per: date | None = None, at: str = "") -> Q:
    """`at` is the way to the run, such as `run__`; without a day the current one."""
    if per is None:
        return Q(**{f"{at}is_current": True})
    after = datetime.combine(per + timedelta(days=1), time.min, get_current_timezone())
    stood = Q(**{f"{at}superseded_at": None}) | Q(**{f"{at}superseded_at__gte": after})
    return stood & Q(**{f"{at}computed_at__lt": after})


def past(per: date | None) -> date | None:
    """None where the day is not over yet: what is believed now is what stands then."""
    return per if per is not None and per < localdate() else None
