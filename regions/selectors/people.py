"""People an administrator looks after: the list, their roles, and what was done to their accounts."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from regions.access import codes_today, covers
from regions.models import Act, Assignment, User
from regions.models.region import NATION
from regions.models.user import SYSTEM
from regions.roles import Permission, Role, roles_with
from regions.selectors.act import list_acts
from regions.selectors.dormant import is_dormant, only_dormant
from regions.selectors.reach import manageable_users, mandates_within, not_over
from regions.selectors.region import in_subtree

ACTIVE, INACTIVE, DORMANT, IDLE = "aktif", "nonaktif", "lama", "tanpa-peran"
STATES = [
    (ACTIVE, _("aktif")),
    (INACTIVE, _("nonaktif")),
    (DORMANT, _("lama tidak masuk")),
    (IDLE, _("tanpa peran")),
]
_ACTS = 30


@dataclass
class PersonRoles:
    """Roles of one person by when they hold."""

    current: list[Assignment] = field(default_factory=list)
    future: list[Assignment] = field(default_factory=list)
    earlier: list[Assignment] = field(default_factory=list)

    @property
    def not_over(self) -> list[Assignment]:
        return [*self.current, *self.future]


@dataclass(frozen=True)
class PersonRow:
    user: User
    roles: PersonRoles
    is_dormant: bool


@dataclass(frozen=True)
class PeopleFilter:
    text: str = ""
    role: str = ""
    state: str = ""
    place: str = ""


def list_people_of(user: User, asked: PeopleFilter) -> QuerySet[User]:
    """Accounts the user looks after, by name."""
    rows = manageable_users(user)
    held = Assignment.objects.filter(not_over(), user=OuterRef("pk"))
    if asked.text:
        of_roles = Q(title__icontains=asked.text) | Q(institution__name__icontains=asked.text)
        rows = rows.filter(
            Q(username__icontains=asked.text)
            | Q(full_name__icontains=asked.text)
            | Q(email__icontains=asked.text)
            | Q(Exists(held.filter(of_roles)))
        )
    if asked.role:
        rows = rows.filter(Exists(held.filter(role=asked.role)))
    if asked.place:
        served = in_subtree("office__coverages__region__code", asked.place)
        rows = rows.filter(Exists(held.filter(in_subtree("region__code", asked.place) | served)))
    rows = _of_state(rows, asked.state, Exists(held))
    roles = Assignment.objects.select_related("region", "office", "institution").order_by("pk")
    return rows.prefetch_related(Prefetch("assignments", roles)).order_by("full_name", "username")


def _of_state(rows: QuerySet[User], state: str, serves: Exists) -> QuerySet[User]:
    if state == ACTIVE:
        return rows.filter(is_active=True)
    if state == INACTIVE:
        return rows.filter(is_active=False)
    if state == IDLE:
        return rows.exclude(serves)
    return only_dormant(rows) if state == DORMANT else rows


def person_rows(users: Iterable[User]) -> list[PersonRow]:
    return [PersonRow(user, sort_roles(user.assignments.all()), is_dormant(user)) for user in users]


def roles_of(user: User, person: User) -> PersonRoles:
    """The roles of a person where `user` looks after accounts; what was held elsewhere is not told here."""
    rows = person.assignments.filter(mandates_within(user))
    rows = rows.select_related("region", "office", "institution", "granted_by", "ended_by").prefetch_related(
        "office__coverages"
    )
    return sort_roles(rows.order_by("valid_from", "pk"))


def sort_roles(assignments: Iterable[Assignment]) -> PersonRoles:
    roles, today = PersonRoles(), localdate()
    for one in assignments:
        if one.valid_until is not None and (one.valid_until <= today or one.valid_until <= one.valid_from):
            roles.earlier.append(one)
        elif one.valid_from > today:
            roles.future.append(one)
        else:
            roles.current.append(one)
    return roles


def list_acts_about(user: User, person: User) -> list[Act]:
    """The last acts on an account, in the regions where the user may read the ledger."""
    return list(list_acts(user).filter(detail__about=person.pk)[:_ACTS])


def list_holders(user: User, roles: Iterable[Assignment]) -> dict[int, list[User]]:
    """Assignment → other people, of those the user looks after, who hold the same role all over its place."""
    wanted = {one.pk: (one, codes_today(one)) for one in roles}
    rows = _in_force().filter(
        role__in={one.role for one, _codes in wanted.values()}, user__in=manageable_users(user).values("pk")
    )
    held = [(other, codes_today(other)) for other in rows]
    return {
        pk: sorted(
            {
                other.user
                for other, codes in held
                if other.role == one.role and other.user_id != one.user_id and _all_within(asked, codes)
            },
            key=str,
        )
        for pk, (one, asked) in wanted.items()
    }


def administrators_of(codes: Iterable[str], permission: Permission = Permission.MANAGE_USERS) -> list[User]:
    """Who holds the permission over any of the places, those of the nearest place first."""
    asked = list(codes) or [NATION]
    found: dict[int, tuple[int, User]] = {}
    for one in _in_force().filter(role__in=roles_with(permission)):
        for held in codes_today(one):
            if any(covers(held, code) for code in asked):
                distance = -len(held) if held != NATION else 0
                found[one.user_id] = min(
                    found.get(one.user_id, (1, one.user)), (distance, one.user), key=_first
                )
    return [user for _distance, user in sorted(found.values(), key=lambda pair: (pair[0], str(pair[1])))]


def people_with_role(role: Role, code: str) -> list[User]:
    """Who holds the role all over a region, today."""
    rows = _in_force().filter(role=role, is_bound=False)
    held = [one for one in rows if _all_within([code], codes_today(one))]
    return sorted({one.user for one in held}, key=str)


def places_of_role(role: Role) -> set[str]:
    """The regions at which somebody holds the role today."""
    return {code for one in _in_force().filter(role=role, is_bound=False) for code in codes_today(one)}


def _first(pair: tuple[int, User]) -> int:
    return pair[0]


def _in_force() -> QuerySet[Assignment]:
    rows = Assignment.objects.filter(
        not_over(), valid_from__lte=localdate(), user__is_active=True, user__keeper=None
    )
    return (
        rows.exclude(user__username=SYSTEM)
        .exclude(role="")
        .select_related("user", "region", "office")
        .prefetch_related("office__coverages")
    )


def _all_within(codes: Iterable[str], held: Iterable[str]) -> bool:
    tops = list(held)
    return all(any(covers(top, code) for top in tops) for code in codes)
