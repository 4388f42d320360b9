"""Invitations and links to a new password: one by its token, and all that an administrator may see."""

from django.db.models import Case, Q, QuerySet, When

from regions.access import scope_of
from regions.enums import LinkKind, LinkState
from regions.errors import OutsideScope
from regions.link_token import digest_of
from regions.models import Invitation, User
from regions.roles import Permission
from regions.selectors.reach import holds_nation, manageable_users, mandates_within


def find_link(token: str) -> Invitation | None:
    """The link of a token, as long as it opens anything."""
    link = (
        Invitation.objects.select_related("user", "made_by", "region", "office", "institution")
        .filter(token_digest=digest_of(token))
        .first()
    )
    return link if link and link.state == LinkState.OPEN else None


def list_links(user: User) -> QuerySet[Invitation]:
    """Invitations to roles within the user's regions, and links for accounts the user looks after.

    Those that can still be sent again or revoked come first.
    """
    spent = Q(used_at__isnull=False) | Q(revoked_at__isnull=False)
    rows = Invitation.objects.select_related(
        "user", "made_by", "region__parent", "office", "institution"
    ).order_by(Case(When(spent, then=1), default=0), "-pk")
    if holds_nation(user):
        return rows
    if not scope_of(user).holds_anywhere(Permission.MANAGE_USERS):
        return rows.none()
    invitations = Q(mandates_within(user), kind=LinkKind.INVITATION)
    return rows.filter(invitations | Q(kind=LinkKind.RESET, user__in=manageable_users(user).values("pk")))


def get_link(user: User, pk: int) -> Invitation:
    link = list_links(user).filter(pk=pk).first()
    if link is None:
        raise OutsideScope(pk)
    return link


def find_waiting_administrator(system: User) -> Invitation | None:
    """The first administrator of the installation, as long as the invitation was not accepted."""
    rows = Invitation.objects.filter(made_by=system, kind=LinkKind.INVITATION, used_at=None, revoked_at=None)
    return rows.order_by("-pk").first()
