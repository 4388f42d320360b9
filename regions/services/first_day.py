"""What an account remembers of its owner's first days: pages seen, and whether the steps are put away."""

from django.db import transaction

from regions.enums import Verb
from regions.models import User
from regions.models.region import NATION
from regions.services.act import record_act


@transaction.atomic
def note_seen(*, by: User, page: str) -> None:
    """Once for each page; no act, since what was read with names in it is noted where it is read."""
    if by.viewed_by is not None:
        return
    user = User.objects.select_for_update().get(pk=by.pk)
    seen = user.first_day.get("seen", [])
    if page not in seen:
        user.first_day = {**user.first_day, "seen": [*seen, page]}
        user.save(update_fields=["first_day"])
    by.first_day = user.first_day


@transaction.atomic
def put_away(*, by: User, is_away: bool) -> None:
    """Whether the landing page leaves the first steps out; their own page shows them all the same."""
    user = User.objects.select_for_update().get(pk=by.pk)
    if bool(user.first_day.get("away")) == is_away:
        return
    user.first_day = {**user.first_day, "away": is_away}
    user.save(update_fields=["first_day"])
    by.first_day = user.first_day
    record_act(
        by=by,
        verb=Verb.CORRECTED,
        subject=by.username,
        region_code=NATION,
        detail={"about": by.pk, "changed": {"first_day": [str(not is_away), str(is_away)]}},
    )
