"""Names of a month's figures: `members:pu`, `headcount:rt_rw:apbd_kabkota`, `contributions`, `claims`."""

import re
from dataclasses import dataclass
from enum import StrEnum

from participants.enums import CountedSegment
from regions.enums import ReportKind
from regions.roles import Permission

_CODE = re.compile(r"[-\w]{1,40}", re.ASCII)


class Section(StrEnum):
    MEMBERS = "members"
    HEADCOUNT = "headcount"
    CONTRIBUTIONS = "contributions"
    CLAIMS = "claims"


SECTION_PERMISSIONS = {
    Section.MEMBERS: Permission.ENTER_MEMBERSHIP,
    Section.HEADCOUNT: Permission.ENTER_HEADCOUNT,
    Section.CONTRIBUTIONS: Permission.ENTER_CONTRIBUTION,
    Section.CLAIMS: Permission.ENTER_CLAIM,
}
SECTION_REPORTS = {
    Section.MEMBERS: ReportKind.MEMBERS,
    Section.HEADCOUNT: ReportKind.HEADCOUNTS,
    Section.CONTRIBUTIONS: ReportKind.CONTRIBUTIONS,
    Section.CLAIMS: ReportKind.CLAIMS,
}
_PARTS = {Section.MEMBERS: 1, Section.HEADCOUNT: 2, Section.CONTRIBUTIONS: 0, Section.CLAIMS: 0}


@dataclass(frozen=True, order=True)
class MonthEntryKey:
    section: Section
    parts: tuple[str, ...] = ()

    @classmethod
    def members(cls, segment: str) -> "MonthEntryKey":
        return cls(Section.MEMBERS, (segment,))

    @classmethod
    def headcount(cls, category: str, funding: str) -> "MonthEntryKey":
        return cls(Section.HEADCOUNT, (category, funding))

    @classmethod
    def parse(cls, text: str) -> "MonthEntryKey":
        """Raises ValueError for what names no figure."""
        name, *parts = text.split(":")
        section = Section(name)
        if len(parts) != _PARTS[section] or not all(_CODE.fullmatch(part) for part in parts):
            raise ValueError(text)
        if section == Section.MEMBERS:
            CountedSegment(parts[0])
        return cls(section, tuple(parts))

    def __str__(self) -> str:
        return ":".join((self.section, *self.parts))

    @property
    def permission(self) -> Permission:
        return SECTION_PERMISSIONS[self.section]

    @property
    def report(self) -> ReportKind:
        return SECTION_REPORTS[self.section]

    @property
    def segment(self) -> str:
        return self.parts[0] if self.section == Section.MEMBERS else ""

    @property
    def category(self) -> str:
        return self.parts[0] if self.section == Section.HEADCOUNT else ""

    @property
    def funding(self) -> str:
        return self.parts[1] if self.section == Section.HEADCOUNT else ""
