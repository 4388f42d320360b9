"""Writing the ledger of acts.

No lock is taken here: the trigger that gives an act its place in the tree runs when the transaction commits,
so that long work (a list of a hundred thousand persons) keeps nobody else waiting for the ledger.
"""

import secrets
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.timezone import now

from regions.enums import Verb
from regions.ledger import hash_of
from regions.models import Act, User
from regions.month import Span, iso_month
from regions.personal_numbers import masked_inside, masked_numbers

# Ten years; a file that spans more is found by its days.
_MOST_MONTHS = 120


@transaction.atomic
def record_act(
    *,
    by: User | None,
    verb: Verb,
    subject: str,
    region_code: str = "",
    detail: dict[str, Any] | None = None,
    actor_name: str = "",
    months: Iterable[date] = (),
) -> Act:
    """Append one act, about `months`, to the ledger. `detail` must never hold a claim's diagnosis.

    Numbers of persons that somebody wrote among other words are masked: what stands here stays for ever. What
    somebody does while looking through another's eyes is their own act.
    """
    if by is not None and by.viewed_by is not None:
        detail = {**(detail or {}), "seen_as": by.username}
        by = by.viewed_by
    if by is not None and by.token_prefix:
        detail = {**(detail or {}), "token": by.token_prefix}
    if about := sorted({iso_month(month) for month in months})[:_MOST_MONTHS]:
        detail = {**(detail or {}), "months": about}
    act = Act(
        at=now(),
        actor_id=by.pk if by else None,
        actor_name=by.username if by else actor_name,
        verb=verb,
        region_code=region_code,
        subject=masked_numbers(subject)[:200],
        detail=masked_inside(detail or {}),
        salt=secrets.token_hex(16),
    )
    act.hash = hash_of(act)
    act.save(force_insert=True)
    return act


def counted_months(spans: Iterable[Span]) -> list[list[str | None]]:
    """For `detail["counted_months"]`: whose figures hang on an act, where no history of rows tells."""
    return [[first.isoformat(), last.isoformat() if last else None] for first, last in spans]
