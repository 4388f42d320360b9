"""On which rule people of a category are covered in a region: by the list that names them, by what the region
says of the category, or by what the category says itself."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, Sum

from participants.enums import EnrolmentState
from participants.models import Batch, Category, CategoryBasis, Enrolment
from regions.access import within
from regions.models import Regulation, User
from regions.models.region import ancestor_codes, level_of
from regions.roles import Permission
from regions.selectors.region import in_subtree

# Category and source of funds.
Cell = tuple[str, str]


@dataclass(frozen=True)
class NamedBasis:
    """The rule, and whether the region names it, not the category as such."""

    rule: Regulation
    is_own: bool


def bases_of(region_code: str) -> dict[str, NamedBasis]:
    """Category → its basis in the region; what the nearest region says goes before what is said above."""
    found: dict[str, NamedBasis] = {}
    for category in Category.objects.exclude(basis=None).select_related("basis__region"):
        if category.basis is not None:
            found[category.pk] = NamedBasis(category.basis, is_own=False)
    codes = [*ancestor_codes(region_code), region_code]
    rows = CategoryBasis.objects.filter(region__in=codes).select_related("basis__region")
    for row in sorted(rows, key=lambda row: level_of(row.region_id)):
        found[row.category_id] = NamedBasis(row.basis, is_own=True)
    return found


# What `basis_of_spells` reads of each spell; asked for with the spells it costs nothing more.
OF_SPELLS = ("batch__basis__region", "category__basis__region")


def basis_of_spells(spells: Collection[Enrolment]) -> dict[int, Regulation]:
    """Number of a spell → the rule on which it rests, of those that have one; one question."""
    codes = {code for one in spells for code in (*ancestor_codes(one.region_id), one.region_id)}
    named: dict[tuple[str, str], Regulation] = {}
    if spells:
        rows = CategoryBasis.objects.filter(
            region__in=codes, category__in={one.category_id for one in spells}
        )
        named = {(row.region_id, row.category_id): row.basis for row in rows.select_related("basis__region")}
    found: dict[int, Regulation] = {}
    for spell in spells:
        places = [spell.region_id, *reversed(ancestor_codes(spell.region_id))]
        of_region = [named[at, spell.category_id] for at in places if (at, spell.category_id) in named]
        of_list = spell.batch.basis if spell.batch else None
        rule = of_list or next(iter(of_region), None) or spell.category.basis
        if rule is not None:
            found[spell.pk] = rule
    return found


def count_people(region_code: str, month: date) -> dict[Cell, tuple[int, int]]:
    """Of a region and those below it: persons by name in the month, and how many of them a list with a
    rule of its own names."""
    spells = Enrolment.objects.filter(
        in_subtree("region__code", region_code),
        Q(last_month=None) | Q(last_month__gte=month),
        state__in=[EnrolmentState.ACTIVE, EnrolmentState.ENDED],
        first_month__lte=month,
    )
    rows = spells.order_by().values_list("category_id", "funding_id")
    counted = rows.annotate(
        people=Count("participant_id", distinct=True),
        named=Count("participant_id", distinct=True, filter=Q(batch__basis__isnull=False)),
    )
    return {(category, funding): (people, named) for category, funding, people, named in counted}


def list_batches_without(user: User, region_code: str) -> list[Batch]:
    """Stored lists that name no rule, the largest first, of who may see names."""
    rows = Batch.objects.filter(
        within(user, permission=Permission.VIEW_PERSONS),
        in_subtree("region__code", region_code),
        basis=None,
        stored_at__isnull=False,
        undone_at=None,
    )
    return list(rows.select_related("category", "region").order_by("-total", "pk")[:50])


def users_of(rule: Regulation) -> dict[str, list[str]]:
    """Region code → names of the categories that rest on the rule there; "" for categories as such."""
    found: dict[str, list[str]] = defaultdict(list)
    for name in Category.objects.filter(basis=rule).order_by("name").values_list("name", flat=True):
        found[""].append(name)
    rows = CategoryBasis.objects.filter(basis=rule).order_by("region", "category__name")
    for code, name in rows.values_list("region_id", "category__name"):
        found[code].append(name)
    return dict(found)


def batches_of(user: User, rule: Regulation) -> tuple[int, int]:
    """How many stored lists rest on the rule, and their rows, where the user may see names."""
    rows = Batch.objects.filter(
        within(user, permission=Permission.VIEW_PERSONS), basis=rule, stored_at__isnull=False, undone_at=None
    )
    found = rows.aggregate(lists=Count("pk"), people=Sum("done"))
    return found["lists"], found["people"] or 0
