"""Which months can have been reported at all."""

from collections.abc import Iterable
from datetime import date

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from regions.errors import Problem

# BPJS Ketenagakerjaan took up its work on that day (UU 24/2011); nothing before it can be reported.
EARLIEST = date(2014, 1, 1)


def month_problem(index: int, month: date, field: str = "month") -> Iterable[Problem]:
    """A month that has not begun, or of a time before BPJS, cannot have been reported."""
    if month > localdate():
        yield Problem(
            index, field, _("Bulan ini belum tiba. Isi bulan yang sudah berjalan atau sudah lewat.")
        )
    if month < EARLIEST:
        yield Problem(
            index, field, _("Terlalu lama: BPJS Ketenagakerjaan mulai Januari 2014. Periksa tahunnya.")
        )
