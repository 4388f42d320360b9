"""Checks that were kept: seen by those who see unfinished figures of the region."""

from django.db.models import QuerySet

from regions.access import require, within
from regions.errors import OutsideScope
from regions.models import User
from regions.roles import Permission
from reports.models import StatementCheck


def list_checks(user: User) -> QuerySet[StatementCheck]:
    rows = StatementCheck.objects.filter(within(user, permission=Permission.VIEW_DRAFTS))
    return rows.select_related("region", "made_by").defer("answer", "statement")


def get_check(user: User, code: str) -> StatementCheck:
    """Raises OutsideScope or NotPermitted."""
    found = StatementCheck.objects.filter(pk=code).select_related("region", "made_by").first()
    if found is None:
        raise OutsideScope(code)
    require(user, Permission.VIEW_DRAFTS, found.region_id)
    return found
