"""Storing and correcting the stages of budget lines."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from budgets.cost_check import check_cost
from budgets.line import line_key, normal_account, normal_sub_activity
from budgets.models import Allocation
from regions.enums import Origin, ReportKind
from regions.errors import Problem
from regions.models import User
from regions.month import Span
from regions.number import grouped
from regions.roles import Permission
from regions.services.fact import EARLIEST, FactKind, Outcome, correct_fact, of_no_month, record_facts

# Told by others, not planned by an officer: kept as told, whatever their sums.
_TOLD = frozenset({Origin.PUBLISHED, Origin.EXAMPLE})
_MONTHS = range(1, 13)


def record_allocations(
    rows: Sequence[Allocation], *, by: User, overwrite: bool = False
) -> Outcome[Allocation]:
    """Stages of budget lines; the codes of a line are brought to one spelling first."""
    for row in rows:
        settle_line(row)
    return record_facts(ALLOCATION, rows, by=by, overwrite=overwrite)


def settle_line(row: Allocation) -> None:
    """Bring the codes to one spelling and say of which line the row is a stage."""
    row.account = normal_account(row.account)
    row.sub_activity = normal_sub_activity(row.sub_activity)
    row.line = line_key(
        row.region_id,
        row.year,
        row.institution_id,
        row.sub_activity,
        row.account,
        row.category_id,
        row.funding_id,
    )


def correct_allocation(*, pk: int, revision: int, by: User, reason: str, new: dict[str, Any]) -> Allocation:
    return correct_fact(ALLOCATION, pk=pk, revision=revision, by=by, reason=reason, new=new)


def _stale(row: Allocation) -> Span:
    """A stage is in force from its day, but not before its year, to the end of that year."""
    first = max(row.decided_on.replace(day=1), date(row.year, 1, 1))
    return first, date(row.year, 12, 1)


def _problems(rows: Sequence[Allocation]) -> Iterable[Problem]:
    for index, row in enumerate(rows):
        yield from _wrong_cells(index, row)
        yield from _over_its_own_plan(index, row)


def _wrong_cells(index: int, row: Allocation) -> Iterable[Problem]:
    if row.year < EARLIEST.year:
        yield Problem(
            index, "year", _("Terlalu lama: BPJS Ketenagakerjaan mulai Januari 2014. Periksa tahunnya.")
        )
    if row.decided_on.year not in {row.year - 1, row.year}:
        yield Problem(
            index,
            "decided_on",
            _("Anggaran ditetapkan pada tahunnya atau setahun sebelumnya. Periksa tahun dan tanggalnya."),
        )
    if row.amount < 0:
        yield Problem(index, "amount", _("Pagu tidak boleh negatif. Isi 0 bila barisnya dihapus."))
    if row.sequence < 1:
        yield Problem(index, "sequence", _("Nomor tahap dimulai dari 1."))
    if row.months is not None and row.months not in _MONTHS:
        yield Problem(index, "months", _("Setahun anggaran paling banyak 12 bulan."))
    if row.institution is not None and row.institution.region_id != row.region_id:
        yield Problem(
            index,
            "institution",
            _("Perangkat daerah ini milik wilayah lain. Pilih yang sewilayah atau kosongkan."),
        )


def _over_its_own_plan(index: int, row: Allocation) -> Iterable[Problem]:
    """People × rate × months above the amount is stored only as said on purpose."""
    check = check_cost(amount=row.amount, heads=row.heads, months=row.months, rate=row.monthly_rate)
    if not check.exceeds:
        row.over_ceiling, row.over_reason = False, ""
    elif row.origin not in _TOLD and not (row.over_ceiling and row.over_reason.strip()):
        yield Problem(
            index,
            "over_reason",
            _(
                "Rencana ini melampaui pagunya sebesar Rp %(over)s: butuh Rp %(needed)s. Kurangi orang atau "
                "bulannya, atau centang “Tetap simpan walau melampaui pagu” dan tulis alasannya."
            )
            % {"over": grouped(-(check.difference or 0)), "needed": grouped(check.needed or 0)},
        )


ALLOCATION: FactKind[Allocation] = FactKind(
    model=Allocation,
    key=("line", "phase", "sequence"),
    values=(
        "amount",
        "heads",
        "months",
        "monthly_rate",
        "decided_on",
        "document",
        "legal_basis",
        "over_ceiling",
        "over_reason",
    ),
    permission=Permission.ENTER_BUDGET,
    report=ReportKind.BUDGET,
    stale=_stale,
    told=of_no_month,
    problems=_problems,
    label=lambda: _("pagu"),
)
