"""Regions, and months of regions, by what was typed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from regions.access import home_codes, scope_of, visible_regions
from regions.addresses import address
from regions.enums import Level
from regions.models import Region, User
from regions.month import add_months, first_of, iso_month, parse_month
from regions.roles import Permission
from regions.search_words import words_of
from regions.selectors.region import search_regions
from reports.selectors.search.hits import Hit

# A month without a region is that of the places where the person is at home.
_MOST_MONTHS = 5


@dataclass(frozen=True)
class MonthOfRegion:
    region: Region
    month: date


def region_rows(user: User, text: str) -> QuerySet[Region]:
    words = words_of(text)
    return search_regions(user, words) if words else Region.objects.none()


def region_hit(user: User, region: Region) -> Hit:
    """Below the regency there is a page and nothing else."""
    board = reverse("region_board", args=[region.code])
    if region.level > Level.REGENCY:
        above = region.parent.full_label if region.parent else ""
        return Hit(region.full_label, board, above, region.code)
    links = [(_("Bulan laporan"), address("month_matrix", region=region.code))]
    links.append((_("Pagu"), address("allocation_list", region=region.code)))
    scope = scope_of(user)
    if region.level == Level.REGENCY and scope.holds(Permission.ENTER_HEADCOUNT, region.code):
        due = iso_month(add_months(first_of(localdate()), -1))
        links.append((_("Isian bulan"), reverse("month_entry_grid", args=[region.code, due])))
    if scope.holds(Permission.VIEW_PERSONS, region.code):
        links.append((_("Peserta"), address("person_list", region=region.code)))
    above = region.parent.full_label if region.parent and region.level == Level.REGENCY else ""
    return Hit(region.full_label, board, above, region.code, tuple(links))


def month_rows(user: User, text: str) -> Sequence[MonthOfRegion]:
    """`2025-08 cilegon` and `Agustus 2025 Cilegon`; nothing where no month is named."""
    words = words_of(text)
    month, rest = month_and_rest(words)
    if month is None:
        return []
    if rest:
        regions = search_regions(user, rest)
    else:
        regions = visible_regions(user).filter(code__in=home_codes(user)).order_by("level", "code")
    found = regions.filter(level__lte=Level.REGENCY)[:_MOST_MONTHS]
    return [MonthOfRegion(region, month) for region in found]


def month_and_rest(words: Sequence[str]) -> tuple[date | None, list[str]]:
    """The month that one word or two in a row name, and the others."""
    for length, start in product((2, 1), range(len(words))):
        end = start + length
        if end > len(words):
            continue
        try:
            month = parse_month(" ".join(words[start:end]))
        except ValueError:
            continue
        return month, [*words[:start], *words[end:]]
    return None, list(words)


def month_hit(user: User, at: MonthOfRegion) -> Hit:
    code, month = at.region.code, iso_month(at.month)
    links = [(_("Cakupan"), address("region_board", code, month=month))]
    scope = scope_of(user)
    if at.region.level == Level.REGENCY and scope.holds(Permission.ENTER_HEADCOUNT, code):
        links.append((_("Isian bulan"), reverse("month_entry_grid", args=[code, month])))
        links.append((_("Iuran dan klaim"), reverse("money_month", args=[code, month])))
    if at.region.level == Level.REGENCY and scope.holds(Permission.VIEW_PERSONS, code):
        links.append((_("Peserta per bulan"), reverse("person_month", args=[code, month])))
    title = f"{date_format(at.month, 'F Y')}, {at.region.full_label}"
    return Hit(title, reverse("month_page", args=[code, month]), links=tuple(links))
