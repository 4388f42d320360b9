"""Members and workers that belong together, of a region itself or summed from those below."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from django.utils.translation import gettext as _

from participants.enums import CountedSegment, WorkforceKind
from participants.selectors.workforce import Eligible, total_eligible
from reports.measures.frozen import Below
from reports.measures.quantities import Amount, CoveragePair
from reports.measures.result import label_of


def coverage_of(
    members: Mapping[str, int],
    workforce: Mapping[str, Eligible],
    below: Sequence[Below],
    segments: Sequence[str],
) -> CoveragePair | None:
    """Of all `segments` that the definition counts."""
    eligible = total_eligible(dict(workforce)) if workforce else None
    # A denominator told by segments is met by the members of those segments only.
    counted = [segment for segment in segments if not workforce or _is_counted(workforce, segment)]
    pair = _pair(
        _own_members(members, counted),
        eligible,
        [q.coverage for q in below],
        [_sum_amounts(q.members, segments) for q in below],
        [_sum_amounts(q.eligible, segments) for q in below],
    )
    missing = _missing_segments(members, counted)
    if pair is None or not missing:
        return pair
    words = _("belum dilaporkan: %(segments)s") % {"segments": ", ".join(missing)}
    return replace(pair, basis=f"{pair.basis}; {words}")


def segment_coverage_of(
    members: Mapping[str, int],
    workforce: Mapping[str, Eligible],
    below: Sequence[Below],
    segments: Sequence[str],
) -> dict[str, CoveragePair]:
    pairs = {}
    for segment in segments:
        pair = _pair(
            members.get(segment),
            workforce.get(segment),
            [q.segment_coverage.get(segment) for q in below],
            [_value(q.members.get(segment)) for q in below],
            [_value(q.eligible.get(segment)) for q in below],
        )
        if pair is not None:
            pairs[segment] = pair
    return pairs


def _missing_segments(members: Mapping[str, int], segments: Sequence[str]) -> list[str]:
    """Segments a region has not reported though it reported others; none where all came undivided."""
    if not members or CountedSegment.ALL in members:
        return []
    return [segment.upper() for segment in segments if segment not in members]


def _is_counted(workforce: Mapping[str, Eligible], segment: str) -> bool:
    return CountedSegment.ALL in workforce or segment in workforce


def _own_members(members: Mapping[str, int], segments: Sequence[str]) -> int | None:
    if CountedSegment.ALL in members:
        return members[CountedSegment.ALL]
    counted = [members[segment] for segment in segments if segment in members]
    return sum(counted) if counted else None


def _pair(
    members: int | None,
    eligible: Eligible | None,
    pairs: Sequence[CoveragePair | None],
    members_below: Sequence[int | None],
    eligible_below: Sequence[int | None],
) -> CoveragePair | None:
    """Own figures where reported; otherwise only regions below that have both halves are summed."""
    if members is not None and eligible is not None:
        return CoveragePair(Amount(members), Amount(eligible.workers), _words(eligible))
    if members is None and eligible is None:
        return _summed([pair for pair in pairs if pair is not None], len(pairs))
    if members is not None:
        workers = _known(eligible_below)
        return CoveragePair(Amount(members), workers, _mixed()) if workers else None
    counted = _known(members_below)
    if counted is None or eligible is None:
        return None
    return CoveragePair(counted, Amount(eligible.workers), _words(eligible))


def _summed(pairs: Sequence[CoveragePair], expected: int) -> CoveragePair | None:
    if not pairs:
        return None
    bases = {pair.basis for pair in pairs}
    return CoveragePair(
        Amount(sum(pair.members.value for pair in pairs), len(pairs), expected),
        Amount(sum(pair.eligible.value for pair in pairs), len(pairs), expected),
        bases.pop() if len(bases) == 1 else _mixed(),
    )


def _known(values: Sequence[int | None]) -> Amount | None:
    """The sum of the regions below that told it."""
    known = [value for value in values if value is not None]
    return Amount(sum(known), len(known), len(values)) if known else None


def _mixed() -> str:
    return _("gabungan penyebut wilayah di bawahnya")


def _sum_amounts(amounts: Mapping[str, Amount], segments: Sequence[str]) -> int | None:
    whole = amounts.get(CountedSegment.ALL)
    if whole is not None:
        return whole.value
    parts = [amounts[segment].value for segment in segments if segment in amounts]
    return sum(parts) if parts else None


def _value(amount: Amount | None) -> int | None:
    return None if amount is None else amount.value


def _words(eligible: Eligible) -> str:
    return f"{label_of(WorkforceKind(eligible.kind))} {eligible.year}"
