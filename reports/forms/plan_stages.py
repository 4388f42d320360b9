"""The years of a plan: a ceiling each, or a share of a budget that grows."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from django import forms
from django.utils.translation import gettext_lazy as _

from budgets.planning.asked import PlanAsked
from budgets.planning.outlook import changed_price, part_of
from budgets.planning.question import MONTHS
from participants.forms.target import PercentField
from regions.forms.fields import RupiahField

MOST_YEARS = 5


class StageRow(NamedTuple):
    number: int
    share: Any
    ceiling: Any


class PlanStagesForm(forms.Form):
    """What a form of plans asks of several years; left at one year nothing of it is read."""

    years = forms.TypedChoiceField(
        label=_("Jumlah tahun"),
        coerce=int,
        required=False,
        empty_value=None,
        choices=[(1, _("satu tahun saja"))] + [(n, n) for n in range(2, MOST_YEARS + 1)],
    )
    budget = RupiahField(
        label=_("APBD tahun pertama"),
        required=False,
        help_text=_("Belanja daerah seluruhnya, bila pagu dihitung sebagai bagian dari APBD."),
    )
    budget_growth = PercentField(label=_("Kenaikan APBD (persen setahun)"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number in range(1, MOST_YEARS + 1):
            self.fields[f"share_{number}"] = PercentField(required=False)
            self.fields[f"stage_{number}"] = RupiahField(required=False)

    @property
    def is_staged(self) -> bool:
        """Whether more than a year is asked for: then its part of the page stands open."""
        return str(self["years"].value() or 1) != "1"

    def stage_fields(self) -> list[Any]:
        return [self[name] for name in ("years", "budget", "budget_growth")]

    def stage_rows(self) -> list[StageRow]:
        return [StageRow(n, self[f"share_{n}"], self[f"stage_{n}"]) for n in range(1, MOST_YEARS + 1)]

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        years = given.get("years") or 1
        for number in range(1, years + 1) if years > 1 else ():
            share, ceiling = given.get(f"share_{number}"), given.get(f"stage_{number}")
            if ceiling is None and (share is None or not given.get("budget")):
                self.add_error(
                    f"stage_{number}", _("Isi pagu tahun ini, atau bagian APBD beserta APBD tahun pertama.")
                )
            elif (ceiling or 0) < 0 or (share or 0) < 0:
                self.add_error(f"stage_{number}", _("Rupiah tidak boleh negatif."))
        return given

    def stages(self) -> tuple[tuple[int, ...], dict[str, Any] | None]:
        """Ceilings by year, and from what they were reckoned; a ceiling goes before a share."""
        given = self.cleaned_data
        years = given.get("years") or 1
        if years < 2:
            return (), None
        ceilings, shares = [], []
        for number in range(1, years + 1):
            share, typed = given[f"share_{number}"], given[f"stage_{number}"]
            growth = given["budget_growth"] or Decimal(0)
            ceilings.append(_share_of(given["budget"], growth, share, number) if typed is None else typed)
            shares.append("" if typed is not None else str(share))
        capacity = {
            "budget": given["budget"],
            "growth": str(given["budget_growth"] or 0),
            "shares": shares,
        }
        return tuple(ceilings), capacity if any(shares) else None


def _share_of(budget: int, growth: Decimal, share: Decimal, number: int) -> int:
    """Of the budget of that year, to whole rupiah."""
    for _year in range(1, number):
        budget = changed_price(budget, growth)
    return part_of(budget, share, MONTHS)


def initial_stages(asked: PlanAsked) -> dict[str, Any]:
    """What stands in the form where a scenario is copied."""
    if not asked.is_staged:
        return {}
    capacity = asked.capacity or {}
    shares: Sequence[str] = capacity.get("shares") or [""] * len(asked.stages)
    found: dict[str, Any] = {"years": len(asked.stages)}
    if capacity:
        found |= {"budget": capacity["budget"], "budget_growth": Decimal(capacity["growth"]) or None}
    for number, (ceiling, share) in enumerate(zip(asked.stages, shares, strict=False), start=1):
        found |= {f"share_{number}": Decimal(share)} if share else {f"stage_{number}": ceiling}
    return found
