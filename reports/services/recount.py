"""Every night some real months are counted a second time, apart from the engine; differences are kept."""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.timezone import now

from regions.enums import Level
from regions.models import Region
from reports.models import Recount
from reports.selectors.boards.waiting import count_waiting
from reports.selectors.recount.comparison import Difference, compare_months
from reports.selectors.recount_finding import months_to_recount
from reports.selectors.run import get_current_run

log = logging.getLogger(__name__)
_KEPT = 20
# Regencies are counted from little; a province takes all of its regencies.
_SAMPLE = {Level.REGENCY: 20, Level.PROVINCE: 1}


@dataclass(frozen=True)
class RecountedSample:
    """Region-months that were compared and how many of them differ; months that changed meanwhile."""

    compared: int = 0
    different: int = 0
    passed_over: int = 0


def recount_sample() -> RecountedSample:
    """Count a sample of the months that are computed and not waiting, drawn by lot."""
    return recount_months(
        pair for level, count in _SAMPLE.items() for pair in months_to_recount(level, count)
    )


def recount_months(pairs: Iterable[tuple[str, date]]) -> RecountedSample:
    """Compare the current figures of these regions and months, and keep what was found."""
    found = [_recount(Region.objects.get(pk=code), month) for code, month in pairs]
    told = [different for different in found if different is not None]
    return RecountedSample(len(told), sum(different > 0 for different in told), found.count(None))


def _recount(region: Region, month: date) -> int | None:
    """How many figures differ; None where the figures wait for facts or changed while they were compared."""
    run = get_current_run(region, month)
    if run is None:
        return None
    compared = compare_months(region.code, [month], below=False)
    again = get_current_run(region, month)
    if count_waiting(region).total or again is None or again.pk != run.pk:
        return None
    different = len(compared.differences)
    Recount.objects.update_or_create(
        region=region,
        period=month,
        defaults={
            "run_number": run.pk,
            "at": now(),
            "figures": compared.figures,
            "different": different,
            "differences": [_written(one) for one in compared.differences[:_KEPT]],
        },
    )
    if different:
        log.error("The second computation of %s %s differs in %s figures", region.code, month, different)
    return different


def _written(one: Difference) -> dict[str, Any]:
    return {
        "identity": list(one.identity),
        "stored": _numbers(one.stored),
        "recounted": _numbers(one.recounted),
    }


def _numbers(told: dict[str, Any] | None) -> dict[str, Any] | None:
    """Without the rate, which is what the two numbers make."""
    return None if told is None else {name: value for name, value in told.items() if name != "rate"}
