"""What closing a month does to its figures: they are kept, and a later closing restates them."""

from collections.abc import Collection, Mapping
from datetime import date

from django.utils.timezone import now
from django.utils.translation import gettext as _

from regions.enums import Happened, Verb
from regions.month import iso_month
from regions.selectors.reporting_month import last_reason
from regions.services.outbox import announce
from reports.measures.catalogue import COMPUTATION_VERSION
from reports.models import Restatement, Run
from reports.selectors.months.restatement import same_values


def freeze(closings: Mapping[tuple[str, date], int]) -> None:
    """Mark the current runs as those of the closing of their month, and note what they restate."""
    for run in _current(closings) if closings else ():
        before = _last_closed(run)
        run.closing, run.moved_at = closings[run.region_id, run.period], None
        run.save(update_fields=["closing", "moved_at"])
        if before is not None and not same_values(before, run):
            Restatement.objects.create(
                region_id=run.region_id,
                period=run.period,
                before=before,
                after=run,
                reason=last_reason(run.region_id, run.period, Verb.REOPENED) or _("ditutup kembali"),
                at=now(),
            )
            announce(
                Happened.MONTH_RESTATED,
                region_code=run.region_id,
                data={"month": iso_month(run.period), "closing": run.closing},
            )


def _current(pairs: Collection[tuple[str, date]]) -> list[Run]:
    codes, months = {code for code, _month in pairs}, {month for _code, month in pairs}
    runs = Run.objects.filter(region__in=codes, period__in=months, is_current=True)
    locked = runs.select_for_update(of=("self",)).order_by("pk")
    return [run for run in locked if (run.region_id, run.period) in pairs]


def note_moved(frozen: Mapping[tuple[str, date], Run], hashes: Mapping[tuple[str, date], str]) -> None:
    """Note since when closed figures differ from what the facts say now, or that they agree again."""
    for pair, run in frozen.items():
        if run.code_version != COMPUTATION_VERSION:
            # Another version of the computation counts more or less; that moves nothing.
            continue
        moved = run.inputs_hash != hashes[pair]
        if moved != (run.moved_at is not None):
            Run.objects.filter(pk=run.pk).update(moved_at=now() if moved else None)


def _last_closed(run: Run) -> Run | None:
    """The run of the closing before, if another."""
    closed = Run.objects.filter(region=run.region_id, period=run.period, closing__isnull=False)
    return closed.exclude(pk=run.pk).order_by("-closing", "-pk").first()
