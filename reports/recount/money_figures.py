"""Contributions due and received, contributions against claims on every basis, and claims taken apart."""

from reports.recount.lines import Lines, weaker
from reports.recount.pairs import Paired


def money_figures(lines: Lines, pairs: Paired) -> None:
    _add_dues(lines, pairs)
    _add_balance(lines, pairs)
    _add_bases(lines, pairs)
    for code, name in {"CLM-01": "claim_rupiah", "CLM-02": "claim_cases", "CLM-04": "claim_kinds"}.items():
        for cell in lines.of(name):
            lines.add(code, cell.value, told=cell.told, variant=cell.a)
    cases = {cell.a: cell.told[0] for cell in lines.of("claim_cases")}
    if cases and cases == {cell.a: cell.told[0] for cell in lines.of("claim_rupiah")}:
        number, told = lines.total("claim_cases")
        lines.add("CLM-03", number, told=told)


def _add_dues(lines: Lines, pairs: Paired) -> None:
    (due, told_due), (received, told_received) = lines.total("due"), lines.total("received")
    if lines.has("received"):
        lines.add("CON-02", received, told=told_received)
    if not lines.has("due"):
        return
    lines.add("CON-01", due, told=told_due)
    lines.add("CON-03", pairs["dues",].one - pairs["dues",].other, told=told_due)
    owed: dict[tuple[str, str], int] = {}
    for cell in lines.of("due"):
        owed[cell.a, cell.c] = owed.get((cell.a, cell.c), 0) + cell.value
    for cell in lines.of("received"):
        if (cell.a, cell.c) in owed:
            owed[cell.a, cell.c] -= cell.value
    for (month, funding), rupiah in owed.items():
        lines.add("CON-04", rupiah, funding=funding, variant=month)


def _add_balance(lines: Lines, pairs: Paired) -> None:
    (into, told_in), (out, told_out) = lines.total("contributions"), lines.total("claims")
    if lines.has("contributions"):
        lines.add("BAL-01", into, told=told_in)
    if lines.has("claims"):
        lines.add("BAL-02", out, told=told_out)
    if both := pairs.get(("balance",)):
        told = weaker(told_in, told_out) if both.told[0] is None else both.told
        lines.add("BAL-03", both.one - both.other, told=told)
        lines.add("BAL-04", both.other, both.one, told)


def _add_bases(lines: Lines, pairs: Paired) -> None:
    into = {cell.a: cell for cell in lines.of("money_in")}
    out = {cell.a: cell for cell in lines.of("money_out")}
    for basis, cell in into.items():
        lines.add("BAL-06", cell.value, told=cell.told, variant=basis)
    for basis, cell in out.items():
        lines.add("BAL-07", cell.value, told=cell.told, variant=basis)
    for basis in into.keys() & out.keys():
        if both := pairs.get(("basis", basis)):
            told = weaker(into[basis].told, out[basis].told) if both.told[0] is None else both.told
            lines.add("BAL-05", both.one - both.other, told=told, variant=basis)
            lines.add("BAL-08", both.other, both.one, told, variant=basis)
