"""What a region's own reports and lists say of people in a month, one cell a line."""

import pandas as pd

from reports.recount.cells import cells, counted
from reports.recount.tables import ALL, FactTables

CELL = ["region", "category", "funding"]


def members_of(tables: FactTables, month: int) -> pd.DataFrame:
    rows = tables.members[tables.members.month == month]
    rows = rows[rows.programmes == " ".join(sorted(tables.programmes(month)))]
    return cells("members", rows.region, rows.segment, value=rows.members)


def workers_of(tables: FactTables, month: int) -> pd.DataFrame:
    """Of each region the newest official year not after the month's."""
    rows = tables.workforce[tables.workforce.year <= month // 12]
    newest = rows[rows.year == rows.groupby("region").year.transform("max")]
    return cells("eligible", newest.region, newest.segment, value=newest.workers)


def before_of(tables: FactTables, month: int) -> dict[str, set[str]]:
    """Segments of which members were reported in the twelve months before."""
    rows = tables.members[tables.members.month.between(month - 12, month - 1)]
    rows = rows[(rows.segment != ALL) & (rows.programmes == " ".join(sorted(tables.programmes(month))))]
    return {region: set(found) for region, found in rows.groupby("region").segment}


def spells_in(tables: FactTables, month: int) -> pd.DataFrame:
    """Each person once in a category and source of funds: by the spell that began first."""
    spells = tables.spells
    running = spells[(spells["first"] <= month) & (spells["last"] >= month)]
    return running.sort_values(["first", "spell"]).drop_duplicates([*CELL, "person"])


def people_of(tables: FactTables, month: int) -> pd.DataFrame:
    reported, listed = _reported(tables, month), spells_in(tables, month)
    named = counted(listed, CELL)
    both = reported.merge(named, on=CELL, suffixes=("", "_named"))
    covered = counted(listed[_covers(tables, month, listed)], CELL)
    alone = covered.merge(reported[CELL], on=CELL, how="left", indicator=True)
    alone = alone[alone._merge == "left_only"]
    paid = pd.concat([reported, alone[[*CELL, "value"]]])
    persons = listed.groupby("region").person.nunique()
    vulnerable = listed[listed.vulnerable].groupby("region").person.nunique().reindex(persons.index)
    return pd.concat(
        [
            cells("headcounts", *_keys(reported), value=reported.value),
            cells("named", *_keys(named), value=named.value),
            _by_programme(listed),
            cells("differences", *_keys(both), value=both.value - both.value_named),
            cells("funded", *_keys(paid), value=paid.value),
            cells("persons", persons.index, "all", value=persons),
            cells("persons", persons.index, "vulnerable", value=vulnerable.fillna(0)),
        ]
    )


def _covers(tables: FactTables, month: int, listed: pd.DataFrame) -> pd.Series:
    """Of each spell whether it has all programmes that make a person covered."""
    wanted = set(tables.programmes(month))
    has_all = [wanted <= set(told.split()) for told in listed.programmes]
    return pd.Series(has_all, index=listed.index, dtype=bool)


def _by_programme(listed: pd.DataFrame) -> pd.DataFrame:
    """A line for each programme of a spell."""
    each = listed.assign(programme=[told.split() for told in listed.programmes]).explode("programme")
    each = each[each.programme.notna()]
    told = counted(each, [*CELL, "programme"])
    return cells("programmes", told.region, told.category, told.funding, told.programme, value=told.value)


def _reported(tables: FactTables, month: int) -> pd.DataFrame:
    rows = tables.headcounts[tables.headcounts.month == month]
    return rows.rename(columns={"people": "value"})[[*CELL, "value"]]


def _keys(rows: pd.DataFrame) -> list[pd.Series]:
    return [rows[name] for name in CELL]


def dues_of(tables: FactTables, month: int) -> pd.DataFrame:
    """What the people of a month cost, and those of them whose price nobody knows."""
    reported, listed = _reported(tables, month), spells_in(tables, month)
    groups = counted(listed, [*CELL, "segment", "programmes"])
    groups = groups.merge(reported[CELL], on=CELL, how="left", indicator=True)
    groups = groups[groups._merge == "left_only"]
    people = pd.concat([reported.assign(segment="", programmes=""), groups.drop(columns="_merge")])
    kinds = people[[*CELL, "segment", "programmes"]].itertuples(index=False, name=None)
    prices = [tables.price_of(kind, month) for kind in kinds]
    people = people.assign(price=pd.array(prices, dtype="Int64"))
    priced, unpriced = people[people.price.notna()], people[people.price.isna()]
    due = priced.assign(value=priced.value * priced.price).groupby(CELL, as_index=False).value.sum()
    unknown = unpriced.groupby(CELL, as_index=False).value.sum()
    return pd.concat(
        [
            cells("monthly_cost", *_keys(due), value=due.value),
            cells("unpriced", *_keys(unknown), value=unknown.value),
        ]
    )
