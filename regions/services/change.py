"""Noting which months of which regions must be computed anew."""

from collections.abc import Iterable
from datetime import date

from regions.enums import ReportKind
from regions.models import Change
from regions.month import Span, next_month
from regions.services.month_lock import demand_open


def record_changes(
    spans: Iterable[tuple[str, Span]],
    *,
    report: ReportKind | None,
    reaches_down: bool = False,
    counts_on: bool = False,
) -> None:
    """Note that what was computed for (region code, (first month, last month or None)) is stale.

    Call it in the transaction that changes the facts. Touching spans of a region become one row. With a
    `report` the facts are of these very months, and none of them may be locked: raises MonthLocked; such
    facts, and others that say `counts_on`, also count in what is summed from January on.
    """
    told = list(spans)
    if report is not None:
        demand_open(told, report)
    by_region: dict[str, list[Span]] = {}
    for code, span in told:
        by_region.setdefault(code, []).append(span)
    Change.objects.bulk_create(
        [
            Change(
                region_id=code,
                first_month=first,
                last_month=last,
                reaches_down=reaches_down,
                counts_on=counts_on or report is not None,
            )
            for code, region_spans in by_region.items()
            for first, last in merge_spans(region_spans)
        ],
        batch_size=2000,
    )


def merge_spans(spans: Iterable[Span]) -> list[Span]:
    """Overlapping or adjoining spans of months joined; None as last month means open-ended."""
    merged: list[Span] = []
    for first, last in sorted(spans, key=lambda span: (span[0], span[1] or date.max)):
        if merged:
            previous_first, previous_last = merged[-1]
            if previous_last is None:
                break
            if first <= next_month(previous_last):
                joined = None if last is None else max(previous_last, last)
                merged[-1] = (previous_first, joined)
                continue
        merged.append((first, last))
    return merged
