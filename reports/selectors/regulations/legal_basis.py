"""What a region pays for without naming the rule on which it does: categories, budget lines, persons."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from budgets.selectors.legal_basis import BasedLine, based_lines
from participants.models import Category, FundingSource
from participants.selectors.category import categories_by_code
from participants.selectors.funding_source import funding_sources_by_code
from participants.selectors.legal_basis import NamedBasis, bases_of, count_people
from regions.access import sees_drafts
from regions.models import Region, User


@dataclass(frozen=True)
class LegalBasisRow:
    """A category, or one and a source of funds: people and rupiah, and the rule as far as there is one."""

    category: Category | None
    funding: FundingSource | None
    people: int
    rupiah: int
    basis: NamedBasis | None
    # Of these people, whose list names a rule of its own.
    named: int = 0

    @property
    def without(self) -> int:
        return self.people - self.named if self.basis is None else 0

    @property
    def is_weak(self) -> bool:
        """An instruction tells what to do; it is no basis for paying for this group by itself."""
        return self.basis is not None and self.basis.rule.is_instruction

    @property
    def state(self) -> str:
        if self.basis is None and self.people and self.named == self.people:
            return _("menurut daftarnya")
        if self.basis is None:
            return _("tanpa dasar hukum")
        if self.is_weak:
            return _("hanya instruksi")
        return _("ada")

    @property
    def tone(self) -> str:
        if self.basis is None and not (self.people and self.named == self.people):
            return "bad"
        return "warn" if self.is_weak else "good"


@dataclass(frozen=True)
class WithoutBasis:
    categories: list[LegalBasisRow]
    persons: list[LegalBasisRow]
    lines: list[BasedLine]

    @property
    def bare_categories(self) -> list[LegalBasisRow]:
        return [row for row in self.categories if row.basis is None]

    @property
    def weak_categories(self) -> list[LegalBasisRow]:
        return [row for row in self.categories if row.is_weak]

    @property
    def bare_persons(self) -> list[LegalBasisRow]:
        return [row for row in self.persons if row.without]

    @property
    def bare_lines(self) -> list[BasedLine]:
        return [one for one in self.lines if one.rule is None]

    @property
    def people(self) -> int:
        return sum(row.without for row in self.persons)

    @property
    def rupiah(self) -> int:
        return sum(_amount(one) for one in self.bare_lines)

    @property
    def category_rupiah(self) -> int:
        return sum(row.rupiah for row in self.bare_categories)


def without_basis(user: User, region: Region, month: date) -> WithoutBasis:
    """Persons of the month, lines of its year. Of somebody who sees closed months only, no persons."""
    bases = bases_of(region.pk)
    lines = based_lines(user, region.pk, month.year)
    people = count_people(region.pk, month) if sees_drafts(user, region.pk) else {}
    categories, sources = categories_by_code(), funding_sources_by_code()
    money = _money(lines)
    cells = [
        LegalBasisRow(
            categories.get(category),
            sources.get(funding),
            found,
            money.get((category, funding), 0),
            bases.get(category),
            named,
        )
        for (category, funding), (found, named) in sorted(people.items())
    ]
    return WithoutBasis(_by_category(categories, bases, cells, money), cells, lines)


def _by_category(
    categories: dict[str, Category],
    bases: dict[str, NamedBasis],
    cells: Iterable[LegalBasisRow],
    money: dict[tuple[str, str], int],
) -> list[LegalBasisRow]:
    """Those for which somebody is paid for, or money is set aside."""
    people: dict[str, int] = defaultdict(int)
    named: dict[str, int] = defaultdict(int)
    rupiah: dict[str, int] = defaultdict(int)
    for row in cells:
        if row.category:
            people[row.category.pk] += row.people
            named[row.category.pk] += row.named
    for (category, _funding), amount in money.items():
        rupiah[category] += amount
    return [
        LegalBasisRow(categories[code], None, people[code], rupiah[code], bases.get(code), named[code])
        for code in sorted({*people, *rupiah} & categories.keys())
    ]


def _money(lines: Iterable[BasedLine]) -> dict[tuple[str, str], int]:
    found: dict[tuple[str, str], int] = defaultdict(int)
    for one in lines:
        row = one.line.row
        found[row.category_id or "", row.funding_id or ""] += _amount(one)
    return found


def _amount(one: BasedLine) -> int:
    return one.line.in_force.amount if one.line.in_force else 0
