"""Contributions paid once: of a construction project by its contract, of a migrant worker by theirs."""

from collections.abc import Collection, Iterable
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from budgets.enums import ProgrammeGroup, RateBase
from budgets.models import ContributionRate
from budgets.price import Part, Price, order_of, rounded
from regions.number import decimal, grouped

_PACKAGED = frozenset({"jkk", "jkm"})


def contract_price(
    rows: Iterable[ContributionRate], *, value: int, month: date, programmes: Collection[str]
) -> Price | None:
    """JKK and JKM of a whole project: each rate on its own slice of the contract before PPN.

    None where no slice is in force or a programme is asked for that projects do not have.
    """
    slices = [row for row in _newest(rows, month) if row.base == RateBase.CONTRACT]
    if not set(programmes) <= {row.programme for row in slices}:
        return None
    wanted = [row for row in slices if row.programme in programmes and row.over < value]
    parts = [
        _slice_part(row, value) for row in sorted(wanted, key=lambda row: (order_of(row.programme), row.over))
    ]
    return Price(sum(part.rupiah for part in parts), tuple(parts)) if parts else None


def package_price(
    rows: Iterable[ContributionRate], *, months: int, month: date, through_firm: bool
) -> Price | str:
    """JKK and JKM of a migrant worker for a contract of so many months; a sentence where it is not known.

    Months beyond the longest term that fits are paid one by one. Who goes without a placement firm does not
    pay for the time before work.
    """
    known = _newest(rows, month)
    terms = {row.contract_months or 0: row for row in known if row.base == RateBase.PACKAGE}
    before, fitting = terms.pop(0, None), [term for term in terms if term <= months]
    if not terms:
        return _("tidak ada tarif yang terverifikasi untuk bulan ini")
    if not fitting:
        shortest = {"months": min(terms)}
        return _("perjanjian di bawah %(months)s bulan tidak ada tarifnya") % shortest
    parts = [_package_part(before, _("sebelum bekerja"), 1)] if before and through_firm else []
    term = terms[max(fitting)]
    words = _("selama dan setelah bekerja, perjanjian %(months)s bulan") % {"months": max(fitting)}
    parts.append(_package_part(term, words, 1))
    if rest := months - max(fitting):
        excess = next((row for row in known if row.base == RateBase.EXCESS), None)
        if excess is None:
            return _("bulan kelebihan perjanjian tidak ada tarifnya untuk bulan ini")
        words = _("%(rest)s bulan kelebihan × Rp%(rupiah)s") % {
            "rest": rest,
            "rupiah": grouped(excess.rupiah or 0),
        }
        parts.append(_package_part(excess, words, rest))
    return Price(sum(part.rupiah for part in parts), tuple(parts))


def not_in_package(programmes: Collection[str]) -> str:
    """Why a migrant worker's package does not hold what is asked for; empty where it does."""
    others = sorted(set(programmes) - _PACKAGED, key=order_of)
    if not others:
        return (
            "" if set(programmes) == _PACKAGED else _("iuran JKK dan JKM PMI dibayar bersama, tidak terpisah")
        )
    if "jht" in others:
        return _("iuran JHT PMI sukarela, dipilih sendiri dari Rp50.000 sampai Rp600.000 sebulan")
    return _("PMI hanya dapat mengikuti JKK, JKM, dan JHT")


def _newest(rows: Iterable[ContributionRate], month: date) -> list[ContributionRate]:
    """Rows in force, of each term and slice the newest; `rows` come newest first."""
    newest: dict[tuple[str, str, int, int | None], ContributionRate] = {}
    for row in rows:
        if row.is_in_force(month):
            newest.setdefault((row.programme, row.base, row.over, row.contract_months), row)
    return list(newest.values())


def _package_part(row: ContributionRate, words: str, times: int) -> Part:
    return Part(
        ProgrammeGroup.JKK_JKM.value, (row.rupiah or 0) * times, words, row.legal_source, row.source_url
    )


def _slice_part(row: ContributionRate, value: int) -> Part:
    slice_ = min(value, value if row.up_to is None else row.up_to) - row.over
    percent = row.percent or Decimal(0)
    words = _("%(percent)s%% × Rp%(base)s di atas Rp%(over)s") % {
        "percent": decimal(percent),
        "base": grouped(slice_),
        "over": grouped(row.over),
    }
    rupiah = rounded(slice_ * percent / 100)
    return Part(row.programme, rupiah, words, row.legal_source, row.source_url, rupiah)
