"""The handbook of each role, by the word in its address."""

from collections.abc import Sequence

from regions.roles import Role
from reports.handbook.chapter import Chapter
from reports.handbook.closing import ADMINISTRATOR, BRANCH_HEAD
from reports.handbook.entering import OPERATOR, SUPERVISOR
from reports.handbook.planning import PLANNER
from reports.handbook.reading import AUDITOR, VIEWER

CHAPTERS: dict[Role, Sequence[Chapter]] = {
    Role.OPERATOR: OPERATOR,
    Role.SUPERVISOR: SUPERVISOR,
    Role.PLANNER: PLANNER,
    Role.BRANCH_HEAD: BRANCH_HEAD,
    Role.VIEWER: VIEWER,
    Role.AUDITOR: AUDITOR,
    Role.ADMINISTRATOR: ADMINISTRATOR,
}
SLUGS = {
    Role.OPERATOR: "operator",
    Role.SUPERVISOR: "verifikator",
    Role.PLANNER: "perencana",
    Role.BRANCH_HEAD: "kepala-cabang",
    Role.VIEWER: "pimpinan",
    Role.AUDITOR: "auditor",
    Role.ADMINISTRATOR: "administrator",
}
ROLES = {slug: role for role, slug in SLUGS.items()}
# Pages of which a first visit is noted, by the name of their address, for whom it is a step.
NOTED = {role: frozenset(one.seen for one in book if one.seen) for role, book in CHAPTERS.items()}
_ANYBODY = frozenset(page for pages in NOTED.values() for page in pages)


def is_noted(page: str | None) -> bool:
    """Whether it is a step of anybody's; asks nothing of who reads it."""
    return page in _ANYBODY


def chapters_with_pictures() -> list[Chapter]:
    found = {one.picture: one for book in CHAPTERS.values() for one in book if one.picture and one.taken[0]}
    return list(found.values())
