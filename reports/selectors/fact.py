"""Facts of any kind, where the user may read them one by one."""

from typing import Any

from django.db.models import QuerySet

from regions.access import within
from regions.fact_kind import FactKind
from regions.models import User


def list_facts(user: User, kind: FactKind) -> QuerySet[Any]:
    rows = kind.model._default_manager.filter(within(user, permission=kind.seen_with))
    return rows.filter(within(user, permission=kind.listed_with))  # type: ignore[no-any-return]
