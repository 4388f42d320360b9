"""Storing and correcting minutes, and what was promised."""

import hashlib
from collections.abc import Iterable, Sequence

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from regions.errors import Problem
from regions.meeting import CommitmentState
from regions.models import Commitment, Minutes
from regions.personal_numbers import masked_numbers
from regions.services.fact import FactStore


class MinutesStore(FactStore[Minutes]):
    kind = Minutes.fact

    def settle(self, rows: Sequence[Minutes]) -> None:
        for row in rows:
            for column in ("title", "chair", "attendance", "decisions"):
                setattr(row, column, masked_numbers(getattr(row, column).replace("\r", "").strip()))
            told = f"{row.region_id}:{row.held_on}:{row.meeting_kind}:{row.title}"
            row.reference = " ".join(told.casefold().split())[:250]

    def problems(self, rows: Sequence[Minutes]) -> Iterable[Problem]:
        for index, row in enumerate(rows):
            if row.held_on > localdate():
                yield Problem(
                    index, "held_on", _("Rapat ini belum berlangsung. Catat notulanya sesudah itu.")
                )
            taken = Minutes.objects.filter(reference=row.reference).exclude(pk=row.pk)
            if row.pk and taken.exists():
                yield Problem(index, "title", _("Rapat dengan acara dan tanggal ini sudah tercatat."))


class CommitmentStore(FactStore[Commitment]):
    kind = Commitment.fact

    def settle(self, rows: Sequence[Commitment]) -> None:
        for row in rows:
            for column in ("problem", "promise", "owner", "outcome"):
                setattr(row, column, masked_numbers(" ".join(getattr(row, column).split())))
            told = f"{row.region_id}:{row.month}:{row.problem.casefold()}:{row.promise.casefold()}"
            row.reference = hashlib.sha256(told.encode()).hexdigest()

    def problems(self, rows: Sequence[Commitment]) -> Iterable[Problem]:
        for index, row in enumerate(rows):
            yield from _unsettled(index, row)
            taken = Commitment.objects.filter(reference=row.reference).exclude(pk=row.pk)
            if row.pk and taken.exists():
                yield Problem(
                    index, "promise", _("Kendala dan tindak lanjut ini sudah tercatat untuk bulan itu.")
                )
            if row.minutes is not None and row.minutes.region_id != row.region_id:
                yield Problem(
                    index, "minutes", _("Rapat ini milik wilayah lain. Pilih rapat yang sewilayah.")
                )


def _unsettled(index: int, row: Commitment) -> Iterable[Problem]:
    if row.state == CommitmentState.OPEN:
        if row.settled_on:
            yield Problem(
                index, "settled_on", _("Yang belum selesai tidak memiliki tanggal selesai. Kosongkan.")
            )
        return
    if row.settled_on is None:
        yield Problem(index, "settled_on", _("Isi tanggal selesai atau dibatalkannya."))
    elif row.settled_on > localdate():
        yield Problem(index, "settled_on", _("Tanggal ini belum tiba."))
    if not row.outcome:
        yield Problem(index, "outcome", _("Tulis hasilnya, atau mengapa dibatalkan; buktinya dilampirkan."))


MINUTES = MinutesStore()
COMMITMENTS = CommitmentStore()
record_minutes = MINUTES.record
record_commitments = COMMITMENTS.record
correct_commitment = COMMITMENTS.correct
