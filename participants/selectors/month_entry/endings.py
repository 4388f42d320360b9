"""Who ended by name in the month before, beside the number that is reported without names."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Case, Count, Q, Value, When
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from participants.enums import EnrolmentState, Occurrence
from participants.models import Enrolment
from participants.month_entry_key import MonthEntryKey
from participants.selectors.persons.enrolment import COUNTED, PERSON
from regions.formats import month_name
from regions.month import add_months
from regions.number import grouped


@dataclass
class EndedBefore:
    """People of a category and payer who ended by name with a month, and those who began in the next."""

    month: date
    causes: dict[str, int] = field(default_factory=dict)
    begun: int = 0

    @property
    def count(self) -> int:
        return sum(self.causes.values())

    @property
    def fewer(self) -> int:
        """How many people there are less by name; none where as many began."""
        return max(0, self.count - self.begun)

    @property
    def words(self) -> str:
        """`3 orang berakhir pada Juli 2025 (2 meninggal, 1 pindah wilayah)`."""
        why = ", ".join(
            f"{grouped(self.causes[cause])} {cause.label}" for cause in Occurrence if cause in self.causes
        )
        told = ngettext(
            "%(count)s orang berakhir pada %(month)s (%(why)s)",
            "%(count)s orang berakhir pada %(month)s (%(why)s)",
            self.count,
        ) % {"count": grouped(self.count), "month": month_name(self.month), "why": why}
        return _("%(told)s, %(begun)s mulai") % {"told": told, "begun": self.begun} if self.begun else told

    def lowered(self, before: int) -> int:
        """What the number of the month before is without them."""
        return max(0, before - self.fewer)

    def question(self, value: int, before: int | None) -> str:
        """What a number is asked that is not lower though people ended; empty where it is, or nobody did."""
        if before is None or value < before or not self.fewer:
            return ""
        told = _("%(who)s, tetapi jumlahnya tidak berkurang dari %(before)s. Kurangi menjadi %(less)s.")
        less = grouped(self.lowered(before))
        return told % {"who": self.words, "before": grouped(before), "less": less}

    def offer(self, value: int | None, before: int | None) -> int | None:
        """The lowered number, where none stands yet or one that is not lower."""
        if before is None or not self.fewer or (value is not None and value < before):
            return None
        return self.lowered(before)

    def explains(self, value: int, before: int | None) -> bool:
        """Whether a number is lower by just these people."""
        return before is not None and bool(self.fewer) and value == self.lowered(before)


def endings_of(codes: Iterable[str], month: date) -> dict[str, dict[MonthEntryKey, EndedBefore]]:
    """Region code → figure → who ended with the month before the named one; one question."""
    before = add_months(month, -1)
    ended = Q(state=EnrolmentState.ENDED, last_month=before) & ~Q(ended_by="")
    begun = Q(state__in=COUNTED, first_month=month)
    rows = Enrolment.objects.filter(ended | begun, region__in=list(codes))
    rows = rows.annotate(is_new=Case(When(first_month=month, then=Value(True)), default=Value(False)))
    columns = ("region_id", "category_id", "funding_id", "is_new", "ended_by")
    found: dict[str, dict[MonthEntryKey, EndedBefore]] = {}
    counted = rows.order_by().values_list(*columns).annotate(people=Count(PERSON, distinct=True))
    for code, category, funding, is_new, cause, people in counted:
        key = MonthEntryKey.headcount(category, funding)
        one = found.setdefault(code, {}).setdefault(key, EndedBefore(before))
        if is_new:
            one.begun += people
        else:
            one.causes[cause] = one.causes.get(cause, 0) + people
    return found


def ending_of(code: str, month: date, key: MonthEntryKey) -> EndedBefore | None:
    return endings_of([code], month).get(code, {}).get(key)
