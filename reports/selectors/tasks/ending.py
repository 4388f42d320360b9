"""Cover that ends within the days of two thresholds: by months of names, terms and lines of budgets."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Count
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from budgets.selectors.money_end import budget_ends
from participants.enums import EnrolmentState
from participants.models import Enrolment
from participants.selectors.category_term import terms_ending
from regions.access import within
from regions.formats import day_name, month_name
from regions.models import Region, User
from regions.month import first_of, iso_month, last_day
from regions.number import grouped
from regions.roles import Permission
from regions.stored_text import shown
from reports.enums import AlertKind


@dataclass(frozen=True)
class EndingSoon:
    """`kind` is the nearer threshold where the day is within it."""

    kind: AlertKind
    region: Region
    sentence: str
    url: str


def list_ending(user: User, regions: dict[str, Region], rules: dict[str, Decimal]) -> Iterable[EndingSoon]:
    far, near = rules.get(AlertKind.ENDING), rules.get(AlertKind.ENDING_NEAR)
    days = max((int(limit) for limit in (far, near) if limit is not None), default=None)
    if days is None:
        return
    today = localdate()
    until = today + timedelta(days=days)
    for code, day, sentence, url in [
        *_names(user, today, until),
        *_terms(regions, today, until),
        *_budgets(regions, today, until),
    ]:
        is_near = near is not None and (day - today).days <= near
        if code in regions and (is_near or far is not None):
            kind = AlertKind.ENDING_NEAR if is_near else AlertKind.ENDING
            yield EndingSoon(kind, regions[code], sentence, url)


_Told = tuple[str, date, str, str]


def _names(user: User, today: date, until: date) -> Iterable[_Told]:
    spells = Enrolment.objects.filter(
        within(user, permission=Permission.VIEW_PERSONS),
        state=EnrolmentState.ACTIVE,
        last_month__gte=first_of(today),
        last_month__lte=first_of(until),
    )
    counted = spells.order_by().values_list("region_id", "category__name", "last_month")
    for code, category, last, count in counted.annotate(count=Count("pk")):
        if last_day(last) <= until:
            sentence = _("Kepesertaan %(count)s orang %(category)s berakhir pada %(month)s.")
            told = {"count": grouped(count), "category": shown(category), "month": month_name(last)}
            url = reverse("person_month", args=[code, iso_month(last)])
            yield code, last_day(last), sentence % told, url


def _terms(regions: dict[str, Region], today: date, until: date) -> Iterable[_Told]:
    for term in terms_ending(regions, today, until):
        sentence = _("Masa tugas %(category)s berakhir pada %(day)s (%(document)s).")
        told = {
            "category": term.category,
            "day": day_name(term.ends_on),
            "document": shown(term.document or term.legal_basis),
        }
        url = reverse("cover_endings", args=[term.region_id])
        yield term.region_id, term.ends_on, sentence % told, url


def _budgets(regions: dict[str, Region], today: date, until: date) -> Iterable[_Told]:
    """Of each region and month one, however many lines end with it."""
    for code, cells in budget_ends(list(regions), first_of(today), today).items():
        counted: dict[date, int] = {}
        for month, _row in cells.values():
            counted[month] = counted.get(month, 0) + 1
        for month, lines in sorted(counted.items()):
            if last_day(month) <= until:
                sentence = _(
                    "Anggaran iuran untuk %(lines)s kategori dan sumber dana berakhir pada %(month)s."
                )
                told = {"lines": grouped(lines), "month": month_name(month)}
                yield code, last_day(month), sentence % told, reverse("cover_endings", args=[code])
