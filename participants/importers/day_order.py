"""Whether a column of birth dates writes the month first: a property of the column, seen from its rows."""

from collections.abc import Iterable

from participants.importers.birth_date import numbers_of
from participants.importers.header import Field
from participants.importers.list_row import ListRow

LOOKED_AT = 300
_LEAST = 2
# One typing error shall not turn a column round.
_TIMES = 4


def month_comes_first(rows: Iterable[ListRow]) -> bool:
    """Days above 12 and the NIK beside them say which number is the day."""
    day_first = month_first = 0
    for row in rows:
        numbers = numbers_of(row.text(Field.BIRTH_DATE))
        if numbers is None:
            continue
        first, second, _year = numbers
        if first > 12 or second > 12:
            day_first += first > 12 >= second
            month_first += second > 12 >= first
            continue
        nik = row.text(Field.NIK)
        if first != second and len(nik) == 16 and nik.isdigit():
            told = (int(nik[6:8]) % 40, int(nik[8:10]))
            day_first += told == (first, second)
            month_first += told == (second, first)
    return month_first >= _LEAST and month_first > _TIMES * day_first
