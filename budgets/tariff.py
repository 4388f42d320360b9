"""Prices of contributions: pure arithmetic on rows of law that were read once."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from budgets.enums import PayerCondition, RateBase, Sector
from budgets.models import ContributionRate, ContributionRelief
from budgets.once import contract_price, not_in_package, package_price
from budgets.price import Part, Price, PriceAsked, Quote, employers_part, order_of, rounded
from participants.enums import Segment
from regions.number import decimal, grouped

# Which programmes a segment may have, by UU 40/2004 and the regulations of each programme.
_OPEN = {
    Segment.PU: frozenset({"jkk", "jkm", "jht", "jp", "jkp"}),
    Segment.BPU: frozenset({"jkk", "jkm", "jht"}),
    Segment.JAKON: frozenset({"jkk", "jkm"}),
    Segment.PMI: frozenset({"jkk", "jkm", "jht"}),
}
_PAID_ONCE = frozenset({RateBase.CONTRACT, RateBase.PACKAGE, RateBase.EXCESS})
# The programmes that a region pays for its people unless something else is recorded.
USUAL = frozenset({"jkk", "jkm"})


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
        for programme in sorted(programmes, key=order_of):
            answer = self._part(segment, programme, month, asked)
            if isinstance(answer, Part):
                parts.append(answer)
            else:
                unknown.append((programme, answer))
        return Quote(tuple(parts), tuple(unknown))

    def _part(self, segment: str, programme: str, month: date, asked: PriceAsked) -> Part | str:
        if programme not in _OPEN.get(Segment(segment), frozenset()):
            return _not_open(programme, segment)
        rows = [
            row
            for row in self._rows.get((segment, programme), ())
            if row.base not in _PAID_ONCE and row.is_in_force(month) and _binds(row.payer, asked.government)
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
        for relief in self._remitted.get((row.segment, row.programme), ()):
            if (
                relief.sector in _sectors(asked)
                and relief.is_in_force(month)
                and _binds(relief.payer, asked.government)
            ):
                left = rounded(Decimal(full) * (100 - relief.percent_off) / 100)
                words = _("%(words)s, keringanan %(off)s%%") % {
                    "words": words,
                    "off": decimal(relief.percent_off),
                }
                laws = f"{row.legal_source}; {relief.legal_source}"
                return _made(row, left, words, laws, relief.source_url or row.source_url)
        return _made(row, full, words, row.legal_source, row.source_url)

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

    def contract(self, *, value: int, month: date, programmes: Collection[str] = USUAL) -> Price | None:
        """JKK and JKM of a whole construction project, its value before PPN."""
        rows = [row for programme in _OPEN[Segment.JAKON] for row in self._rows.get(("jakon", programme), ())]
        return contract_price(rows, value=value, month=month, programmes=programmes)

    def package(
        self, *, month: date, months: int, programmes: Collection[str] = USUAL, through_firm: bool = True
    ) -> Price | str:
        """What a migrant worker pays once for a contract; a sentence where the law gives no price."""
        if why := not_in_package(programmes):
            return why
        rows = self._rows.get(("pmi", "jkk_jkm"), ())
        return package_price(rows, months=months, month=month, through_firm=through_firm)


def _made(row: ContributionRate, rupiah: int, words: str, law: str, url: str) -> Part:
    return Part(row.programme, rupiah, words, law, url, employers_part(row, rupiah))


def _not_open(programme: str, segment: str) -> str:
    names = {"programme": programme.upper(), "segment": Segment(segment).label}
    if segment == Segment.JAKON:
        return _("%(segment)s hanya mengikuti JKK dan JKM, bukan %(programme)s") % names
    return _("%(programme)s hanya bagi penerima upah; %(segment)s tidak dapat mengikutinya") % names


def _sectors(asked: PriceAsked) -> set[str]:
    found = {Sector.ANY.value, (Sector.TRANSPORT if asked.transport else Sector.OTHER).value}
    return found | ({Sector.LABOUR_INTENSIVE.value} if asked.labour_intensive else set())


def _newest_first(row: ContributionRate) -> tuple[date, bool, int]:
    return row.valid_from, row.payer != PayerCondition.ANY, row.pk or 0


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
            is_known = asked.wage is not None and (row.up_to is None or asked.wage <= row.up_to)
            if is_known and row.risk_class in {None, asked.risk_class}:
                return row
        else:
            return row
    return None


def _why_none(rows: list[ContributionRate], asked: PriceAsked) -> str:
    if rows[0].base == RateBase.BAND:
        return _("lapisan untuk penghasilan ini belum terverifikasi")
    if asked.wage is None:
        return _("dasar upahnya belum dicatat")
    limits = [row.up_to for row in rows if row.up_to is not None]
    if limits and asked.wage > max(limits):
        return _(
            "batas upah tertinggi bulan ini belum terverifikasi; sampai Rp%(rupiah)s pasti di bawahnya"
        ) % {"rupiah": grouped(max(limits))}
    return _("tingkat risiko lingkungan kerjanya belum dipilih")


def _amount(row: ContributionRate, asked: PriceAsked) -> tuple[int, str]:
    if row.base == RateBase.FLAT:
        return row.rupiah or 0, _("tetap Rp%(rupiah)s") % {"rupiah": grouped(row.rupiah or 0)}
    percent = row.percent or Decimal(0)
    if row.base == RateBase.RECOMPOSED:
        return 0, _("%(percent)s%% upah, tanpa tambahan iuran") % {"percent": decimal(percent)}
    if row.base == RateBase.BAND:
        base = row.band_base or 0
        sentence = _("%(percent)s%% × dasar lapisan Rp%(base)s")
    else:
        base, sentence = _counted_wage(row, asked.wage or 0)
    words = sentence % {"percent": decimal(percent), "base": grouped(base)}
    return rounded(base * percent / 100), words


def _counted_wage(row: ContributionRate, wage: int) -> tuple[int, str]:
    if row.wage_ceiling is not None and wage > row.wage_ceiling:
        return row.wage_ceiling, _("%(percent)s%% × batas upah Rp%(base)s")
    if row.wage_floor is not None and wage < row.wage_floor:
        return row.wage_floor, _("%(percent)s%% × upah terendah Rp%(base)s")
    return wage, _("%(percent)s%% × upah Rp%(base)s")
