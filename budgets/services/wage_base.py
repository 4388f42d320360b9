"""Storing and correcting the wages on which regions pay for categories."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext as _

from budgets.models import WageBase
from regions.enums import ReportKind
from regions.errors import Problem
from regions.models import User
from regions.month import Span
from regions.roles import Permission
from regions.services.fact import EARLIEST, FactKind, Outcome, correct_fact, of_no_month, record_facts

_HIGHEST_CLASS = 5
# Nobody in the service of a region earns a hundred million a month: a slip of three zeros.
_IMPLAUSIBLE = 100_000_000


def record_wage_bases(rows: Sequence[WageBase], *, by: User, overwrite: bool = False) -> Outcome[WageBase]:
    return record_facts(WAGE_BASE, rows, by=by, overwrite=overwrite)


def correct_wage_base(*, pk: int, revision: int, by: User, reason: str, new: dict[str, Any]) -> WageBase:
    return correct_fact(WAGE_BASE, pk=pk, revision=revision, by=by, reason=reason, new=new)


def _stale(row: WageBase) -> Span:
    return row.first_month, None


def _problems(rows: Sequence[WageBase]) -> Iterable[Problem]:
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
            yield Problem(index, "risk_class", _("Pilih kelas risiko 1 sampai 5."))
        if not row.programmes:
            yield Problem(index, "programmes", _("Centang paling sedikit satu program."))


WAGE_BASE: FactKind[WageBase] = FactKind(
    model=WageBase,
    key=("region_id", "category_id", "first_month"),
    values=("rupiah", "risk_class", "programmes"),
    permission=Permission.ENTER_BUDGET,
    report=ReportKind.BUDGET,
    stale=_stale,
    told=of_no_month,
    problems=_problems,
    label=lambda: _("dasar upah"),
)
