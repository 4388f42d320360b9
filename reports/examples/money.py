"""Invented money of an example place: contributions and claims, wages, budget lines and their bills."""

from collections.abc import Iterator
from datetime import date

from budgets.enums import Phase, ProgrammeGroup
from budgets.models import Allocation, Claim, Contribution, Realisation, WageBase
from regions.month import last_day
from reports.examples.facts import common, people_paid_for
from reports.examples.places import Place

# Rupiah per person and month of JKK and of JKM: of BPU without a stated income the lowest band, of wage
# earners 0.24 and 0.30 percent of their wage (PP 44/2015).
_LOWEST_BAND = (10_000, 6_800)
# Where a local budget books the contributions of each.
_ACCOUNTS = ("5.1.02.02.02.0006", "5.1.02.02.02.0007")
_JKM_BENEFIT = 42_000_000
_BUDGETED_MONTHS = 12
_WAGES = (("non_asn", 2_000_000), ("perangkat_desa", 2_500_000), ("kebersihan_dlh", 2_000_000))


def contributions(place: Place, months: list[date]) -> Iterator[Contribution]:
    for month in months:
        for funding, rupiah in _by_funding(place, month).items():
            yield Contribution(
                **common(place, last_day(month)),
                reference=f"contoh:iuran:{place.code}:{month:%Y-%m}:{funding}",
                programme=ProgrammeGroup.JKK_JKM,
                amount=rupiah,
                paid_on=month.replace(day=10),
                first_month=month,
                last_month=month,
                funding_id=funding,
            )


def claims(place: Place, months: list[date]) -> Iterator[Claim]:
    random = place.random("claims")
    for month in place.span.months:
        people = sum(people_paid_for(place, month).values())
        deaths = round(people * random.uniform(0.00008, 0.00035))
        accidents = round(people * random.uniform(0.0001, 0.0005))
        care = sum(random.randrange(1_200_000, 24_000_000) for _case in range(accidents))
        drawn = ((ProgrammeGroup.JKM, deaths, deaths * _JKM_BENEFIT), (ProgrammeGroup.JKK, accidents, care))
        if month not in months:
            continue
        for programme, cases, amount in drawn:
            yield Claim(
                **common(place, last_day(month)),
                reference=f"contoh:klaim:{place.code}:{month:%Y-%m}:{programme}",
                programme=programme,
                amount=amount,
                cases=cases,
                paid_on=month.replace(day=20),
                funding_id="apbd_kabkota",
            )


def wage_bases(place: Place) -> Iterator[WageBase]:
    for category, rupiah in _WAGES:
        yield WageBase(
            **common(place, date(place.span.budget_years[0], 1, 2)),
            category_id=category,
            first_month=date(place.span.first.year, 1, 1),
            rupiah=rupiah,
            risk_class=1,
            programmes=["jkk", "jkm"],
        )


def allocations(place: Place) -> Iterator[Allocation]:
    """A line for each category that the regency pays for; every third is amended later in the year."""
    for year in place.span.budget_years:
        people = people_paid_for(place, date(year, 1, 1))
        for number, (category, funding) in enumerate(sorted(people)):
            heads, amended = people[(category, funding)], date(year, 9, 15)
            stages = [(Phase.ORIGINAL, heads, date(year, 1, 2))]
            if number % 3 == 0 and amended < last_day(place.span.last):
                stages.append((Phase.AMENDED, heads + heads // 10, amended))
            for stage in stages:
                yield from _lines(place, category, funding, stage)


def _lines(place: Place, category: str, funding: str, stage: tuple[Phase, int, date]) -> Iterator[Allocation]:
    """One of JKK and one of JKM."""
    phase, planned, day = stage
    for account, rate in zip(_ACCOUNTS, _rates(category), strict=True):
        yield Allocation(
            **common(place, day),
            year=day.year,
            sub_activity="2.07.05.2.01.0003",
            account=account,
            category_id=category,
            funding_id=funding,
            phase=phase,
            amount=planned * rate * _BUDGETED_MONTHS,
            heads=planned,
            months=_BUDGETED_MONTHS,
            monthly_rate=rate,
            decided_on=day,
        )


def realisations(place: Place, lines: dict[tuple[int, str, str, str], Allocation]) -> Iterator[Realisation]:
    """A bill each quarter that has begun, for each line; paid in a fortnight, posted a week later."""
    for (year, category, funding, account), line in lines.items():
        rate = dict(zip(_ACCOUNTS, _rates(category), strict=True))[account]
        for quarter in range(4):
            first, last = (date(year, 3 * quarter + month, 1) for month in (1, 3))
            if first > place.span.last:
                continue
            people = people_paid_for(place, first).get((category, funding), 0)
            amount = people * rate * 3
            yield Realisation(
                **common(place, first),
                reference=f"contoh:tagihan:{place.code}:{first:%Y-%m}:{category}:{funding}:{account[-4:]}",
                allocation=line,
                category_id=category,
                funding_id=funding,
                first_month=first,
                last_month=last,
                heads=people,
                billed_amount=amount,
                billed_on=first.replace(day=5),
                paid_amount=amount,
                paid_on=first.replace(day=20),
                posted_amount=amount,
                posted_on=first.replace(day=27),
            )


def _rates(category: str) -> tuple[int, int]:
    """Of JKK and of JKM."""
    wage = dict(_WAGES).get(category)
    return (wage * 24 // 10_000, wage * 30 // 10_000) if wage else _LOWEST_BAND


def _by_funding(place: Place, month: date) -> dict[str, int]:
    """Rupiah of a month by source of funds."""
    found: dict[str, int] = {}
    for (category, funding), people in people_paid_for(place, month).items():
        found[funding] = found.get(funding, 0) + people * sum(_rates(category))
    return found
