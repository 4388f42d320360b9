"""Writing the ledger of acts, each row chained to the one before."""

from collections.abc import Iterable
from typing import Any

from django.db import connection, transaction
from django.utils.timezone import now

from regions.advisory_lock import AdvisoryLock
from regions.enums import Verb
from regions.ledger import GENESIS, hash_of
from regions.models import Act, User
from regions.month import Span
from regions.personal_numbers import masked_inside, masked_numbers


@transaction.atomic
def record_act(
    *,
    by: User | None,
    verb: Verb,
    subject: str,
    region_code: str = "",
    detail: dict[str, Any] | None = None,
    actor_name: str = "",
) -> Act:
    """Append one act to the ledger. `detail` must never hold a claim's diagnosis.

    Numbers of persons that somebody wrote among other words are masked: what stands here stays for ever. What
    somebody does while looking through another's eyes is their own act.
    """
    if by is not None and by.viewed_by is not None:
        detail = {**(detail or {}), "seen_as": by.username}
        by = by.viewed_by
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [AdvisoryLock.LEDGER])
    previous = Act.objects.order_by("-pk").values_list("hash", flat=True).first() or GENESIS
    act = Act(
        at=now(),
        actor_id=by.pk if by else None,
        actor_name=by.username if by else actor_name,
        verb=verb,
        region_code=region_code,
        subject=masked_numbers(subject)[:200],
        detail=masked_inside(detail or {}),
        previous_hash=previous,
    )
    act.hash = hash_of(act)
    act.save(force_insert=True)
    return act


def counted_months(spans: Iterable[Span]) -> list[list[str | None]]:
    """For `detail["counted_months"]`: whose figures hang on an act, where no history of rows tells."""
    return [[first.isoformat(), last.isoformat() if last else None] for first, last in spans]
