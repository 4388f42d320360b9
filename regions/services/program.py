"""Accounts of programs: made by an administrator for a person who answers for them, and their tokens."""

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from regions.enums import Verb
from regions.errors import AccountRefused, OutsideScope
from regions.models import ApiToken, User
from regions.models.region import common_code
from regions.personal_numbers import masked_numbers
from regions.selectors.program import list_keepers
from regions.selectors.user import is_username_taken
from regions.services.act import record_act
from regions.services.api_token import MadeToken, end_token, issue_token
from regions.services.assignment import (
    Grant,
    check_grant,
    check_program,
    locked_administrator,
    other_person,
)
from regions.services.user import assign_role

_LONGEST_NAME = 40


@transaction.atomic
def make_program(*, name: str, purpose: str, keeper_id: int, grant: Grant, by: User) -> User:
    """An account without password and mail, with its one role. Raises AccountRefused or OutsideScope."""
    by = locked_administrator(by)
    check_grant(by, grant)
    keeper = _keeper(by, keeper_id)
    name = masked_numbers(name)[:150]
    account = User(
        username=_free_username(name),
        full_name=name,
        purpose=masked_numbers(purpose)[:250],
        keeper=keeper,
        invited_by=by,
    )
    account.set_unusable_password()
    account.save(force_insert=True)
    check_program(account, grant)
    assign_role(
        user=account,
        role=grant.role,
        by=by,
        region_code=grant.region.pk if grant.region else None,
        office_code=grant.office.pk if grant.office else None,
        institution_code=grant.institution.pk if grant.institution else None,
        is_bound=grant.is_bound,
        reason=grant.reason.strip(),
        valid_from=grant.valid_from,
        valid_until=grant.valid_until,
    )
    _note(account, Verb.RECORDED, by=by, keeper=keeper.username, purpose=account.purpose)
    return account


@transaction.atomic
def hand_over_program(*, user_id: int, keeper_id: int, purpose: str, by: User) -> User:
    """Another person answers for it from now on. Raises OutsideScope or AccountRefused."""
    account = _program(locked_administrator(by), user_id)
    before, keeper = account.keeper, _keeper(by, keeper_id)
    account.keeper, account.purpose = keeper, masked_numbers(purpose)[:250]
    account.save(update_fields=["keeper", "purpose"])
    moved = f"{before.username if before else ''} → {keeper.username}"
    _note(account, Verb.CORRECTED, by=by, keeper=moved, purpose=account.purpose)
    return account


@transaction.atomic
def make_program_token(*, user_id: int, name: str, days: int, may_write: bool, by: User) -> MadeToken:
    """For the one role that the program holds today. Raises OutsideScope or AccountRefused."""
    by = locked_administrator(by)
    account = _program(by, user_id)
    held = account.current_assignments
    if not held or not account.is_active:
        raise AccountRefused(_("Program ini tidak memegang peran hari ini. Beri peran dahulu."))
    return issue_token(account, held[0], name=name, days=days, may_write=may_write, by=by)


@transaction.atomic
def revoke_program_token(*, user_id: int, token_id: int, by: User) -> ApiToken:
    """Raises OutsideScope."""
    by = locked_administrator(by)
    return end_token(pk=token_id, owner=_program(by, user_id), by=by)


def _program(by: User, user_id: int) -> User:
    account = other_person(by, user_id)
    if not account.is_program:
        raise OutsideScope(user_id)
    return account


def _keeper(by: User, keeper_id: int) -> User:
    keeper = list_keepers(by).filter(pk=keeper_id).first()
    if keeper is None:
        raise AccountRefused(_("Pilih penanggung jawab dari daftar orang yang Anda kelola."))
    return keeper


def _free_username(name: str) -> str:
    base = f"program-{slugify(name)[:_LONGEST_NAME] or 'baru'}"
    found, number = base, 1
    while is_username_taken(found):
        number += 1
        found = f"{base}-{number}"
    return found


def _note(account: User, verb: Verb, *, by: User, **more: str) -> None:
    codes = {code for one in account.current_assignments for code in one.codes_today_and_later()}
    record_act(
        by=by,
        verb=verb,
        subject=_("akun program %s") % account.username,
        region_code=common_code(codes),
        detail={"about": account.pk, **more},
    )
