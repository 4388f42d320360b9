"""Storing and correcting the stages of budget lines."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from budgets.cost_check import check_cost
from budgets.line import line_key, normal_account, normal_sub_activity
from budgets.models import Allocation
from regions.enums import Origin
from regions.errors import Problem
from regions.month_rules import EARLIEST
from regions.number import grouped
from regions.services.fact import FactStore

# Told by others, not planned by an officer: kept as told, whatever their sums.
_TOLD = frozenset({Origin.PUBLISHED, Origin.EXAMPLE})
_MONTHS = range(1, 13)


class AllocationStore(FactStore[Allocation]):
    kind = Allocation.fact

    def settle(self, rows: Sequence[Allocation]) -> None:
        for row in rows:
            settle_line(row)

    def problems(self, rows: Sequence[Allocation]) -> Iterable[Problem]:
        for index, row in enumerate(rows):
            yield from _wrong_cells(index, row)
            yield from _over_its_own_plan(index, row)


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
                "Rencana ini melampaui pagunya sebesar Rp%(over)s: butuh Rp%(needed)s. Kurangi orang atau "
                "bulannya, atau centang “Tetap simpan walau melampaui pagu” dan tulis alasannya."
            )
            % {"over": grouped(-(check.difference or 0)), "needed": grouped(check.needed or 0)},
        )


ALLOCATIONS = AllocationStore()
record_allocations = ALLOCATIONS.record
correct_allocation = ALLOCATIONS.correct
