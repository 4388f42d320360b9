"""What happened, for other programs: written by the transaction in which it does, or not at all."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils.timezone import now

from regions.enums import DeliveryState, Happened
from regions.models import Hook, HookDelivery, OutboxMessage
from regions.personal_numbers import masked_inside
from regions.roles import Permission
from regions.selectors.hook import receives

KEPT_FOR = timedelta(days=30)
_AT_ONCE = 500


def announce(
    kind: Happened,
    *,
    region_code: str,
    data: Mapping[str, Any],
    needs: Permission = Permission.VIEW_COVERAGE,
) -> OutboxMessage:
    """`data` are codes, numbers and months: never a name, nor words that somebody wrote."""
    told = masked_inside({"region": region_code, **data})
    return OutboxMessage.objects.create(kind=kind, region_code=region_code, needs=needs, data=told)


@transaction.atomic
def spread_messages() -> int:
    """A delivery to each address that may be told; how many. None is told of what was before it."""
    rows = OutboxMessage.objects.select_for_update(skip_locked=True).filter(spread_at=None).order_by("pk")
    messages = list(rows[:_AT_ONCE])
    if not messages:
        return 0
    hooks = list(Hook.objects.filter(ended_at=None).select_related("owner"))
    made = [
        HookDelivery(hook=hook, message=message)
        for message in messages
        for hook in hooks
        if message.kind in hook.events and hook.made_at <= message.at and receives(hook, message)
    ]
    HookDelivery.objects.bulk_create(made, ignore_conflicts=True)
    OutboxMessage.objects.filter(pk__in=[one.pk for one in messages]).update(spread_at=now())
    return len(made)


def forget_messages() -> int:
    """Those of a month ago with all that was tried, but what still waits; how many went."""
    old = OutboxMessage.objects.filter(at__lt=now() - KEPT_FOR, spread_at__isnull=False)
    waiting = HookDelivery.objects.filter(state=DeliveryState.WAITING)
    _rows, by_table = old.exclude(pk__in=waiting.values("message")).delete()
    return by_table.get(OutboxMessage._meta.label, 0)
