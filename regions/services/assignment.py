"""Giving and ending roles by people: who may, where, and what must stay possible."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from regions.enums import Verb
from regions.errors import AccountRefused, OutsideScope
from regions.models import Assignment, Institution, Mandate, Office, Region, User
from regions.models.region import NATION, common_code
from regions.roles import PROGRAM_ROLES, Role
from regions.selectors.reach import get_person, may_grant, nation_administrators, not_over, reaches
from regions.services.act import record_act
from regions.services.user import assign_role


@dataclass(frozen=True)
class Grant:
    """A role as somebody asks for it: at a region or an office, not both."""

    role: Role
    region: Region | None = None
    office: Office | None = None
    institution: Institution | None = None
    # Sees and enters only what the institution sends or pays for.
    is_bound: bool = False
    title: str = ""
    acting: str = ""
    reason: str = ""
    valid_from: date | None = None
    # The first day on which it does not hold any more.
    valid_until: date | None = None

    def fill(self, mandate: Mandate) -> None:
        names = ("role", "region", "office", "institution", "is_bound", "title", "acting", "reason")
        for name in (*names, "valid_until"):
            setattr(mandate, name, getattr(self, name))


def check_grant(by: User, grant: Grant) -> None:
    """Raises AccountRefused unless `by` holds, wherever the role reaches, all that it allows."""
    mandate = Assignment(role=grant.role, region=grant.region, office=grant.office)
    if (grant.region is None) == (grant.office is None):
        raise AccountRefused(_("Pilih satu tempat: wilayah atau kantor."))
    if not may_grant(by, grant.role, mandate.codes_today_and_later()):
        raise AccountRefused(_("Anda hanya dapat memberi peran di wilayah yang Anda kelola sendiri."))
    if grant.institution and not may_grant(by, grant.role, [grant.institution.region_id]):
        raise AccountRefused(_("Lembaga itu di luar wilayah yang Anda kelola."))
    if grant.is_bound and not (grant.institution and grant.role == Role.OPERATOR):
        raise AccountRefused(_("Hanya operator yang dapat dibatasi pada satu lembaga. Pilih lembaganya."))
    if grant.acting and not (grant.valid_until and grant.reason.strip()):
        raise AccountRefused(_("Plt., Plh., dan Pj. memerlukan hari terakhir dan alasan, misalnya nomor SK."))
    if grant.valid_until and grant.valid_until <= (grant.valid_from or localdate()):
        raise AccountRefused(_("Tanggal berakhirnya sebelum tanggal mulainya."))


@transaction.atomic
def grant_role(*, user_id: int, grant: Grant, by: User) -> Assignment:
    """Give a role to somebody else. Raises OutsideScope or AccountRefused."""
    by = locked_administrator(by)
    person = other_person(by, user_id)
    check_grant(by, grant)
    check_program(person, grant)
    start = grant.valid_from or localdate()
    if start < localdate():
        raise AccountRefused(_("Peran tidak dapat dimulai pada hari yang sudah lewat."))
    running = person.assignments.filter(not_over(), role=grant.role, region=grant.region, office=grant.office)
    if any(_overlaps(one, start, grant.valid_until) for one in running):
        raise AccountRefused(_("Orang ini sudah memegang peran itu di sana pada masa yang sama."))
    return assign_role(
        user=person,
        role=grant.role,
        by=by,
        region_code=grant.region.pk if grant.region else None,
        office_code=grant.office.pk if grant.office else None,
        institution_code=grant.institution.pk if grant.institution else None,
        is_bound=grant.is_bound,
        title=grant.title,
        acting=grant.acting,
        reason=grant.reason.strip(),
        valid_from=start,
        valid_until=grant.valid_until,
    )


def check_program(account: User, grant: Grant) -> None:
    """Raises AccountRefused where the account is a program's and the role is not for one, or a second one."""
    if not account.is_program:
        return
    if grant.role not in PROGRAM_ROLES:
        names = ", ".join(str(role.label) for role in PROGRAM_ROLES)
        raise AccountRefused(_("Program hanya dapat memegang peran ini: %s.") % names)
    if account.assignments.filter(not_over()).exists():
        raise AccountRefused(_("Program memegang satu peran saja. Akhiri dahulu perannya yang sekarang."))


def _overlaps(one: Assignment, start: date, end: date | None) -> bool:
    return (end is None or one.valid_from < end) and (one.valid_until is None or start < one.valid_until)


@transaction.atomic
def end_assignment(*, user_id: int, assignment_id: int, until: date, reason: str, by: User) -> Assignment:
    """From the day `until` on the role is not held any more. Raises OutsideScope or AccountRefused."""
    by = locked_administrator(by)
    person = other_person(by, user_id)
    assignment = person.assignments.select_for_update().filter(not_over(), pk=assignment_id).first()
    if assignment is None or not reaches(by, assignment):
        raise OutsideScope(assignment_id)
    if until < localdate():
        raise AccountRefused(_("Peran tidak dapat diakhiri pada hari yang sudah lewat."))
    if not reason.strip():
        raise AccountRefused(_("Tulis alasannya, misalnya nomor SK mutasi."))
    if assignment.region_id == NATION and assignment.role == Role.ADMINISTRATOR:
        require_another_nation_administrator(person)
    before = assignment.valid_until
    assignment.valid_until = max(until, assignment.valid_from)
    assignment.ended_by, assignment.end_reason = by, reason.strip()[:250]
    assignment.save(update_fields=["valid_until", "ended_by", "end_reason"])
    record_act(
        by=by,
        verb=Verb.UNASSIGNED,
        subject=f"{person.username}: {assignment.role_words}",
        region_code=common_code(assignment.codes_today_and_later()),
        detail={
            "about": person.pk,
            "office": assignment.office_id or "",
            "changed": {"valid_until": [str(before or ""), str(assignment.valid_until)]},
            "reason": assignment.end_reason,
        },
    )
    return assignment


def other_person(by: User, user_id: int) -> User:
    """Somebody whom `by` looks after, who is not `by`. Raises OutsideScope or AccountRefused.

    The account is locked before it is judged: of two changes at once the second sees what the first did.
    """
    if user_id == by.pk:
        raise AccountRefused(_("Hak akun sendiri hanya dapat diubah oleh administrator lain."))
    lock_account(user_id)
    return get_person(by, user_id)


def lock_account(user_id: int) -> None:
    """Until the transaction ends. Acts and facts that only refer to the account do not wait for it."""
    User.objects.select_for_update(no_key=True).filter(pk=user_id).first()


def locked_administrator(by: User) -> User:
    """The person who acts, with the roles held now.

    Whoever changes accounts waits here for the others who do: of two administrators who end each other, and
    of two who give the same role, the second finds what the first did. Taken before any other row is locked.
    """
    list(
        Assignment.objects.select_for_update()
        .filter(role=Role.ADMINISTRATOR, region=NATION)
        .order_by("pk")
        .values_list("pk", flat=True)
    )
    return User.objects.get(pk=by.pk)


def require_another_nation_administrator(person: User) -> None:
    """Raises AccountRefused where nobody else would be left to open any door."""
    if not nation_administrators().exclude(pk=person.pk).exists():
        raise AccountRefused(
            _("Ini administrator nasional terakhir. Angkat dahulu penggantinya, lalu akhiri yang ini.")
        )
