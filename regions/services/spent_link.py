"""Forgetting for whom links were that open nothing any more."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.timezone import now
from django.utils.translation import gettext as _

from regions.enums import Verb
from regions.models import Invitation
from regions.models.region import NATION
from regions.services.act import record_act
from regions.services.user import ensure_system_user

# So long one that has expired can be sent again.
_EXPIRED_FOR = timedelta(days=30)


@transaction.atomic
def forget_spent_links() -> int:
    """Names and addresses of used, revoked and long expired ones; how many. The account keeps its own."""
    at = now()
    waiting = Invitation.objects.filter(used_at=None, revoked_at=None)
    waiting.filter(expires_at__lt=at - _EXPIRED_FOR).update(revoked_at=at)
    spent = Invitation.objects.filter(Q(used_at__isnull=False) | Q(revoked_at__isnull=False))
    forgotten = spent.exclude(full_name="", email="").update(full_name="", email="")
    if forgotten:
        record_act(
            by=ensure_system_user(),
            verb=Verb.RETENTION_ENDED,
            subject=_("nama dan surel dalam undangan"),
            region_code=NATION,
            detail={"count": forgotten},
        )
    return forgotten
