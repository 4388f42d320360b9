"""Storing and correcting claims paid."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from budgets.models import Claim
from budgets.services.money import money_problems
from regions.errors import Problem
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


CLAIMS = ClaimStore()
record_claims = CLAIMS.record
correct_claim = CLAIMS.correct
