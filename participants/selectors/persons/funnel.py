"""From proposed to active, of a month or of one list: how many stop where, since when, and who has to act."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Count, Min, Q, QuerySet
from django.utils.timezone import get_current_timezone_name, localdate
from django.utils.translation import gettext as _

from participants.enums import BatchState, Stop
from participants.models import Batch
from participants.selectors.batches.batch import NIK_REASONS
from participants.selectors.persons.person import PersonFilters, list_persons
from participants.selectors.persons.stop import ANY_STOP
from participants.selectors.persons.stop_owner import Owners, Whose
from participants.selectors.reach import reached
from regions.models import User
from regions.models.region import NATION
from regions.month import first_of
from regions.reading import reading_connection
from regions.roles import Permission

_ROW_STOPS = (Stop.NIK, Stop.ROW, Stop.APPROVAL)
# Stops between one step and the next, from the first step on.
_BETWEEN = (
    (Stop.NIK,),
    (Stop.ROW, Stop.APPROVAL, Stop.OUT),
    (Stop.UNMATCHED, Stop.MISMATCHED, Stop.DECEASED),
    (Stop.DOUBLE,),
    (Stop.UNREGISTERED,),
    (Stop.PROPOSED, Stop.PARTIAL),
    (),
)
# What the filter of persons calls those who came as far as a step; rows that are no persons have none.
_CAME_TO = ("", "", "tercatat", "padan", "tunggal", "terdaftar", "aktif")


class _Stopped(NamedTuple):
    """Persons of one stop who are alike in whose task they are; `batch` only of rows."""

    stop: Stop
    region: str
    sender: str
    persons: int
    covered: int
    since: date | None
    batch: int | None = None


@dataclass(frozen=True)
class FunnelLoss:
    """Persons of one stop. `covered` of them count as active all the same; `lists` hold the rows."""

    stop: Stop
    persons: int
    covered: int
    since: date | None
    owners: list[tuple[str, int]]
    filters: PersonFilters | None
    lists: list[tuple[int, int]]


@dataclass(frozen=True)
class FunnelStep:
    """Persons who came this far, and those of them who stopped before the next step."""

    label: str
    count: int
    filters: PersonFilters | None
    losses: list[FunnelLoss]


def month_funnel(user: User, region_code: str, month: date, category: str = "") -> list[FunnelStep]:
    """Everybody for whom a spell runs or is asked for in the month, and rows of lists that are nobody yet."""
    filters = PersonFilters(region_code=region_code, month=month, category=category)
    lists = Batch.objects.filter(reached(user, Permission.VIEW_PERSONS), first_month__lte=month)
    lists = lists.filter(Q(last_month=None) | Q(last_month__gte=month))
    if region_code != NATION:
        lists = lists.filter(Q(region=region_code) | Q(region__code__startswith=f"{region_code}."))
    if category:
        lists = lists.filter(category=category)
    return _steps(user, filters, lists)


def list_funnel(user: User, batch: Batch, month: date) -> list[FunnelStep]:
    """Everybody whom one list names, as they stand in a month in the category and source of the list."""
    filters = PersonFilters(
        month=month, category=batch.category_id, funding=batch.funding_id, batch=str(batch.pk)
    )
    return _steps(user, filters, Batch.objects.filter(reached(user, Permission.VIEW_PERSONS), pk=batch.pk))


def month_of_list(batch: Batch) -> date:
    """This month where the list speaks of it, or the one of its months that is nearest."""
    month = max(first_of(localdate()), batch.first_month)
    return min(month, batch.last_month) if batch.last_month else month


def _steps(user: User, filters: PersonFilters, lists: QuerySet[Batch]) -> list[FunnelStep]:
    stopped = [*_rows(filters, lists), *_persons(user, filters)]
    owners = Owners.of(Whose(one.stop, one.region, one.sender) for one in stopped)
    labels = [
        _("Diajukan"),
        _("NIK sah"),
        _("Tercatat untuk bulan ini"),
        _("Padan"),
        _("Tidak ganda"),
        _("Terdaftar di BPJS (nomor KPJ ada)"),
        _("Aktif, semua tahap sudah dilalui"),
    ]
    came = sum(one.persons for one in stopped)
    steps = []
    for label, stops, name in zip(labels, _BETWEEN, _CAME_TO, strict=True):
        losses = [_loss(stop, stopped, filters, owners) for stop in stops]
        steps.append(FunnelStep(label, came, replace(filters, stop=name) if name else None, losses))
        came -= sum(loss.persons for loss in losses)
    return steps


def _loss(stop: Stop, stopped: Iterable[_Stopped], filters: PersonFilters, owners: Owners) -> FunnelLoss:
    those = [one for one in stopped if one.stop == stop]
    tasks: Counter[str] = Counter()
    lists: Counter[int] = Counter()
    for one in those:
        tasks[owners.name(Whose(stop, one.region, one.sender))] += one.persons
        if one.batch:
            lists[one.batch] += one.persons
    return FunnelLoss(
        stop=stop,
        persons=sum(one.persons for one in those),
        covered=sum(one.covered for one in those),
        since=min((one.since for one in those if one.since), default=None),
        owners=tasks.most_common(),
        filters=None if stop in _ROW_STOPS else replace(filters, stop=stop.value),
        lists=lists.most_common(),
    )


def _persons(user: User, filters: PersonFilters) -> Iterator[_Stopped]:
    rows: QuerySet[Any] = list_persons(user, replace(filters, stop=ANY_STOP)).order_by()
    counted = rows.values_list("stop", "region_id", "sender").annotate(
        persons=Count("pk"), covered=Count("pk", filter=Q(is_covered=True)), first=Min("since")
    )
    for stop, region, sender, persons, covered, since in counted:
        yield _Stopped(Stop(stop), region, sender or "", persons, covered, since)


# Who stands in several rows is at their best one. In a month nobody is counted as a row who is there as a
# person; of a list its stored rows are those persons.
_WAITING = """
WITH persons AS (
    SELECT DISTINCT coalesce(p.merged_into_id, p.id) AS person
    FROM participants_enrolment e JOIN participants_participant p ON p.id = e.participant_id
    WHERE NOT %(is_list)s
      AND e.region_id IN (SELECT region_id FROM participants_batch WHERE id = ANY(%(lists)s))
      AND e.first_month <= %(month)s AND (e.last_month IS NULL OR e.last_month >= %(month)s)
      AND (%(category)s = '' OR e.category_id = %(category)s)
),
waiting AS (
    SELECT b.id AS batch_id, b.region_id, b.institution_id,
           (b.entered_at AT TIME ZONE %(zone)s)::date AS since,
           coalesce(encode(r.nik_digest, 'hex'), r.id::text) AS key,
           CASE WHEN r.state = 'refused' AND r.reasons && %(nik)s::varchar[] THEN 0
                WHEN r.state = 'refused' THEN 1
                WHEN b.state = 'checked' THEN 2
                ELSE 3 END AS best
    FROM participants_batchrow r JOIN participants_batch b ON b.id = r.batch_id
    WHERE b.id = ANY(%(lists)s) AND b.state IN ('checked', 'stored') AND r.state <> 'skipped'
      AND (%(is_list)s OR r.state = 'refused' OR (r.state = 'new' AND b.state = 'checked'))
      AND NOT EXISTS (
          SELECT FROM participants_participant p
          WHERE p.region_id = b.region_id AND p.nik_digest = r.nik_digest
            AND coalesce(p.merged_into_id, p.id) IN (SELECT person FROM persons))
),
chosen AS (
    SELECT DISTINCT ON (region_id, key) * FROM waiting
    ORDER BY region_id, key, best DESC, since, batch_id
)
SELECT best, region_id, institution_id, batch_id, count(*), min(since) FROM chosen WHERE best < 3
GROUP BY best, region_id, institution_id, batch_id
"""


def _rows(filters: PersonFilters, lists: QuerySet[Batch]) -> Iterator[_Stopped]:
    open_lists = lists.filter(state__in=[BatchState.CHECKED, BatchState.STORED])
    pks = list(open_lists.order_by().values_list("pk", flat=True))
    if not pks:
        return
    asked: dict[str, Any] = {
        "lists": pks,
        "is_list": bool(filters.batch),
        "month": filters.month_meant,
        "category": filters.category,
        "zone": get_current_timezone_name(),
        "nik": list(NIK_REASONS),
    }
    with reading_connection().cursor() as cursor:
        cursor.execute(_WAITING, asked)
        for best, region, sender, batch, persons, since in cursor.fetchall():
            yield _Stopped(_ROW_STOPS[best], region, sender or "", persons, 0, since, batch)
