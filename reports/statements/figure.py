"""A figure as a text says it."""

from dataclasses import dataclass, field
from decimal import Decimal

from reports.statements.interval import Interval
from reports.statements.passed_over import PassedOver
from reports.statements.periods import SaidPeriod

PERSENT, POINTS, PEOPLE, RUPIAH, TIMES, CASES, MONTHS = (
    "persen",
    "poin",
    "orang",
    "rupiah",
    "kali",
    "kasus",
    "bulan",
)


@dataclass(frozen=True)
class Figure:
    """`start` and `end` are places in the text; `kind` says how it is meant (`vague.RULES`)."""

    start: int
    end: int
    text: str
    value: Decimal
    interval: Interval
    unit: str
    kind: str
    # The number itself, without the words around it.
    number_start: int
    number_end: int
    # `per orang`, `per bulan`: what a rate is of.
    per: tuple[str, ...] = ()
    # The other end of a stretch stands before or after it.
    is_range_end: bool = False
    is_doubtful: bool = False
    # The number of its sentence.
    sentence: int = 0
    # What it is about, its category or program, its region, and its period as the text says.
    subject: str = ""
    category: str = ""
    place: str = ""
    period: SaidPeriod | None = None
    words: str = ""


@dataclass(frozen=True)
class SaidSentence:
    start: int
    end: int
    text: str


@dataclass(frozen=True)
class TextReading:
    """`text` is the folded one, `plain` that without what was passed over."""

    text: str
    plain: str
    sentences: list[SaidSentence]
    figures: list[Figure]
    passed_over: list[PassedOver]
    periods: list[SaidPeriod]
    thousands: set[str] = field(default_factory=set)
