"""The ledger of acts: its rows for pages and files."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Q, QuerySet
from django.utils.timezone import make_aware

from regions.access import within_codes
from regions.models import Act, Region, User
from regions.month import iso_month
from regions.roles import Permission
from regions.selectors.act_names import ActNames


@dataclass(frozen=True)
class LedgerQuestion:
    """What somebody looks for; empty parts ask for nothing.

    `until` is the last day that counts; `month` one that acts speak of, whenever they were done.
    """

    person: str = ""
    verb: str = ""
    region: str = ""
    subject: str = ""
    since: date | None = None
    until: date | None = None
    month: date | None = None
    oldest_first: bool = False


@dataclass(frozen=True)
class LedgerPage:
    """`beyond`: the number after which the next page begins, None on the last one."""

    acts: Sequence[Act]
    beyond: int | None


def list_acts(user: User, question: LedgerQuestion | None = None) -> QuerySet[Act]:
    """Acts in the regions where the user may read the ledger, newest first unless asked otherwise."""
    mine = within_codes(user, column="region_code", permission=Permission.VIEW_LEDGER)
    acts = Act.objects.filter(mine)
    order = "pk" if question and question.oldest_first else "-pk"
    return acts.filter(_asked(question) if question else Q()).order_by(order)


def page_of_acts(user: User, question: LedgerQuestion, *, beyond: int | None, size: int = 50) -> LedgerPage:
    """Without counting: at a million acts a number of pages would cost more than the page."""
    acts = list_acts(user, question)
    if beyond is not None:
        acts = acts.filter(pk__gt=beyond) if question.oldest_first else acts.filter(pk__lt=beyond)
    found = list(acts[: size + 1])
    return LedgerPage(name_acts(found[:size]), found[size - 1].pk if len(found) > size else None)


def _asked(question: LedgerQuestion) -> Q:
    asked = Q()
    if question.person:
        asked &= Q(actor_name=question.person)
    if question.verb:
        asked &= Q(verb=question.verb)
    if question.region:
        asked &= Q(region_code=question.region) | Q(region_code__startswith=f"{question.region}.")
    if question.subject:
        asked &= Q(subject__icontains=question.subject)
    if question.month:
        asked &= _speaks_of(iso_month(question.month))
    if question.since:
        asked &= Q(at__gte=_midnight(question.since))
    if question.until:
        asked &= Q(at__lt=_midnight(question.until + timedelta(days=1)))
    return asked


def _speaks_of(month: str) -> Q:
    """Acts of before have their months among what their rows are about, or in their subject."""
    told = Q(detail__contains={"months": [month]}) | Q(detail__contains={"facts": [{"about": [month]}]})
    return told | Q(subject__contains=month)


def _midnight(day: date) -> datetime:
    return make_aware(datetime.combine(day, time.min))


def name_acts(acts: Iterable[Act]) -> list[Act]:
    """The acts with the names of what the ledger itself keeps as codes and numbers only."""
    found = list(acts)
    names = ActNames(found)
    for act in found:
        act.region_name = names(Region, act.region_code) or act.region_code  # type: ignore[attr-defined]
        act.name_of = names  # type: ignore[attr-defined]
    return found
