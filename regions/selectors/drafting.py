"""How far a draft is on its way, and what of it is late, in sentences."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from regions.formats import day_name
from regions.models import Regulation, RegulationStage
from regions.regulation import DraftingStage


@dataclass(frozen=True)
class StageLine:
    stage: DraftingStage
    planned_on: date | None
    done_on: date | None
    owner: str
    days_late: int

    @property
    def is_late(self) -> bool:
        return self.done_on is None and self.days_late > 0

    @property
    def sentence(self) -> str:
        """What is late, or was done late; empty where nothing is."""
        if self.days_late <= 0 or self.planned_on is None:
            return ""
        told = {
            "stage": str(self.stage.label).capitalize(),
            "days": self.days_late,
            "planned": day_name(self.planned_on),
            "owner": self.owner or _("belum ditunjuk"),
        }
        if self.done_on:
            return _("%(stage)s selesai %(days)s hari sesudah rencana (%(planned)s).") % told
        return (
            _(
                "%(stage)s terlambat %(days)s hari: direncanakan %(planned)s dan belum selesai. "
                "Penanggung jawab: %(owner)s."
            )
            % told
        )


def stages_of(row: Regulation, today: date) -> list[StageLine]:
    """All stages in their order; `row.stages` may be fetched before."""
    planned = {one.stage: one for one in row.stages.all()}
    return [_line(row, stage, planned.get(stage), today) for stage in DraftingStage]


def _line(row: Regulation, stage: DraftingStage, planned: RegulationStage | None, today: date) -> StageLine:
    done = planned.done_on if planned else None
    if stage == DraftingStage.ENACTED:
        done = row.enacted_on
    elif stage == DraftingStage.PROMULGATED:
        done = row.promulgated_on
    day = planned.planned_on if planned else None
    # What a rule that is set has left out on its way is late no more.
    is_over = done is None and not row.is_draft and stage != DraftingStage.PROMULGATED
    late = ((done or today) - day).days if day and not is_over else 0
    return StageLine(stage, day, done, planned.owner if planned else "", max(0, late))


def stage_now(row: Regulation, today: date) -> StageLine | None:
    """The first stage that is not done; None of a rule that is set, and of a draft nobody planned."""
    lines = stages_of(row, today)
    if not row.is_draft or not any(one.planned_on or one.done_on for one in lines):
        return None
    last_done = max((at for at, one in enumerate(lines) if one.done_on), default=-1)
    return lines[min(last_done + 1, len(lines) - 1)]


def late_sentences(row: Regulation, today: date) -> list[str]:
    return [one.sentence for one in stages_of(row, today) if one.is_late]
