"""Who saw which persons: noted with every page, and folded into one act for each reader and kind of page.

A page writes one row of its own and never waits for the ledger, whose single lock others may hold. A worker
folds the rows minutes later; until then they wait in the table, so that nothing is lost when it dies.
"""

from collections.abc import Collection, Iterable
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils.timezone import localtime, now

from participants.enums import ReadPage
from participants.models import PersonReading
from regions.access import scope_of
from regions.enums import Verb
from regions.models import User
from regions.models.region import NATION, common_code
from regions.roles import Permission
from regions.services.act import record_act

FOLD_AFTER = timedelta(minutes=5)
# What one act names at most; a longer list becomes several acts.
MOST_PERSONS = 1000
_AT_ONCE = 5000


def note_reading(
    *,
    by: User,
    page: ReadPage,
    persons: Iterable[int] = (),
    region_code: str = "",
    document: int | None = None,
    rows: int = 0,
) -> None:
    """Note that somebody saw these persons, or so many rows of a document. Seeing nobody leaves nothing."""
    seen = sorted(set(persons))
    if not seen and not rows:
        return
    PersonReading.objects.create(
        reader=by.viewed_by or by,
        page=page,
        region_code=region_code or readable_region(by),
        document=document,
        rows=rows or len(seen),
        persons=seen,
    )


def readable_region(user: User) -> str:
    """The smallest region that holds everything of which the user may read persons."""
    scope = scope_of(user)
    bound = {code for code, _institution in scope.bound.get(Permission.VIEW_PERSONS, ())}
    return common_code(scope.codes.get(Permission.VIEW_PERSONS, frozenset()) | bound) or NATION


def fold_readings() -> int:
    """Turn readings of which the oldest has waited long enough into acts; the number of acts written."""
    over = now() - FOLD_AFTER
    keys = ("reader", "page", "region_code", "document")
    waiting = PersonReading.objects.filter(at__lte=over).order_by().values_list(*keys).distinct()
    return sum(_fold(dict(zip(keys, values, strict=True))) for values in list(waiting))


@transaction.atomic
def _fold(group: dict[str, Any]) -> int:
    """All readings of one kind by one reader, also those that have just been noted."""
    rows = list(
        PersonReading.objects.select_for_update(skip_locked=True, of=("self",))
        .filter(**group)
        .select_related("reader")
        .order_by("pk")[:_AT_ONCE]
    )
    if not rows:
        return 0
    persons = sorted({pk for row in rows for pk in row.persons})
    chunks = [persons[start : start + MOST_PERSONS] for start in range(0, len(persons), MOST_PERSONS)] or [[]]
    for chunk in chunks:
        _record(rows, chunk)
    PersonReading.objects.filter(pk__in=[row.pk for row in rows]).delete()
    return len(chunks)


def _record(rows: list[PersonReading], persons: Collection[int]) -> None:
    first, last = rows[0], rows[-1]
    subject = str(ReadPage(first.page).label)
    detail: dict[str, Any] = {
        "pages": len(rows),
        "count": sum(row.rows for row in rows),
        "since": localtime(first.at).isoformat(timespec="seconds"),
        "until": localtime(last.at).isoformat(timespec="seconds"),
    }
    record_act(
        by=first.reader,
        verb=Verb.READ,
        subject=f"{subject} #{first.document}" if first.document else subject,
        region_code=first.region_code,
        detail=detail | ({"persons": list(persons)} if persons else {}),
    )
