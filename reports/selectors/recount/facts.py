"""The facts of some regions as tables, read for the second computation alone and in its own way."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pandas as pd
from django.db.models import Model, Q
from django.db.models.functions import Coalesce

from budgets.models import (
    Allocation,
    Claim,
    ConstructionProject,
    Contribution,
    Employer,
    ProjectCount,
    Realisation,
)
from budgets.selectors.rate import load_prices, usual_price, wage_at
from participants.enums import EnrolmentState
from participants.models import (
    Category,
    CategoryTarget,
    Enrolment,
    FundingSource,
    Headcount,
    MembershipCount,
    Target,
    Workforce,
)
from regions.enums import Level
from regions.models import Region
from regions.models.region import NATION
from reports.enums import DefinitionState
from reports.models import CoverageDefinition
from reports.recount.tables import NO_END, FactTables, PricedPerson, PriceOf, january, month_of, number_of

_COUNTED = (EnrolmentState.ACTIVE, EnrolmentState.ENDED)


def subtree_of(code: str) -> Q:
    """Of a column `region_id`: the region and everything below it, the nation with all."""
    return Q() if code == NATION else Q(region_id=code) | Q(region__code__startswith=f"{code}.")


def load_tables(code: str, first: int, last: int) -> FactTables:
    """All that months from `first` to `last` of a region and those below it rest on."""
    inside, until = subtree_of(code), month_of(last + 1)
    # December before, with which a year is compared, owes what was reported in the year before it.
    since = month_of(january(first) - 13)
    spent_since = month_of(january(first))
    return FactTables(
        places=_places(code),
        members=_members(inside, since, until),
        workforce=_read(
            Workforce, inside & Q(is_official=True), {"region": "region_id"}, "year", "segment", "workers"
        ),
        headcounts=_headcounts(inside & Q(month__gte=spent_since, month__lt=until)),
        spells=_spells(inside, spent_since, until),
        contributions=_contributions(inside & Q(paid_on__lt=until)),
        claims=_claims(inside & Q(paid_on__gte=spent_since, paid_on__lt=until)),
        allocations=_allocations(inside & Q(decided_on__lt=until)),
        realisations=_realisations(inside & Q(paid_on__gte=spent_since, paid_on__lt=until)),
        bills=_bills(inside, spent_since, until),
        employers=_employers(inside & Q(month__gte=month_of(first - 11), month__lt=until)),
        projects=_projects(inside & Q(year__range=(month_of(first).year, month_of(last).year))),
        project_counts=_project_counts(inside & Q(month__gte=spent_since, month__lt=until)),
        targets=_read(Target, inside, {"region": "region_id"}, "year", "frame", "percent"),
        category_targets=_read(
            CategoryTarget,
            inside,
            {"region": "region_id", "category": "category_id"},
            *("year", "frame", "people"),
        ),
        payers=dict(FundingSource.objects.values_list("code", "payer")),
        segments=_in_force("segments"),
        programmes=_in_force("programmes"),
        price_of=_price_of(last),
    )


def _read(model: type[Model], wanted: Q, renamed: dict[str, Any], *columns: str) -> pd.DataFrame:
    names = [*renamed, *columns]
    rows = model._default_manager.filter(wanted).order_by()
    asked = [*renamed.values(), *columns]
    return pd.DataFrame.from_records(list(rows.values_list(*asked)), columns=names)


def _numbered(table: pd.DataFrame, **columns: str) -> pd.DataFrame:
    """With months as numbers in place of days; `new="old"`."""
    for new, old in columns.items():
        numbers = [number_of(day) if isinstance(day, date) else NO_END for day in table[old]]
        table[new] = pd.array(numbers, dtype="int64")
    return table


def _places(code: str) -> pd.DataFrame:
    rows = Region.objects.filter(level__lte=Level.REGENCY).order_by()
    if code != NATION:
        rows = rows.filter(Q(code=code) | Q(code__startswith=f"{code}."))
    columns = ["code", "parent", "level", "valid_from", "valid_until"]
    values = rows.values_list("code", "parent_id", "level", "valid_from", "valid_until")
    return pd.DataFrame.from_records(list(values), columns=columns)


def _members(inside: Q, since: date, until: date) -> pd.DataFrame:
    wanted = inside & Q(month__gte=since, month__lt=until)
    table = _read(
        MembershipCount, wanted, {"region": "region_id", "day": "month"}, "segment", "programmes", "members"
    )
    table["programmes"] = [" ".join(sorted(told)) for told in table.programmes]
    return _numbered(table, month="day")


def _headcounts(wanted: Q) -> pd.DataFrame:
    names = {"region": "region_id", "day": "month", "category": "category_id", "funding": "funding_id"}
    return _numbered(_read(Headcount, wanted, names, "people"), month="day")


def _spells(inside: Q, since: date, until: date) -> pd.DataFrame:
    """Persons by number only; merged rows are one person."""
    rows = Enrolment.objects.filter(inside, state__in=_COUNTED, first_month__lt=until).order_by()
    rows = rows.filter(Q(last_month=None) | Q(last_month__gte=since))
    person = Coalesce("participant__merged_into", "participant")
    columns = {
        **{"spell": "pk", "region": "region_id", "category": "category_id", "funding": "funding_id"},
        **{"segment": "segment", "programmes": "programmes", "person": "person"},
        **{"first_day": "first_month", "last_day": "last_month"},
    }
    values = rows.annotate(person=person).values_list(*columns.values())
    table = pd.DataFrame.from_records(list(values), columns=list(columns))
    table["programmes"] = [" ".join(sorted(told)) for told in table.programmes]
    few = set(Category.objects.filter(is_vulnerable=True).values_list("code", flat=True))
    table["vulnerable"] = table.category.isin(few).astype(bool)
    return _numbered(table, first="first_day", last="last_day")


_PAID = {
    "region": "region_id",
    "category": "category_id",
    "funding": "funding_id",
    "government": "funding__is_government",
    "paid_on": "paid_on",
}


def _contributions(wanted: Q) -> pd.DataFrame:
    table = _read(Contribution, wanted, _PAID, "programme", "first_month", "last_month", "amount")
    return _numbered(_without_gaps(table), paid="paid_on", first="first_month", last="last_month")


def _claims(wanted: Q) -> pd.DataFrame:
    table = _read(Claim, wanted, _PAID, "programme", "kind", "amount", "cases", "happened_on")
    table["happened_on"] = table.happened_on.where(table.happened_on.notna(), table.paid_on)
    table["cases"] = table.cases.astype("Int64")
    return _numbered(_without_gaps(table), paid="paid_on", happened="happened_on")


def _allocations(wanted: Q) -> pd.DataFrame:
    names = {"stage": "pk", "region": "region_id", "category": "category_id", "funding": "funding_id"}
    table = _read(Allocation, wanted, names, "year", "line", "phase", "sequence", "amount", "decided_on")
    table["day"] = [day.toordinal() for day in table.decided_on]
    return _numbered(_without_gaps(table), decided="decided_on")


def _realisations(wanted: Q) -> pd.DataFrame:
    names = {"region": "region_id", "category": "category_id", "funding": "funding_id"}
    table = _read(Realisation, wanted, names | {"amount": "paid_amount"}, "paid_on")
    return _numbered(_without_gaps(table), paid="paid_on")


def _bills(inside: Q, since: date, until: date) -> pd.DataFrame:
    """What was billed and what was posted, a line for each."""
    found = []
    for stage in ("billed", "posted"):
        wanted = inside & Q(**{f"{stage}_on__gte": since, f"{stage}_on__lt": until})
        names = {"region": "region_id", "amount": f"{stage}_amount", "day": f"{stage}_on"}
        found.append(_numbered(_read(Realisation, wanted, names), month="day").assign(stage=stage))
    return pd.concat(found)


def _employers(wanted: Q) -> pd.DataFrame:
    names = {"region": "region_id", "day": "month", "known": "workers_known", "insured": "workers_registered"}
    names |= {"months_owed": "arrears_months"}
    table = _read(Employer, wanted, names, "identity", "called", "npp", "standing", "arrears")
    numbers = dict.fromkeys(("known", "insured", "months_owed", "arrears"), "Int64")
    return _numbered(table.astype(numbers), month="day")


def _projects(wanted: Q) -> pd.DataFrame:
    names = {"region": "region_id", "first_day": "first_month", "value": "contract_value"}
    table = _read(ConstructionProject, wanted, names, "year", "jakon_status", "registered_on")
    # Of which nobody knows the day it was registered from the beginning.
    table["registered_on"] = table.registered_on.where(table.registered_on.notna(), table.first_day)
    table = table.astype({"value": "Int64"})
    return _numbered(table, first="first_day", registered="registered_on")


def _project_counts(wanted: Q) -> pd.DataFrame:
    names = {"region": "region_id", "day": "month"}
    columns = ("packages", "registered", "total_value", "registered_value")
    table = _read(ProjectCount, wanted, names, *columns)
    return _numbered(table.astype(dict.fromkeys(columns, "Int64")), month="day")


def _without_gaps(table: pd.DataFrame) -> pd.DataFrame:
    """A category or source of funds that was not told is the empty word."""
    for name in ("category", "funding"):
        table[name] = [told if isinstance(told, str) else "" for told in table[name]]
    return table


def _in_force(column: str) -> Callable[[int], list[str]]:
    """What the definition of coverage says in a column, by month."""
    in_force = CoverageDefinition.objects.filter(state=DefinitionState.IN_FORCE)
    rows = [
        (number_of(valid_from), valid_from.day == 1, list(told))
        for valid_from, told in in_force.order_by("valid_from").values_list("valid_from", column)
    ]

    def said(month: int) -> list[str]:
        """Of the definition in force on the first day of a month; before the first one, of the first."""
        earlier = [told for began, on_first, told in rows if began < month or (began == month and on_first)]
        return earlier[-1] if earlier else rows[0][2]

    return said


def _price_of(last: int) -> PriceOf:
    """The tariff is law, not counting: it is the same for both computations."""
    tariff, histories = load_prices(month_of(last))
    usual = dict(Category.objects.values_list("code", "segment"))
    government = dict(FundingSource.objects.values_list("code", "is_government"))
    known: dict[tuple[PricedPerson, int], int | None] = {}

    def price(person: PricedPerson, month: int) -> int | None:
        key = (person, month)
        if key not in known:
            (region, category, funding, segment, programmes), day = person, month_of(month)
            wage = wage_at(histories.get((region, category), []), day)
            found = usual_price(
                tariff,
                {(region, category): wage} if wage else {},
                region_code=region,
                category=category,
                segment=segment or usual[category],
                month=day,
                programmes=frozenset(programmes.split()) or None,
                government=government[funding],
            )
            known[key] = found.rupiah if found else None
        return known[key]

    return price
