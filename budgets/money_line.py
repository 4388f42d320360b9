"""Names of the lines of a month's money: `contributions:linmas:apbd_kabkota:jkk_jkm`, `claims:::jkm:cash`."""

import re
from dataclasses import dataclass

from budgets.enums import ClaimKind, ProgrammeGroup
from budgets.models import Claim, Contribution
from budgets.models.money import MoneyFact
from participants.month_entry_key import SECTION_PERMISSIONS, SECTION_REPORTS, Section
from regions.enums import ReportKind
from regions.roles import Permission

_CODE = re.compile(r"[-\w]{0,40}", re.ASCII)
SECTIONS = (Section.CONTRIBUTIONS, Section.CLAIMS)
MODELS: dict[Section, type[MoneyFact]] = {Section.CONTRIBUTIONS: Contribution, Section.CLAIMS: Claim}


@dataclass(frozen=True, order=True)
class MoneyLine:
    """What payments of a month are summed by. Category and source of funds are empty where not told."""

    section: Section
    category: str
    funding: str
    programme: str
    # Of claims alone: in what the benefit consists.
    kind: str = ""

    @classmethod
    def parse(cls, text: str) -> "MoneyLine":
        """Raises ValueError for what names no line."""
        name, *parts = text.split(":")
        section = Section(name)
        wanted = 4 if section == Section.CLAIMS else 3
        if section not in SECTIONS or len(parts) != wanted or not all(map(_CODE.fullmatch, parts)):
            raise ValueError(text)
        line = cls(section, *parts)
        ProgrammeGroup(line.programme)
        if section == Section.CLAIMS:
            ClaimKind(line.kind)
        return line

    @classmethod
    def of(cls, row: MoneyFact) -> "MoneyLine":
        told = (row.category_id or "", row.funding_id or "", row.programme)
        if isinstance(row, Claim):
            return cls(Section.CLAIMS, *told, row.kind)
        return cls(Section.CONTRIBUTIONS, *told)

    def __str__(self) -> str:
        parts = [self.section, self.category, self.funding, self.programme]
        return ":".join([*parts, self.kind] if self.section == Section.CLAIMS else parts)

    @property
    def permission(self) -> Permission:
        return SECTION_PERMISSIONS[self.section]

    @property
    def report(self) -> ReportKind:
        return SECTION_REPORTS[self.section]
