"""Other systems and their codes, and what they are told of a month in those."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from participants.models import Headcount, MembershipCount
from regions.access import require, scope_of, within
from regions.errors import OutsideScope
from regions.models import User
from regions.models.region import ancestor_codes
from regions.roles import Permission
from regions.selectors.fact import list_facts
from reports.exchange_figure import HEADCOUNT, MEMBERS, ExchangeFigure, parse_figure
from reports.models.exchange import CodeKind, ExchangeCode, ExchangeSystem
from reports.selectors.listed import list_told_values


@dataclass(frozen=True)
class ToldValue:
    """One value in the codes of the other system."""

    place: str
    figure: str
    value: int | float
    comment: str = ""


@dataclass(frozen=True)
class ExchangeCodes:
    """Theirs → ours, both ways round where one is needed."""

    places: dict[str, str]
    figures: dict[str, ExchangeFigure]


def list_systems(user: User) -> QuerySet[ExchangeSystem]:
    """Those of regions where the user sees coverage, and of what stands above them."""
    seen = scope_of(user).codes.get(Permission.VIEW_COVERAGE, frozenset())
    above = {higher for code in seen for higher in ancestor_codes(code)}
    rows = ExchangeSystem.objects.filter(within(user) | Q(region__in=above))
    return rows.select_related("region", "changed_by")


def get_system(user: User, code: str) -> ExchangeSystem:
    """Raises OutsideScope."""
    found = list_systems(user).filter(pk=code).first()
    if found is None:
        raise OutsideScope(code)
    return found


def get_managed_system(user: User, code: str) -> ExchangeSystem:
    """One whose codes the user may change. Raises OutsideScope or NotPermitted."""
    found = get_system(user, code)
    require(user, Permission.MANAGE_REFERENCE, found.region_id)
    return found


def list_codes(system: ExchangeSystem, kind: CodeKind) -> QuerySet[ExchangeCode]:
    return system.codes.filter(kind=kind)


def codes_of(system: ExchangeSystem) -> ExchangeCodes:
    pairs = list(system.codes.values_list("kind", "theirs", "ours"))
    return ExchangeCodes(
        {theirs: ours for kind, theirs, ours in pairs if kind == CodeKind.PLACE},
        {theirs: parse_figure(ours) for kind, theirs, ours in pairs if kind == CodeKind.FIGURE},
    )


def told_to(user: User, system: ExchangeSystem, month: date) -> list[ToldValue]:
    """What the user may see of the month, of regions and figures that have codes there; in a fixed order."""
    codes = codes_of(system)
    places = {ours: theirs for theirs, ours in codes.places.items()}
    figures = {figure: theirs for theirs, figure in codes.figures.items()}
    found = [*_facts(user, month, places, figures), *_measures(user, month, places, figures)]
    return sorted(found, key=lambda one: (one.place, one.figure))


def _facts(
    user: User, month: date, places: dict[str, str], figures: dict[ExchangeFigure, str]
) -> list[ToldValue]:
    found = []
    heads = list_facts(user, Headcount.fact).filter(month=month, region__in=places)
    for row in heads:
        figure = ExchangeFigure(HEADCOUNT, category=row.category_id, funding=row.funding_id)
        if figure in figures:
            found.append(ToldValue(places[row.region_id], figures[figure], row.people, row.note))
    members = list_facts(user, MembershipCount.fact).filter(month=month, region__in=places)
    for row in members:
        figure = ExchangeFigure(MEMBERS, segment=row.segment)
        if figure in figures:
            found.append(ToldValue(places[row.region_id], figures[figure], row.members, row.note))
    return found


def _measures(
    user: User, month: date, places: dict[str, str], figures: dict[ExchangeFigure, str]
) -> list[ToldValue]:
    wanted = {
        (figure.measure, figure.segment): theirs for figure, theirs in figures.items() if figure.measure
    }
    values = list_told_values(user).filter(
        run__region__in=places,
        run__period=month,
        measure__in={measure for measure, _segment in wanted},
        **dict.fromkeys(("category", "funding", "target", "variant"), ""),
    )
    return [
        ToldValue(
            places[value.run.region_id],
            wanted[value.measure, value.segment],
            value.numerator if value.rate is None else float(value.rate),
        )
        for value in values.select_related("run").defer("run__quantities")
        if (value.measure, value.segment) in wanted
    ]
