"""Coverage, by segment too, and what is missing to everybody and to the targets."""

from fractions import Fraction
from math import ceil

import pandas as pd

from reports.recount.cover import Cover, Covers
from reports.recount.lines import Lines
from reports.recount.tables import ALL


def cover_figures(lines: Lines, code: str, covers: Covers, targets: pd.DataFrame, month: int) -> None:
    cover = covers.whole.get(code)
    if cover is not None:
        _add(lines, "COV-01", cover)
    if cover is not None and cover.is_whole:
        told = (cover.reported, cover.expected)
        lines.add("COV-03", cover.workers - cover.members, told=told)
        for frame, percent in _bound(code, targets, month // 12).items():
            needed = ceil(Fraction(percent) * cover.workers / 100)
            lines.add("COV-04", needed - cover.members, cover.workers, told, target=frame)
    for cell in lines.of("members"):
        part = covers.by_segment.get((code, cell.a))
        if part is not None:
            _add(lines, "COV-02", part, segment=cell.a)
        elif cell.a != ALL:
            lines.add("COV-02", cell.value, told=cell.told, segment=cell.a)


def _add(lines: Lines, code: str, cover: Cover, segment: str = "") -> None:
    lines.add(
        code,
        cover.members,
        cover.workers if cover.is_whole else None,
        (cover.reported, cover.expected),
        segment=segment,
        missing=" ".join(cover.missing),
        partial=cover.partial,
    )


def _bound(code: str, targets: pd.DataFrame, year: int) -> dict[str, Fraction]:
    """Frame → percent that was set for the region itself and this year."""
    own = targets[(targets.year == year) & (targets.region == code)]
    return {frame: Fraction(percent) for frame, percent in zip(own.frame, own.percent, strict=True)}
