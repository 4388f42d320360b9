"""Storing and correcting active members per segment."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from participants.models import MembershipCount
from participants.month_entry_key import MonthEntryKey
from participants.programme_set import in_order, is_usual
from participants.selectors.workforce import official_workers
from participants.services.month_entry.empty_cell import drop_reasons
from participants.services.month_entry.jump import unexplained
from regions.errors import Problem
from regions.models import User
from regions.month_rules import month_problem
from regions.number import grouped
from regions.services.fact import FactStore

# Commuters may push coverage above 100%, but three times the workers of a place is a slip of the hand.
IMPLAUSIBLE_RATIO = 3


class MembershipCountStore(FactStore[MembershipCount]):
    kind = MembershipCount.fact

    def settle(self, rows: Sequence[MembershipCount]) -> None:
        for row in rows:
            row.programmes = in_order(row.programmes)

    def problems(self, rows: Sequence[MembershipCount]) -> Iterable[Problem]:
        workers = official_workers({(row.region_id, row.month.year) for row in rows})
        for index, row in enumerate(rows):
            if not row.programmes:
                yield Problem(index, "programmes", _("Pilih sedikitnya satu program."))
            yield from month_problem(index, row.month)
            if row.members < 0:
                yield Problem(
                    index,
                    "members",
                    _("Jumlah peserta tidak boleh negatif. Isi 0 bila memang tidak ada."),
                )
            eligible = workers.get((row.region_id, row.month.year))
            if eligible is not None and row.members > IMPLAUSIBLE_RATIO * eligible:
                yield Problem(
                    index,
                    "members",
                    _(
                        "%(members)s lebih dari tiga kali jumlah pekerja wilayah ini (%(workers)s). "
                        "Periksa kelebihan angka, atau perbaiki dahulu jumlah pekerjanya."
                    )
                    % {"members": grouped(row.members), "workers": grouped(eligible)},
                )
        yield from unexplained(rows)

    def stored(self, rows: Sequence[MembershipCount], *, by: User) -> None:
        """Where a number arrives, nothing is empty on purpose any more."""
        places = (
            (row.region_id, row.month, MonthEntryKey.members(row.segment))
            for row in rows
            if is_usual(row.programmes)
        )
        drop_reasons(places, by=by)


MEMBERSHIP_COUNTS = MembershipCountStore()
record_membership_counts = MEMBERSHIP_COUNTS.record
correct_membership_count = MEMBERSHIP_COUNTS.correct
