"""How near a membership is to lapsing: by category and payer, under the dated rules of membership."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.timezone import localdate

from budgets.enums import RuleCode
from budgets.models import MembershipRule
from budgets.selectors.arrears import Books
from budgets.selectors.expected import PersonMonths
from budgets.selectors.rate import list_rules_of, rule_in_force
from regions.month import add_months, last_day, next_month

# A person counted in none of the last months is no member who may lapse; reports come late.
_STILL_DUE = 3


@dataclass(frozen=True)
class LapseLine:
    """How a category and payer stand; `rule` is None where no rule says when such a membership lapses."""

    category: str
    payer: str
    people: int
    counted: date
    last_covered: date | None
    unprotected: int
    price_known: bool
    prepaid: int
    rule: MembershipRule | None
    lapses_on: date | None
    days_left: int | None


@dataclass(frozen=True)
class _Standing:
    """A category and payer: the newest segment, who is due and what each month asks for."""

    category: str
    funding: str
    segment: str
    people: int
    # Month → rupiah due, None where somebody's price is not known.
    due: dict[date, int | None]


def list_lapses(books: Books, period: date) -> list[LapseLine]:
    """Each category and payer with anybody due of late, the nearest to lapsing first."""
    today = min(localdate(), last_day(period))
    rules = list_rules_of(RuleCode.LAPSE_MONTHS)
    standings = _standings(books)
    whole = _whole_payers(standings, books)
    lines = []
    for one in standings:
        covered = [month for month in one.due if _is_covered(books, whole, one, month)]
        last = max(covered, default=None)
        unpaid = [month for month in one.due if last is None or month > last]
        rule = rule_in_force(rules, segment=one.segment, month=min(unpaid, default=period))
        now_due = one.due[max(one.due)]
        lapses = add_months(min(unpaid), rule.months) if rule and unpaid and now_due is not None else None
        lines.append(
            LapseLine(
                category=books.terms.categories[one.category],
                payer=books.terms.fundings[one.funding],
                people=one.people,
                counted=max(one.due),
                last_covered=last,
                unprotected=len(unpaid),
                price_known=now_due is not None,
                prepaid=_prepaid(books, one, period, now_due),
                rule=rule,
                lapses_on=lapses,
                days_left=(lapses - today).days if lapses else None,
            )
        )
    return sorted(lines, key=_nearest_first)


def _nearest_first(line: LapseLine) -> tuple[bool, int, str, str]:
    return line.days_left is None, line.days_left or 0, line.category, line.payer


def _standings(books: Books) -> list[_Standing]:
    found: dict[tuple[str, str], list[PersonMonths]] = {}
    for row in books.owed:
        found.setdefault((row.category, row.funding), []).append(row)
    newest = max((row.month for row in books.owed), default=date.min)
    return [
        _standing(category, funding, rows)
        for (category, funding), rows in sorted(found.items())
        if add_months(max(row.month for row in rows), _STILL_DUE) > newest
    ]


def _standing(category: str, funding: str, rows: list[PersonMonths]) -> _Standing:
    due: dict[date, int | None] = {}
    for row in rows:
        before = due.get(row.month, 0)
        due[row.month] = None if before is None or row.price is None else before + row.rupiah
    newest = [row for row in rows if row.month == max(due)]
    return _Standing(category, funding, newest[-1].segment, sum(row.people for row in newest), due)


def _whole_payers(standings: Sequence[_Standing], books: Books) -> set[tuple[str, date]]:
    """Payers that paid all of a month, where their payments do not say for which categories."""
    due: dict[tuple[str, date], int | None] = {}
    for one in standings:
        for month, rupiah in one.due.items():
            before = due.get((one.funding, month), 0)
            due[one.funding, month] = None if before is None or rupiah is None else before + rupiah
    paid: dict[tuple[str, date], int] = {}
    for (month, _category, funding), rupiah in books.received.items():
        paid[funding, month] = paid.get((funding, month), 0) + rupiah
    return {key for key, rupiah in due.items() if rupiah is not None and paid.get(key, 0) >= rupiah > 0}


def _is_covered(books: Books, whole: set[tuple[str, date]], one: _Standing, month: date) -> bool:
    due = one.due[month]
    if due is None:
        return False
    return books.received.get((month, one.category, one.funding), 0) >= due or (one.funding, month) in whole


def _prepaid(books: Books, one: _Standing, period: date, due: int | None) -> int:
    """Months after the period that are paid for already, one after another, at what is due now."""
    if not due:
        return 0
    count, month = 0, next_month(period)
    while books.received.get((month, one.category, one.funding), 0) >= due:
        count, month = count + 1, next_month(month)
    return count
