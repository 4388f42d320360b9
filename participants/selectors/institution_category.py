"""Which categories an institution reports, and which figures somebody enters who is bound to one."""

from participants.models import Category, InstitutionCategory
from participants.month_entry_key import MonthEntryKey
from regions.access import covers, require, scope_of
from regions.models import User
from regions.roles import Permission


def categories_of(institution_code: str) -> set[str]:
    rows = InstitutionCategory.objects.filter(institution=institution_code)
    return set(rows.values_list("category_id", flat=True))


def category_choices() -> list[tuple[str, str]]:
    return [(one.pk, str(one)) for one in Category.objects.order_by("name")]


def bound_categories(user: User, region_code: str) -> frozenset[str]:
    """Categories of the institutions the user is bound to there; asks nothing of who is bound to none."""
    bound = scope_of(user).bound.get(Permission.ENTER_HEADCOUNT, ())
    institutions = [one for held, one in bound if covers(held, region_code)]
    if not institutions:
        return frozenset()
    rows = InstitutionCategory.objects.filter(institution__in=institutions)
    return frozenset(rows.values_list("category_id", flat=True))


def holds_figure(user: User, region_code: str, key: MonthEntryKey) -> bool:
    """Whether the user enters the figure: all of the region, or one of a category of their institution."""
    if scope_of(user).holds(key.permission, region_code):
        return True
    return bool(key.category) and key.category in bound_categories(user, region_code)


def require_figure(user: User, region_code: str, key: MonthEntryKey) -> None:
    """Raises OutsideScope or NotPermitted."""
    if not holds_figure(user, region_code, key):
        require(user, key.permission, region_code)
