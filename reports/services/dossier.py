"""Storing the words of a year's dossier."""

from collections.abc import Mapping

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from regions.access import get_region
from regions.enums import Verb
from regions.errors import ChangedMeanwhile
from regions.models import User
from regions.personal_numbers import masked_inside
from regions.roles import Permission
from regions.services.act import record_act
from reports.models import DossierText


@transaction.atomic
def write_dossier_text(
    *, region_code: str, year: int, words: Mapping[str, str], revision: int, by: User
) -> DossierText:
    """`revision` is the one the person saw, 0 where there was none. Raises OutsideScope, NotPermitted or
    ChangedMeanwhile."""
    get_region(by, region_code, Permission.ENTER_REGULATION)
    start = {"changed_by": by, "changed_at": now(), "revision": 0}
    row, _made = DossierText.objects.select_for_update().get_or_create(
        region_id=region_code, year=year, defaults=start
    )
    if row.revision != revision:
        raise ChangedMeanwhile(row)
    words = masked_inside(dict(words))
    changed = [name for name, value in words.items() if getattr(row, name) != value]
    if not changed and row.revision:
        return row
    for name in changed:
        setattr(row, name, words[name])
    row.revision, row.changed_by, row.changed_at = row.revision + 1, by, now()
    row.save()
    record_act(
        by=by,
        verb=Verb.CORRECTED,
        subject=_("teks berkas Paritrana %s") % year,
        region_code=region_code,
        detail={"changed": changed},
    )
    return row
