"""Addresses of pages with what they are asked for.

The words that people read in an address stand here, in `urls.py` and in the forms that read them; code asks
in English.
"""

from datetime import date
from urllib.parse import urlencode

from django.urls import reverse

from regions.month import iso_month

_WORDS = {
    "region": "wilayah",
    "month": "periode",
    "per": "per",
    "first": "dari",
    "last": "sampai",
    "state": "keadaan",
    "row": "baris",
    "late": "terlambat",
    "year": "tahun",
    "words": "cari",
    "role": "peran",
    "place": "tempat",
}
# The one that stands for a day; all other dates are months.
_DAY = "per"


def address(name: str, *args: object, **asked: object) -> str:
    """`address("region_board", "36.72", month=date(2025, 7, 1))`; what is None or empty is not asked.

    Raises KeyError for what no page knows.
    """
    told = {_WORDS[key]: _written(key, value) for key, value in asked.items() if value not in (None, "")}
    page = reverse(name, args=args)
    return f"{page}?{urlencode(told)}" if told else page


def _written(key: str, value: object) -> str:
    if isinstance(value, date):
        return value.isoformat() if key == _DAY else iso_month(value)
    return str(value)
