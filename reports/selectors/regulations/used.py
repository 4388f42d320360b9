"""Who rests on a rule: categories, budget lines and lists, as far as the reader sees their regions."""

from dataclasses import dataclass

from budgets.selectors.legal_basis import lines_of_rule
from participants.selectors.legal_basis import batches_of, users_of
from regions.access import scope_of
from regions.models import Region, Regulation, User
from regions.roles import Permission


@dataclass(frozen=True)
class RuleUsers:
    # Names of categories that name the rule wherever they are.
    categories: list[str]
    # Region → names of the categories that rest on it there.
    places: list[tuple[Region, list[str]]]
    # Region, year → how many budget lines.
    lines: list[tuple[Region, int, int]]
    # How many stored lists of persons, and how many rows they have.
    lists: int
    people: int

    @property
    def is_empty(self) -> bool:
        return not (self.categories or self.places or self.lines or self.lists)


def used_by(user: User, rule: Regulation) -> RuleUsers:
    scope = scope_of(user)
    found, lines = users_of(rule), lines_of_rule(rule)
    codes = {code for code in found if code} | {code for code, _year, _count in lines}
    seen = {code for code in codes if scope.holds(Permission.VIEW_COVERAGE, code)}
    regions = Region.objects.in_bulk(sorted(seen))
    lists, people = batches_of(user, rule)
    return RuleUsers(
        found.get("", []),
        [(regions[code], names) for code, names in found.items() if code in regions],
        [(regions[code], year, count) for code, year, count in lines if code in regions],
        lists,
        people,
    )
