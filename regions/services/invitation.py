"""Invitations: a link that opens once and gives an account of one's own the role it carries."""

from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _

from regions.enums import LinkKind, LinkState, Verb
from regions.errors import AccountRefused, OutsideScope
from regions.link_token import digest_of, new_token
from regions.models import Invitation, Mandate, User
from regions.models.region import common_code
from regions.models.user import SYSTEM
from regions.roles import Role
from regions.selectors.invitation import get_link
from regions.selectors.reach import manageable_users, may_grant
from regions.services.act import record_act
from regions.services.assignment import (
    Grant,
    check_grant,
    lock_account,
    locked_administrator,
    other_person,
)
from regions.services.user import assign_role


@dataclass(frozen=True)
class MadeLink:
    """A link together with its token, which is nowhere once this is forgotten."""

    link: Invitation
    token: str


@dataclass(frozen=True)
class Acceptance:
    full_name: str
    username: str
    password: str


@transaction.atomic
def invite(*, full_name: str, email: str, grant: Grant, by: User) -> MadeLink:
    """Promise a role to somebody who has no account yet. Raises AccountRefused."""
    by = locked_administrator(by)
    check_grant(by, grant)
    known = manageable_users(by).filter(email__iexact=email).first() if email else None
    if known:
        sentence = _("Surel ini sudah dipakai akun %(name)s. Beri peran itu pada halaman akunnya.")
        raise AccountRefused(sentence % {"name": known})
    waiting = Invitation.objects.filter(
        kind=LinkKind.INVITATION,
        email__iexact=email,
        full_name__iexact=full_name,
        role=grant.role,
        region=grant.region,
        office=grant.office,
        used_at=None,
        revoked_at=None,
        expires_at__gt=now(),
    )
    if waiting.exists():
        raise AccountRefused(_("Orang ini sudah diundang untuk peran itu. Kirim ulang undangannya."))
    link = Invitation(kind=LinkKind.INVITATION, full_name=full_name, email=email, made_by=by, made_at=now())
    grant.fill(link)
    return _issue(link, by=by, verb=Verb.INVITED)


@transaction.atomic
def offer_reset(*, user_id: int, by: User) -> MadeLink:
    """A link to a new password; an older one dies. Raises OutsideScope or AccountRefused."""
    by = locked_administrator(by)
    person = other_person(by, user_id)
    if person.is_program:
        raise AccountRefused(_("Akun program tidak mempunyai kata sandi. Buatkan token untuknya."))
    if not person.is_active:
        raise AccountRefused(_("Akun ini nonaktif. Aktifkan dahulu, lalu buat tautannya."))
    Invitation.objects.filter(kind=LinkKind.RESET, user=person, used_at=None, revoked_at=None).update(
        revoked_at=now()
    )
    link = Invitation(kind=LinkKind.RESET, user=person, email=person.email, made_by=by, made_at=now())
    return _issue(link, by=by, verb=Verb.RESET_OFFERED)


@transaction.atomic
def send_again(*, link_id: int, by: User) -> MadeLink:
    """A new link; the old one opens nothing any more. Raises OutsideScope or AccountRefused."""
    by = locked_administrator(by)
    link = _waiting(by, link_id)
    if _is_over(link):
        raise AccountRefused(_("Peran dalam undangan ini sudah berakhir. Batalkan, lalu undang lagi."))
    if not _still_good(link, by):
        raise AccountRefused(_("Peran dalam undangan ini di luar wilayah yang Anda kelola."))
    link.made_by = by
    verb = Verb.INVITED if link.kind == LinkKind.INVITATION else Verb.RESET_OFFERED
    return _issue(link, by=by, verb=verb)


@transaction.atomic
def revoke(*, link_id: int, by: User) -> None:
    link = _waiting(by, link_id)
    link.revoked_at = now()
    link.save(update_fields=["revoked_at"])
    _note(link, by=by, verb=Verb.INVITATION_REVOKED)


