"""Storing and correcting contributions received."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from budgets.models import Contribution
from budgets.services.money import money_problems
from regions.errors import Problem
from regions.services.fact import FactStore


class ContributionStore(FactStore[Contribution]):
    kind = Contribution.fact

    def problems(self, rows: Sequence[Contribution]) -> Iterable[Problem]:
        yield from money_problems(rows)
        for index, row in enumerate(rows):
            if row.last_month < row.first_month:
                yield Problem(
                    index,
                    "last_month",
                    _("Bulan terakhir lebih awal dari bulan pertama. Tukar keduanya bila terbalik."),
                )


CONTRIBUTIONS = ContributionStore()
record_contributions = CONTRIBUTIONS.record
correct_contribution = CONTRIBUTIONS.correct
