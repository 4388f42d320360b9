"""Making, revoking and noting the use of tokens for programs."""

import hmac
import secrets
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.timezone import now
from django.utils.translation import gettext as _

from regions.enums import Verb
from regions.errors import AccountRefused, OutsideScope
from regions.link_token import digest_of, new_token
from regions.models import ApiToken, Assignment, User
from regions.one_role import in_one_role
from regions.personal_numbers import masked_numbers
from regions.selectors.api_token import find_api_token
from regions.services.act import record_act

MOST_TOKENS, LONGEST_DAYS = 20, 365
_MARK = "jm"
_NOTED_EVERY = timedelta(minutes=1)


@dataclass(frozen=True)
class MadeToken:
    """`text` is shown once, to the person who made it."""

    row: ApiToken
    text: str


@transaction.atomic
def make_api_token(
    *, by: User, assignment_id: int, name: str, days: int, may_write: bool = False
) -> MadeToken:
    """For one of the person's own roles of today. Raises OutsideScope or AccountRefused."""
    assignment = next((one for one in by.current_assignments if one.pk == assignment_id), None)
    if assignment is None:
        raise OutsideScope(assignment_id)
    return issue_token(by, assignment, name=name, days=days, may_write=may_write, by=by)


def issue_token(
    owner: User, assignment: Assignment, *, name: str, days: int, may_write: bool, by: User
) -> MadeToken:
    """Whether `by` may is asked before; within a transaction. Raises AccountRefused."""
    User.objects.select_for_update().get(pk=owner.pk)
    alive = ApiToken.objects.filter(user=owner, revoked_at=None, expires_at__gt=now())
    if alive.count() >= MOST_TOKENS:
        raise AccountRefused(
            _("Sudah ada %(most)s token. Cabut yang tidak dipakai, lalu buat yang baru.")
            % {"most": MOST_TOKENS}
        )
    secret, prefix = new_token(), secrets.token_hex(5)
    row = ApiToken.objects.create(
        user=owner,
        assignment=assignment,
        name=masked_numbers(name)[:80],
        prefix=prefix,
        digest=digest_of(secret),
        may_write=may_write,
        expires_at=now() + timedelta(days=min(max(days, 1), LONGEST_DAYS)),
    )
    _note(row, Verb.RECORDED, by=by)
    return MadeToken(row, f"{_MARK}_{prefix}_{secret}")


@transaction.atomic
def revoke_api_token(*, pk: int, by: User) -> ApiToken:
    """One's own; it opens nothing from now on. Raises OutsideScope."""
    return end_token(pk=pk, owner=by, by=by)


def end_token(*, pk: int, owner: User, by: User) -> ApiToken:
    """Whether `by` may is asked before; within a transaction. Raises OutsideScope."""
    row = ApiToken.objects.select_for_update().filter(pk=pk, user=owner).first()
    if row is None:
        raise OutsideScope(pk)
    if row.revoked_at is None:
        row.revoked_at = now()
        row.save(update_fields=["revoked_at"])
        _note(row, Verb.ENDED, by=by)
    return row


def open_api_token(text: str) -> User | None:
    """The person whose token it is, with the one role that it was made for; None where it opens nothing."""
    mark, _sign, rest = text.partition("_")
    prefix, _sign, secret = rest.partition("_")
    row = find_api_token(prefix) if mark == _MARK and secret else None
    if row is None or not hmac.compare_digest(row.digest, digest_of(secret)):
        return None
    user = in_one_role(row.user, row.assignment_id)
    if user is None:
        return None
    user.token_prefix, user.token_reads_only = row.prefix, not row.may_write
    _note_use(row)
    return user


def _note_use(row: ApiToken) -> None:
    """Once a minute: reading writes nothing more often than that."""
    before = now() - _NOTED_EVERY
    stale = Q(last_used_at=None) | Q(last_used_at__lt=before)
    ApiToken.objects.filter(stale, pk=row.pk).update(last_used_at=now())


def _note(row: ApiToken, verb: Verb, *, by: User) -> None:
    record_act(
        by=by,
        verb=verb,
        subject=_("token API %s") % row.prefix,
        region_code=row.assignment.region_id or "",
        detail={
            **({} if row.user_id == by.pk else {"about": row.user_id, "program": row.user.username}),
            "name": row.name,
            "writes": row.may_write,
            "until": row.expires_at.date().isoformat(),
        },
    )
