"""Prices of single programmes as rows for SQL, where persons by the thousand are to be priced."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from budgets.price import PriceAsked
from budgets.selectors.rate import WageHistory, load_prices, wage_at
from budgets.tariff import Tariff
from participants.enums import Programme, Segment
from regions.month import months_between

# Key, programme, rupiah, first and last month of that price. The key is the segment, whether the money
# is the state's, and for wage earners region and category, for others whether they are in transport.
_Row = tuple[str, str, int, date, date]
Prices = dict[str, list[Any]]


NO_PRICES: Prices = {
    **{"price_keys": [], "price_programmes": [], "price_rupiah": [], "price_first": [], "price_last": []},
    "transport": [],
}


def price_arrays(start: date, month: date) -> Prices:
    """Parameters for `unnest`: every known price from `start` to `month`, months of one price joined."""
    tariff, wages = load_prices(month)
    rows = list(_joined(_monthly(tariff, wages, start, month)))
    keys, programmes, rupiah, first, last = zip(*rows, strict=True) if rows else ((), (), (), (), ())
    return {
        "price_keys": list(keys),
        "price_programmes": list(programmes),
        "price_rupiah": list(rupiah),
        "price_first": list(first),
        "price_last": list(last),
        "transport": sorted(tariff.transport_categories),
    }


def _monthly(
    tariff: Tariff, wages: dict[tuple[str, str], WageHistory], start: date, month: date
) -> Iterator[tuple[str, str, int, date]]:
    """Key, programme, rupiah and month, the months of one key and programme in their order."""
    months = list(months_between(start, month))
    for government in (True, False):
        mark = "t" if government else "f"
        for segment in (Segment.BPU, Segment.JAKON, Segment.PMI):
            for transport in (False, True):
                asked = PriceAsked(government=government, transport=transport)
                key = f"{segment.value}|{mark}|{'transport' if transport else ''}"
                for at in months:
                    for part in tariff.quote(segment, Programme.values, at, asked).parts:
                        yield key, part.programme, part.rupiah, at
        for (code, category), history in wages.items():
            for at in months:
                wage = wage_at(history, at)
                if wage is None:
                    continue
                asked = PriceAsked(wage=wage.rupiah, risk_class=wage.risk_class, government=government)
                for part in tariff.quote(Segment.PU, Programme.values, at, asked).parts:
                    yield f"pu|{mark}|{code}|{category}", part.programme, part.rupiah, at


def _joined(rows: Iterator[tuple[str, str, int, date]]) -> Iterator[_Row]:
    """Months of an equal price that follow each other become one row."""
    spans: dict[tuple[str, str], list[tuple[int, list[date]]]] = {}
    for key, programme, rupiah, month in rows:
        known = spans.setdefault((key, programme), [])
        goes_on = (
            known and known[-1][0] == rupiah and list(months_between(known[-1][1][-1], month))[1:] == [month]
        )
        if goes_on:
            known[-1][1].append(month)
        else:
            known.append((rupiah, [month]))
    for (key, programme), known in spans.items():
        for rupiah, months in known:
            yield key, programme, rupiah, months[0], months[-1]