@transaction.atomic
def accept(*, token: str, acceptance: Acceptance) -> User | None:
    """The new account with the role of the invitation; None where the link opens nothing."""
    link = _opened(token, LinkKind.INVITATION)
    if link is None:
        return None
    user = User(
        username=acceptance.username,
        full_name=acceptance.full_name,
        email=link.email,
        invited_by=None if link.made_by.username == SYSTEM else link.made_by,
    )
    user.set_password(acceptance.password)
    user.save(force_insert=True)
    assign_role(
        user=user,
        role=Role(link.role),
        by=link.made_by,
        region_code=link.region_id,
        office_code=link.office_id,
        institution_code=link.institution_id,
        is_bound=link.is_bound,
        title=link.title,
        acting=link.acting,
        reason=link.reason,
        valid_until=link.valid_until,
    )
    link.user = user
    _use(link, by=user, verb=Verb.INVITATION_USED)
    return user


@transaction.atomic
def use_reset(*, token: str, password: str) -> User | None:
    """Set the new password, which ends all sessions of the account; None where the link opens nothing."""
    link = _opened(token, LinkKind.RESET)
    if link is None or link.user is None:
        return None
    link.user.set_password(password)
    link.user.save(update_fields=["password"])
    _use(link, by=link.user, verb=Verb.PASSWORD_CHANGED)
    return link.user


def _issue(link: Invitation, *, by: User, verb: Verb) -> MadeLink:
    token = new_token()
    link.token_digest, link.expires_at = digest_of(token), now() + timedelta(days=settings.LINK_DAYS)
    link.mailed_at, link.mail_failure = None, ""
    link.save()
    _note(link, by=by, verb=verb)
    return MadeLink(link, token)


def _waiting(by: User, link_id: int) -> Invitation:
    link = get_link(by, link_id)
    locked = Invitation.objects.select_for_update().get(pk=link.pk)
    if not locked.may_be_sent_again:
        raise AccountRefused(_("Tautan ini sudah dipakai atau dibatalkan."))
    return locked


def _opened(token: str, kind: LinkKind) -> Invitation | None:
    of_token = Invitation.objects.filter(token_digest=digest_of(token), kind=kind)
    found = of_token.select_related("made_by").first()
    if found is None:
        return None
    # In the order of those who make links: administrator, account, link.
    by = locked_administrator(found.made_by)
    if found.user_id:
        lock_account(found.user_id)
    link = of_token.select_for_update().first()
    if link is None or link.state != LinkState.OPEN:
        return None
    return link if _still_good(link, by) else None


def _is_over(link: Invitation) -> bool:
    """Whether the role it carries would have ended before it began."""
    return link.valid_until is not None and link.valid_until <= localdate()


def _still_good(link: Invitation, by: User) -> bool:
    """What somebody promised holds only as long as that person may still give it."""
    if _is_over(link):
        return False
    if by.username == SYSTEM:
        return True
    if link.kind == LinkKind.INVITATION:
        return may_grant(by, Role(link.role), link.codes_today_and_later())
    if link.user is None or not link.user.is_active:
        return False
    try:
        other_person(by, link.user.pk)
    except (AccountRefused, OutsideScope):
        return False
    return True


def _use(link: Invitation, *, by: User, verb: Verb) -> None:
    link.used_at = now()
    link.save(update_fields=["used_at", "user"])
    _note(link, by=by, verb=verb)


def _note(link: Invitation, *, by: User, verb: Verb) -> None:
    """The act names the person as the page does, and never the token."""
    if link.kind == LinkKind.INVITATION:
        subject, codes = f"{link.full_name}: {link.role_words}", link.codes_today_and_later()
    else:
        subject = link.user.username if link.user else ""
        codes = frozenset(code for one in _roles_of(link.user) for code in one.codes_today_and_later())
    record_act(
        by=by,
        verb=verb,
        subject=subject,
        region_code=common_code(codes),
        detail={
            "about": link.user_id,
            "link": link.pk,
            "office": link.office_id or "",
            "until": str(link.valid_until or ""),
            "reason": link.reason,
        },
    )


def _roles_of(user: User | None) -> list[Mandate]:
    return list(user.current_assignments) if user else []
