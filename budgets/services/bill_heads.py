"""A bill for as many people as before, though some ended by name, is stored with the word why."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from budgets.models import Realisation
from participants.month_entry_key import MonthEntryKey
from participants.selectors.month_entry.cells import get_stored_value
from participants.selectors.month_entry.endings import ending_of
from regions.enums import Origin
from regions.errors import Problem
from regions.month import add_months


def not_lower(rows: Sequence[Realisation]) -> Iterable[Problem]:
    """Of what is typed: people of a bill beside those of the bill before, or those reported without names."""
    for index, row in enumerate(rows):
        if row.origin != Origin.FORM or row.note.strip() or row.heads is None:
            continue
        if not row.category_id or not row.funding_id:
            continue
        key = MonthEntryKey.headcount(row.category_id, row.funding_id)
        ending = ending_of(row.region_id, row.first_month, key)
        question = ending.question(row.heads, _heads_before(row, key)) if ending else ""
        if question:
            told = _("%(question)s Bila benar, tulis sebabnya.") % {"question": question}
            yield Problem(index, "note", told)


def _heads_before(row: Realisation, key: MonthEntryKey) -> int | None:
    before = add_months(row.first_month, -1)
    bills = Realisation.objects.filter(
        region=row.region_id,
        category=row.category_id,
        funding=row.funding_id,
        first_month__lte=before,
        last_month__gte=before,
        heads__isnull=False,
    ).exclude(reference=row.reference)
    heads = bills.order_by("-pk").values_list("heads", flat=True).first()
    return get_stored_value(row.region_id, before, key) if heads is None else heads
