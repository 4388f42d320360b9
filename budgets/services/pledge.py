"""Storing and correcting offers to payers, from the offer to the pledge, and what was paid of them."""

from collections.abc import Iterable, Sequence

from django.db.models import Sum
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from budgets.models import Pledge, PledgePayment
from budgets.planning.question import MONTHS
from budgets.services.money import payer_problems
from regions.errors import Problem
from regions.number import grouped
from regions.services.fact import FactStore

Found = Iterable[Problem]


class PledgeStore(FactStore[Pledge]):
    kind = Pledge.fact

    def settle(self, rows: Sequence[Pledge]) -> None:
        for row in rows:
            row.amount = row.people * row.months * row.monthly_rate

    def problems(self, rows: Sequence[Pledge]) -> Found:
        paid = _paid_of([row.pk for row in rows if row.pk is not None])
        for index, row in enumerate(rows):
            yield from _wrong_numbers(index, row)
            yield from _wrong_days(index, row)
            yield from _wrong_months(index, row)
            yield from _wrong_when_paid(index, row, paid.get(row.pk, 0))
        yield from payer_problems(rows)


class PledgePaymentStore(FactStore[PledgePayment]):
    kind = PledgePayment.fact

    def problems(self, rows: Sequence[PledgePayment]) -> Found:
        # Locked, so that two payments entered at once do not both fit.
        pledges = Pledge.objects.select_for_update(of=("self",)).in_bulk({row.pledge_id for row in rows})
        kept = {row.reference for row in rows}
        left = {pk: pledge.amount - _paid_without(pk, kept) for pk, pledge in pledges.items()}
        for index, row in enumerate(rows):
            pledge = pledges[row.pledge_id]
            if pledge.region_id != row.region_id:
                # As one that is not there: whoever pays elsewhere is not told of it.
                yield Problem(index, "pledge", _("Janji ini tidak ada di wilayah ini. Pilih dari daftarnya."))
                continue
            yield from _wrong_payment(index, row, pledge)
            left[row.pledge_id] -= row.amount
            if left[row.pledge_id] < 0:
                yield Problem(
                    index,
                    "amount",
                    _(
                        "Pembayaran melampaui janjinya Rp%(over)s. Periksa nominalnya, atau koreksi janjinya "
                        "lebih dahulu."
                    )
                    % {"over": grouped(-left[row.pledge_id])},
                )


def _paid_of(pledges: Sequence[int]) -> dict[int, int]:
    rows = PledgePayment.objects.filter(pledge__in=pledges).order_by()
    return dict(rows.values_list("pledge").annotate(paid=Sum("amount")))


def _paid_without(pledge: int, references: set[str]) -> int:
    rows = PledgePayment.objects.filter(pledge=pledge).exclude(reference__in=references)
    return int(rows.aggregate(paid=Sum("amount"))["paid"] or 0)


def _wrong_numbers(index: int, row: Pledge) -> Found:
    for name in ("people", "monthly_rate"):
        if getattr(row, name) < 1:
            yield Problem(index, name, _("Isi angka lebih dari nol."))
    if not 1 <= row.months <= MONTHS:
        yield Problem(index, "months", _("Isi 1 sampai 12 bulan."))


def _wrong_days(index: int, row: Pledge) -> Found:
    today = localdate()
    for name in ("offered_on", "pledged_on", "withdrawn_on"):
        day = getattr(row, name)
        if day is None:
            continue
        if day > today:
            yield Problem(index, name, _("Tanggal ini belum tiba. Kosongkan yang belum terjadi."))
        if day < row.offered_on:
            yield Problem(index, name, _("Lebih awal dari tanggal tawarannya. Periksa kedua tanggalnya."))
    if row.due_on is not None and row.due_on < row.offered_on:
        yield Problem(index, "due_on", _("Jatuh tempo mendahului tanggal tawarannya. Periksa tanggalnya."))
    if row.pledged_on is not None and row.due_on is None:
        yield Problem(index, "due_on", _("Janji memerlukan jatuh tempo, supaya dapat diingatkan."))
    if row.pledged_on is not None and row.institution is None:
        yield Problem(
            index,
            "institution",
            _("Sebut lembaga yang berjanji. Bila belum terdaftar, minta administrator menambahkannya."),
        )


def _wrong_months(index: int, row: Pledge) -> Found:
    if row.first_month.day != 1:
        yield Problem(index, "first_month", _("Isi hari pertama bulannya, misalnya 2026-01-01."))
    if row.first_month.year != row.year:
        yield Problem(index, "first_month", _("Bulan mulainya di luar tahun tawaran ini. Samakan keduanya."))
    elif row.first_month.month + row.months - 1 > MONTHS:
        yield Problem(
            index,
            "months",
            _("Dari bulan itu tersisa %(left)s bulan dalam tahunnya. Tahun berikutnya dicatat sendiri.")
            % {"left": MONTHS + 1 - row.first_month.month},
        )


def _wrong_when_paid(index: int, row: Pledge, paid: int) -> Found:
    if not paid:
        return
    if row.pledged_on is None:
        yield Problem(index, "pledged_on", _("Sudah ada pembayarannya, jadi tanggal janjinya tetap."))
    amount = row.people * row.months * row.monthly_rate
    if amount < paid:
        yield Problem(
            index,
            "people",
            _("Sudah dibayar Rp%(paid)s, lebih banyak daripada nilai ini. Koreksi pembayarannya dahulu.")
            % {"paid": grouped(paid)},
        )
    elif row.withdrawn_on is not None and amount == paid:
        yield Problem(index, "withdrawn_on", _("Janji ini sudah lunas; tidak ada lagi yang ditarik."))


def _wrong_payment(index: int, row: PledgePayment, pledge: Pledge) -> Found:
    if row.amount < 1:
        yield Problem(index, "amount", _("Isi angka lebih dari nol."))
    if row.paid_on > localdate():
        yield Problem(index, "paid_on", _("Tanggal ini belum tiba. Catat hanya uang yang sudah dibayar."))
    if pledge.pledged_on is None:
        yield Problem(
            index,
            "pledge",
            _("Tawaran ini belum dijanjikan. Isi dahulu tanggal janjinya lewat Koreksi."),
        )
    elif row.paid_on < pledge.pledged_on:
        yield Problem(index, "paid_on", _("Lebih awal dari tanggal janjinya. Periksa kedua tanggalnya."))
    if pledge.withdrawn_on is not None and row.paid_on > pledge.withdrawn_on:
        yield Problem(index, "paid_on", _("Janji ini sudah ditarik sebelum tanggal itu. Periksa tanggalnya."))


PLEDGES = PledgeStore()
record_pledges = PLEDGES.record
correct_pledge = PLEDGES.correct

PLEDGE_PAYMENTS = PledgePaymentStore()
record_pledge_payments = PLEDGE_PAYMENTS.record
correct_pledge_payment = PLEDGE_PAYMENTS.correct
