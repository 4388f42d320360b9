"""What services refuse, in words for the person who asked."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils.translation import gettext as _

from regions.formats import month_name


class OutsideScope(Http404):
    """The place exists, but this user has no business there: it looks as if it did not exist."""


class NotPermitted(PermissionDenied):
    """The place is the user's own, the act is not."""


class MonthNotClosed(PermissionDenied):
    """Who asks sees closed months only; `newest` is the last of them, None where none was closed yet."""

    def __init__(self, region_code: str, month: date, newest: date | None) -> None:
        self.region_code, self.month, self.newest = region_code, month, newest
        super().__init__("month not closed")

    @property
    def sentence(self) -> str:
        told = {"month": month_name(self.month), "newest": month_name(self.newest) if self.newest else ""}
        if self.newest is None:
            return _("%(month)s belum ditutup, dan belum ada bulan lain yang ditutup.") % told
        return _("%(month)s belum ditutup. Bulan terakhir yang ditutup: %(newest)s.") % told


@dataclass(frozen=True)
class Problem:
    """One refused cell: index of the row in the set, name of the field, sentence with the remedy."""

    row: int
    field: str
    message: str


class FactRefused(Exception):
    """Nothing of the set was stored; `problems` says why, cell by cell."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(f"{p.row}/{p.field}: {p.message}" for p in self.problems))


class ChangedMeanwhile(Exception):
    """Somebody else corrected the row after this person opened it; `current` is the row as it is now."""

    def __init__(self, current: object) -> None:
        self.current = current
        super().__init__("changed meanwhile")


class MonthLocked(FactRefused):
    """The facts are of a month that is locked; its sentence says since when, why, by whom and the remedy."""

    @property
    def sentence(self) -> str:
        return " ".join(dict.fromkeys(problem.message for problem in self.problems))

    def __str__(self) -> str:
        return self.sentence


class MonthRefused(Exception):
    """A step of a reporting month that cannot be taken now; `sentence` says why and what to do instead."""

    def __init__(self, sentence: str) -> None:
        self.sentence = sentence
        super().__init__(sentence)


class OutlinesRefused(Exception):
    """A file of outlines of which nothing can be stored; `sentence` says why and what to do."""

    def __init__(self, sentence: str) -> None:
        self.sentence = sentence
        super().__init__(sentence)


class InstitutionRefused(Exception):
    """What cannot be done to an institution; `sentence` says why and what to do instead."""

    def __init__(self, sentence: str) -> None:
        self.sentence = sentence
        super().__init__(sentence)


class RegulationRefused(Exception):
    """What cannot be done to a rule, a duty or its evidence; `sentence` says why and what to do instead."""

    def __init__(self, sentence: str) -> None:
        self.sentence = sentence
        super().__init__(sentence)


class AccountRefused(Exception):
    """What cannot be done to an account or a role; `sentence` says why and what to do instead."""

    def __init__(self, sentence: str) -> None:
        self.sentence = sentence
        super().__init__(sentence)
