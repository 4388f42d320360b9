"""What an analyst would do instead of the engine: read all facts, count everything as wide tables, store.

It counts
COV-01 to COV-04, CAT-01 to CAT-06, CMP-01, BUD-01 to BUD-08, CON-01 to CON-05, BAL-01 to BAL-08 and CLM-01
to CLM-04 of every regency, province and the nation. It takes for granted what these facts happen to be:
payments for a single month, one target, one line of the budget a year. It leaves out what else the engine
does: cost of a gain, targets of categories, closed months, what provinces report themselves, regions that did
not exist yet, the words of definitions, and any thought of what changed.
"""

import io
from typing import Any

import numpy as np
import pandas as pd
from django.db import connection

from budgets.enums import BalanceBasis
from budgets.selectors.rate import load_prices, usual_price
from participants.models import Category, FundingSource
from participants.pace import needed_members
from tests.benchmarks._nation import LAST, MONTHS
from tests.benchmarks._wide_tables import (
    CELL,
    DIMENSIONS,
    YEARS,
    Values,
    index_of,
    plain,
    read,
    running,
    to_date,
    totals,
    upward,
    wide,
)


def count_people(values: Values) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """CAT-01 to CAT-06; gives people by price, those reported and those who count."""
    vulnerable = set(Category.objects.filter(is_vulnerable=True).values_list("code", flat=True))
    spells = read(
        "SELECT e.region_id, coalesce(p.merged_into_id, e.participant_id), e.category_id, e.funding_id,"
        f" array_to_string(e.programmes, ' '), greatest({index_of('e.first_month')}, 0),"
        f" {index_of('e.last_month')}"
        " FROM participants_enrolment e JOIN participants_participant p ON p.id = e.participant_id",
        ["region", "person", "category", "funding", "programmes", "first", "last"],
    )
    spells["last"] = spells["last"].fillna(len(MONTHS)).clip(upper=len(MONTHS)).astype("int32")
    priced = running(spells, [*CELL, "programmes"])
    named = priced.groupby(level=CELL, observed=True).sum(min_count=1)
    for measure, chosen in (("CAT-05", spells), ("CAT-06", spells[spells["category"].isin(vulnerable)])):
        values.added(measure, distinct(chosen))
    reported = wide(
        read(
            f"SELECT region_id, category_id, funding_id, {index_of('month')}, people"
            " FROM participants_headcount",
            [*CELL, "month", "people"],
        ),
        CELL,
        "people",
    )
    funded = reported.combine_first(named)
    values.add("CAT-02", totals(values.added("CAT-01", funded)))
    values.added("CAT-03", named)
    values.added("CAT-04", (reported - named.reindex(reported.index)).dropna(how="all"))
    payers = dict(FundingSource.objects.values_list("code", "payer"))
    by_payer = upward(funded)[0].reset_index()
    by_payer["variant"] = by_payer.pop("funding").astype(str).map(payers)
    shares = by_payer.drop(columns="category").groupby(["region", "variant"], observed=True).sum(min_count=1)
    whole = totals(shares).reindex(shares.index.get_level_values("region")).set_axis(shares.index)
    values.add("BUD-07", shares, denominator=whole)
    return priced, reported, funded


def distinct(spells: pd.DataFrame) -> pd.DataFrame:
    """Each person once: a spell counts from the month after those the person's earlier spells counted."""
    ordered = spells[["region", "person", "first", "last"]].sort_values(["region", "person", "first"])
    keys = [ordered["region"], ordered["person"]]
    furthest = ordered["last"].groupby(keys, observed=True).cummax()
    before = furthest.groupby(keys, observed=True).shift()
    first = np.maximum(ordered["first"], (before + 1).fillna(-1)).astype("int32")
    counted = ordered.assign(first=first)
    return running(counted[counted["first"] <= counted["last"]], ["region"])


def count_coverage(values: Values) -> None:
    members = wide(
        read(
            f"SELECT region_id, segment, {index_of('month')}, members FROM participants_membershipcount",
            ["region", "segment", "month", "members"],
        ),
        ["region", "segment"],
        "members",
    )
    workers = read(
        "SELECT region_id, year, workers FROM participants_workforce", ["region", "year", "workers"]
    )
    yearly = plain(workers.groupby(["region", "year"], observed=True)["workers"].sum().unstack())
    eligible, _reported = upward(yearly[YEARS].set_axis(range(len(MONTHS)), axis=1))
    covered, reported = upward(totals(members))
    values.add("COV-01", covered, reported, eligible)
    values.added("COV-02", members)
    values.add("COV-03", eligible - covered, reported)
    needed = eligible.map(lambda people: needed_members(50, int(people)))
    values.add("COV-04", needed - covered, reported, eligible, target="rpjmn")


