"""How rows of money are listed: what they are of, their span, and where in which file they stood."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from budgets.models import (
    Allocation,
    Claim,
    ConstructionProject,
    Contribution,
    Employer,
    MoneyRow,
    Realisation,
)
from budgets.models.money import MoneyFact
from budgets.selectors.money_batch import file_rows_of
from regions.enums import Origin
from reports.enums import Unit
from reports.explanations.fact_row import FactRow, FactSection


def contribution_rows(rows: Iterable[tuple[Contribution, int]]) -> list[FactRow]:
    return [
        FactRow(row, _label(row, span_words(row.first_month, row.last_month)), rupiah, Unit.RUPIAH)
        for row, rupiah in rows
    ]


def claim_rows(rows: Iterable[Claim]) -> list[FactRow]:
    return [_claim_row(row, row.amount, Unit.RUPIAH) for row in rows]


def case_rows(rows: Iterable[Claim]) -> list[FactRow]:
    return [_claim_row(row, row.cases or 0, Unit.CASES) for row in rows]


def _claim_row(row: Claim, amount: int, unit: Unit) -> FactRow:
    return FactRow(row, _label(row), amount, unit)


def _label(row: Contribution | Claim, *more: str) -> str:
    parts = (row.get_programme_display(), row.funding, row.category, *more)
    return " · ".join(str(part) for part in parts if part)


def span_words(first: date, last: date) -> str:
    if first == last:
        return date_format(first, "F Y")
    return f"{date_format(first, 'F Y')} – {date_format(last, 'F Y')}"


def placed(section: FactSection) -> FactSection:
    """The same rows, each that came by a file of money with its file, sheet and line."""
    facts = [row.fact for row in section.rows if row.fact.origin == Origin.FILE]
    kinds = MoneyFact | Allocation | Realisation | Employer | ConstructionProject
    rows = file_rows_of([fact for fact in facts if isinstance(fact, kinds)])
    if not rows:
        return section
    told = [
        replace(row, place=_place(rows[row.fact.pk])) if row.fact.pk in rows else row for row in section.rows
    ]
    return replace(section, rows=told)


def _place(row: MoneyRow) -> str:
    told = _("%(file)s, lembar “%(sheet)s”, baris %(number)s (SHA-256 %(hash)s…)")
    return told % {
        "file": row.batch.file_name,
        "sheet": row.sheet,
        "number": row.number,
        "hash": row.batch.sha256[:12],
    }
