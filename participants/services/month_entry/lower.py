"""Lowering a figure by those who ended by name in the month before: one act instead of a sum by hand."""

from datetime import date

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from participants.month_entry_key import MonthEntryKey
from participants.selectors.institution_category import require_figure
from participants.selectors.month_entry.cells import get_stored_value
from participants.selectors.month_entry.endings import ending_of
from participants.services.month_entry.cells import MonthEntryTerms, Typed, save_month_entries
from regions.errors import ChangedMeanwhile
from regions.formats import month_name
from regions.models import User
from regions.month import add_months, last_day


@transaction.atomic
def lower_month_entry(
    *, by: User, region_code: str, month: date, key: MonthEntryKey, expected: int, revision: int
) -> str:
    """Store last month's number less those who ended, with who they are; the mark that takes it back.

    Raises ChangedMeanwhile where it is no longer the `expected` number, FactRefused, OutsideScope or
    NotPermitted.
    """
    require_figure(by, region_code, key)
    before = get_stored_value(region_code, add_months(month, -1), key)
    ending = ending_of(region_code, month, key)
    if before is None or ending is None or not ending.fewer or ending.lowered(before) != expected:
        raise ChangedMeanwhile(None)
    terms = MonthEntryTerms(
        source=_("angka %(month)s dikurangi yang berakhir") % {"month": month_name(ending.month)},
        as_of=min(last_day(month), localdate()),
        reason=ending.words,
    )
    typed = {key: Typed(expected, revision, ending.words)}
    return save_month_entries(by=by, region_code=region_code, month=month, typed=typed, terms=terms)
