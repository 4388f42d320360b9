"""Invented facts of an example place: denominators, targets, members, people by category."""

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_noop

from participants.enums import CountedSegment, PopulationKind, TargetFrame, WorkforceKind
from participants.models import (
    CategoryPopulation,
    CategoryTarget,
    CategoryTerm,
    Headcount,
    MembershipCount,
    Target,
    Workforce,
)
from regions.enums import Origin
from regions.month import last_day, months_from
from reports.examples.places import Place, split

SOURCE = gettext_noop("Data contoh (rekaan), bukan laporan resmi")
# Category, frame, and the target in percent of the people paid for when it was set: one is reached already.
_CATEGORY_TARGETS = (
    ("nelayan", TargetFrame.DAERAH, 150),
    ("kader", TargetFrame.RPJMD, 120),
    ("linmas", TargetFrame.DAERAH, 90),
)
# Vulnerable workers whom no example place pays for, per 10,000 workers.
_UNPROTECTED = (("pedagang_kaki_lima", 210), ("buruh_tani", 340))
_PUBLISHED = date(2025, 12, 1)
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


def common(place: Place, as_of: date) -> dict[str, Any]:
    return {
        "region_id": place.code,
        "source": SOURCE,
        "as_of": as_of,
        "origin": Origin.EXAMPLE,
    }


def workforces(place: Place, years: Iterable[int]) -> Iterator[Workforce]:
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
                **common(place, date(year, 8, 31)),
                year=year,
                kind=kind,
                segment=segment,
                workers=workers,
                is_official=True,
            )


def targets(place: Place, years: Iterable[int]) -> Iterator[Target]:
    """A region's own target: some points above where its path leads by the end of the year."""
    for year in years:
        newest = max((month for month in place.percents if month.year == year), default=None)
        if newest is None:
            continue
        ahead = place.random(f"target {year}").randrange(-1, 8)
        percent = min(Decimal(int(place.percents[newest]) + ahead), Decimal(100))
        yield Target(**common(place, date(year, 1, 2)), year=year, frame=TargetFrame.DAERAH, percent=percent)


def members(place: Place, months: list[date]) -> Iterator[MembershipCount]:
    weights = [58, 30, 11, 1] if place.is_city else [40, 46, 11, 3]
    for month in months:
        total = round(place.workers[month.year] * place.percents[month] / 100)
        for segment, people in zip(_SEGMENTS, split(total, weights), strict=True):
            yield MembershipCount(
                **common(place, last_day(month)), month=month, segment=segment, members=people
            )


def headcounts(place: Place, months: list[date]) -> Iterator[Headcount]:
    for month in months:
        for (category, funding), people in people_paid_for(place, month).items():
            yield Headcount(
                **common(place, last_day(month)),
                month=month,
                category_id=category,
                funding_id=funding,
                people=people,
            )


def has_budget(place: Place) -> bool:
    """Budgets are shown for one province; a line for every place would only be more of the same."""
    return place.code.startswith("36.")


def category_targets(place: Place) -> Iterator[CategoryTarget]:
    for year in place.span.budget_years:
        people: dict[str, int] = {}
        for (category, _funding), count in people_paid_for(place, date(year, 1, 1)).items():
            people[category] = people.get(category, 0) + count
        for category, frame, percent in _CATEGORY_TARGETS:
            if people.get(category):
                yield CategoryTarget(
                    **common(place, date(year, 1, 2)),
                    year=year,
                    frame=frame,
                    category_id=category,
                    people=max(1, people[category] * percent // 100),
                )


def category_populations(place: Place) -> Iterator[CategoryPopulation]:
    """Somewhat more workers than are paid for; of some categories nobody is, and some nobody counted."""
    random = place.random("populations")
    shares = {
        category: random.randrange(130, 301) for category, _funding, _people in (*_CATEGORIES, *_ELECTION)
    }
    kinds = {category: random.choice(PopulationKind.values) for category in (*shares, *dict(_UNPROTECTED))}
    uncounted = random.choice(sorted(shares))
    for year in place.span.budget_years:
        people: dict[str, int] = {}
        for (category, _funding), count in people_paid_for(place, date(year, 1, 1)).items():
            people[category] = people.get(category, 0) + count
        found = {name: count * shares[name] // 100 for name, count in people.items() if name != uncounted}
        found |= {name: place.workers[year] * share // 10_000 for name, share in _UNPROTECTED}
        for category, count in found.items():
            yield CategoryPopulation(
                **common(place, date(year, 1, 2)),
                year=year,
                category_id=category,
                people=count,
                kind=kinds[category],
            )


def category_terms(place: Place) -> Iterator[CategoryTerm]:
    """Decrees of a year for some categories, and election duty as long as it lasted."""
    duty = _CILEGON_ELECTION if place.code == "36.72" else _LOCAL_ELECTION
    told = [(category, *duty) for category, _funding, _people in _ELECTION]
    for year in place.span.budget_years:
        told.append(("guru_ngaji", date(year, 1, 1), date(year, 10, 1)))
        told.append(("linmas", date(year, 7, 1), date(year + 1, 6, 1)))
    for category, first, last in told:
        yield CategoryTerm(
            **common(place, first),
            category_id=category,
            starts_on=first,
            ends_on=last_day(last),
            document=gettext_noop("Keputusan rekaan"),
        )


def people_paid_for(place: Place, month: date) -> dict[tuple[str, str], int]:
    """(category, source of funds) → people paid for; ad hoc election staff come and go."""
    if place.code == "36.72":
        election = _CILEGON_ELECTION[0] <= month <= _CILEGON_ELECTION[1]
        return {
            (category, "apbd_kabkota"): _grown(people, month)
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
            found[(category, funding or payer)] = _grown(people, month)
    return found


def _grown(people: int, month: date) -> int:
    """A little more each month after those of which something was published."""
    later = max(0, months_from(_PUBLISHED, month))
    return people * (1_000 + 4 * later) // 1_000


def _election_payer(month: date) -> str:
    """Who pays for ad hoc staff; empty where no election is under way."""
    if _GENERAL_ELECTION[0] <= month <= _GENERAL_ELECTION[1]:
        return "anggaran_pemilu"
    return "nphd" if _LOCAL_ELECTION[0] <= month <= _LOCAL_ELECTION[1] else ""
