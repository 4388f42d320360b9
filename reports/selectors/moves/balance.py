"""By what contributions less claims of the fiscal year changed between two months."""

from collections.abc import Iterator, Mapping

from django.utils.translation import gettext as _

from reports.measures.codes import MeasureCode
from reports.measures.quantities import Amount, Quantities
from reports.selectors.moves.step import Move, MoveStep, counted
from reports.selectors.moves.stored import RegionMoved


def balance_move(place: RegionMoved, words: Mapping[str, str]) -> Move:
    """By source of funds. In another fiscal year the sums begin anew, which is the first step."""
    before, after = place.of(place.code)
    if not all((before.contributions, before.claims, after.contributions, after.claims)):
        return Move(
            MeasureCode.BALANCE, None, None, why_not=_("iuran atau klaim salah satu bulan belum dilaporkan")
        )
    start = _total(before.contributions) - _total(before.claims)
    steps = []
    if place.months[0].year != place.months[1].year:
        steps.append(MoveStep("year", _("Tahun anggaran baru: jumlah mulai lagi dari nol"), -start))
        before = Quantities()
    received, paid = (before.contributions, after.contributions), (before.claims, after.claims)
    steps += [
        MoveStep("contributions", _("Iuran dari %s") % name, rupiah) for name, rupiah in _by(received, words)
    ]
    steps += [
        MoveStep(
            "claims",
            _("Klaim peserta yang iurannya dibiayai %s") % name,
            -rupiah,
            short=_("Klaim (%(funding)s)") % {"funding": name},
        )
        for name, rupiah in _by(paid, words)
    ]
    return counted(MeasureCode.BALANCE, start, steps)


def _total(amounts: Mapping[str, Amount]) -> int:
    return sum(amount.value for amount in amounts.values())


def _by(
    told: tuple[Mapping[str, Amount], Mapping[str, Amount]], words: Mapping[str, str]
) -> Iterator[tuple[str, int]]:
    """The name of each source of funds and by how many rupiah its sum moved."""
    was, now = ({payer: amount.value for payer, amount in amounts.items()} for amounts in told)
    for payer in sorted(was.keys() | now.keys()):
        name = words.get(payer, payer) or _("sumber dana tidak dirinci")
        yield name, now.get(payer, 0) - was.get(payer, 0)
