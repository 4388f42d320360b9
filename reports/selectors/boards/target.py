"""Targets on the board of a region: its own with what they still ask for, and those set above it."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from participants.enums import TargetFrame
from participants.models import Target
from participants.selectors.target import targets_around
from regions.models import Region
from reports.models import MeasureValue


@dataclass(frozen=True)
class TargetRow:
    """A target, and how many people it still asks for; None: unknown, or set above the region."""

    target: Target
    value: MeasureValue | None
    is_comparison: bool = False

    @property
    def is_judged(self) -> bool:
        """Not while regions below are missing: the sum of some may reach what all of them do not."""
        return self.value is not None and self.value.reported == self.value.expected

    @property
    def label(self) -> str:
        return f"{self.target.get_frame_display()} {self.target.year}"

    @property
    def in_a_sentence(self) -> str:
        words = {"frame": self.target.get_frame_display(), "year": self.target.year}
        if self.target.frame == TargetFrame.DAERAH:
            return _("target daerah %(year)s") % words
        return _("target %(frame)s %(year)s") % words


def target_rows(region: Region, period: date, gaps: list[MeasureValue]) -> list[TargetRow]:
    by_frame = {value.target: value for value in gaps}
    own, above = targets_around(region.code, period.year)
    return [
        *(TargetRow(target, by_frame.get(target.frame)) for target in own),
        *(TargetRow(target, None, is_comparison=True) for target in above),
    ]
