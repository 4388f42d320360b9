"""Prices of contributions: pure arithmetic on rows of law that were read once."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.utils.translation import gettext as _

from budgets.enums import PayerCondition, RateBase, Sector
from budgets.models import ContributionRate, ContributionRelief
from regions.number import grouped

# The programmes that a region pays for its people unless something else is recorded.
USUAL = frozenset({"jkk", "jkm"})


@dataclass(frozen=True)
class Part:
    """Rupiah of one programme, how they came about in words, and by which law."""

    programme: str
    rupiah: int
    formula: str
    law: str
    source_url: str = ""


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
        return tuple(sorted(told, key=_order))

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


@dataclass
class Tariff:
    """All rates and reliefs with their days: asked as often as one likes, without the database."""

    rates: Iterable[ContributionRate]
    reliefs: Iterable[ContributionRelief]
    _rows: dict[tuple[str, str], list[ContributionRate]] = field(default_factory=dict, init=False)
    _remitted: dict[tuple[str, str], list[ContributionRelief]] = field(default_factory=dict, init=False)
    _known: dict[Any, Quote] = field(default_factory=dict, init=False)
    _transport: frozenset[str] = field(default=frozenset(), init=False)

    def __post_init__(self) -> None:
        # Newest first, and what binds one kind of payer before what binds all.
        for row in sorted(self.rates, key=_newest_first, reverse=True):
            self._rows.setdefault((row.segment, row.programme), []).append(row)
        for relief in self.reliefs:
            self._remitted.setdefault((relief.segment, relief.programme), []).append(relief)
            if relief.sector == Sector.TRANSPORT:
                self._transport |= set(relief.categories)

    @property
    def transport_categories(self) -> frozenset[str]:
        return self._transport

    def is_transport(self, category: str) -> bool:
        """Whether the law counts the category as transport; those are listed with the relief."""
        return category in self._transport

    def price(
        self,
        *,
        segment: str,
        programmes: Collection[str],
        month: date,
        wage: int | None = None,
        risk_class: int | None = None,
        income: int | None = None,
        government: bool = True,
        transport: bool = False,
    ) -> Price | None:
        """Rupiah a month for one person, or None where any of it is not known: it is never guessed.

        Without an income the lowest band counts: it is what governments pay for others.
        """
        asked = PriceAsked(wage, risk_class, income, government, transport)
        return self.quote(segment, programmes, month, asked).price

    def quote(self, segment: str, programmes: Collection[str], month: date, asked: PriceAsked) -> Quote:
        key = (segment, frozenset(programmes), month, asked)
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = self._quote(segment, programmes, month, asked)
        return found

    def _quote(self, segment: str, programmes: Collection[str], month: date, asked: PriceAsked) -> Quote:
        parts: list[Part] = []
        unknown: list[tuple[str, str]] = []
        for programme in sorted(programmes, key=_order):
            answer = self._part(segment, programme, month, asked)
            if isinstance(answer, Part):
                parts.append(answer)
            else:
                unknown.append((programme, answer))
        return Quote(tuple(parts), tuple(unknown))

    def _part(self, segment: str, programme: str, month: date, asked: PriceAsked) -> Part | str:
        rows = [
            row
            for row in self._rows.get((segment, programme), ())
            if row.base not in {RateBase.CONTRACT, RateBase.PACKAGE}
            and row.is_in_force(month)
            and _binds(row.payer, asked.government)
        ]
        if not rows:
            return _("tidak ada tarif yang terverifikasi untuk bulan ini")
        row = _fitting(rows, asked)
        if row is None:
            return _why_none(rows, asked)
        full, words = _amount(row, asked)
        return self._after_relief(row, full, words, month, asked)

    def _after_relief(
        self, row: ContributionRate, full: int, words: str, month: date, asked: PriceAsked
    ) -> Part:
        sector = Sector.TRANSPORT if asked.transport else Sector.OTHER
        for relief in self._remitted.get((row.segment, row.programme), ()):
            if relief.sector != sector or not relief.is_in_force(month):
                continue
            if _binds(relief.payer, asked.government):
                left = rounded(Decimal(full) * (100 - relief.percent_off) / 100)
                words = _("%(words)s, dipotong %(off)s %%") % {
                    "words": words,
                    "off": _short(relief.percent_off),
                }
                laws = f"{row.legal_source}; {relief.legal_source}"
                return Part(row.programme, left, words, laws, relief.source_url or row.source_url)
        return Part(row.programme, full, words, row.legal_source, row.source_url)

    def counted_wage(self, segment: str, month: date, asked: PriceAsked) -> int | None:
        """The wage from which benefits are counted; of those without one the base of their band."""
        bands = [
            row
            for row in self._rows.get((segment, "jkk"), ())
            if row.base == RateBase.BAND and row.is_in_force(month)
        ]
        if not bands:
            return asked.wage
        band = _fitting(bands, asked)
        return band.band_base if band else None

    def contract(self, *, value: int, month: date) -> Price | None:
        """JKK and JKM of a whole construction project: each rate on its own slice of the contract."""
        parts = [
            _slice_part(row, value)
            for (segment, _programme), rows in sorted(self._rows.items())
            for row in sorted(_newest_slices(rows, month), key=lambda row: row.over)
            if segment == "jakon" and row.over < value
        ]
        return Price(sum(part.rupiah for part in parts), tuple(parts)) if parts else None

    def package(self, *, segment: str, month: date) -> Price | None:
        """What is paid once for a person instead of month by month."""
        for (found, _programme), rows in self._rows.items():
            for row in rows:
                if found == segment and row.base == RateBase.PACKAGE and row.is_in_force(month):
                    formula = _("satu paket per orang")
                    part = Part(row.programme, row.rupiah or 0, formula, row.legal_source, row.source_url)
                    return Price(part.rupiah, (part,))
        return None


def rounded(amount: Decimal) -> int:
    """Half a rupiah and more count as a whole one."""
    return int(amount.quantize(Decimal(1), rounding=ROUND_HALF_UP))


def _newest_first(row: ContributionRate) -> tuple[date, bool, int]:
    return row.valid_from, row.payer != PayerCondition.ANY, row.pk or 0


_ORDER = ("jkk", "jkm", "jht", "jp", "jkp")


def _order(programme: str) -> tuple[int, str]:
    return (_ORDER.index(programme) if programme in _ORDER else len(_ORDER)), programme


def _binds(payer: str, government: bool) -> bool:
    return payer == PayerCondition.ANY or not government


def _fitting(rows: list[ContributionRate], asked: PriceAsked) -> ContributionRate | None:
    for row in rows:
        if row.base == RateBase.BAND:
            lowest = asked.income is None and row.over == 0
            income = asked.income or 0
            inside = asked.income is not None and row.over <= income <= (row.up_to or income)
            # The very first band also holds who earns nothing; the others begin above their border.
            if lowest or (inside and (row.over < income or row.over == 0)):
                return row
        elif row.base == RateBase.WAGE:
            if asked.wage is not None and row.risk_class in {None, asked.risk_class}:
                return row
        else:
            return row
    return None


def _why_none(rows: list[ContributionRate], asked: PriceAsked) -> str:
    if rows[0].base == RateBase.BAND:
        return _("lapis untuk penghasilan ini belum terverifikasi")
    if asked.wage is None:
        return _("dasar upahnya belum dicatat")
    return _("kelas risikonya belum dipilih")


def _amount(row: ContributionRate, asked: PriceAsked) -> tuple[int, str]:
    if row.base == RateBase.FLAT:
        return row.rupiah or 0, _("tetap Rp %(rupiah)s") % {"rupiah": grouped(row.rupiah or 0)}
    percent = row.percent or Decimal(0)
    if row.base == RateBase.BAND:
        base = row.band_base or 0
        sentence = _("%(percent)s %% × dasar lapis Rp %(base)s")
    else:
        base, sentence = _counted_wage(row, asked.wage or 0)
    words = sentence % {"percent": _short(percent), "base": grouped(base)}
    return rounded(base * percent / 100), words


def _counted_wage(row: ContributionRate, wage: int) -> tuple[int, str]:
    if row.wage_ceiling is not None and wage > row.wage_ceiling:
        return row.wage_ceiling, _("%(percent)s %% × batas upah Rp %(base)s")
    if row.wage_floor is not None and wage < row.wage_floor:
        return row.wage_floor, _("%(percent)s %% × upah terendah Rp %(base)s")
    return wage, _("%(percent)s %% × upah Rp %(base)s")


def _newest_slices(rows: list[ContributionRate], month: date) -> list[ContributionRate]:
    newest: dict[int, ContributionRate] = {}
    for row in rows:
        if row.base == RateBase.CONTRACT and row.is_in_force(month):
            newest.setdefault(row.over, row)
    return list(newest.values())


def _slice_part(row: ContributionRate, value: int) -> Part:
    slice_ = min(value, value if row.up_to is None else row.up_to) - row.over
    percent = row.percent or Decimal(0)
    words = _("%(percent)s %% × Rp %(base)s di atas Rp %(over)s") % {
        "percent": _short(percent),
        "base": grouped(slice_),
        "over": grouped(row.over),
    }
    return Part(row.programme, rounded(slice_ * percent / 100), words, row.legal_source, row.source_url)


def _short(percent: Decimal) -> str:
    """0.2400 → `0,24`, as people here write it."""
    text = f"{percent.normalize():f}"
    return text.replace(".", ",")
