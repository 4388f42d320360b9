"""Rates, reliefs, benefits and rules of the law on a day, and the tariff made of them."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from operator import itemgetter
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db.models import (
    BigIntegerField,
    CharField,
    DateField,
    DecimalField,
    F,
    QuerySet,
    SmallIntegerField,
    Value,
)

from budgets.enums import RuleStatus
from budgets.models import Benefit, ContributionRate, ContributionRelief, MembershipRule, WageBase
from budgets.price import Price
from budgets.tariff import USUAL, Tariff
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
# Since when and which, oldest first.
WageHistory = list[tuple[date, Wage]]


def load_tariff() -> Tariff:
    """The whole price list with its days, in one question; everything after is arithmetic."""
    return _sorted_out(_rates().union(_reliefs(), all=True))[0]


def load_prices(month: date) -> tuple[Tariff, dict[tuple[str, str], WageHistory]]:
    """The price list, and by (region code, category) the wages recorded up to a month, in one question."""
    wages = WageBase.objects.filter(first_month__lte=month)
    return _sorted_out(_rates().union(_reliefs(), _wages(wages), all=True))


def wage_at(history: WageHistory, month: date) -> Wage | None:
    """The wage of a month: the last one that began by then."""
    return next((wage for first, wage in reversed(history) if first <= month), None)


# What rates, reliefs and wages are read as together; each leaves empty what it does not have.
_COLUMNS = (
    "kind",
    "segment",
    "programme",
    "base",
    "payer",
    "risk_class",
    "percent",
    "employer_percent",
    "rupiah",
    "over",
    "up_to",
    "band_base",
    "wage_floor",
    "wage_ceiling",
    "contract_months",
    "valid_from",
    "valid_until",
    "legal_source",
    "source_url",
    "sector",
    "words",
)
_NO_WORDS = Value([], ArrayField(CharField()))
_NO_NUMBER = Value(None, BigIntegerField())


def _rates() -> QuerySet[Any, tuple[Any, ...]]:
    rows = ContributionRate.objects.exclude(status=RuleStatus.EXPECTED).order_by()
    return rows.annotate(kind=Value("rate"), sector=Value(""), words=_NO_WORDS).values_list(*_COLUMNS)


def _reliefs() -> QuerySet[Any, tuple[Any, ...]]:
    empty = dict.fromkeys(("rupiah", "up_to", "band_base", "wage_floor", "wage_ceiling"), _NO_NUMBER)
    return (
        ContributionRelief.objects.exclude(status=RuleStatus.EXPECTED)
        .order_by()
        .annotate(
            kind=Value("relief"),
            base=Value(""),
            risk_class=Value(None, SmallIntegerField()),
            contract_months=Value(None, SmallIntegerField()),
            percent=F("percent_off"),
            employer_percent=Value(None, DecimalField()),
            over=Value(0, BigIntegerField()),
            words=F("categories"),
            **empty,
        )
        .values_list(*_COLUMNS)
    )


def _wages(rows: QuerySet[WageBase]) -> QuerySet[Any, tuple[Any, ...]]:
    empty = dict.fromkeys(("up_to", "band_base", "wage_floor", "wage_ceiling"), _NO_NUMBER)
    texts = dict.fromkeys(("base", "payer", "legal_source", "sector"), Value(""))
    return (
        rows.order_by()
        .annotate(
            kind=Value("wage"),
            segment=F("region_id"),
            programme=F("category_id"),
            percent=Value(None, DecimalField()),
            employer_percent=Value(None, DecimalField()),
            contract_months=Value(None, SmallIntegerField()),
            over=Value(0, BigIntegerField()),
            valid_from=F("first_month"),
            valid_until=Value(None, DateField()),
            words=F("programmes"),
            **empty,
            **texts,
        )
        .values_list(*_COLUMNS)
    )


def _sorted_out(rows: Iterable[tuple[Any, ...]]) -> tuple[Tariff, dict[tuple[str, str], WageHistory]]:
    rates: list[ContributionRate] = []
    reliefs: list[ContributionRelief] = []
    wages: dict[tuple[str, str], WageHistory] = {}
    for row in rows:
        told = dict(zip(_COLUMNS, row, strict=True))
        kind, sector, words = (told.pop(name) for name in ("kind", "sector", "words"))
        if kind == "rate":
            rates.append(ContributionRate(**told))
        elif kind == "relief":
            shared = ("segment", "programme", "payer", "valid_from", "valid_until", "legal_source")
            values = {name: told[name] for name in (*shared, "source_url")}
            reliefs.append(
                ContributionRelief(**values, sector=sector, categories=words, percent_off=told["percent"])
            )
        else:
            wage = Wage(told["rupiah"], told["risk_class"], frozenset(words))
            place = (told["segment"], told["programme"])
            wages.setdefault(place, []).append((told["valid_from"], wage))
    for history in wages.values():
        history.sort(key=itemgetter(0))
    return Tariff(rates, reliefs), wages


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
    return Benefit.objects.order_by("programme", "sequence", "code", "-valid_from")


def list_benefits(month: date, segment: str, programmes: Collection[str]) -> list[Benefit]:
    """What the programmes pay to members of the segment, by the rows in force in a month.

    Rows without a segment are those of PP 44/2015, which migrant workers are not under.
    """
    segments = [segment] if segment == Segment.PMI else ["", segment]
    rows = Benefit.objects.filter(programme__in=programmes, segment__in=segments)
    rows = rows.exclude(status=RuleStatus.EXPECTED)
    return [row for row in rows.order_by("programme", "sequence", "code") if row.is_in_force(month)]


def list_rules_of(code: str) -> list[MembershipRule]:
    """All rows of one rule, those of a segment before the general ones, the newest first."""
    return list(MembershipRule.objects.filter(code=code).order_by("-segment", "-valid_from"))


def rule_in_force(rules: Iterable[MembershipRule], *, segment: str, month: date) -> MembershipRule | None:
    return next((row for row in rules if row.segment in {"", segment} and row.is_in_force(month)), None)


def list_rules() -> QuerySet[MembershipRule]:
    return MembershipRule.objects.order_by("code", "segment", "-valid_from")


def list_wage_bases(user: User, *, region_code: str = "", month: date | None = None) -> QuerySet[WageBase]:
    rows = WageBase.objects.filter(within(user, permission=WageBase.fact.listed_with))
    if region_code:
        rows = rows.filter(in_subtree("region__code", region_code))
    if month:
        rows = rows.filter(first_month__lte=month)
    return rows.select_related("region", "category", "entered_by").order_by(
        "region_id", "category", "-first_month"
    )
