"""Users and their roles at a place."""

from datetime import date

from django.db import transaction
from django.utils.timezone import localdate

from regions.enums import Verb
from regions.models import Assignment, User
from regions.models.region import NATION, common_code
from regions.models.user import SYSTEM
from regions.roles import Role
from regions.services.act import record_act


@transaction.atomic
def ensure_system_user() -> User:
    """The account in whose name commands load reference data; nobody can sign in with it."""
    user, created = User.objects.get_or_create(
        username=SYSTEM, defaults={"full_name": "Sistem", "is_active": True}
    )
    if created:
        user.set_unusable_password()
        user.save()
        assign_role(user=user, role=Role.ADMINISTRATOR, region_code=NATION, by=user)
    return user


@transaction.atomic
def assign_role(
    *,
    user: User,
    role: Role,
    by: User,
    region_code: str | None = None,
    office_code: str | None = None,
    institution_code: str | None = None,
    is_bound: bool = False,
    title: str = "",
    acting: str = "",
    reason: str = "",
    valid_from: date | None = None,
    valid_until: date | None = None,
) -> Assignment:
    """Give a user a role at a region or at an office; whether `by` may is asked before."""
    assignment = Assignment.objects.create(
        user=user,
        role=role,
        region_id=region_code,
        office_id=office_code,
        institution_id=institution_code,
        is_bound=is_bound,
        title=title,
        acting=acting,
        reason=reason,
        valid_from=valid_from or localdate(),
        valid_until=valid_until,
        granted_by=by,
    )
    vars(user).pop("current_assignments", None)
    record_act(
        by=by,
        verb=Verb.ASSIGNED,
        subject=f"{user.username}: {assignment.role_words}",
        region_code=region_code or common_code(assignment.codes_today_and_later()),
        detail={
            "about": user.pk,
            "office": office_code or "",
            "from": str(assignment.valid_from),
            "until": str(assignment.valid_until or ""),
            "title": title,
            "institution": institution_code or "",
            **({"is_bound": True} if is_bound else {}),
            "reason": reason,
        },
    )
    return assignment
