"""Facts as one tidy table for analysts: a number a line, and what it is a number of. No persons."""

import pandas as pd

from reports.recount.cells import counted
from reports.recount.people import CELL, spells_in
from reports.recount.tables import FactTables, month_of

COLUMNS = [
    *(
        "kind",
        "region",
        "month",
        "since",
        "until",
        "year",
        "segment",
        "category",
        "funding",
        "programme",
        "detail",
    ),
    *("number", "unit"),
]
_PEOPLE, _RUPIAH, _CASES, _EMPLOYERS, _PROJECTS = "people", "rupiah", "cases", "employers", "projects"


def long_form(tables: FactTables, first: int, last: int) -> pd.DataFrame:
    """What was reported of the months from `first` to `last`; docs/facts.md says what each kind is."""
    parts = [
        _of_months(
            "members",
            tables.members.rename(columns={"programmes": "programme"}),
            first,
            last,
            number="members",
        ),
        _of_months("headcount", tables.headcounts, first, last, number="people"),
        *(_named(tables, month) for month in range(first, last + 1)),
        _of_years("workforce", tables.workforce, first, last, number="workers"),
        _of_years("category_target", tables.category_targets, first, last, number="people", detail="frame"),
        _paid("contribution", tables.contributions, first, last),
        _paid("claim", tables.claims, first, last, detail="kind"),
        _paid(
            "claim", tables.claims[tables.claims.cases.notna()], first, last, number="cases", detail="kind"
        ),
        _paid("realisation", tables.realisations, first, last),
        _stages(tables.allocations, first, last),
        _employers(tables.employers, first, last),
        _projects(tables.projects, first, last),
        _project_counts(tables.project_counts, first, last),
    ]
    table = pd.concat([part.reindex(columns=COLUMNS) for part in parts])
    words = [name for name in COLUMNS if name not in ("number", "year")]
    table[words] = table[words].astype("object").fillna("")
    table = table.astype({"number": "int64", "year": "Int64"})
    return table.sort_values(COLUMNS).reset_index(drop=True)


def _iso(numbers: pd.Series) -> list[str]:
    return [f"{month_of(number):%Y-%m}" for number in numbers]


def _of_months(kind: str, rows: pd.DataFrame, first: int, last: int, *, number: str) -> pd.DataFrame:
    rows = rows[rows.month.between(first, last)]
    return rows.assign(kind=kind, month=_iso(rows.month), number=rows[number], unit=_PEOPLE)


def _of_years(
    kind: str, rows: pd.DataFrame, first: int, last: int, *, number: str, detail: str = ""
) -> pd.DataFrame:
    rows = rows[rows.year.between(first // 12, last // 12)]
    more = {"detail": rows[detail]} if detail else {}
    return rows.assign(kind=kind, number=rows[number], unit=_PEOPLE, **more)


def _named(tables: FactTables, month: int) -> pd.DataFrame:
    """Persons listed by name, counted: what decides a price stands beside the number."""
    people = counted(spells_in(tables, month), [*CELL, "segment", "programmes"])
    named = people.rename(columns={"programmes": "programme"})
    return named.assign(kind="named", month=f"{month_of(month):%Y-%m}", number=named.value, unit=_PEOPLE)


def _paid(
    kind: str, rows: pd.DataFrame, first: int, last: int, *, number: str = "amount", detail: str = ""
) -> pd.DataFrame:
    """By the month of payment; a contribution is for the months from `since` to `until`."""
    rows = rows[rows.paid.between(first, last)]
    more = {"detail": rows[detail]} if detail else {}
    if "last" in rows:
        more |= {"since": _iso(rows["first"]), "until": _iso(rows["last"])}
    unit = _CASES if number == "cases" else _RUPIAH
    return rows.assign(kind=kind, month=_iso(rows.paid), number=rows[number], unit=unit, **more)


def _stages(rows: pd.DataFrame, first: int, last: int) -> pd.DataFrame:
    rows = rows[rows.decided.between(first, last)]
    return rows.assign(
        kind="allocation", month=_iso(rows.decided), number=rows.amount, unit=_RUPIAH, detail=rows.phase
    )


def _employers(rows: pd.DataFrame, first: int, last: int) -> pd.DataFrame:
    """Reports of employers, counted: none is named."""
    told = counted(rows[rows.month.between(first, last)], ["region", "month", "standing"])
    number = {"number": told.value, "unit": _EMPLOYERS, "detail": told.standing}
    return told.assign(kind="employer", month=_iso(told.month), **number)


def _projects(rows: pd.DataFrame, first: int, last: int) -> pd.DataFrame:
    """Construction projects by the month in which they begin, counted: none is named."""
    told = counted(rows[rows["first"].between(first, last)], ["region", "year", "first", "jakon_status"])
    number = {"number": told.value, "unit": _PROJECTS, "detail": told.jakon_status}
    return told.assign(kind="construction_project", month=_iso(told["first"]), **number)


def _project_counts(rows: pd.DataFrame, first: int, last: int) -> pd.DataFrame:
    rows = rows[rows.month.between(first, last)]
    shared = {"kind": "project_count", "month": _iso(rows.month), "unit": _PROJECTS}
    return pd.concat(
        [
            rows.assign(**shared, number=rows.packages, detail="all"),
            rows.assign(**shared, number=rows.registered, detail="registered"),
        ]
    )
