"""Members against workers, region by region from below: what is a whole, and what was left out of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import pandas as pd

from reports.recount.tables import ALL
from reports.recount.tree import Tree

# Region → segment → people.
Told = Mapping[str, Mapping[str, int]]
_EVERYWHERE = {"pu", "bpu"}


@dataclass(frozen=True)
class Cover:
    """`reported` of `expected` below; both None where it is the region's own. No whole, no denominator."""

    members: int
    workers: int
    reported: int | None = None
    expected: int | None = None
    is_uneven: bool = False
    missing: tuple[str, ...] = ()
    partial: int = 0

    @property
    def is_whole(self) -> bool:
        return not (self.missing or self.is_uneven)


@dataclass(frozen=True)
class Covers:
    """Of all segments, and of each; and of how many regencies members and coverage are told."""

    whole: Mapping[str, Cover]
    by_segment: Mapping[tuple[str, str], Cover]
    member_share: Mapping[str, tuple[int, int]]
    cover_share: Mapping[str, tuple[int, int]]


@dataclass
class _Work:
    """`own_*` are what a region said itself, the others with the sums of what lies below."""

    tree: Tree
    segments: list[str]
    before: Mapping[str, set[str]]
    own_members: Told
    own_workers: Told
    members: Told
    workers: Told
    whole: dict[str, Cover] = field(default_factory=dict)
    by_segment: dict[tuple[str, str], Cover] = field(default_factory=dict)
    member_share: dict[str, tuple[int, int]] = field(default_factory=dict)
    cover_share: dict[str, tuple[int, int]] = field(default_factory=dict)


def covers_of(
    own: pd.DataFrame, final: pd.DataFrame, tree: Tree, segments: list[str], before: Mapping[str, set[str]]
) -> Covers:
    work = _Work(
        tree,
        segments,
        before,
        own_members=_told(own, "members"),
        own_workers=_told(own, "eligible"),
        members=_told(final, "members"),
        workers=_told(final, "eligible"),
    )
    for code in tree.upward():
        _add_region(work, code)
    return Covers(work.whole, work.by_segment, work.member_share, work.cover_share)


def _told(table: pd.DataFrame, name: str) -> dict[str, dict[str, int]]:
    rows = table[table.name == name]
    found: dict[str, dict[str, int]] = {}
    for region, segment, people in zip(rows.region, rows.a, rows.value, strict=True):
        found.setdefault(region, {})[segment] = int(people)
    return found


def _add_region(work: _Work, code: str) -> None:
    below, own, workers = (
        work.tree.below(code),
        work.own_members.get(code, {}),
        work.own_workers.get(code, {}),
    )
    before = work.before.get(code, set())
    met = [one for one in work.segments if not workers or ALL in workers or one in workers]
    _add_shares(work, code, _missing(own, met, before))
    own = _for_these(own, work.segments)
    missing = _missing(own, met, before)
    cover = _cover(
        _all_of(own, met),
        _all_of(workers, list(workers)),
        [work.whole.get(child) for child in below],
        [_whole_members(work, child) for child in below],
        [_all_of(work.workers.get(child, {}), work.segments) for child in below],
    )
    if cover is not None:
        work.whole[code] = replace(cover, missing=missing)
    for segment in work.segments:
        part = _cover(
            own.get(segment),
            workers.get(segment),
            [work.by_segment.get((child, segment)) for child in below],
            [work.members.get(child, {}).get(segment) for child in below],
            [work.workers.get(child, {}).get(segment) for child in below],
        )
        if part is not None:
            work.by_segment[code, segment] = part
    _add_cover_share(work, code)


def _missing(own: Mapping[str, int], met: list[str], before: set[str]) -> tuple[str, ...]:
    if not own or ALL in own:
        return ()
    return tuple(one for one in met if one in _EVERYWHERE | before and one not in own)


def _for_these(told: Mapping[str, int], segments: list[str]) -> Mapping[str, int]:
    """What came undivided is of use only where all segments are asked for."""
    if set(segments) >= {"pu", "bpu", "jakon", "pmi"}:
        return told
    return {one: people for one, people in told.items() if one != ALL}


def _all_of(told: Mapping[str, int], segments: list[str]) -> int | None:
    if ALL in told:
        return told[ALL]
    known = [told[one] for one in segments if one in told]
    return sum(known) if known else None


def _whole_members(work: _Work, code: str) -> int | None:
    told, of = work.member_share[code]
    if told < of:
        return None
    return _all_of(_for_these(work.members.get(code, {}), work.segments), work.segments)


def _cover(
    members: int | None,
    workers: int | None,
    below: list[Cover | None],
    members_below: list[int | None],
    workers_below: list[int | None],
) -> Cover | None:
    known = [one for one in below if one is not None]
    partial = sum(not one.is_whole for one in known)
    if members is not None and workers is not None:
        return Cover(members, workers)
    if members is None and workers is None:
        wholes = [one for one in known if one.is_whole]
        members = sum(one.members for one in wholes)
        workers = sum(one.workers for one in wholes)
        return Cover(members, workers, len(wholes), len(below), partial=partial) if wholes else None
    told = [one for one in (members_below if members is None else workers_below) if one is not None]
    if not told:
        return None
    is_uneven = len(told) < len(below)
    if members is None:
        return Cover(sum(told), workers or 0, len(told), len(below), is_uneven, partial=partial)
    if not is_uneven:
        return Cover(members, sum(told))
    return Cover(members, sum(told), len(told), len(below), is_uneven=True)


def _add_shares(work: _Work, code: str, missing: tuple[str, ...]) -> None:
    """Members: whole where the region said them all itself; otherwise as much as those below did."""
    of, own = work.tree.regencies(code), work.own_members.get(code, {})
    told = of
    if missing:
        told = 0
    elif set(work.members.get(code, {})) - set(own):
        told = sum(work.member_share[one][0] for one in work.tree.below(code) if work.members.get(one))
    work.member_share[code] = (told, of)


def _add_cover_share(work: _Work, code: str) -> None:
    of, cover = work.tree.regencies(code), work.whole.get(code)
    told = of
    if cover is not None and not cover.is_whole:
        told = 0
    elif cover is not None and _is_sum_of_covers(work, code):
        below = [one for one in work.tree.below(code) if one in work.whole and work.whole[one].is_whole]
        told = sum(work.cover_share[one][0] for one in below)
    work.cover_share[code] = (told, of)


def _is_sum_of_covers(work: _Work, code: str) -> bool:
    own = _for_these(work.own_members.get(code, {}), work.segments)
    workers = work.own_workers.get(code, {})
    met = [one for one in work.segments if not workers or ALL in workers or one in workers]
    return _all_of(own, met) is None and not workers
