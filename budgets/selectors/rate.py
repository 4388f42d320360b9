from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from budgets.models import Benefit, ContributionRate, ContributionRelief, MembershipRule, WageBase
from budgets.tariff import USUAL, Price, Tariff
from participants.enums import Segment
from regions.access import within
from regions.models import User
from regions.selectors.region import in_subtree


@dataclass(frozen=True)
class Wage:
    """On which wage a region pays a category, with what risk and for which programmes."""

    rupiah: int
    risk_class: int
    programmes: frozenset[str]


WageBases = dict[tuple[str, str], Wage]


def load_tariff() -> Tariff:
    """The whole price list with its days, in two questions; everything after is arithmetic."""
    return Tariff(list(ContributionRate.objects.all()), list(ContributionRelief.objects.all()))


def wage_bases(month: date) -> WageBases:
    """(region code, category) → the wage on which contributions of that month are paid."""
    rows = WageBase.objects.filter(first_month__lte=month).order_by(
        "region_id", "category_id", "-first_month"
    )
    columns = ("region_id", "category_id", "rupiah", "risk_class", "programmes")
    newest = rows.distinct("region_id", "category_id").values_list(*columns)
    return {
        (code, category): Wage(rupiah, risk_class, frozenset(programmes))
        for code, category, rupiah, risk_class, programmes in newest
    }


def usual_price(
    tariff: Tariff,
    bases: WageBases,
    *,
    region_code: str,
    category: str,
    segment: str,
    month: date,
    programmes: Collection[str] | None = None,
    government: bool = True,
) -> Price | None:
    """What a region pays for one person of a category, where no single enrolment says more.

    A recorded wage means that the region pays as for wage earners, whatever the segment of the
    category usually is.
    """
    wage = bases.get((region_code, category))
    return tariff.price(
        segment=Segment.PU if wage else segment,
        programmes=programmes or (wage.programmes if wage else USUAL),
        month=month,
        wage=wage.rupiah if wage else None,
        risk_class=wage.risk_class if wage else None,
        government=government,
        transport=tariff.is_transport(category),
    )


def list_rates() -> QuerySet[ContributionRate]:
    return ContributionRate.objects.order_by(
        "segment", "programme", "base", "-valid_from", "risk_class", "over"
    )


def list_reliefs() -> QuerySet[ContributionRelief]:
    return ContributionRelief.objects.order_by("segment", "sector", "programme", "-valid_from")


def list_all_benefits() -> QuerySet[Benefit]:
    return Benefit.objects.order_by("sequence", "code", "-valid_from")


def list_benefits(month: date, segment: str, programmes: Collection[str]) -> list[Benefit]:
    """What the programmes pay to members of the segment, by the rows in force in a month."""
    rows = Benefit.objects.filter(programme__in=programmes, segment__in=["", segment])
    return [row for row in rows.order_by("sequence", "code") if row.is_in_force(month)]


def rule_months(code: str, *, segment: str, month: date) -> int | None:
    """The number of months that a rule of membership says, by the segment's own row before the general."""
    rows = MembershipRule.objects.filter(code=code, segment__in=["", segment]).order_by(
        "-segment", "-valid_from"
    )
    return next((row.months for row in rows if row.is_in_force(month)), None)


def list_rules() -> QuerySet[MembershipRule]:
    return MembershipRule.objects.order_by("code", "segment", "-valid_from")


def list_wage_bases(user: User, *, region_code: str = "", month: date | None = None) -> QuerySet[WageBase]:
    rows = WageBase.objects.filter(within(user))
    if region_code:
        rows = rows.filter(in_subtree("region__code", region_code))
    if month:
        rows = rows.filter(first_month__lte=month)
    return rows.select_related("region", "category", "entered_by").order_by(
        "region_id", "category", "-first_month"
    )
