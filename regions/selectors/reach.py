"""Whose accounts an administrator looks after: of people who serve nowhere outside the own regions."""

from collections import defaultdict
from collections.abc import Collection

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.timezone import localdate

from regions.access import scope_of, within_codes
from regions.enums import Level
from regions.errors import OutsideScope
from regions.models import Assignment, Institution, Mandate, Office, OfficeCoverage, Region, User
from regions.models.region import NATION, level_of
from regions.models.user import SYSTEM
from regions.roles import ROLE_PERMISSIONS, Permission, Role

_MANAGE = Permission.MANAGE_USERS


def holds_nation(user: User) -> bool:
    return scope_of(user).holds(_MANAGE, NATION)


def may_grant(user: User, role: Role, codes: Collection[str]) -> bool:
    """Whether the user holds, in all these regions, all that the role would allow there."""
    scope = scope_of(user)
    needed = {_MANAGE, *ROLE_PERMISSIONS[role]}
    return bool(codes) and all(scope.holds(permission, code) for permission in needed for code in codes)


def reaches(user: User, mandate: Mandate) -> bool:
    """Whether the role's place lies wholly within the user's own."""
    codes, scope = mandate.codes_today_and_later(), scope_of(user)
    return holds_nation(user) or (bool(codes) and all(scope.holds(_MANAGE, code) for code in codes))


def offices_within(user: User) -> set[str]:
    """Offices of which all that they serve, today or later, lies where the user manages accounts."""
    return _offices(user, _MANAGE, OfficeCoverage.objects.filter(not_over()))


def offices_wholly_within(user: User, permission: Permission) -> set[str]:
    """Offices of which all that they serve, or ever served, lies where the user holds the permission."""
    return _offices(user, permission, OfficeCoverage.objects.all())


def _offices(user: User, permission: Permission, coverages: QuerySet[OfficeCoverage]) -> set[str]:
    scope = scope_of(user)
    if scope.holds(permission, NATION):
        return set(Office.objects.values_list("code", flat=True))
    served: dict[str, list[str]] = defaultdict(list)
    for office, code in coverages.values_list("office_id", "region_id"):
        served[office].append(code)
    return {
        office for office, codes in served.items() if all(scope.holds(permission, code) for code in codes)
    }


def mandates_within(user: User) -> Q:
    """A filter on roles whose place lies wholly within the user's own."""
    of_regions = within_codes(user, column="region__code", permission=_MANAGE)
    return of_regions | Q(office__in=offices_within(user))


def not_over() -> Q:
    return Q(valid_until=None) | Q(valid_until__gt=localdate())


def manageable_users(user: User) -> QuerySet[User]:
    """Accounts of which all roles, today's and later ones, lie within the user's regions.

    Of those without a role: whom the user invited, and who never served anywhere else. The administrator of
    the nation looks after all.
    """
    everyone = User.objects.exclude(username=SYSTEM)
    if holds_nation(user):
        return everyone
    if not scope_of(user).holds_anywhere(_MANAGE):
        return everyone.none()
    own = Assignment.objects.filter(user=OuterRef("pk"))
    inside = Assignment.objects.filter(mandates_within(user)).values("pk")
    foreign = own.exclude(pk__in=inside)
    serves, served_elsewhere = Exists(own.filter(not_over())), Exists(foreign)
    return everyone.filter(is_superuser=False).filter(
        Q(serves) & ~Exists(foreign.filter(not_over()))
        | ~Q(serves) & (Q(invited_by=user) | Q(Exists(own)) & ~Q(served_elsewhere))
    )


def get_person(user: User, pk: int) -> User:
    """An account the user looks after. Raises OutsideScope, for unknown and foreign ones alike."""
    person = manageable_users(user).filter(pk=pk).first()
    if person is None:
        raise OutsideScope(pk)
    return person


def list_grantable_regions(user: User) -> QuerySet[Region]:
    """Regions for which the user may give a role: down to the regency, within one down to the district."""
    held = scope_of(user).codes.get(_MANAGE, frozenset())
    deepest = max((level_of(code) for code in held), default=Level.REGENCY)
    level = Level.DISTRICT if deepest >= Level.REGENCY else Level.REGENCY
    rows = Region.objects.filter(within_codes(user, column="code", permission=_MANAGE), valid_until=None)
    return rows.filter(level__lte=level).order_by("code")


def list_grantable_offices(user: User) -> QuerySet[Office]:
    return Office.objects.filter(code__in=offices_within(user)).order_by("name")


def list_grantable_institutions(user: User) -> QuerySet[Institution]:
    rows = Institution.objects.filter(
        within_codes(user, column="region__code", permission=_MANAGE), Q(valid_until=None)
    )
    return rows.select_related("region").order_by("region", "name")


def nation_administrators() -> QuerySet[User]:
    """Active accounts that may give any role everywhere, without an end: one of them must stay."""
    held = Assignment.objects.filter(
        Q(valid_until=None), role=Role.ADMINISTRATOR, region=NATION, valid_from__lte=localdate()
    )
    rows = User.objects.filter(is_active=True, pk__in=held.values("user"))
    return rows.exclude(username=SYSTEM)
