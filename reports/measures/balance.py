"""Measures of contributions against claims, to date and on every basis of reckoning."""

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext_lazy as _

from budgets.enums import BalanceBasis
from reports.enums import Direction, Unit, Window
from reports.measures.codes import MeasureCode
from reports.measures.evidence import Evidence
from reports.measures.measure import BoardLine, Measure, MeasurePart, MeasureSection, PackTable, TableColumn
from reports.measures.pairs import BALANCE, balance_in, bases_in, basis_key, pairs_of
from reports.measures.quantities import Amount, Quantities
from reports.measures.result import MeasureResult, result_of, total_of, weaker


def contributions(q: Quantities) -> Iterable[MeasureResult]:
    if q.contributions:
        yield total_of(q, "contributions")


def claims(q: Quantities) -> Iterable[MeasureResult]:
    if q.claims:
        yield total_of(q, "claims")


def balance(q: Quantities) -> Iterable[MeasureResult]:
    for received, paid, told in _paired(q):
        yield told.made_into(received - paid)


def claim_ratio(q: Quantities) -> Iterable[MeasureResult]:
    for received, paid, told in _paired(q):
        yield told.made_into(paid, received)


def _paired(q: Quantities) -> Iterable[tuple[int, int, MeasureResult]]:
    """Contributions and claims of the same regions, and a result that says of how many."""
    if BALANCE in (pairs := pairs_of(q, balance_in)):
        received, paid, reported, expected = pairs[BALANCE]
        told = weaker(total_of(q, "contributions"), total_of(q, "claims"))
        if reported is not None:
            told = MeasureResult(0, reported=reported, expected=expected)
        yield received, paid, told


def balances(q: Quantities) -> Iterable[MeasureResult]:
    for basis, into, out, least in _both(q):
        yield result_of(least, value=into - out, variant=basis, basis=BalanceBasis(basis))


def money_in(q: Quantities) -> Iterable[MeasureResult]:
    yield from _by_basis(q.money_in)


def money_out(q: Quantities) -> Iterable[MeasureResult]:
    yield from _by_basis(q.money_out)


def ratios(q: Quantities) -> Iterable[MeasureResult]:
    for basis, into, out, least in _both(q):
        yield result_of(least, value=out, denominator=into, variant=basis, basis=BalanceBasis(basis))


def _by_basis(amounts: Mapping[str, Amount]) -> Iterable[MeasureResult]:
    for basis, amount in amounts.items():
        yield result_of(amount, variant=basis, basis=BalanceBasis(basis))


def _both(q: Quantities) -> Iterable[tuple[str, int, int, Amount]]:
    """A balance needs both halves, reported on the same basis by the same regions."""
    pairs = pairs_of(q, bases_in)
    for basis, amount in q.money_in.items():
        if basis_key(basis) in pairs:
            into, out, reported, expected = pairs[basis_key(basis)]
            own = weaker(amount, q.money_out[basis])
            yield basis, into, out, own if reported is None else Amount(0, reported, expected)


