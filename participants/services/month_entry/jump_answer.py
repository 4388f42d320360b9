"""Saying of a stored figure why it is right though it looks like a slip of the hand."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from participants.month_entry_key import MonthEntryKey
from participants.nik import mask_digits
from participants.selectors.institution_category import require_figure
from participants.selectors.month_entry.cells import list_series
from participants.services.month_entry.cells import ENTRY_STORES
from participants.services.month_entry.jump import ANSWER
from regions.errors import ChangedMeanwhile
from regions.models import User


@transaction.atomic
def explain_month_entry(
    *, by: User, region_code: str, month: date, key: MonthEntryKey, because: str, revision: int
) -> None:
    """Note beside the figure why it is right; the figure stays.

    Raises ChangedMeanwhile where it is no longer the one that was seen, FactRefused in a locked month,
    OutsideScope or NotPermitted.
    """
    require_figure(by, region_code, key)
    series = list_series([region_code], month, {key.section}, months=0)[region_code].get(key)
    stored = series.stored.get(month) if series else None
    if stored is None:
        raise ChangedMeanwhile(None)
    new = {ANSWER: mask_digits(because)}
    ENTRY_STORES[key.section].correct(
        pk=stored.pk, revision=revision, by=by, reason=_("menjelaskan lonjakan"), new=new
    )
