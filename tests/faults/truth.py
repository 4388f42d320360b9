"""Whether what was acknowledged is there, once, and all figures follow from it.

Run with the settings of the installation: python -m tests.faults.truth FILE, with what `tests/faults/work.py`
was told as JSON in FILE. Prints what is wrong as a list of sentences; an empty one is well.
"""

import json
import os
import sys
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jamsostek_monitor.settings")
django.setup()

from participants.models import Batch, Enrolment, MembershipCount
from regions.models import Change
from regions.selectors.ledger_check import check_ledger
from reports.models import PackJob, WaitingRegion
from reports.models.pack_job import JOB_AT_WORK
from reports.services.waiting_region import forget_all_runs
from tests.reports.test_recompute import everything

PATIENCE = 600


def wrong(told: dict[str, Any]) -> Iterator[str]:
    yield from _waiting(told)
    yield from _figures(told["figures"])
    yield from _lists(told["batches"])
    yield from _packs(set(told["jobs"]))
    yield from check_ledger().faults
    yield from _rebuilt(told)


def _waiting(told: dict[str, Any]) -> Iterator[str]:
    """The workers alone bring everything to its end."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        left = {
            "changes": Change.objects.count(),
            "regions": WaitingRegion.objects.count(),
            "lists": Batch.objects.filter(pk__in=told["batches"]).exclude(state="stored").count(),
            "packs": PackJob.objects.filter(state__in=JOB_AT_WORK).count(),
        }
        if not any(left.values()):
            return
        time.sleep(1)
    yield f"still waiting: {left}"


def _figures(told: dict[str, list[int]]) -> Iterator[str]:
    """The last number stands, and it was changed as often as it was acknowledged."""
    for key, values in told.items():
        code, month = key.split()
        row = MembershipCount.objects.filter(region_id=code, month=month, segment="bpu").first()
        stands = (row.members, row.revision) if row else None
        if stands != (values[-1], len(values)):
            yield f"{key}: {stands} stands, acknowledged {len(values)} times, last {values[-1]}"


def _lists(told: dict[str, int]) -> Iterator[str]:
    for pk, rows in told.items():
        stored = Enrolment.objects.filter(batch=pk).count()
        if stored != rows:
            yield f"list {pk}: {stored} rows of {rows}"
    extra = Batch.objects.filter(entered_by__username__startswith="gangguan-").count() - len(told)
    if extra:
        yield f"{extra} lists more than were acknowledged"


def _packs(told: set[int]) -> Iterator[str]:
    found = PackJob.objects.filter(pk__in=told)
    yield from (
        f"pack job {job.pk}: {job.state} {job.failure}"
        for job in found.exclude(state="ready", pack__isnull=False)
    )
    if found.count() != len(told):
        yield "an acknowledged pack job is gone"


def _rebuilt(told: dict[str, Any]) -> Iterator[str]:
    """All runs forgotten and made anew from the facts alone: the same figures."""
    before = everything()
    forget_all_runs(first_month=date(2025, 1, 1), last_month=date(2025, 6, 1))
    yield from _waiting(told)
    if everything() != before:
        yield f"rebuilt figures differ in {len(everything() ^ before)} rows"


if __name__ == "__main__":
    print(json.dumps(list(wrong(json.loads(Path(sys.argv[1]).read_text())))))
