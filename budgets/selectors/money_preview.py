"""What would be stored of a cell of a file of money, where that is not what its words are."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from budgets.importers.money_fields import DAYS, RUPIAH, WHOLE, MoneyField
from regions.formats import day_name, month_name, rupiah
from regions.number import grouped

F = MoneyField
_DRESS = re.compile(r"^rp\.?\s*|[.\s]|,(?:-|00)$")


def stored_beside(field: MoneyField, words: str, row: Mapping[str, Any], cells: Mapping[str, str]) -> str:
    """`Rp1.234` beside `1,234`, `April 2025 – Juni 2025` beside `TW 2 2025`; empty where the words say so
    themselves or the cell could not be read. `row` is what was read of the row, `cells` its words."""
    if not words:
        return ""
    if field in {F.FIRST_MONTH, F.LAST_MONTH}:
        return _months(field, words, row, cells)
    value = row.get(field.value)
    if value is None:
        return ""
    if field in DAYS:
        day = date.fromisoformat(value)
        alike = {f"{day:%d/%m/%Y}", f"{day:%d-%m-%Y}", f"{day:%Y-%m-%d}", day_name(day).lower()}
        return "" if words.lower() in alike else day_name(day)
    if field in RUPIAH | WHOLE and _DRESS.sub("", words.lower()) != str(value):
        return rupiah(value) if field in RUPIAH else grouped(value)
    return ""


def _months(field: MoneyField, words: str, row: Mapping[str, Any], cells: Mapping[str, str]) -> str:
    first, last = (row.get(one.value) for one in (F.FIRST_MONTH, F.LAST_MONTH))
    if not first or not last:
        return ""
    span = [date.fromisoformat(one) for one in (first, last)]
    if field == F.LAST_MONTH:
        span = span[1:]
    elif cells.get(F.LAST_MONTH.value) or span[0] == span[1]:
        span = span[:1]
    alike = {month_name(span[0]).lower(), f"{span[0]:%m/%Y}", f"{span[0]:%Y-%m}"}
    return "" if len(span) == 1 and words.lower() in alike else " – ".join(map(month_name, span))
