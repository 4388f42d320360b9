"""Naming the rule on which a category or a list rests."""

from django.db import transaction
from django.utils.timezone import localdate

from participants.models import Batch, Category, CategoryBasis
from regions.access import get_region, require
from regions.enums import Verb
from regions.errors import OutsideScope
from regions.models import Regulation, User
from regions.roles import Permission
from regions.selectors.cited_rule import CitedRules
from regions.selectors.regulation import rules_of
from regions.services.act import record_act


def link_categories() -> int:
    """Of categories that name a registered rule in words alone, the rule itself; how many were given one."""
    rows = list(Category.objects.filter(basis=None).exclude(legal_basis=""))
    cited = CitedRules(row.legal_basis for row in rows)
    found = []
    for row in rows:
        row.basis = cited.of(row.legal_basis)
        if row.basis is not None:
            found.append(row)
    Category.objects.bulk_update(found, ["basis"])
    return len(found)


@transaction.atomic
def name_category_basis(*, region_code: str, category: str, rule: int, by: User) -> CategoryBasis:
    """What a region says of a category, in place of what it said before.

    Raises OutsideScope or NotPermitted.
    """
    region = get_region(by, region_code, Permission.ENTER_REGULATION)
    basis = allowed_rule(by, region_code, rule)
    found = Category.objects.filter(pk=category).first()
    if found is None:
        raise OutsideScope(category)
    row = CategoryBasis.objects.select_for_update().filter(region=region, category=found).first()
    before = str(row.basis) if row else ""
    row = row or CategoryBasis(region=region, category=found)
    row.basis, row.entered_by = basis, by
    row.save()
    record_act(
        by=by,
        verb=Verb.CORRECTED if before else Verb.RECORDED,
        subject=f"{CategoryBasis._meta.verbose_name} {found}",
        region_code=region.pk,
        detail={"changed": {"basis": [before, str(basis)]}},
    )
    return row


@transaction.atomic
def name_batch_basis(*, pk: int, rule: int, by: User) -> Batch:
    """On which decree a list of persons rests. Raises OutsideScope or NotPermitted."""
    row = Batch.objects.select_for_update(of=("self",)).filter(pk=pk).first()
    if row is None:
        raise OutsideScope(pk)
    require(by, Permission.ENTER_PERSONS, row.region_id)
    require(by, Permission.ENTER_REGULATION, row.region_id)
    basis = allowed_rule(by, row.region_id, rule)
    before = str(row.basis or "")
    row.basis = basis
    row.save(update_fields=["basis"])
    record_act(
        by=by,
        verb=Verb.CORRECTED,
        subject=f"{Batch._meta.verbose_name} #{row.pk}",
        region_code=row.region_id,
        detail={"changed": {"basis": [before, str(basis)]}},
    )
    return row


def allowed_rule(by: User, region_code: str, rule: int) -> Regulation:
    """A rule of the region or of one above it, no draft. Raises OutsideScope."""
    basis = rules_of(by, region_code, localdate()).filter(pk=rule).first()
    if basis is None:
        raise OutsideScope(rule)
    return basis
