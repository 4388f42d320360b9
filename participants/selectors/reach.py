"""What of persons and lists somebody reaches who is bound to an institution: what it sends or pays for."""

from django.db.models import Q

from participants.models import Batch
from regions.access import require_of, scope_of, within_of
from regions.models import User
from regions.roles import Permission

# The columns of lists and spells that name an institution.
NAMED = ("institution", "payer")


def reached(user: User, permission: Permission) -> Q:
    """A filter on lists, or on spells: of the user's regions, and of the institution they are bound to."""
    return within_of(user, permission=permission, institutions=NAMED)


def holds_batch(user: User, permission: Permission, batch: Batch) -> bool:
    return scope_of(user).holds_of(permission, batch.region_id, batch.institution_id, batch.payer_id)


def require_batch(user: User, batch: Batch, permission: Permission = Permission.ENTER_PERSONS) -> None:
    """Raises OutsideScope or NotPermitted."""
    require_of(user, permission, batch.region_id, batch.institution_id, batch.payer_id)
