from collections.abc import Iterable
from datetime import date

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from budgets.models.money import MoneyFact
from regions.errors import Problem
from regions.month import first_of
from regions.services.change import Span


def stale_money(row: MoneyFact) -> Span:
    """A payment counts in the fiscal year to date: from its month to the year's end."""
    return first_of(row.paid_on), date(row.paid_on.year, 12, 1)


def money_problems(index: int, row: MoneyFact) -> Iterable[Problem]:
    if row.amount < 0:
        yield Problem(
            index,
            "amount",
            _("Rupiah tidak boleh negatif. Pengembalian dicatat dengan mengoreksi baris asalnya."),
        )
    if row.paid_on > localdate():
        yield Problem(index, "paid_on", _("Tanggal ini belum tiba. Catat hanya uang yang sudah dibayar."))
