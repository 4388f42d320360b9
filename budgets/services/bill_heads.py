"""A bill for as many people as before, though some ended by name, is stored with the word why."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from budgets.models import Realisation
from participants.month_entry_key import MonthEntryKey
from participants.selectors.month_entry.cells import get_stored_value
from participants.selectors.month_entry.endings import endings_of
from regions.enums import Origin
from regions.errors import Problem
from regions.month import add_months

_ASKED = (Origin.FORM, Origin.FILE)


def not_lower(rows: Sequence[Realisation]) -> Iterable[Problem]:
    """Of what is typed or sent: people of a bill beside those of the bill before, or those reported without
    names. A file answers in the row's note."""
    asked = {index: row for index, row in enumerate(rows) if _is_asked(row)}
    endings = {
        month: endings_of({row.region_id for row in asked.values() if row.first_month == month}, month)
        for month in {row.first_month for row in asked.values()}
    }
    for index, row in asked.items():
        if row.heads is None:
            continue
        key = MonthEntryKey.headcount(row.category_id or "", row.funding_id or "")
        ending = endings[row.first_month].get(row.region_id, {}).get(key)
        question = ending.question(row.heads, _heads_before(row, key)) if ending else ""
        if question:
            told = _("%(question)s Bila benar, tulis sebabnya.") % {"question": question}
            yield Problem(index, "note", told)


def _is_asked(row: Realisation) -> bool:
    return row.origin in _ASKED and bool(row.category_id and row.funding_id) and not row.note.strip()


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
