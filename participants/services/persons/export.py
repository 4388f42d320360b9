"""Lists of persons that leave the application: who took what, noted before the first row goes."""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import Count

from participants.models import Participant
from participants.nik import mask_digits
from participants.selectors.persons.person import PersonFilters, list_persons
from participants.services.persons.unmask import stated
from participants.services.watermark import watermark
from regions.access import require_anywhere, require_of_some
from regions.enums import Verb
from regions.models import User
from regions.models.region import common_code
from regions.roles import Permission
from regions.services.act import record_act


@dataclass(frozen=True)
class Export:
    """What may be written out. `whole` says whether with whole NIK, `watermark` who took it and why."""

    permission: Permission
    whole: bool
    watermark: str


@transaction.atomic
def start_export(
    *, filters: PersonFilters, asked: str, kind: str, by: User, reason: str | None = None
) -> Export:
    """Note an export in the ledger, with the filters as the person `asked` for them.

    With a reason the NIK are whole, and only where that is permitted.

    Raises PersonRefused or NotPermitted.
    """
    whole = reason is not None
    permission = Permission.UNMASK if whole else Permission.VIEW_PERSONS
    require_of_some(by, Permission.VIEW_PERSONS)
    if whole:
        require_anywhere(by, permission)
    words = stated(reason) if reason is not None else ""
    rows = list_persons(by, filters, permission=permission).order_by()
    counts = dict(rows.values_list("region_id").annotate(n=Count("pk")))
    record_act(
        by=by,
        verb=Verb.EXPORTED,
        subject=str(Participant._meta.verbose_name_plural),
        region_code=common_code(set(counts)) if counts else filters.region_code,
        detail={
            "filters": mask_digits(asked),
            "count": sum(counts.values()),
            "format": kind,
            "whole_nik": whole,
            "reason": words,
        },
    )
    return Export(permission, whole, watermark(by=by, reason=words) if whole else "")
