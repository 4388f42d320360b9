"""The search on every page: everything a person may see, by the selectors of the pages themselves."""

from budgets.selectors.allocation import search_lines
from budgets.selectors.file_search import search_money_batches, search_reconciliations
from budgets.selectors.register_search import search_employers, search_projects
from participants.selectors.batches.by_word import search_batches
from participants.selectors.persons.by_name import search_persons
from regions.models import User
from reports.enums import HitKind
from reports.selectors.packs.pack import search_packs
from reports.selectors.search.hits import Finder, Hit, HitGroup
from reports.selectors.search.places import month_hit, month_rows, region_hit, region_rows
from reports.selectors.search.rows import (
    employer_hit,
    line_hit,
    list_hit,
    money_file_hit,
    pack_hit,
    page_hit,
    page_rows,
    person_hit,
    project_hit,
    reconciliation_hit,
)

_FINDERS = {
    finder.kind: finder
    for finder in (
        Finder(HitKind.MONTHS, month_rows, month_hit),
        Finder(HitKind.REGIONS, region_rows, region_hit),
        Finder(HitKind.PERSONS, search_persons, person_hit),
        Finder(HitKind.LISTS, search_batches, list_hit),
        Finder(HitKind.LINES, search_lines, line_hit),
        Finder(HitKind.MONEY_FILES, search_money_batches, money_file_hit),
        Finder(HitKind.RECONCILIATIONS, search_reconciliations, reconciliation_hit),
        Finder(HitKind.EMPLOYERS, search_employers, employer_hit),
        Finder(HitKind.PROJECTS, search_projects, project_hit),
        Finder(HitKind.PACKS, search_packs, pack_hit),
        Finder(HitKind.PAGES, page_rows, page_hit),
    )
}


def search_everything(user: User, text: str, *, most: int) -> list[HitGroup]:
    """At most so many of each kind; one question a kind, whatever is found."""
    if not text:
        return []
    groups = []
    for finder in _FINDERS.values():
        rows = list(finder.rows(user, text)[: most + 1])
        if rows:
            hits = hits_of(user, finder, rows[:most])
            groups.append(HitGroup(finder.kind, hits, has_more=len(rows) > most))
    return groups


def finder_of(kind: str) -> Finder | None:
    return _FINDERS.get(HitKind(kind)) if kind in HitKind.values else None


def hits_of(user: User, finder: Finder, rows: list[object]) -> list[Hit]:
    return [finder.hit(user, row) for row in rows]