DECLARED = (
    Measure(
        code=MeasureCode.CONTRIBUTIONS,
        label=_("Iuran diterima"),
        meaning=_("Nilai iuran yang diterima sejak Januari sampai akhir bulan itu."),
        numerator=_("jumlah iuran menurut tanggal bayar, semua program yang dicatat"),
        denominator=_("tidak ada"),
        unit=Unit.RUPIAH,
        direction=Direction.UP,
        window=Window.FISCAL_YEAR,
        section=MeasureSection.BALANCE,
        compute=contributions,
        shown=BoardLine(),
        pack_table=PackTable.BALANCE,
        evidence=(Evidence.CONTRIBUTIONS,),
        rests_on=("contributions",),
    ),
    Measure(
        code=MeasureCode.CLAIMS,
        label=_("Klaim dibayarkan"),
        meaning=_("Nilai klaim yang dibayarkan sejak Januari sampai akhir bulan itu."),
        numerator=_("jumlah klaim menurut tanggal bayar, semua program yang dicatat"),
        denominator=_("tidak ada"),
        unit=Unit.RUPIAH,
        direction=Direction.NEUTRAL,
        window=Window.FISCAL_YEAR,
        section=MeasureSection.BALANCE,
        compute=claims,
        shown=BoardLine(),
        pack_table=PackTable.BALANCE,
        evidence=(Evidence.CLAIMS,),
        rests_on=("claims",),
    ),
    Measure(
        code=MeasureCode.BALANCE,
        label=_("Saldo iuran dikurangi klaim"),
        meaning=_(
            "Iuran diterima dikurangi klaim dibayarkan; positif bila iuran melebihi klaim. Klaim JHT "
            "merupakan pengembalian tabungan peserta."
        ),
        numerator=_("BAL-01 dikurangi BAL-02, hanya dari wilayah yang melaporkan keduanya"),
        denominator=_("tidak ada"),
        unit=Unit.RUPIAH,
        direction=Direction.NEUTRAL,
        window=Window.FISCAL_YEAR,
        section=MeasureSection.BALANCE,
        compute=balance,
        shown=BoardLine(),
        pack_table=PackTable.BALANCE,
        parts=(MeasurePart(MeasureCode.CONTRIBUTIONS), MeasurePart(MeasureCode.CLAIMS)),
        rests_on=("contributions", "claims"),
    ),
    Measure(
        code=MeasureCode.CLAIM_RATIO,
        label=_("Rasio klaim"),
        meaning=_("Perbandingan klaim dibayarkan terhadap iuran diterima, dalam persen."),
        numerator=_("klaim dibayarkan (BAL-02)"),
        denominator=_("iuran diterima (BAL-01)"),
        unit=Unit.PERCENT,
        direction=Direction.NEUTRAL,
        window=Window.FISCAL_YEAR,
        section=MeasureSection.BALANCE,
        compute=claim_ratio,
        shown=BoardLine(),
        pack_table=PackTable.BALANCE,
        parts=(MeasurePart(MeasureCode.CLAIMS), MeasurePart(MeasureCode.CONTRIBUTIONS)),
        rests_on=("contributions", "claims"),
    ),
    Measure(
        code=MeasureCode.BALANCE_BY_BASIS,
        label=_("Saldo menurut basis pencatatan"),
        meaning=_("Iuran dikurangi klaim menurut beberapa basis pencatatan, yang disebut pada tiap baris."),
        numerator=_("iuran dikurangi klaim dengan basis pencatatan yang sama"),
        denominator=_("tidak ada"),
        unit=Unit.RUPIAH,
        direction=Direction.NEUTRAL,
        window=Window.FISCAL_YEAR,
        section=MeasureSection.BALANCE,
        compute=balances,
        shown=TableColumn(_("Saldo"), 3),
        pack_table=PackTable.BALANCE,
        parts=(MeasurePart(MeasureCode.CONTRIBUTIONS_BY_BASIS), MeasurePart(MeasureCode.CLAIMS_BY_BASIS)),
        rests_on=("contributions", "claims"),
    ),
    Measure(
        code=MeasureCode.CONTRIBUTIONS_BY_BASIS,
        label=_("Iuran menurut basis pencatatan"),
        meaning=_(
            "Basis kas memakai tanggal bayar, basis akrual memakai bulan iuran. Bila iuran tidak dapat "
            "dibedakan, angkanya dikosongkan."
        ),
        numerator=_("jumlah iuran yang termasuk basis itu"),
        denominator=_("tidak ada"),
        unit=Unit.RUPIAH,
        direction=Direction.UP,
        window=Window.FISCAL_YEAR,
        section=MeasureSection.BALANCE,
        compute=money_in,
        shown=TableColumn(_("Iuran"), 1),
        evidence=(Evidence.CONTRIBUTIONS_BY_BASIS,),
        rests_on=("contributions",),
    ),
    Measure(
        code=MeasureCode.CLAIMS_BY_BASIS,
        label=_("Klaim menurut basis pencatatan"),
        meaning=_(
            "Basis kas memakai tanggal bayar, basis akrual memakai tanggal kejadian. Kewajiban tahun-tahun "
            "berikut tidak termasuk."
        ),
        numerator=_("jumlah klaim yang termasuk basis itu"),
        denominator=_("tidak ada"),
        unit=Unit.RUPIAH,
        direction=Direction.NEUTRAL,
        window=Window.FISCAL_YEAR,
        section=MeasureSection.BALANCE,
        compute=money_out,
        shown=TableColumn(_("Klaim"), 2),
        evidence=(Evidence.CLAIMS_BY_BASIS,),
        rests_on=("claims",),
    ),
    Measure(
        code=MeasureCode.CLAIM_RATIO_BY_BASIS,
        label=_("Rasio klaim menurut basis pencatatan"),
        meaning=_("Perbandingan klaim terhadap iuran dengan basis yang sama, dalam persen."),
        numerator=_("BAL-07"),
        denominator=_("BAL-06"),
        unit=Unit.PERCENT,
        direction=Direction.NEUTRAL,
        window=Window.FISCAL_YEAR,
        section=MeasureSection.BALANCE,
        compute=ratios,
        shown=TableColumn(_("Rasio klaim"), 4),
        parts=(MeasurePart(MeasureCode.CLAIMS_BY_BASIS), MeasurePart(MeasureCode.CONTRIBUTIONS_BY_BASIS)),
        rests_on=("contributions", "claims"),
    ),
)
