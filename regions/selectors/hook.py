"""Addresses of other programs, what is on its way to them, and whether they may be told of something."""

from datetime import timedelta

from django.db.models import Prefetch, Q, QuerySet
from django.utils.timezone import now

from regions.access import covers, scope_of
from regions.enums import DeliveryState, HookEnd
from regions.errors import OutsideScope
from regions.models import Hook, HookAttempt, HookDelivery, OutboxMessage, User
from regions.one_role import in_one_role
from regions.roles import Permission

# Of one address at once: what is slow there keeps nobody else waiting for long.
_AT_ONCE = 20
# How long its owner is told of an address that was switched off.
TOLD_FOR = timedelta(days=7)


def list_hooks(user: User) -> QuerySet[Hook]:
    """The person's own, those that are on first."""
    rows = Hook.objects.filter(owner=user).select_related(
        "assignment__region", "assignment__office", "region"
    )
    return rows.order_by("ended_at", "-pk")


def get_hook(user: User, pk: int) -> Hook:
    """One of the person's own. Raises OutsideScope."""
    hook = list_hooks(user).filter(pk=pk).first()
    if hook is None:
        raise OutsideScope(pk)
    return hook


def list_troubled(user: User) -> list[Hook]:
    """Of the person's own those that fail, or were switched off for failing in the last days."""
    lately = now() - TOLD_FOR
    ended = Q(end_cause__in=[HookEnd.FAILING, HookEnd.GONE], ended_at__gt=lately)
    rows = Hook.objects.filter(Q(ended_at=None, failing_since__isnull=False) | ended, owner=user)
    rows = rows.select_related("region", "assignment__region")
    return list(rows.prefetch_related("assignment__office__coverages__region").order_by("pk"))


def list_deliveries(hook: Hook) -> QuerySet[HookDelivery]:
    """Newest first, each with its calls."""
    rows = HookDelivery.objects.filter(hook=hook).select_related("message")
    return rows.prefetch_related(Prefetch("calls", HookAttempt.objects.order_by("pk"))).order_by("-pk")


def due_deliveries() -> list[int]:
    """Those whose time has come, the oldest first, of addresses that are not left alone."""
    rows = HookDelivery.objects.filter(state=DeliveryState.WAITING, next_at__lte=now())
    rows = rows.exclude(hook__quiet_until__gt=now()).order_by("pk")
    chosen, seen = [], dict[int, int]()
    for pk, hook in rows.values_list("pk", "hook_id")[:1000]:
        seen[hook] = seen.get(hook, 0) + 1
        if seen[hook] <= _AT_ONCE:
            chosen.append(pk)
    return chosen


def receives(hook: Hook, message: OutboxMessage) -> bool:
    """Whether the role for which the address was given lets its owner know of this, now."""
    owner = in_one_role(hook.owner, hook.assignment_id) if hook.is_on else None
    if owner is None:
        return False
    is_meant = hook.region_id is None or covers(hook.region_id, message.region_code)
    return is_meant and scope_of(owner).holds(Permission(message.needs), message.region_code)