def usual_prices(programmes: list[str]) -> pd.DataFrame:
    """What a person costs, by category, source of funds and programmes ('' where only reported)."""
    tariff, _wages = load_prices(LAST)
    public = dict(FundingSource.objects.values_list("code", "is_government"))
    rows = {}
    for category, segment in Category.objects.values_list("code", "segment"):
        for funding, government in public.items():
            for covered in ("", *programmes):
                asked: Any = {"region_code": "", "category": category, "government": government}
                asked |= {
                    "segment": "bpu" if covered else segment,
                    "programmes": frozenset(covered.split()) or None,
                }
                prices = [usual_price(tariff, {}, month=month, **asked) for month in MONTHS]
                rows[category, funding, covered] = [price.rupiah if price else np.nan for price in prices]
    index = pd.MultiIndex.from_tuples(rows, names=["category", "funding", "programmes"])
    return pd.DataFrame(list(rows.values()), index=index)


def count_due(values: Values, priced: pd.DataFrame, reported: pd.DataFrame) -> pd.DataFrame:
    """CON-01 to CON-05: people times price of each month, which is returned, against what was received."""
    told = reported.reindex(pd.MultiIndex.from_frame(priced.index.to_frame()[CELL]))
    by_name = priced.where(told.isna().to_numpy())
    without = pd.concat({"": reported}, names=["programmes"]).reorder_levels(priced.index.names)
    people = pd.concat([by_name, without])
    programmes = list(priced.index.get_level_values("programmes").unique().astype(str))
    prices = usual_prices(programmes)
    keys = pd.MultiIndex.from_frame(
        people.index.to_frame()[["category", "funding", "programmes"]].astype(str)
    )
    rupiah = prices.reindex(keys).to_numpy()
    due = (people * rupiah).groupby(level=CELL, observed=True).sum(min_count=1)
    unknown = people.where(np.isnan(rupiah)).groupby(level=CELL, observed=True).sum(min_count=1)
    values.added("CON-05", unknown.dropna(how="all"))
    received = wide(
        read(
            f"SELECT region_id, category_id, funding_id, {index_of('first_month')}, amount"
            " FROM budgets_contribution",
            [*CELL, "month", "amount"],
        ),
        CELL,
        "amount",
    )
    owed, paid = (
        values.added("CON-01", to_date(totals(due))),
        values.added("CON-02", to_date(totals(received))),
    )
    values.add("CON-03", owed.sub(paid.reindex(owed.index), fill_value=0).where(owed.notna()))
    by_funding = [
        frame.groupby(level=["region", "funding"], observed=True).sum(min_count=1)
        for frame in (due, received)
    ]
    asked, came = (upward(frame)[0] for frame in by_funding)
    arrears = asked.sub(came.reindex(asked.index), fill_value=0).where(asked.notna())
    for later in range(len(MONTHS)):
        january = later - later % 12
        for column in range(january, later + 1):
            values.add(
                "CON-04", arrears[[column]].set_axis([later], axis=1), variant=f"{MONTHS[column]:%Y-%m}"
            )
    return due


def count_bases(values: Values, money: pd.DataFrame, claims: pd.DataFrame) -> None:
    """BAL-05 to BAL-08: of both halves the same rows."""
    public = set(FundingSource.objects.filter(is_government=True).values_list("code", flat=True))
    for basis in BalanceBasis:
        into, out = (
            upward(to_date(wide(_of_basis(rows, basis, public), ["region"], "amount")))[0]
            for rows in (money, claims)
        )
        values.add("BAL-06", into, variant=basis.value)
        values.add("BAL-07", out, variant=basis.value)
        values.add("BAL-05", into - out, variant=basis.value)
        values.add("BAL-08", out, denominator=into, variant=basis.value)


