"""Institutions of a region that enter, pay or send."""

from django.db.models import QuerySet

from regions.access import within
from regions.models import Institution, User
from regions.roles import Permission


def list_institutions(user: User, permission: Permission) -> QuerySet[Institution]:
    """Institutions of the regions where the user holds the permission."""
    return Institution.objects.filter(within(user, permission=permission)).order_by("name")
