"""The whole law of who may see and do what, where. Whatever it does not positively allow is refused."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from types import MappingProxyType

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet
from django.utils.timezone import localdate

from regions.enums import Level
from regions.errors import NotPermitted, OutsideScope
from regions.models.region import NATION, Region, ancestor_codes, level_of
from regions.models.user import Assignment, User
from regions.roles import PROGRAM_ROLES, ROLE_PERMISSIONS, Permission, Role

_NOTHING = Q(pk__in=[])
# What somebody who is bound to an institution may do, for what it sends or pays alone. Every door that does
# not ask for the institution stays shut for them.
OF_INSTITUTIONS = (
    *(Permission.VIEW_PERSONS, Permission.ENTER_PERSONS, Permission.ENTER_HEADCOUNT),
    Permission.ENTER_REGULATION,
)


@dataclass(frozen=True)
class Scope:
    """Region codes at which each permission is held; a code stands for its whole subtree."""

    codes: Mapping[Permission, frozenset[str]]
    # Region codes at which each role itself is held.
    roles: Mapping[Role, frozenset[str]] = field(default_factory=dict)
    # Of who is bound to an institution: region code and institution for which a permission holds alone.
    bound: Mapping[Permission, frozenset[tuple[str, str]]] = field(default_factory=dict)

    def holds(self, permission: Permission, code: str) -> bool:
        return any(covers(held, code) for held in self.codes.get(permission, ()))

    def holds_anywhere(self, permission: Permission) -> bool:
        return bool(self.codes.get(permission))

    def holds_of(self, permission: Permission, code: str, *institutions: str | None) -> bool:
        """Whether the permission holds there for all, or for what one of these institutions sends or pays."""
        bound = self.bound.get(permission, ())
        return self.holds(permission, code) or any(
            covers(held, code) and institution in institutions for held, institution in bound
        )

    def holds_of_some(self, permission: Permission) -> bool:
        """Whether it holds anywhere, be it for one institution alone."""
        return self.holds_anywhere(permission) or bool(self.bound.get(permission))

    def acts_as(self, role: Role, code: str, *, from_above: bool = False) -> bool:
        """Whether the role is held there; `from_above`: at a province or the nation, by no regency's own."""
        held = (one for one in self.roles.get(role, ()) if covers(one, code))
        return any(not from_above or level_of(one) <= Level.PROVINCE for one in held)


def covers(held: str, code: str) -> bool:
    """Whether what is held at `held` holds at `code` as well."""
    return held in {NATION, code} or code.startswith(f"{held}.")


def codes_today(assignment: Assignment) -> frozenset[str]:
    """The regions that the role reaches now: of an office those it serves today."""
    if assignment.region_id:
        return frozenset({assignment.region_id})
    today = localdate()
    office = assignment.office
    if office is None:
        return frozenset()
    return frozenset(
        coverage.region_id
        for coverage in office.coverages.all()
        if coverage.valid_from <= today and (coverage.valid_until is None or today < coverage.valid_until)
    )


def scope_of(user: User | AnonymousUser) -> Scope:
    """What this user may do and where, today. Anonymous and inactive users hold nothing."""
    if not isinstance(user, User) or not user.is_active:
        return Scope({})
    held = tuple(
        (Role(one.role), codes_today(one), (one.institution_id or "") if one.is_bound else None)
        for one in user.current_assignments
        if not user.is_program or one.role in PROGRAM_ROLES
    )
    return _scope_of(held)


# A page asks up to a dozen times. Whoever holds the same gets the same one, so nothing of it can be changed.
@lru_cache(maxsize=1024)
def _scope_of(held: tuple[tuple[Role, frozenset[str], str | None], ...]) -> Scope:
    """That of roles, the regions that each reaches and the institution that it may be bound to."""
    codes: dict[Permission, set[str]] = {}
    roles: dict[Role, set[str]] = {}
    bound: set[tuple[str, str]] = set()
    for role, reached, institution in held:
        if institution is not None:
            # Figures of a region are of all its institutions; what names persons is not.
            codes.setdefault(Permission.VIEW_COVERAGE, set()).update(reached)
            bound.update((code, institution) for code in reached)
            continue
        roles.setdefault(role, set()).update(reached)
        for permission in ROLE_PERMISSIONS.get(role, frozenset()):
            codes.setdefault(permission, set()).update(reached)
    return Scope(
        MappingProxyType({permission: frozenset(found) for permission, found in codes.items()}),
        MappingProxyType({role: frozenset(found) for role, found in roles.items()}),
        MappingProxyType(dict.fromkeys(OF_INSTITUTIONS, frozenset(bound)) if bound else {}),
    )


