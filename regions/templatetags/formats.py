from typing import Any

from django import template

from regions import formats
from regions.device import device_words
from regions.month import month_choices
from regions.sorting import Sorting
from regions.stored_text import retold, shown

register = template.Library()

for number in (
    formats.whole,
    formats.percent,
    formats.rupiah,
    formats.short_rupiah,
    formats.points,
    formats.signed,
    formats.svg_share,
):
    register.filter(number.__name__, number)
for day in (
    formats.month_name,
    formats.day_name,
    formats.moment,
    formats.short_moment,
    formats.exact_moment,
    formats.iso_month,
):
    register.filter(day.__name__, day, expects_localtime=True)
register.filter("device_words", device_words)
register.filter("shown", shown)
register.filter("retold", retold)
register.filter("month_choices", month_choices)


@register.inclusion_tag("components/sort_head.html")
def sort_head(sort: Sorting | None, name: str, label: str, kind: str = "") -> dict[str, Any]:
    """Words alone where the table cannot be ordered by this column."""
    is_known = isinstance(sort, Sorting) and name in sort.known
    return {
        "label": label,
        "kind": kind,
        "direction": sort.direction_of(name) if sort and is_known else "",
        "url": sort.url_of(name, is_number=kind == "number") if sort and is_known else "",
    }
