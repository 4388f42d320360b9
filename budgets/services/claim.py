"""Storing and correcting claims paid."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from budgets.models import Claim
from budgets.services.money import money_problems
from participants.month_entry_key import MonthEntryKey, Section
from participants.services.month_entry.empty_cell import drop_reasons
from regions.errors import Problem
from regions.models import User
from regions.month import first_of
from regions.services.fact import FactStore


class ClaimStore(FactStore[Claim]):
    kind = Claim.fact

    def problems(self, rows: Sequence[Claim]) -> Iterable[Problem]:
        yield from money_problems(rows)
        for index, row in enumerate(rows):
            if row.happened_on is not None and row.happened_on > row.paid_on:
                yield Problem(
                    index,
                    "happened_on",
                    _("Tanggal kejadian sesudah tanggal bayar. Periksa kedua tanggalnya."),
                )

    def stored(self, rows: Sequence[Claim], *, by: User) -> None:
        """Where money arrives, nothing is empty on purpose any more."""
        key = MonthEntryKey(Section.CLAIMS)
        drop_reasons([(row.region_id, first_of(row.paid_on), key) for row in rows], by=by)


CLAIMS = ClaimStore()
record_claims = CLAIMS.record
correct_claim = CLAIMS.correct