def within(
    user: User | AnonymousUser,
    *,
    field: str = "region",
    permission: Permission = Permission.VIEW_COVERAGE,
) -> Q:
    """A filter on rows whose region (`field`) lies where the user holds the permission.

    `field` names the foreign key to Region; the empty string means the rows are regions themselves.
    """
    return within_codes(user, column=f"{field}__code" if field else "code", permission=permission)


def within_codes(user: User | AnonymousUser, *, column: str, permission: Permission) -> Q:
    """The same for a column that holds region codes itself."""
    allowed = _NOTHING
    for code in scope_of(user).codes.get(permission, ()):
        if code == NATION:
            return Q(**{f"{column}__isnull": False})
        allowed |= Q(**{column: code}) | Q(**{f"{column}__startswith": f"{code}."})
    return allowed


def within_of(
    user: User | AnonymousUser, *, permission: Permission, institutions: Sequence[str], field: str = "region"
) -> Q:
    """`within`, and rows of which one of these columns names an institution the user is bound to there."""
    allowed = within(user, field=field, permission=permission)
    for code, institution in scope_of(user).bound.get(permission, ()):
        place = Q(**{f"{field}__code": code}) | Q(**{f"{field}__code__startswith": f"{code}."})
        named = _NOTHING
        for column in institutions:
            named |= Q(**{column: institution})
        allowed |= named if code == NATION else place & named
    return allowed


def codes_above(user: User | AnonymousUser, permission: Permission) -> frozenset[str]:
    """The regions above those where the user holds the permission: what is set there holds here as well."""
    held = scope_of(user).codes.get(permission, frozenset())
    return frozenset(above for code in held for above in ancestor_codes(code))


def visible_regions(
    user: User | AnonymousUser, permission: Permission = Permission.VIEW_COVERAGE
) -> QuerySet[Region]:
    return Region.objects.filter(within(user, field="", permission=permission))


def get_region(user: User | AnonymousUser, code: str, permission: Permission) -> Region:
    """The one door to a region. Raises OutsideScope (404) or NotPermitted (403)."""
    require(user, permission, code)
    region = Region.objects.select_related("parent").filter(code=code).first()
    if region is None:
        raise OutsideScope(code)
    return region


def get_regions(user: User | AnonymousUser, codes: Sequence[str], permission: Permission) -> list[Region]:
    """The same for several, in the order given, in one question."""
    for code in codes:
        require(user, permission, code)
    found = Region.objects.select_related("parent").in_bulk(codes)
    for code in codes:
        if code not in found:
            raise OutsideScope(code)
    return [found[code] for code in codes]


def require(user: User | AnonymousUser, permission: Permission, code: str) -> None:
    """Raises OutsideScope where the user sees nothing, NotPermitted where seeing is all they may."""
    scope = scope_of(user)
    if scope.holds(permission, code):
        return
    if scope.holds(Permission.VIEW_COVERAGE, code):
        raise NotPermitted(permission)
    raise OutsideScope(code)


def require_of(
    user: User | AnonymousUser, permission: Permission, code: str, *institutions: str | None
) -> None:
    """`require`, or for what one of these institutions sends or pays."""
    if not scope_of(user).holds_of(permission, code, *institutions):
        require(user, permission, code)


def require_of_some(user: User | AnonymousUser, permission: Permission) -> None:
    """`require_anywhere`, be it for one institution alone."""
    if not scope_of(user).holds_of_some(permission):
        raise NotPermitted(permission)


def require_anywhere(user: User | AnonymousUser, permission: Permission) -> None:
    if not scope_of(user).holds_anywhere(permission):
        raise NotPermitted(permission)


def sees_drafts(user: User | AnonymousUser, code: str) -> bool:
    """Whether the user sees the region's months before they are closed."""
    return scope_of(user).holds(Permission.VIEW_DRAFTS, code)


def sees_all_drafts(user: User | AnonymousUser) -> bool:
    """Whether that holds wherever the user sees anything: so for everybody but leaders."""
    codes = scope_of(user).codes
    drafts = codes.get(Permission.VIEW_DRAFTS, frozenset())
    return all(any(covers(held, code) for held in drafts) for code in codes.get(Permission.VIEW_COVERAGE, ()))


def home_codes(user: User | AnonymousUser) -> list[str]:
    """The tops of what the user sees, shortest code first: the places their pages start from."""
    held = scope_of(user).codes.get(Permission.VIEW_COVERAGE, frozenset())
    tops = [code for code in held if not any(covers(other, code) for other in held - {code})]
    # The nation covers all others, and stands alone.
    return sorted(tops, key=lambda code: (len(code), code))


def leading_role(user: User | AnonymousUser) -> Role | None:
    """The role whose question the landing page answers: the first one assigned."""
    if not isinstance(user, User) or not user.current_assignments:
        return None
    return Role(user.current_assignments[0].role)
