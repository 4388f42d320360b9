"""Storing and correcting people per category without names."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from participants.models import Headcount
from participants.month_entry_key import MonthEntryKey
from participants.selectors.institution_category import holds_figure
from participants.services.month_entry.empty_cell import drop_reasons
from participants.services.month_entry.jump import unexplained
from regions.errors import Problem
from regions.models import User
from regions.month_rules import month_problem
from regions.services.fact import FactStore


class HeadcountStore(FactStore[Headcount]):
    kind = Headcount.fact

    def may_write(self, row: Headcount, *, by: User) -> bool:
        """Whoever is bound to an institution writes the numbers of its categories."""
        key = MonthEntryKey.headcount(row.category_id, row.funding_id)
        return super().may_write(row, by=by) or holds_figure(by, row.region_id, key)

    def problems(self, rows: Sequence[Headcount]) -> Iterable[Problem]:
        for index, row in enumerate(rows):
            yield from month_problem(index, row.month)
            if row.people < 0:
                yield Problem(
                    index, "people", _("Jumlah orang tidak boleh negatif. Isi 0 bila memang tidak ada.")
                )
        yield from unexplained(rows)

    def stored(self, rows: Sequence[Headcount], *, by: User) -> None:
        """Where a number arrives, nothing is empty on purpose any more."""
        places = (
            (row.region_id, row.month, MonthEntryKey.headcount(row.category_id, row.funding_id))
            for row in rows
        )
        drop_reasons(places, by=by)


HEADCOUNTS = HeadcountStore()
record_headcounts = HEADCOUNTS.record
correct_headcount = HEADCOUNTS.correct
