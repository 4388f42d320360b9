"""One sum that a text claims, and whether it comes out."""

from dataclasses import dataclass
from decimal import Decimal

from reports.statements.figure import PERSENT, POINTS, Figure
from reports.statements.interval import Interval, exactly
from reports.statements.vague import EXACT, MORE, OVER, ROUNDED
from reports.statements.verdicts import FITS, NO_FIT
from reports.statements.written import written


@dataclass(frozen=True)
class SumFound:
    """`shown` is the whole sum; `used` are the figures in it, by their places."""

    start: int
    end: int
    verdict: str
    shown: str
    used: frozenset[int] = frozenset()

    @property
    def key(self) -> tuple[int, int]:
        return self.start, self.end


def span(figure: Figure) -> Interval:
    """What goes into a sum: the number as it is written, unless words make it a stretch."""
    return exactly(figure.value) if figure.kind in {EXACT, ROUNDED} else figure.interval


def total_span(figures: list[Figure]) -> Interval:
    low, high = Decimal(0), Decimal(0)
    for one in figures:
        part = span(one)
        low += part.low if part.low is not None else one.value
        high += part.high if part.high is not None else one.value
    return Interval(low, high)


def judged(claim: Figure, computed: Decimal, about: Interval | None = None) -> str:
    """`about` is the stretch of the computed value where its parts are vague."""
    fits = claim.interval.meets(about) if about is not None else claim.interval.holds(computed)
    return FITS if fits else NO_FIT


def against(claim: Figure, computed: Decimal, verdict: str) -> str:
    """The end of a sum: what it makes, and how far what was said is from it."""
    said = written(claim.value, claim.unit)
    if verdict == FITS:
        return f"disebut {claim.text}: sesuai" if claim.kind not in {EXACT, ROUNDED} else f"= {said}"
    # Between two per cents lie points.
    away = written(abs(claim.value - computed), POINTS if claim.unit == PERSENT else claim.unit)
    if claim.kind == OVER and claim.interval.low is not None and abs(computed) > abs(claim.value):
        return f"bukan {claim.text}: memang lebih dari itu, tetapi jauh dari nilainya (selisih {away})"
    side = "kurang" if claim.value < computed else "lebih"
    tail = " dari hasil hitungan" if claim.kind != MORE else " dari batas yang disebut"
    return f"≠ {said} ({side} {away}{tail})"


def made(used: list[Figure], verdict: str, shown: str) -> SumFound:
    start, end = min(one.start for one in used), max(one.end for one in used)
    return SumFound(start, end, verdict, shown, frozenset(one.number_start for one in used))
