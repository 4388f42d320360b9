"""What a plan hangs on, in words."""

from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from budgets.models import Scenario
from budgets.planning.asked import PlanAsked
from budgets.planning.swing import Assumption, Swing, swings_of
from regions.formats import percent


@dataclass(frozen=True)
class ShownSwing:
    """An assumption at a lower and a higher value, and what the plan would bring; None where not found."""

    assumption: str
    words: str
    low: str
    high: str
    low_worth: int | None
    high_worth: int | None

    @property
    def span(self) -> int:
        if self.low_worth is None or self.high_worth is None:
            return 0
        return abs(self.high_worth - self.low_worth)


def shown_swings(scenario: Scenario, asked: PlanAsked) -> list[ShownSwing]:
    """What the plan hangs on most first; assumptions that move nothing are left out."""
    told = {one["assumption"]: one for one in (scenario.answer or {}).get("swings", ())}
    found = [
        ShownSwing(swing.assumption, *_swing_words(scenario, swing), one["low"], one["high"])
        for swing in swings_of(asked)
        if (one := told.get(swing.assumption))
    ]
    return sorted((one for one in found if one.span), key=lambda one: -one.span)


def _swing_words(scenario: Scenario, swing: Swing) -> tuple[str, str, str]:
    low, high = swing.low, swing.high
    match swing.assumption:
        case Assumption.PRICE:
            return _("Iuran"), percent(low.price_change, 0), f"+{percent(high.price_change, 0)}"
        case Assumption.CHURN:
            return _("Peserta berhenti sendiri, setahun"), percent(low.churn, 0), percent(high.churn, 0)
        case Assumption.GROWTH:
            return _("Pertambahan pekerja, setahun"), percent(low.growth, 0), percent(high.growth, 0)
        case Assumption.LEAST_MONTHS:
            return _("Lama paling singkat (bulan)"), str(low.least_months), str(high.least_months)
    return (
        _("Mulai paling awal"),
        planned_month(scenario.year, low.first),
        planned_month(scenario.year, high.first),
    )


def planned_month(year: int, place: int) -> str:
    return date_format(date(year, place + 1, 1), "F")
