"""Regions by code, level and place in the tree, as of a date."""

from collections.abc import Collection, Iterable
from datetime import date

from django.db.models import Case, IntegerField, Q, QuerySet, When

from regions.access import scope_of, visible_regions, within
from regions.enums import Level, RegionKind
from regions.models import Region, User
from regions.models.region import NATION
from regions.month import last_day
from regions.roles import Permission
from regions.search_words import any_column


def list_regions(level: Level, on: date) -> QuerySet[Region]:
    """Regions of a level that existed on a day."""
    return Region.objects.filter(existing(on), level=level).order_by("code")


def regencies_of(region: Region, on: date) -> list[Region]:
    """Those of a province or the nation that exist on a day, by code; of a regency itself alone."""
    if region.level >= Level.REGENCY:
        return [region]
    rows = Region.objects.filter(existing(on), in_subtree("code", region.pk), level=Level.REGENCY)
    return list(rows.order_by("code"))


def existing(on: date) -> Q:
    begun = Q(valid_from=None) | Q(valid_from__lte=on)
    return begun & (Q(valid_until=None) | Q(valid_until__gt=on))


def children_by_month(codes: Collection[str], months: Iterable[date]) -> dict[date, dict[str, list[str]]]:
    """Month → code of a region, or one below it → its provinces or regencies at the month's end."""
    rows = Region.objects.filter(level__in=[Level.PROVINCE, Level.REGENCY])
    if NATION not in codes:
        rows = rows.filter(parent__in=codes)
    columns = ("code", "parent_id", "valid_from", "valid_until")
    places = list(rows.order_by("code").values_list(*columns))
    found: dict[date, dict[str, list[str]]] = {}
    for month in months:
        day, by_parent = last_day(month), found.setdefault(month, {})
        for child, parent, begun, ended in places:
            if (begun is None or begun <= day) and (ended is None or ended > day):
                by_parent.setdefault(parent, []).append(child)
    return found


def list_entry_regions(user: User, permission: Permission) -> QuerySet[Region]:
    """Existing regions down to the regency for which the user may enter facts, be it of one institution."""
    allowed = within(user, field="", permission=permission)
    for code, _institution in scope_of(user).bound.get(permission, ()):
        allowed |= in_subtree("code", code)
    rows = Region.objects.filter(allowed, valid_until=None, level__lte=Level.REGENCY)
    return rows.order_by("code")


def in_subtree(column: str, code: str) -> Q:
    """Rows whose column of region codes names the region or one below it."""
    if code == NATION:
        return Q(**{f"{column}__isnull": False})
    return Q(**{column: code}) | Q(**{f"{column}__startswith": f"{code}."})


def list_children(user: User, region: Region, on: date) -> QuerySet[Region]:
    return visible_regions(user).filter(existing(on), parent=region).order_by("code")


def search_regions(user: User, words: Iterable[str]) -> QuerySet[Region]:
    """Existing regions down to the district by code or name, the kind among the words or not.

    Those that begin with a word come first.
    """
    asked, begins = Q(), Q()
    for word in words:
        asked &= Q(code__startswith=word) | Q(kind__in=_kinds(word)) | any_column(word, ["name"])
        begins |= Q(code=word) | Q(name__istartswith=word)
    first = Case(When(begins, then=0), default=1, output_field=IntegerField())
    rows = visible_regions(user).filter(asked, valid_until=None, level__lte=Level.DISTRICT)
    return rows.select_related("parent").order_by(first, "level", "code")


def _kinds(word: str) -> list[str]:
    """`kab.` and `kabupaten` alike; too few letters are no kind."""
    beginning = word.lower().rstrip(".")
    return [kind for kind in RegionKind.values if len(beginning) > 2 and kind.startswith(beginning)]


def find_region(code: str) -> Region | None:
    """A region for anybody: for commands, which have no scope."""
    return Region.objects.filter(code=code).first()


def list_district_names(region: Region) -> list[str]:
    """Names of the districts of a regency that exist today."""
    rows = Region.objects.filter(parent=region, level=Level.DISTRICT, valid_until=None)
    return list(rows.order_by("name").values_list("name", flat=True))


def districts_and_villages(codes: Iterable[str]) -> dict[str, dict[str, list[str]]]:
    """Code of a regency → names of its districts that exist today → names of their villages; nothing above a
    regency."""
    found: dict[str, dict[str, list[str]]] = {code: {} for code in codes}
    rows = Region.objects.filter(level=Level.DISTRICT, parent__in=found, valid_until=None).order_by("name")
    villages: dict[str, list[str]] = {}
    for code, parent, name in rows.values_list("code", "parent", "name"):
        villages[code] = found[str(parent)].setdefault(name, [])
    below = Region.objects.filter(level=Level.VILLAGE, parent__in=villages, valid_until=None).order_by("name")
    for parent, name in below.values_list("parent", "name"):
        villages[str(parent)].append(name)
    return found
