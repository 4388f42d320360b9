"""What contributions and claims have in common when they are stored."""

from collections.abc import Iterable, Sequence
from typing import TypeVar

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from budgets.models import Contribution, Pledge, Realisation
from budgets.models.money import MoneyFact
from participants.selectors.workforce import official_workers
from regions.access import covers
from regions.errors import Problem
from regions.month_rules import EARLIEST
from regions.number import grouped

M = TypeVar("M", bound=MoneyFact)
# A tenth of a wage of ten million a month: no region pays or receives more per worker and year.
IMPLAUSIBLE_PER_WORKER = 12_000_000


def money_problems(rows: Sequence[M]) -> Iterable[Problem]:
    """What is wrong with payments whatever they are for."""
    workers = official_workers({(row.region_id, row.paid_on.year) for row in rows})
    for index, row in enumerate(rows):
        yield from _date_problems(index, row)
        if row.amount < 0:
            yield Problem(
                index,
                "amount",
                _("Nilai tidak boleh negatif. Pengembalian dicatat dengan mengoreksi baris asalnya."),
            )
        eligible = workers.get((row.region_id, row.paid_on.year))
        if eligible is not None and row.amount > IMPLAUSIBLE_PER_WORKER * eligible:
            yield Problem(
                index,
                "amount",
                _(
                    "Rp%(amount)s lebih dari Rp12 juta untuk tiap pekerja wilayah ini (%(workers)s "
                    "orang). Periksa apakah kelebihan angka nol."
                )
                % {"amount": grouped(row.amount), "workers": grouped(eligible)},
            )


def payer_problems(rows: Sequence[Contribution | Realisation | Pledge]) -> Iterable[Problem]:
    """Who pays for a region is an institution of its own, or of the province or nation above it."""
    for index, row in enumerate(rows):
        if row.institution is not None and not covers(row.institution.region_id, row.region_id):
            yield Problem(
                index,
                "institution",
                _("Lembaga ini milik wilayah lain. Pilih yang sewilayah atau kosongkan."),
            )


def _date_problems(index: int, row: MoneyFact) -> Iterable[Problem]:
    if row.paid_on > localdate():
        yield Problem(index, "paid_on", _("Tanggal ini belum tiba. Catat hanya uang yang sudah dibayar."))
    if row.paid_on < EARLIEST:
        yield Problem(
            index, "paid_on", _("Terlalu lama: BPJS Ketenagakerjaan mulai Januari 2014. Periksa tahunnya.")
        )
