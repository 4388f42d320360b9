"""Storing and correcting bills, whose stages are filled in one after another."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from budgets.models import Allocation, Realisation
from budgets.models.realisation import STAGES
from budgets.services.bill_heads import not_lower
from budgets.services.money import payer_problems
from participants.selectors.workforce import official_workers
from regions.enums import Origin
from regions.errors import Problem
from regions.month_rules import EARLIEST
from regions.number import grouped
from regions.services.fact import FactStore

_TOLD = frozenset({Origin.PUBLISHED, Origin.EXAMPLE})
# As for other money: no region pays more per worker and year.
_IMPLAUSIBLE_PER_WORKER = 12_000_000


class RealisationStore(FactStore[Realisation]):
    kind = Realisation.fact

    def problems(self, rows: Sequence[Realisation]) -> Iterable[Problem]:
        workers = official_workers({(row.region_id, day.year) for row in rows for day in _days(row)})
        for index, row in enumerate(rows):
            yield from _wrong_months(index, row)
            yield from _wrong_stages(index, row)
            yield from _wrong_line(index, row)
            yield from _over_billed(index, row)
            year = max(_days(row), default=row.first_month).year
            eligible = workers.get((row.region_id, year))
            if eligible is not None and _largest(row) > _IMPLAUSIBLE_PER_WORKER * eligible:
                yield Problem(
                    index,
                    "billed_amount",
                    _(
                        "Rp%(amount)s lebih dari Rp12 juta untuk tiap pekerja wilayah ini "
                        "(%(workers)s orang). Periksa apakah kelebihan angka nol."
                    )
                    % {"amount": grouped(_largest(row)), "workers": grouped(eligible)},
                )
        yield from _over_ceiling(rows)
        yield from payer_problems(rows)
        yield from not_lower(rows)


def _days(row: Realisation) -> list[date]:
    return [day for stage in STAGES if (day := getattr(row, f"{stage}_on")) is not None]


def _largest(row: Realisation) -> int:
    return max((getattr(row, f"{stage}_amount") or 0 for stage in STAGES), default=0)


def _wrong_months(index: int, row: Realisation) -> Iterable[Problem]:
    if row.last_month < row.first_month:
        yield Problem(
            index,
            "last_month",
            _("Bulan terakhir lebih awal dari bulan pertama. Tukar keduanya bila terbalik."),
        )


def _wrong_stages(index: int, row: Realisation) -> Iterable[Problem]:
    if not _days(row):
        yield Problem(
            index,
            "billed_on",
            _("Isi paling sedikit satu tahap: tagihan, pembayaran, atau pembukuan BPJS, dengan tanggalnya."),
        )
    before: date | None = None
    for stage in STAGES:
        amount, day = getattr(row, f"{stage}_amount"), getattr(row, f"{stage}_on")
        if (amount is None) != (day is None):
            field = f"{stage}_amount" if amount is None else f"{stage}_on"
            yield Problem(
                index, field, _("Isi nilai beserta tanggalnya, atau kosongkan keduanya bila belum terjadi.")
            )
        if amount is not None and amount < 0:
            yield Problem(index, f"{stage}_amount", _("Nilai tidak boleh negatif."))
        if day is None:
            continue
        if day > localdate():
            yield Problem(
                index, f"{stage}_on", _("Tanggal ini belum tiba. Kosongkan tahap yang belum terjadi.")
            )
        if day < EARLIEST:
            yield Problem(
                index,
                f"{stage}_on",
                _("Terlalu lama: BPJS Ketenagakerjaan mulai Januari 2014. Periksa tahunnya."),
            )
        if before is not None and day < before:
            yield Problem(
                index,
                f"{stage}_on",
                _("Tahap ini lebih awal dari tahap sebelumnya. Urutannya: ditagih, dibayar, dibukukan."),
            )
        before = day


def _wrong_line(index: int, row: Realisation) -> Iterable[Problem]:
    line = row.allocation
    if line is None:
        return
    if line.region_id != row.region_id:
        yield Problem(
            index, "allocation", _("Baris anggaran ini milik wilayah lain. Pilih baris wilayahnya.")
        )
        return
    told = (("category", line.category_id, row.category_id), ("funding", line.funding_id, row.funding_id))
    for name, of_line, of_bill in told:
        if of_line and of_bill and of_line != of_bill:
            yield Problem(
                index,
                name,
                _("Berbeda dari baris anggarannya. Samakan, atau pilih baris anggaran yang lain."),
            )


def is_over_billed(row: Realisation) -> bool:
    return row.billed_amount is not None and (row.paid_amount or 0) > row.billed_amount


def _over_billed(index: int, row: Realisation) -> Iterable[Problem]:
    """More paid than was asked for happens (a fine, an older bill), so it is stored with its reason."""
    if is_over_billed(row) and row.origin not in _TOLD and not row.over_reason.strip():
        yield Problem(
            index,
            "over_reason",
            _(
                "Dibayar Rp%(over)s lebih banyak daripada yang ditagih. Periksa nominalnya, atau "
                "tulis alasannya di sini."
            )
            % {"over": grouped((row.paid_amount or 0) - (row.billed_amount or 0))},
        )


def _over_ceiling(rows: Sequence[Realisation]) -> Iterable[Problem]:
    """Bills above what is in force for their line are stored only as said on purpose.

    The stages of the lines are locked, so that two bills entered at once do not both fit.
    """
    lines = {row.allocation.line for row in rows if row.allocation is not None}
    if not lines:
        return
    room = _room(lines, rows)
    for index, row in enumerate(rows):
        if row.allocation is None:
            continue
        line = row.allocation.line
        room[line] -= _largest(row)
        if room[line] >= 0:
            row.over_ceiling = False
            row.over_reason = row.over_reason if is_over_billed(row) else ""
        elif row.origin not in _TOLD and not (row.over_ceiling and row.over_reason.strip()):
            yield Problem(
                index,
                "over_reason",
                _(
                    "Dengan tagihan ini baris anggaran terlampaui Rp%(over)s. Periksa nominalnya, "
                    "atau centang “Tetap simpan walau melampaui pagu” dan tulis alasannya."
                )
                % {"over": grouped(-room[line])},
            )


def _room(lines: set[str], rows: Sequence[Realisation]) -> dict[str, int]:
    """Line → its newest amount less all other bills of it."""
    stages = Allocation.objects.select_for_update(of=("self",)).filter(line__in=lines)
    room = {row.line: row.amount for row in stages.order_by("line", "decided_on", "phase", "sequence", "pk")}
    # Rows sent again replace themselves.
    own = {row.reference for row in rows}
    others = Realisation.objects.filter(allocation__line__in=lines).exclude(reference__in=own)
    for other in others.select_related("allocation"):
        if other.allocation is not None:
            room[other.allocation.line] -= _largest(other)
    return room


REALISATIONS = RealisationStore()
record_realisations = REALISATIONS.record
correct_realisation = REALISATIONS.correct