def _of_basis(rows: pd.DataFrame, basis: BalanceBasis, public: set[str]) -> pd.DataFrame:
    name = basis.name
    if "GOVERNMENT" in name:
        rows = rows[rows["funding"].isin(public)]
    if "WITHOUT_JHT" in name:
        rows = rows[rows["programme"] != "jht"]
    if "JKK_JKM" in name:
        rows = rows[rows["programme"].isin(["jkk", "jkm", "jkk_jkm"])]
    return rows.assign(month=rows["for_month"]) if name.startswith("ACCRUAL") else rows


def count_money(values: Values, due: pd.DataFrame) -> None:
    """BUD-01 to BUD-06 and BUD-08, BAL-01 to BAL-04, CLM-01 to CLM-04."""
    paid = f"{index_of('paid_on')}"
    money = read(
        f"SELECT region_id, programme, funding_id, {paid}, {index_of('first_month')}, amount"
        " FROM budgets_contribution",
        ["region", "programme", "funding", "month", "for_month", "amount"],
    )
    claims = read(
        f"SELECT region_id, programme, kind, funding_id, {paid},"
        f" {index_of('coalesce(happened_on, paid_on)')}, amount, cases FROM budgets_claim",
        ["region", "programme", "kind", "funding", "month", "for_month", "amount", "cases"],
    )
    count_bases(values, money, claims)
    into = values.added("BAL-01", to_date(wide(money, ["region"], "amount")))
    out = values.added("BAL-02", to_date(wide(claims, ["region"], "amount")))
    values.add("BAL-03", into - out)
    values.add("BAL-04", out, denominator=into)
    for measure, by, value in (
        ("CLM-01", "programme", "amount"),
        ("CLM-02", "programme", "cases"),
        ("CLM-04", "kind", "amount"),
    ):
        frame = to_date(wide(claims, ["region", by], value))
        values.added(measure, frame.rename_axis(index={by: "variant"}))
    values.added("CLM-03", to_date(wide(claims, ["region"], "cases")))
    ceilings = read(
        "SELECT region_id, category_id, funding_id, year, amount FROM budgets_allocation",
        [*CELL, "year", "amount"],
    )
    yearly = plain(ceilings.groupby([*CELL, "year"], observed=True)["amount"].sum().unstack())
    allocated = yearly[YEARS].set_axis(range(len(MONTHS)), axis=1)
    bills = read(
        f"SELECT region_id, category_id, funding_id, {paid}, paid_amount FROM budgets_realisation",
        [*CELL, "month", "amount"],
    )
    spent = to_date(wide(bills, CELL, "amount"))
    by_line, by_bill = values.added("BUD-04", allocated), values.added("BUD-05", spent)
    values.add("BUD-08", by_bill, denominator=by_line)
    cost = upward(due)[0].reindex(by_line.index)
    values.add("BUD-06", by_line.sub(by_bill, fill_value=0).where(cost > 0), denominator=cost)
    values.add("BUD-01", totals(by_line))
    values.add("BUD-02", totals(by_bill))
    values.add("BUD-03", totals(by_bill), denominator=totals(by_line))


def count() -> pd.DataFrame:
    values = Values()
    priced, reported, funded = count_people(values)
    count_coverage(values)
    count_money(values, count_due(values, priced, reported))
    told = pd.DataFrame(5, index=totals(funded).index, columns=range(len(MONTHS)))
    whole, _reported = upward(told)
    values.add("CMP-01", whole, denominator=whole)
    return values.frame()


def store(values: pd.DataFrame) -> None:
    """By COPY into a table like that of the engine; runs and their keys cost nothing here."""
    empty = ["grade", "missing"]
    columns = ["run_id", "measure", *DIMENSIONS, "numerator", "denominator", "reported", "partial", *empty]
    run = values.groupby(["region", "month"], observed=True).ngroup()
    words = dict.fromkeys([*empty, "definition"], "")
    rows = values.assign(run_id=run, partial=0, **words)[[*columns, "definition"]].sort_values("run_id")
    lines = io.StringIO()
    rows.to_csv(lines, header=False, index=False, float_format="%.0f")
    lines.seek(0)
    with connection.cursor() as cursor:
        force = ", ".join([*DIMENSIONS, *empty, "definition"])
        cursor.copy_expert(
            f"COPY pandas_value ({', '.join(columns)}, definition) FROM STDIN"
            f" (FORMAT csv, FORCE_NOT_NULL ({force}))",
            lines,
        )
