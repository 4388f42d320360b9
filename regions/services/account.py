"""Accounts: switching them off and on, and looking through the eyes of their owners."""

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from regions.enums import Verb
from regions.errors import AccountRefused
from regions.models import User
from regions.models.region import NATION, common_code
from regions.roles import Role
from regions.selectors.reach import not_over
from regions.services.act import record_act
from regions.services.assignment import (
    locked_administrator,
    other_person,
    require_another_nation_administrator,
)
from regions.services.session import end_sessions


@transaction.atomic
def deactivate(*, user_id: int, reason: str, by: User) -> User:
    """Nobody signs in with the account any more; its roles rest. Raises OutsideScope or AccountRefused."""
    by = locked_administrator(by)
    return switch_off(other_person(by, user_id), reason=reason, by=by)


def switch_off(person: User, *, reason: str, by: User) -> User:
    """Whether `by` may is asked before. Raises AccountRefused, also for the nation's last administrator."""
    _require_reason(reason)
    if not person.is_active:
        raise AccountRefused(_("Akun ini sudah nonaktif."))
    if person.assignments.filter(not_over(), role=Role.ADMINISTRATOR, region=NATION).exists():
        require_another_nation_administrator(person)
    end_sessions(person)
    return _switch(person, on=False, verb=Verb.DEACTIVATED, reason=reason, by=by)


@transaction.atomic
def reactivate(*, user_id: int, reason: str, by: User) -> User:
    """The account and the roles that are not over hold again. Raises OutsideScope or AccountRefused."""
    by = locked_administrator(by)
    person = other_person(by, user_id)
    _require_reason(reason)
    if person.is_active:
        raise AccountRefused(_("Akun ini sudah aktif."))
    person.reactivated_at = now()
    return _switch(person, on=True, verb=Verb.REACTIVATED, reason=reason, by=by)


@transaction.atomic
def remove_second_factor(*, user_id: int, reason: str, by: User) -> User:
    """For whoever lost telephone, keys and recovery codes. Raises OutsideScope or AccountRefused."""
    by = locked_administrator(by)
    return drop_second_factor(other_person(by, user_id), reason=reason, by=by)


@transaction.atomic
def drop_second_factor(person: User, *, reason: str, by: User) -> User:
    """Whether `by` may is asked before. It ends all sessions: at the next sign-in one is set up anew."""
    _require_reason(reason)
    removed, _models = Authenticator.objects.filter(user=person).delete()
    if not removed:
        raise AccountRefused(_("Akun ini tidak memasang langkah kedua."))
    end_sessions(person)
    changed = {"second_factor": ["terpasang", "dihapus"]}
    _note(
        person,
        by=by,
        verb=Verb.CORRECTED,
        detail={"changed": changed, "reason": reason.strip()[:250]},
    )
    return person


@transaction.atomic
def detach_office_account(*, user_id: int, reason: str, by: User) -> User:
    """For an account tied to the wrong person at the provider. Raises OutsideScope or AccountRefused."""
    by = locked_administrator(by)
    return drop_office_account(other_person(by, user_id), reason=reason, by=by)


@transaction.atomic
def drop_office_account(person: User, *, reason: str, by: User) -> User:
    """Whether `by` may is asked before. All sessions end: who began them is what is in doubt."""
    _require_reason(reason)
    removed, _models = SocialAccount.objects.filter(user=person).delete()
    if not removed:
        raise AccountRefused(_("Akun ini tidak terhubung dengan akun kantor."))
    end_sessions(person)
    _note_office(person, by=by, moved=["terhubung", "dilepas"], reason=reason.strip()[:250])
    return person


def note_office_account(person: User) -> None:
    """For the ledger: the person came from the office's provider for the first time and is tied to it."""
    _note_office(person, by=person, moved=["", "terhubung"])


def _note_office(person: User, *, by: User, moved: list[str], **more: str) -> None:
    _note(person, by=by, verb=Verb.CORRECTED, detail={"changed": {"office_account": moved}, **more})


def note_viewing(*, person: User, by: User, begins: bool, cause: str = "") -> None:
    """For the ledger: `by` begins, or ceases, to look through the eyes of `person`."""
    _note(
        person,
        by=by,
        verb=Verb.VIEWING_BEGUN if begins else Verb.VIEWING_ENDED,
        detail={"cause": cause} if cause else {},
    )


def _require_reason(reason: str) -> None:
    if not reason.strip():
        raise AccountRefused(_("Tulis alasannya, misalnya nomor SK mutasi."))


def _switch(person: User, *, on: bool, verb: Verb, reason: str, by: User) -> User:
    person.is_active = on
    person.save(update_fields=["is_active", "reactivated_at"])
    changed = {"is_active": ["nonaktif", "aktif"] if on else ["aktif", "nonaktif"]}
    _note(person, by=by, verb=verb, detail={"changed": changed, "reason": reason.strip()[:250]})
    return person


def _note(person: User, *, by: User, verb: Verb, detail: dict[str, object]) -> None:
    codes = {code for one in person.assignments.filter(not_over()) for code in one.codes_today_and_later()}
    record_act(
        by=by,
        verb=verb,
        subject=person.username,
        region_code=common_code(codes),
        detail={"about": person.pk, **detail},
    )
