"""What a region's own facts say of money in the fiscal year up to a month, one cell a line."""

from functools import partial

import pandas as pd

from reports.recount.cells import cells, summed
from reports.recount.people import dues_of
from reports.recount.tables import FactTables, january, month_of

_LIABILITY, _UNDIVIDED, _JHT = "liability", "all", "jht"
_JKK_JKM = ("jkk", "jkm", "jkk_jkm")
# Basis → by accrual, governments only, only these programmes, without these.
_BASES: dict[str, tuple[bool, bool, tuple[str, ...], tuple[str, ...]]] = {
    "kas": (False, False, (), ()),
    "kas_tanpa_jht": (False, False, (), (_JHT,)),
    "kas_jkk_jkm": (False, False, _JKK_JKM, ()),
    "kas_pemerintah": (False, True, (), ()),
    "kas_pemerintah_jkk_jkm": (False, True, _JKK_JKM, ()),
    "akrual": (True, False, (), ()),
    "akrual_pemerintah": (True, True, (), ()),
}


def money_of(tables: FactTables, month: int) -> pd.DataFrame:
    first = january(month)
    paid = tables.contributions[tables.contributions.paid.between(first, month)]
    claimed = tables.claims[tables.claims.paid.between(first, month)]
    spent = tables.realisations[tables.realisations.paid.between(first, month)]
    cash_out = claimed[claimed.kind != _LIABILITY]
    shares = tables.once("shares", 0, partial(_shares, tables.contributions))
    shares = shares[shares.counts.between(first, month)]
    return pd.concat(
        [
            summed("contributions", paid, ["funding"]),
            summed("claims", cash_out, ["funding"]),
            summed("realised", spent, ["category", "funding"]),
            *(_bills(tables.bills, stage, first, month) for stage in ("billed", "posted")),
            summed("received", _named_months(shares), ["for_month", "category", "funding"]),
            summed("claim_rupiah", cash_out, ["programme"]),
            _cases(cash_out),
            summed("claim_kinds", claimed, ["kind"]),
            _by_basis("money_in", paid, shares),
            _by_basis("money_out", cash_out, cash_out[cash_out.happened // 12 == cash_out.paid // 12]),
            _ceilings(tables.allocations, month),
            _due(tables, month),
        ]
    )


def _bills(bills: pd.DataFrame, stage: str, first: int, last: int) -> pd.DataFrame:
    """Each by its own day."""
    told = bills[bills.stage == stage]
    return summed("bills", told[told.month.between(first, last)], ["stage"])


def _named_months(shares: pd.DataFrame) -> pd.DataFrame:
    return shares.assign(for_month=[_iso(number) for number in shares.month])


def _iso(number: int) -> str:
    return f"{month_of(number):%Y-%m}"


def _shares(payments: pd.DataFrame) -> pd.DataFrame:
    """A line for each month that a payment is for, in whole rupiah whose sum is the payment.

    It counts from the later of that month and the month of payment on, if both are of one year.
    """
    lengths = payments["last"] - payments["first"] + 1
    lines = payments.loc[payments.index.repeat(lengths)].copy()
    place = lines.groupby(level=0).cumcount()
    count = lines["last"] - lines["first"] + 1
    lines["month"] = lines["first"] + place
    lines["counts"] = lines[["month", "paid"]].max(axis=1)
    lines["amount"] = lines.amount * (place + 1) // count - lines.amount * place // count
    return lines[lines.counts // 12 == lines.month // 12]


def _cases(claims: pd.DataFrame) -> pd.DataFrame:
    """Only of programmes of which every row said its cases."""
    told = claims.assign(untold=claims.cases.isna())
    by_programme = told.groupby(["region", "programme"]).agg(cases=("cases", "sum"), untold=("untold", "any"))
    known = by_programme[~by_programme.untold.astype(bool)].reset_index()
    return cells("claim_cases", known.region, known.programme, value=known.cases)


def _by_basis(name: str, cash: pd.DataFrame, accrued: pd.DataFrame) -> pd.DataFrame:
    """A basis has no figure where a row does not tell the payer or programme that it asks for."""
    found = []
    for basis, (is_accrual, of_government, only, without) in _BASES.items():
        rows = accrued if is_accrual else cash
        counts = ~rows.programme.isin(without)
        counts &= rows.programme.isin(only) if only else True
        counts &= rows.government.eq(True) if of_government else True
        untold = (rows.government.isna() & of_government) | (
            (rows.programme == _UNDIVIDED) & bool(only or without)
        )
        told = rows.assign(counted=rows.amount.where(counts, 0), untold=untold)
        by_region = told.groupby("region").agg(counted=("counted", "sum"), untold=("untold", "any"))
        sums = by_region[~by_region.untold.astype(bool)].counted
        found.append(cells(name, sums.index, basis, value=sums))
    return pd.concat(found)


def _ceilings(stages: pd.DataFrame, month: int) -> pd.DataFrame:
    """Of each line the stage that was decided last."""
    decided = stages[(stages.year == month // 12) & (stages.decided <= month)]
    latest = decided.sort_values(["day", "phase", "sequence", "stage"]).drop_duplicates("line", keep="last")
    return summed("allocated", latest, ["category", "funding"])


def _due(tables: FactTables, month: int) -> pd.DataFrame:
    """Month by month since January; of this very month also what it costs and who has no price."""
    found = []
    for one in range(january(month), month + 1):
        of_month = tables.once("dues", one, partial(dues_of, tables, one))
        cost = of_month[of_month.name == "monthly_cost"]
        found.append(cells("due", cost.region, _iso(one), cost.a, cost.b, value=cost.value))
        if one == month:
            found.append(of_month)
    return pd.concat(found)
