"""Published figures as our facts: which of them are counts that we compute with, and which are talk.

Every row is kept as a published figure. A row that states a count of people or rupiah with its region
and date is, besides, a fact of the kind that it counts. Percentages are never facts: they are computed.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from budgets.enums import Phase, ProgrammeGroup
from budgets.models import Allocation, Claim, Contribution, Realisation
from participants.enums import CountedSegment, WorkforceKind
from participants.models import Headcount, MembershipCount, Target, Workforce
from regions.enums import Origin
from regions.importers.reference_csv import Row
from regions.models import SourcedFact
from regions.month import first_of, fiscal_year_start, parse_month
from regions.number import parse_whole
from reports.models import PublishedFigure

F = TypeVar("F", bound=SourcedFact)
_KINDS = {str(kind.label): kind for kind in WorkforceKind}
_FUNDING = {
    "APBD Kota 2024": "apbd_kabkota",
    "APBD Provinsi": "apbd_provinsi",
    "peserta yang iurannya ditanggung APBD": "apbd_kabkota",
    "APBDes 65 desa": "apbdes",
    "APBDes sampai Agustus": "apbdes",
}
# `1.800 × 16.800 × 12`: people, rupiah a month, months.
_PRODUCT = re.compile(r"([\d.]+) × ([\d.]+) × (\d+)")
_CATEGORY = {"pekerja sosial": "pekerja_sosial"}


@dataclass
class PublishedFacts:
    figures: list[PublishedFigure] = field(default_factory=list)
    members: list[MembershipCount] = field(default_factory=list)
    workforces: list[Workforce] = field(default_factory=list)
    headcounts: list[Headcount] = field(default_factory=list)
    contributions: list[Contribution] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    targets: list[Target] = field(default_factory=list)
    allocations: list[Allocation] = field(default_factory=list)
    realisations: list[Realisation] = field(default_factory=list)


def sort_published(rows: list[Row]) -> PublishedFacts:
    """Rows of `reports/data/published_figures.csv` as unsaved facts, by kind."""
    facts = PublishedFacts()
    for row in rows:
        facts.figures.append(_figure(row))
        name, _colon, detail = row["figure"].partition(":")
        reader = _READERS.get(name)
        if reader is not None:
            reader(facts, row, detail)
    return facts


def _figure(row: Row) -> PublishedFigure:
    return PublishedFigure(
        region_id=row["region_code"],
        as_of=date.fromisoformat(row["as_of"]),
        figure=row["figure"],
        value=Decimal(row["value"]),
        unit=row["unit"],
        basis=row["basis"],
        source=row["source"],
        source_url=row["url"],
        note=row["note"],
    )


def _fact(model: type[F], row: Row, **values: Any) -> F:
    return model(
        region_id=row["region_code"],
        as_of=date.fromisoformat(row["as_of"]),
        source=row["source"],
        source_url=row["url"],
        note=row["note"],
        origin=Origin.PUBLISHED,
        **values,
    )


def _month(row: Row) -> date:
    return first_of(date.fromisoformat(row["as_of"]))


def _covered(facts: PublishedFacts, row: Row, segment: str) -> None:
    facts.members.append(
        _fact(
            MembershipCount,
            row,
            month=_month(row),
            segment=segment or CountedSegment.ALL,
            members=int(row["value"]),
        )
    )


def _eligible(facts: PublishedFacts, row: Row, segment: str) -> None:
    facts.workforces.append(
        _fact(
            Workforce,
            row,
            year=_month(row).year,
            kind=_KINDS.get(row["basis"], WorkforceKind.UNSTATED),
            segment=segment or CountedSegment.ALL,
            workers=int(row["value"]),
            is_official=True,
        )
    )


def _enrolled(facts: PublishedFacts, row: Row, category: str) -> None:
    facts.headcounts.append(
        _fact(
            Headcount,
            row,
            month=_month(row),
            category_id=category,
            funding_id=_FUNDING[row["basis"]],
            people=int(row["value"]),
        )
    )


def _money(row: Row, programme: str) -> dict[str, Any]:
    return {
        "reference": f"publikasi:{row['region_code']}:{row['as_of']}:{row['figure']}",
        "programme": programme or ProgrammeGroup.ALL,
        "amount": int(row["value"]),
        "paid_on": date.fromisoformat(row["as_of"]),
        "funding_id": _FUNDING.get(row["basis"]),
        "category_id": _CATEGORY.get(row["basis"]),
    }


def _contribution(facts: PublishedFacts, row: Row, programme: str) -> None:
    month = _month(row)
    facts.contributions.append(
        _fact(
            Contribution,
            row,
            first_month=fiscal_year_start(month),
            last_month=month,
            **_money(row, programme),
        )
    )


def _claim(facts: PublishedFacts, row: Row, programme: str) -> None:
    stated, word = row["basis"].partition(" ")[::2]
    cases = parse_whole(stated) if word == "kasus" else None
    facts.claims.append(_fact(Claim, row, cases=cases, **_money(row, programme)))


def _allocation(facts: PublishedFacts, row: Row, category: str) -> None:
    told = _PRODUCT.fullmatch(row["basis"])
    heads, rate, months = (parse_whole(part) for part in told.groups()) if told else (None, None, None)
    facts.allocations.append(
        _fact(
            Allocation,
            row,
            year=_month(row).year,
            category_id=category or None,
            funding_id=_FUNDING.get(row["basis"]),
            phase=Phase.ORIGINAL,
            amount=int(row["value"]),
            heads=heads,
            monthly_rate=rate,
            months=months,
            decided_on=date.fromisoformat(row["as_of"]),
        )
    )


def _paid(facts: PublishedFacts, row: Row, category: str) -> None:
    """Months that the sum is for: since January up to the one named, or to that of the day."""
    month = _month(row)
    _payer, _word, last = row["basis"].partition(" sampai ")
    facts.realisations.append(
        _fact(
            Realisation,
            row,
            reference=f"publikasi:{row['region_code']}:{row['as_of']}:{row['figure']}",
            category_id=category or None,
            funding_id=_FUNDING.get(row["basis"]),
            first_month=fiscal_year_start(month),
            last_month=parse_month(f"{last} {month.year}") if last else month,
            paid_amount=int(row["value"]),
            paid_on=date.fromisoformat(row["as_of"]),
        )
    )


def _target(facts: PublishedFacts, row: Row, detail: str) -> None:
    """`target:rkp:2026`: frame, and year at whose end it is to be reached; the day is the article's."""
    frame, _colon, year = detail.partition(":")
    facts.targets.append(
        _fact(
            Target,
            row,
            year=int(year),
            frame=frame,
            percent=Decimal(row["value"]),
        )
    )


_READERS: dict[str, Callable[[PublishedFacts, Row, str], None]] = {
    "covered": _covered,
    "eligible": _eligible,
    "enrolled_category": _enrolled,
    "contributions": _contribution,
    "claims": _claim,
    "target": _target,
    "allocated": _allocation,
    "paid": _paid,
}
