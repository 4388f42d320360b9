"""Which figures of a month a person enters: whole sections, or the categories of their institution."""

from participants.month_entry_key import Section
from participants.selectors.institution_category import bound_categories
from regions.access import require, scope_of
from regions.errors import NotPermitted
from regions.models import User
from regions.roles import Permission

_SECTIONS = (
    (Section.MEMBERS, Permission.ENTER_MEMBERSHIP),
    (Section.HEADCOUNT, Permission.ENTER_HEADCOUNT),
)


def entered_sections(user: User, code: str) -> frozenset[Section]:
    """Which sections the user may enter in a region; raises where there is none."""
    may = _whole_sections(user, code)
    if not may and bound_categories(user, code):
        return frozenset({Section.HEADCOUNT})
    if not may:
        require(user, Permission.VIEW_COVERAGE, code)
        raise NotPermitted(Permission.ENTER_HEADCOUNT)
    return may


def own_categories(user: User, code: str) -> frozenset[str] | None:
    """The categories whose numbers alone the user enters there; None where whole sections are theirs."""
    return None if _whole_sections(user, code) else bound_categories(user, code)


def _whole_sections(user: User, code: str) -> frozenset[Section]:
    scope = scope_of(user)
    return frozenset(section for section, permission in _SECTIONS if scope.holds(permission, code))
