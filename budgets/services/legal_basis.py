"""Naming the rule on which budget lines rest."""

from collections.abc import Collection

import pghistory
from django.db import transaction

from budgets.models import Allocation
from participants.services.legal_basis import allowed_rule
from regions.access import get_region
from regions.enums import Verb
from regions.errors import OutsideScope
from regions.models import User
from regions.roles import Permission
from regions.selectors.cited_rule import CitedRules
from regions.services.act import record_act


def link_lines() -> int:
    """Of lines that name a registered rule in words alone, the rule itself; how many were given one."""
    rows = list(Allocation.objects.filter(basis=None).exclude(legal_basis="").order_by("pk"))
    cited = CitedRules(row.legal_basis for row in rows)
    found = []
    for row in rows:
        row.basis = cited.of(row.legal_basis, row.region_id)
        if row.basis is not None:
            found.append(row)
    with pghistory.context(reason="dasar hukum menurut teksnya"):
        Allocation.objects.bulk_update(found, ["basis"], batch_size=2000)
    return len(found)


@transaction.atomic
def name_line_basis(*, region_code: str, stages: Collection[int], rule: int, by: User) -> int:
    """The rule of these lines, each named by one of its stages. Raises OutsideScope or NotPermitted."""
    region = get_region(by, region_code, Permission.ENTER_BUDGET)
    basis = allowed_rule(by, region_code, rule)
    rows = list(Allocation.objects.select_for_update(of=("self",)).filter(pk__in=stages, region=region))
    if len(rows) != len(set(stages)) or not rows:
        raise OutsideScope(region_code)
    lines = {row.line for row in rows}
    with pghistory.context(user=by.pk):
        Allocation.objects.filter(line__in=lines, region=region).update(basis=basis)
    record_act(
        by=by,
        verb=Verb.CORRECTED,
        subject=f"{Allocation._meta.verbose_name} {region.pk}",
        region_code=region.pk,
        detail={"changed": {"basis": ["", str(basis)]}, "rows": len(lines)},
    )
    return len(lines)
