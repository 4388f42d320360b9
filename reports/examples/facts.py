"""Invented facts of an example place: denominators, members, people by category, money."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from budgets.enums import Phase, ProgrammeGroup
from budgets.models import Allocation, Claim, Contribution, Realisation, WageBase
from participants.enums import CountedSegment, TargetFrame, WorkforceKind
from participants.models import CategoryTarget, Headcount, MembershipCount, Workforce
from regions.enums import Origin
from regions.month import last_day
from reports.examples.places import MONTHS, YEARS, Place, split

SOURCE = "Data contoh (rekaan), bukan laporan resmi"
# Rupiah per person and month of JKK and of JKM: of BPU without a stated income the lowest band, of wage
# earners 0.24 and 0.30 percent of their wage (PP 44/2015).
_LOWEST_BAND = (10_000, 6_800)
# Where a local budget books the contributions of each.
_ACCOUNTS = ("5.1.02.02.02.0006", "5.1.02.02.02.0007")
_JKM_BENEFIT = 42_000_000
_BUDGET_DAY, _BUDGET_MONTH, _BUDGETED_MONTHS = date(YEARS[-1], 1, 2), date(YEARS[-1], 1, 1), 12
_WAGES = (("non_asn", 2_000_000), ("perangkat_desa", 2_500_000), ("kebersihan_dlh", 2_000_000))
# Category, frame, and the target in percent of the people paid for when it was set: one is reached already.
_CATEGORY_TARGETS = (
    ("nelayan", TargetFrame.DAERAH, 150),
    ("kader", TargetFrame.RPJMD, 120),
    ("linmas", TargetFrame.DAERAH, 90),
)
_SEGMENTS = (CountedSegment.PU, CountedSegment.BPU, CountedSegment.JAKON, CountedSegment.PMI)
# Ad hoc staff of the general election, paid by the election bodies; of the local election, by a grant. Those
# of Cilegon in August 2024 are published as paid by its own budget.
_GENERAL_ELECTION = (date(2023, 6, 1), date(2024, 3, 1))
_LOCAL_ELECTION = (date(2024, 6, 1), date(2024, 12, 1))
_CILEGON_ELECTION = (date(2023, 6, 1), date(2024, 8, 1))

# Category, source of funds, people per 10,000 workers; which of them a place has is drawn by lot.
_CATEGORIES = (
    ("rt_rw", "apbd_kabkota", 88),
    ("kader", "apbd_kabkota", 150),
    ("linmas", "apbd_kabkota", 90),
    ("non_asn", "apbd_kabkota", 120),
    ("guru_ngaji", "apbd_kabkota", 60),
    ("marbot", "apbd_kabkota", 25),
    ("kebersihan_dlh", "apbd_kabkota", 12),
    ("nelayan", "apbd_kabkota", 40),
    ("perangkat_desa", "add", 55),
    ("petani", "dbh_cht", 70),
    ("pekerja_rentan", "apbd_provinsi", 80),
    ("ojek_pangkalan", "csr", 10),
)
_ELECTION = (("adhoc_kpu", "", 620), ("adhoc_bawaslu", "", 75))
_CILEGON = {
    "rt_rw": 1528,
    "kader": 2650,
    "nelayan": 332,
    "kebersihan_dlh": 61,
    "linmas": 1593,
    "adhoc_kpu": 11658,
    "adhoc_bawaslu": 1363,
}


def _common(place: Place, as_of: date) -> dict[str, Any]:
    return {
        "region_id": place.code,
        "source": SOURCE,
        "as_of": as_of,
        "origin": Origin.EXAMPLE,
    }


def workforces(place: Place, years: Iterable[int] = YEARS) -> Iterator[Workforce]:
    # Cilegon publishes its labour force; people at work cannot be as many.
    kind = WorkforceKind.LABOUR_FORCE if place.code == "36.72" else WorkforceKind.EMPLOYED
    for year in years:
        total = place.workers[year]
        wage_share = 55 if place.is_city else 38
        parts = split(total, [wage_share, 100 - wage_share])
        counted = {
            CountedSegment.ALL: total,
            CountedSegment.PU: parts[0],
            CountedSegment.BPU: parts[1],
        }
        for segment, workers in counted.items():
            yield Workforce(
                **_common(place, date(year, 8, 31)),
                year=year,
                kind=kind,
                segment=segment,
                workers=workers,
                is_official=True,
            )


def members(place: Place, months: list[date]) -> Iterator[MembershipCount]:
    weights = [58, 30, 11, 1] if place.is_city else [40, 46, 11, 3]
    for month in months:
        total = round(place.workers[month.year] * place.percents[month] / 100)
        for segment, people in zip(_SEGMENTS, split(total, weights), strict=True):
            yield MembershipCount(
                **_common(place, last_day(month)), month=month, segment=segment, members=people
            )


def headcounts(place: Place, months: list[date]) -> Iterator[Headcount]:
    for month in months:
        for (category, funding), people in _people(place, month).items():
            yield Headcount(
                **_common(place, last_day(month)),
                month=month,
                category_id=category,
                funding_id=funding,
                people=people,
            )


def contributions(place: Place, months: list[date]) -> Iterator[Contribution]:
    for month in months:
        for funding, rupiah in _by_funding(place, month).items():
            yield Contribution(
                **_common(place, last_day(month)),
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
    for month in MONTHS:
        people = sum(_people(place, month).values())
        deaths = round(people * random.uniform(0.00008, 0.00035))
        accidents = round(people * random.uniform(0.0001, 0.0005))
        care = sum(random.randrange(1_200_000, 24_000_000) for _case in range(accidents))
        drawn = ((ProgrammeGroup.JKM, deaths, deaths * _JKM_BENEFIT), (ProgrammeGroup.JKK, accidents, care))
        if month not in months:
            continue
        for programme, cases, amount in drawn:
            yield Claim(
                **_common(place, last_day(month)),
                reference=f"contoh:klaim:{place.code}:{month:%Y-%m}:{programme}",
                programme=programme,
                amount=amount,
                cases=cases,
                paid_on=month.replace(day=20),
                funding_id="apbd_kabkota",
            )


def has_budget(place: Place) -> bool:
    """Budgets are shown for one province; a line for every place would only be more of the same."""
    return place.code.startswith("36.")


def category_targets(place: Place) -> Iterator[CategoryTarget]:
    people: dict[str, int] = {}
    for (category, _funding), count in _people(place, _BUDGET_MONTH).items():
        people[category] = people.get(category, 0) + count
    for category, frame, percent in _CATEGORY_TARGETS:
        if people.get(category):
            yield CategoryTarget(
                **_common(place, _BUDGET_DAY),
                year=_BUDGET_DAY.year,
                frame=frame,
                category_id=category,
                people=max(1, people[category] * percent // 100),
            )


def wage_bases(place: Place) -> Iterator[WageBase]:
    for category, rupiah in _WAGES:
        yield WageBase(
            **_common(place, _BUDGET_DAY),
            category_id=category,
            first_month=date(MONTHS[0].year, 1, 1),
            rupiah=rupiah,
            risk_class=1,
            programmes=["jkk", "jkm"],
        )


def allocations(place: Place) -> Iterator[Allocation]:
    """A line for each category that the regency pays for in the last year; every third is amended later."""
    people = _people(place, _BUDGET_MONTH)
    for number, (category, funding) in enumerate(sorted(people)):
        heads = people[(category, funding)]
        stages = [(Phase.ORIGINAL, heads, _BUDGET_DAY)]
        if number % 3 == 0:
            stages.append((Phase.AMENDED, heads + heads // 10, date(_BUDGET_DAY.year, 9, 15)))
        for phase, planned, day in stages:
            for account, rate in zip(_ACCOUNTS, _rates(category), strict=True):
                yield Allocation(
                    **_common(place, day),
                    year=_BUDGET_DAY.year,
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


def realisations(place: Place, lines: dict[tuple[str, str, str], Allocation]) -> Iterator[Realisation]:
    """A bill each quarter for each line; the last one is not paid yet, and BPJS posts a week later."""
    for (category, funding, account), line in lines.items():
        rate = dict(zip(_ACCOUNTS, _rates(category), strict=True))[account]
        for quarter in range(4):
            first, last = (date(line.year, 3 * quarter + month, 1) for month in (1, 3))
            people = _people(place, first).get((category, funding), 0)
            amount = people * rate * 3
            is_paid = last.month != _BUDGETED_MONTHS
            yield Realisation(
                **_common(place, first),
                reference=f"contoh:tagihan:{place.code}:{first:%Y-%m}:{category}:{funding}:{account[-4:]}",
                allocation=line,
                category_id=category,
                funding_id=funding,
                first_month=first,
                last_month=last,
                heads=people,
                billed_amount=amount,
                billed_on=first.replace(day=5),
                paid_amount=amount if is_paid else None,
                paid_on=first.replace(day=20) if is_paid else None,
                posted_amount=amount if is_paid else None,
                posted_on=first.replace(day=27) if is_paid else None,
            )


def _people(place: Place, month: date) -> dict[tuple[str, str], int]:
    """(category, source of funds) → people paid for; ad hoc election staff come and go."""
    if place.code == "36.72":
        election = _CILEGON_ELECTION[0] <= month <= _CILEGON_ELECTION[1]
        return {
            (category, "apbd_kabkota"): people
            for category, people in _CILEGON.items()
            if election or not category.startswith("adhoc")
        }
    payer = _election_payer(month)
    random = place.random("categories")
    found = {}
    for category, funding, per_myriad in (*_CATEGORIES, *_ELECTION):
        has = random.random() < 0.72
        people = place.workers[month.year] * per_myriad * random.randrange(60, 130) // 1_000_000
        if has and (funding or payer):
            found[(category, funding or payer)] = people
    return found


def _election_payer(month: date) -> str:
    """Who pays for ad hoc staff; empty where no election is under way."""
    if _GENERAL_ELECTION[0] <= month <= _GENERAL_ELECTION[1]:
        return "anggaran_pemilu"
    return "nphd" if _LOCAL_ELECTION[0] <= month <= _LOCAL_ELECTION[1] else ""


def _rates(category: str) -> tuple[int, int]:
    """Of JKK and of JKM."""
    wage = dict(_WAGES).get(category)
    return (wage * 24 // 10_000, wage * 30 // 10_000) if wage else _LOWEST_BAND


def _by_funding(place: Place, month: date) -> dict[str, int]:
    """Rupiah of a month by source of funds."""
    found: dict[str, int] = {}
    for (category, funding), people in _people(place, month).items():
        found[funding] = found.get(funding, 0) + people * sum(_rates(category))
    return found
