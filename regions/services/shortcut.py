"""Which keys alone do something, as each person wants it."""

from django.db import transaction

from regions.enums import Verb
from regions.models import User
from regions.models.region import NATION
from regions.services.act import record_act


@transaction.atomic
def set_search_key(*, by: User, is_on: bool) -> None:
    """Whether "/" leads into the search; nothing is noted where it is so already."""
    user = User.objects.select_for_update().get(pk=by.pk)
    if user.search_key == is_on:
        return
    user.search_key = is_on
    user.save(update_fields=["search_key"])
    by.search_key = is_on
    record_act(
        by=by,
        verb=Verb.CORRECTED,
        subject=by.username,
        region_code=NATION,
        detail={"about": by.pk, "changed": {"search_key": [str(not is_on), str(is_on)]}},
    )
