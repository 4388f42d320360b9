"""What closing a month does to its figures: they are kept, and a later closing restates them."""

from collections.abc import Mapping
from datetime import date

from django.utils.timezone import now
from django.utils.translation import gettext as _

from regions.enums import Verb
from regions.selectors.reporting_month import last_reason
from reports.measures.catalogue import COMPUTATION_VERSION
from reports.measures.frozen import to_json
from reports.measures.quantities import Quantities
from reports.models import Restatement, Run
from reports.selectors.months.restatement import same_values


def freeze(period: date, closings: Mapping[str, int], quantities: Mapping[str, Quantities]) -> None:
    """Mark the current runs of these regions as those of their closing, and note what they restate."""
    runs = Run.objects.filter(period=period, is_current=True, region__in=list(closings))
    for run in runs.select_for_update(of=("self",)):
        before = _last_closed(run)
        run.closing, run.moved_at = closings[run.region_id], None
        run.quantities = to_json(quantities[run.region_id])
        run.save(update_fields=["closing", "quantities", "moved_at"])
        if before is not None and not same_values(before, run):
            Restatement.objects.create(
                region_id=run.region_id,
                period=period,
                before=before,
                after=run,
                reason=last_reason(run.region_id, period, Verb.REOPENED) or _("ditutup kembali"),
                at=now(),
            )


def note_moved(frozen: Mapping[str, Run], hashes: Mapping[str, str]) -> None:
    """Note since when closed figures differ from what the facts say now, or that they agree again."""
    for code, hashed in hashes.items():
        run = frozen.get(code)
        if run is None or run.code_version != COMPUTATION_VERSION:
            # Another version of the computation counts more or less; that moves nothing.
            continue
        moved = run.inputs_hash != hashed
        if moved != (run.moved_at is not None):
            Run.objects.filter(pk=run.pk).update(moved_at=now() if moved else None)


def _last_closed(run: Run) -> Run | None:
    """The run of the closing before, if another."""
    closed = Run.objects.filter(region=run.region_id, period=run.period, closing__isnull=False)
    return closed.exclude(pk=run.pk).order_by("-closing", "-pk").first()
