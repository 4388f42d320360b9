"""Saying which categories an institution reports."""

from collections.abc import Collection

from django.db import transaction

from participants.models import Category, InstitutionCategory
from participants.selectors.institution_category import categories_of
from regions.enums import Verb
from regions.models import Institution, User
from regions.selectors.institution import get_managed_institution
from regions.services.act import record_act


@transaction.atomic
def set_categories(*, code: str, categories: Collection[str], by: User) -> None:
    """Raises OutsideScope where the institution is not the person's to keep; unknown categories are none."""
    get_managed_institution(by, code)
    row = Institution.objects.select_for_update(of=("self",)).get(pk=code)
    wanted = set(Category.objects.filter(pk__in=categories).values_list("pk", flat=True))
    before = categories_of(code)
    if wanted == before:
        return
    InstitutionCategory.objects.filter(institution=code, category__in=before - wanted).delete()
    InstitutionCategory.objects.bulk_create(
        InstitutionCategory(institution_id=code, category_id=one) for one in sorted(wanted - before)
    )
    changed = {"category": [", ".join(sorted(before)), ", ".join(sorted(wanted))]}
    record_act(
        by=by,
        verb=Verb.CORRECTED,
        subject=f"{Institution._meta.verbose_name} {row.pk}",
        region_code=row.region_id,
        detail={"changed": changed},
    )
