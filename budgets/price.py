"""What a price is: its parts in whole rupiah, who bears them, how they came about and by which law."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from budgets.models import ContributionRate
from participants.enums import Segment

_ORDER = ("jkk", "jkm", "jht", "jp", "jkp")


@dataclass(frozen=True)
class Part:
    """Rupiah of one programme, how they came about in words, and by which law.

    `employer` is what of it the employer or contractor bears by law; the rest is the worker's own.
    """

    programme: str
    rupiah: int
    formula: str
    law: str
    source_url: str = ""
    employer: int = 0

    @property
    def worker(self) -> int:
        return self.rupiah - self.employer


@dataclass(frozen=True)
class Price:
    """What one person costs in a month: the sum of its parts, each rounded by itself."""

    rupiah: int
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class Quote:
    """The parts whose price is known, and the programmes whose price is not, each with the reason."""

    parts: tuple[Part, ...]
    unknown: tuple[tuple[str, str], ...]

    @property
    def rupiah(self) -> int:
        return sum(part.rupiah for part in self.parts)

    @property
    def order(self) -> tuple[str, ...]:
        """All programmes asked for, in their usual order."""
        told = [part.programme for part in self.parts] + [programme for programme, _why in self.unknown]
        return tuple(sorted(told, key=order_of))

    def part_of(self, programme: str) -> Part | None:
        return next((part for part in self.parts if part.programme == programme), None)

    @property
    def price(self) -> Price | None:
        return None if self.unknown or not self.parts else Price(self.rupiah, self.parts)


@dataclass(frozen=True)
class PriceAsked:
    """What a price hangs on besides segment, programmes and month."""

    wage: int | None = None
    risk_class: int | None = None
    income: int | None = None
    government: bool = True
    transport: bool = False
    # Of an industry for which the law remits a part, with the workers that it asks for.
    labour_intensive: bool = False


def rounded(amount: Decimal) -> int:
    """Half a rupiah and more count as a whole one."""
    return int(amount.quantize(Decimal(1), rounding=ROUND_HALF_UP))


def order_of(programme: str) -> tuple[int, str]:
    """Programmes in their usual order."""
    return (_ORDER.index(programme) if programme in _ORDER else len(_ORDER)), programme


def employers_part(row: ContributionRate, rupiah: int) -> int:
    """What of an amount the employer bears: all, a share, or nothing where people pay for themselves."""
    if row.segment in {Segment.BPU, Segment.PMI}:
        return 0
    if row.employer_percent is None or not row.percent:
        return rupiah
    return rounded(Decimal(rupiah) * row.employer_percent / row.percent)
