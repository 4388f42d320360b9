"""Members and workers that belong together, of a region itself or summed from those below."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from django.utils.translation import gettext as _

from participants.enums import CountedSegment, Segment, WorkforceKind, short_segment
from participants.selectors.workforce import Eligible, total_eligible
from reports.measures.frozen import Below
from reports.measures.quantities import Amount, CoveragePair
from reports.measures.result import label_of

# No place is without people who work for a wage and people who work for themselves.
_EVERYWHERE = frozenset({CountedSegment.PU, CountedSegment.BPU})

T = TypeVar("T")


def counts_every_segment(segments: Collection[str]) -> bool:
    return set(Segment.values) <= set(segments)


def members_answering(members: Mapping[str, T], segments: Collection[str]) -> Mapping[str, T]:
    """A count of all segments together says nothing of a part of them."""
    if counts_every_segment(segments):
        return members
    return {segment: told for segment, told in members.items() if segment != CountedSegment.ALL}


def coverage_of(
    members: Mapping[str, int],
    workforce: Mapping[str, Eligible],
    below: Sequence[Below],
    segments: Sequence[str],
    reported_before: Collection[str] = (),
) -> CoveragePair | None:
    """Of all `segments` that the definition counts; some of them were reported in the year before."""
    members = members_answering(members, segments)
    eligible = total_eligible(dict(workforce)) if workforce else None
    counted = met_segments(workforce, segments)
    pair = _pair(
        _own_members(members, counted),
        eligible,
        [q.coverage for q in below],
        [_whole_members(q, segments) for q in below],
        [_sum_amounts(q.eligible, segments) for q in below],
    )
    if pair is None or not members or CountedSegment.ALL in members:
        return pair
    missing = missing_segments(members, counted, reported_before)
    never = [segment for segment in counted if segment not in members and segment not in missing]
    words = [pair.basis]
    if missing:
        words.append(_("belum dilaporkan: %(segments)s") % {"segments": segment_words(missing)})
    if never:
        words.append(
            _("tanpa %(segments)s yang setahun ini tidak dilaporkan") % {"segments": segment_words(never)}
        )
    return replace(pair, basis="; ".join(words), missing=missing)


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


def segment_words(segments: Iterable[str]) -> str:
    return ", ".join(map(short_segment, segments))


def missing_segments(
    members: Mapping[str, int], segments: Sequence[str], reported_before: Collection[str]
) -> tuple[str, ...]:
    """Segments a region still owes though it reported others; none where all came undivided.

    Owed are those that every region has, and those it reported in the year before.
    """
    if not members or CountedSegment.ALL in members:
        return ()
    owed = _EVERYWHERE | set(reported_before)
    return tuple(segment for segment in segments if segment in owed and segment not in members)


def met_segments(workforce: Mapping[str, Eligible], segments: Sequence[str]) -> list[str]:
    """A denominator told by segments is met by the members of those segments only."""
    return [segment for segment in segments if not workforce or _is_counted(workforce, segment)]


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
        return _uneven(CoveragePair(Amount(members), workers, _mixed()), workers) if workers else None
    counted = _known(members_below)
    if counted is None or eligible is None:
        return None
    partial = sum(pair is not None and not pair.is_whole for pair in pairs)
    return _uneven(
        CoveragePair(counted, Amount(eligible.workers), _words(eligible), partial=partial), counted
    )


def _uneven(pair: CoveragePair, summed: Amount) -> CoveragePair:
    """One half told for the whole region, the other summed: a whole only when nobody is missing below."""
    if summed.reported == summed.expected:
        return pair
    words = _("baru %(reported)s dari %(expected)s wilayah") % {
        "reported": summed.reported,
        "expected": summed.expected,
    }
    return replace(pair, basis=f"{pair.basis}; {words}", is_uneven=True)


def _summed(pairs: Sequence[CoveragePair], expected: int) -> CoveragePair | None:
    """Of those that are wholes; the others are counted as left out."""
    whole = [pair for pair in pairs if pair.is_whole]
    if not whole:
        return None
    bases = {pair.basis for pair in whole}
    return CoveragePair(
        Amount(sum(pair.members.value for pair in whole), len(whole), expected),
        Amount(sum(pair.eligible.value for pair in whole), len(whole), expected),
        bases.pop() if len(bases) == 1 else _mixed(),
        partial=len(pairs) - len(whole),
    )


def _known(values: Sequence[int | None]) -> Amount | None:
    """The sum of the regions below that told it."""
    known = [value for value in values if value is not None]
    return Amount(sum(known), len(known), len(values)) if known else None


def _mixed() -> str:
    return _("penjumlahan penyebut semua wilayah yang melapor")


def _whole_members(quantities: Below, segments: Sequence[str]) -> int | None:
    """Members of all segments; unknown where not all of them came, from everywhere."""
    told, of = quantities.share("members")
    return None if told < of else _sum_amounts(members_answering(quantities.members, segments), segments)


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
