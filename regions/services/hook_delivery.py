"""Delivering what waits: signed, to a judged address, again and again for a while, and noted each time.

A worker that dies between sending and noting leaves the delivery waiting: it is sent again under the same
number, by which the receiver knows it.
"""

import time
from collections.abc import Iterable
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils.timezone import now

from regions.advisory_lock import AdvisoryLock
from regions.cipher import unseal
from regions.enums import AttemptCause, DeliveryState, HookEnd
from regions.hook_call import CallFailed, call
from regions.hook_signature import signed_headers
from regions.hook_target import TargetRefused, find_target
from regions.models import Hook, HookAttempt, HookDelivery
from regions.selectors.hook import due_deliveries, receives
from regions.services.hook import end_hook
from regions.services.outbox import spread_messages
from regions.services.work_queue import WorkQueue

# How long to wait after each failure; after the last of them it is given up.
BACKOFF = (
    timedelta(seconds=10),
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=6),
    timedelta(hours=24),
)
LONGEST_QUIET = timedelta(minutes=30)
_GONE = 410


class HookQueue(WorkQueue[HookDelivery]):
    """Deliveries whose time has come. After a failure nothing else is sent to that address for a while."""

    lock = AdvisoryLock.HOOK_WORK
    most_attempts = len(BACKOFF) + 1

    def waiting(self) -> Iterable[int]:
        return due_deliveries()

    def find(self, pk: int) -> HookDelivery | None:
        rows = HookDelivery.objects.select_for_update(of=("self",)).select_related(
            "message", "hook__owner", "hook__assignment__office"
        )
        due = rows.filter(pk=pk, state=DeliveryState.WAITING, next_at__lte=now())
        return due.exclude(hook__quiet_until__gt=now()).first()

    def mark(self, work: HookDelivery) -> None:
        """When it is tried again, should nothing more be heard of this attempt."""
        work.next_at = now() + BACKOFF[min(work.attempts, len(BACKOFF) - 1)]

    def do(self, work: HookDelivery) -> None:
        if not receives(work.hook, work.message):
            HookDelivery.objects.filter(pk=work.pk).update(state=DeliveryState.WITHHELD)
            return
        status, cause = _sent(work)
        note_attempt(work, status, cause)

    def give_up(self, work: HookDelivery) -> None:
        HookDelivery.objects.filter(pk=work.pk).update(state=DeliveryState.GIVEN_UP)


def deliver(*, seconds: float = 3600) -> int:
    """Spread what happened and send what is due; how many deliveries were worked on."""
    spread_messages()
    return HookQueue().run(seconds=seconds)


def _sent(delivery: HookDelivery) -> tuple[int | None, str]:
    """The status of the answer, or why there was none."""
    hook, message = delivery.hook, delivery.message
    body = message.body
    headers = signed_headers(_secrets(hook), message.message_id, int(time.time()), body)
    try:
        return call(find_target(hook.url), body, headers), ""
    except TargetRefused:
        return None, AttemptCause.TARGET
    except CallFailed as failed:
        return None, failed.cause


def _secrets(hook: Hook) -> list[str]:
    sealed = [hook.secret_sealed]
    if hook.earlier_sealed and hook.earlier_until and hook.earlier_until > now():
        sealed.append(hook.earlier_sealed)
    return [unseal(one) for one in sealed]


@transaction.atomic
def note_attempt(delivery: HookDelivery, status: int | None, cause: str) -> None:
    """What came of one call, for the delivery and for its address."""
    HookAttempt.objects.create(delivery=delivery, status=status, cause=cause)
    hook = (
        Hook.objects.select_for_update(of=("self",))
        .select_related("assignment__office")
        .get(pk=delivery.hook_id)
    )
    if status is not None and 200 <= status < 300:
        HookDelivery.objects.filter(pk=delivery.pk).update(state=DeliveryState.DELIVERED)
        hook.failing_since = hook.quiet_until = None
        hook.save(update_fields=["failing_since", "quiet_until"])
        return
    if delivery.attempts > len(BACKOFF):
        HookDelivery.objects.filter(pk=delivery.pk).update(state=DeliveryState.GIVEN_UP)
    hook.failing_since = hook.failing_since or now()
    hook.quiet_until = min(delivery.next_at, now() + LONGEST_QUIET)
    hook.save(update_fields=["failing_since", "quiet_until"])
    if status == _GONE:
        end_hook(hook, HookEnd.GONE, by=None)
    elif hook.failing_since <= now() - timedelta(days=settings.WEBHOOK_FAILING_DAYS):
        end_hook(hook, HookEnd.FAILING, by=None)
