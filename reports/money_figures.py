"""What each measure of money computes from the quantities of a region and month; nothing is divided."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from budgets.enums import BalanceBasis, ClaimKind, ProgrammeGroup
from participants.enums import PayerKind
from regions.month import parse_month
from reports.figures import Figure, of, total_of
from reports.quantities import Amount, Quantities


def contributions(q: Quantities) -> Iterable[Figure]:
    if q.contributions:
        yield total_of(q, "contributions")


def claims(q: Quantities) -> Iterable[Figure]:
    if q.claims:
        yield total_of(q, "claims")


def balance(q: Quantities) -> Iterable[Figure]:
    if q.contributions and q.claims:
        received, paid = total_of(q, "contributions"), total_of(q, "claims")
        yield replace(weaker(received, paid), numerator=received.numerator - paid.numerator)


def claim_ratio(q: Quantities) -> Iterable[Figure]:
    if q.contributions and q.claims:
        received, paid = total_of(q, "contributions"), total_of(q, "claims")
        least = weaker(received, paid)
        yield replace(least, numerator=paid.numerator, denominator=received.numerator)


def weaker(one: Figure, other: Figure) -> Figure:
    """The figure fewer regions reported; what is made of both rests on no more than that."""
    if one.reported is None or other.reported is None:
        return one if other.reported is None else other
    return min(one, other, key=lambda figure: figure.reported or 0)


def allocated_total(q: Quantities) -> Iterable[Figure]:
    if q.allocated:
        yield total_of(q, "allocated")


def realised_total(q: Quantities) -> Iterable[Figure]:
    if q.realised:
        yield total_of(q, "realised")


def absorption(q: Quantities) -> Iterable[Figure]:
    """Of a ceiling of which nothing was paid yet nothing was absorbed, which is known to be so."""
    if q.allocated:
        ceiling = total_of(q, "allocated")
        yield replace(ceiling, numerator=total_of(q, "realised").numerator, denominator=ceiling.numerator)


def allocated(q: Quantities) -> Iterable[Figure]:
    for (category, funding), amount in q.allocated.items():
        yield of(amount, category=category, funding=funding, basis=_untold(category))


def realised(q: Quantities) -> Iterable[Figure]:
    for (category, funding), amount in q.realised.items():
        yield of(amount, category=category, funding=funding, basis=_untold(category))


def absorption_by_line(q: Quantities) -> Iterable[Figure]:
    for key, ceiling in q.allocated.items():
        paid = q.realised.get(key)
        yield of(
            ceiling,
            value=paid.value if paid else 0,
            denominator=ceiling.value,
            category=key[0],
            funding=key[1],
            basis=_untold(key[0]),
        )


def _untold(category: str) -> str:
    return "" if category else _("kategori tidak dirinci")


def months_left(q: Quantities) -> Iterable[Figure]:
    """Where a line names no category, the cost of all people whom its source pays for counts."""
    for (category, funding), ceiling in q.allocated.items():
        paid = q.realised.get((category, funding))
        cost = _monthly_cost(q, category, funding)
        if cost:
            left = ceiling.value - (paid.value if paid else 0)
            yield of(ceiling, value=left, denominator=cost, category=category, funding=funding)


def _monthly_cost(q: Quantities, category: str, funding: str) -> int:
    cells = {key: amount.value for key, amount in q.monthly_cost.items()}
    if category:
        return cells.get((category, funding), 0)
    named = {c for c, f in q.allocated if f == funding and c}
    return sum(rupiah for (c, f), rupiah in cells.items() if f == funding and c not in named)


def payer_shares(q: Quantities) -> Iterable[Figure]:
    whole = sum(amount.value for amount in q.payers.values())
    for payer, people in q.payers.items():
        yield of(people, denominator=whole, variant=payer, basis=str(PayerKind(payer).label))


def due_total(q: Quantities) -> Iterable[Figure]:
    if q.due:
        unknown = sum(people.value for people in q.unpriced.values())
        words = _("%(people)s orang bulan ini belum bertarif") % {"people": unknown} if unknown else ""
        yield replace(total_of(q, "due"), basis=words)


def received_total(q: Quantities) -> Iterable[Figure]:
    if q.received:
        yield total_of(q, "received")


def arrears_total(q: Quantities) -> Iterable[Figure]:
    """Nothing received is an arrear of all that is due; without people nothing is due."""
    if q.due:
        due, received = total_of(q, "due"), total_of(q, "received")
        yield replace(due, numerator=due.numerator - received.numerator)


def arrears_by_month(q: Quantities) -> Iterable[Figure]:
    due, received = _by_month(q.due), _by_month(q.received)
    for (month, funding), rupiah in sorted(due.items()):
        words = date_format(parse_month(month), "F Y")
        owed = rupiah - received.get((month, funding), 0)
        yield Figure(owed, funding=funding, variant=month, basis=words)


def _by_month(cells: Mapping[tuple[str, str, str], Amount]) -> dict[tuple[str, str], int]:
    found: dict[tuple[str, str], int] = {}
    for (month, _category, funding), amount in cells.items():
        found[month, funding] = found.get((month, funding), 0) + amount.value
    return found


def unpriced(q: Quantities) -> Iterable[Figure]:
    for (category, funding), people in q.unpriced.items():
        yield of(people, category=category, funding=funding)


def money_in(q: Quantities) -> Iterable[Figure]:
    yield from _by_basis(q.money_in)


def money_out(q: Quantities) -> Iterable[Figure]:
    yield from _by_basis(q.money_out)


def _by_basis(amounts: Mapping[str, Amount]) -> Iterable[Figure]:
    for basis, amount in amounts.items():
        yield of(amount, variant=basis, basis=str(BalanceBasis(basis).label))


def balances(q: Quantities) -> Iterable[Figure]:
    for into, out in _both(q):
        yield replace(weaker(into, out), numerator=into.numerator - out.numerator)


def ratios(q: Quantities) -> Iterable[Figure]:
    for into, out in _both(q):
        yield replace(weaker(into, out), numerator=out.numerator, denominator=into.numerator)


def _both(q: Quantities) -> Iterable[tuple[Figure, Figure]]:
    """A balance needs both halves, told on the same basis."""
    out = {figure.variant: figure for figure in money_out(q)}
    return [(into, out[into.variant]) for into in money_in(q) if into.variant in out]


def claim_rupiah(q: Quantities) -> Iterable[Figure]:
    for programme, amount in q.claim_rupiah.items():
        yield of(amount, variant=programme, basis=str(ProgrammeGroup(programme).label))


def claim_cases(q: Quantities) -> Iterable[Figure]:
    for programme, amount in q.claim_cases.items():
        yield of(amount, variant=programme, basis=str(ProgrammeGroup(programme).label))


def claim_cases_total(q: Quantities) -> Iterable[Figure]:
    """Without the cases of one programme no whole is told; nor above regions that did not tell theirs."""
    told = {programme: amount.reported for programme, amount in q.claim_cases.items()}
    if told and told == {programme: amount.reported for programme, amount in q.claim_rupiah.items()}:
        yield total_of(q, "claim_cases")


def claim_kinds(q: Quantities) -> Iterable[Figure]:
    for kind, amount in q.claim_kinds.items():
        yield of(amount, variant=kind, basis=str(ClaimKind(kind).label))
