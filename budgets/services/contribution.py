"""Storing and correcting contributions received."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from budgets.models import Contribution
from budgets.services.money import money_problems, payer_problems
from participants.month_entry_key import MonthEntryKey, Section
from participants.services.month_entry.empty_cell import drop_reasons
from regions.errors import Problem
from regions.models import User
from regions.month import first_of
from regions.services.fact import FactStore


class ContributionStore(FactStore[Contribution]):
    kind = Contribution.fact

    def problems(self, rows: Sequence[Contribution]) -> Iterable[Problem]:
        yield from money_problems(rows)
        yield from payer_problems(rows)
        for index, row in enumerate(rows):
            if row.last_month < row.first_month:
                yield Problem(
                    index,
                    "last_month",
                    _("Bulan terakhir lebih awal dari bulan pertama. Tukar keduanya bila terbalik."),
                )

    def stored(self, rows: Sequence[Contribution], *, by: User) -> None:
        """Where money arrives, nothing is empty on purpose any more."""
        key = MonthEntryKey(Section.CONTRIBUTIONS)
        drop_reasons([(row.region_id, first_of(row.paid_on), key) for row in rows], by=by)


CONTRIBUTIONS = ContributionStore()
record_contributions = CONTRIBUTIONS.record
correct_contribution = CONTRIBUTIONS.correct
