"""The ledger of acts: its rows for pages and files."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Q, QuerySet
from django.utils.timezone import make_aware

from regions.access import within_codes
from regions.models import Act, Region, User
from regions.roles import Permission


@dataclass(frozen=True)
class LedgerQuestion:
    """What somebody looks for; empty parts ask for nothing. `until` is the last day that counts."""

    person: str = ""
    verb: str = ""
    region: str = ""
    subject: str = ""
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True)
class LedgerPage:
    """`older`: the number from which the next page begins, None on the last one."""

    acts: Sequence[Act]
    older: int | None


def list_acts(user: User, question: LedgerQuestion | None = None) -> QuerySet[Act]:
    """Acts in the regions where the user may read the ledger, newest first."""
    mine = within_codes(user, column="region_code", permission=Permission.VIEW_LEDGER)
    acts = Act.objects.filter(mine)
    return acts.filter(_asked(question) if question else Q()).order_by("-pk")


def page_of_acts(user: User, question: LedgerQuestion, *, before: int | None, size: int = 50) -> LedgerPage:
    """Without counting: at a million acts a number of pages would cost more than the page."""
    acts = list_acts(user, question)
    if before is not None:
        acts = acts.filter(pk__lt=before)
    found = list(acts[: size + 1])
    return LedgerPage(name_regions(found[:size]), found[size - 1].pk if len(found) > size else None)


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
    if question.since:
        asked &= Q(at__gte=_midnight(question.since))
    if question.until:
        asked &= Q(at__lt=_midnight(question.until + timedelta(days=1)))
    return asked


def _midnight(day: date) -> datetime:
    return make_aware(datetime.combine(day, time.min))


def name_regions(acts: Iterable[Act]) -> list[Act]:
    """The acts with the name of their region, which the ledger itself keeps as a code only."""
    found = list(acts)
    regions = Region.objects.in_bulk({act.region_code for act in found if act.region_code})
    for act in found:
        region = regions.get(act.region_code)
        act.region_name = region.full_label if region else act.region_code  # type: ignore[attr-defined]
    return found
