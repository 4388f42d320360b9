"""Storing and correcting the wages on which regions pay for categories."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from budgets.models import WageBase
from regions.errors import Problem
from regions.month_rules import EARLIEST
from regions.services.fact import FactStore

_HIGHEST_CLASS = 5
# Nobody in the service of a region earns a hundred million a month: a slip of three zeros.
_IMPLAUSIBLE = 100_000_000


class WageBaseStore(FactStore[WageBase]):
    kind = WageBase.fact

    def settle(self, rows: Sequence[WageBase]) -> None:
        for row in rows:
            row.programmes = sorted(set(row.programmes))

    def problems(self, rows: Sequence[WageBase]) -> Iterable[Problem]:
        for index, row in enumerate(rows):
            if row.first_month < EARLIEST:
                yield Problem(
                    index,
                    "first_month",
                    _("Terlalu lama: BPJS Ketenagakerjaan mulai Januari 2014. Periksa tahunnya."),
                )
            if not 0 < row.rupiah <= _IMPLAUSIBLE:
                yield Problem(
                    index,
                    "rupiah",
                    _("Isi upah sebulan satu orang, misalnya 2.000.000. Periksa jumlah angka nolnya."),
                )
            if not 1 <= row.risk_class <= _HIGHEST_CLASS:
                yield Problem(index, "risk_class", _("Pilih tingkat risiko lingkungan kerja 1 sampai 5."))
            if not row.programmes:
                yield Problem(index, "programmes", _("Centang paling sedikit satu program."))


WAGE_BASES = WageBaseStore()
record_wage_bases = WAGE_BASES.record
correct_wage_base = WAGE_BASES.correct
