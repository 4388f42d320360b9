"""Facts as wide pandas tables: a row is a region with its dimensions, a column a month; NaN is untold."""

import tempfile
from operator import itemgetter
from typing import Any

import numpy as np
import pandas as pd
from django.db import connection

from regions.enums import Level
from regions.models import Region
from regions.models.region import NATION
from tests.benchmarks._nation import FIRST, MONTHS

_START = FIRST.year * 12 + FIRST.month
YEARS = [month.year for month in MONTHS]
CELL = ["region", "category", "funding"]
DIMENSIONS = ("segment", "category", "funding", "target", "variant")
TEXTS = {"region", "category", "funding", "programmes", "programme", "kind", "segment"}


def read(statement: str, names: list[str]) -> pd.DataFrame:
    """By COPY, which is the fastest way out."""
    with connection.cursor() as cursor, tempfile.TemporaryFile("w+") as lines:
        cursor.copy_expert(f"COPY ({statement}) TO STDOUT (FORMAT csv)", lines)
        lines.seek(0)
        text: Any = {name: "category" for name in names if name in TEXTS}
        # Named, since 11.10 would otherwise be read as a number.
        codes = Region.objects.filter(level__lte=Level.REGENCY).values_list("code", flat=True)
        text["region"] = pd.CategoricalDtype(list(codes))
        return pd.read_csv(lines, names=names, dtype=text, keep_default_na=False, na_values={"last": [""]})


def index_of(column: str) -> str:
    return f"(extract(year FROM {column}) * 12 + extract(month FROM {column}) - {_START})::int"


def plain(frame: pd.DataFrame) -> pd.DataFrame:
    """Keys as texts: tables read one by one have categories of their own."""
    index = frame.index
    if isinstance(index, pd.MultiIndex):
        frame.index = index.set_levels([level.astype(str) for level in index.levels])
    else:
        frame.index = index.astype(str).rename(index.name)
    return frame


def wide(rows: pd.DataFrame, by: list[str], value: str) -> pd.DataFrame:
    """One row for each key, one column for each month."""
    sums = rows.groupby([*by, "month"], observed=True)[value].sum().unstack("month")
    return plain(sums.reindex(columns=range(len(MONTHS))))


def running(spells: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    """People of every month: one more in the first, one less after the last."""
    size = len(MONTHS)
    more = spells.groupby([*by, "first"], observed=True).size().unstack(fill_value=0)
    less = spells.groupby([*by, "last"], observed=True).size().unstack(fill_value=0)
    more = more.reindex(columns=range(size), fill_value=0)
    less = less.reindex(columns=range(-1, size - 1), fill_value=0)
    less.columns = range(size)
    people = plain(more.sub(less, fill_value=0).cumsum(axis=1))
    return people.where(people > 0)


def to_date(frame: pd.DataFrame) -> pd.DataFrame:
    """Sums since January; there from the first month on that has any."""
    by_year = frame.T.groupby(np.array(YEARS))
    return by_year.cumsum().T.where(by_year.ffill().T.notna())


def upward(frame: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The same with provinces and the nation, and of how many regions below each sum is."""
    frames, counts, below = [frame], [frame * np.nan], frame
    for above in (itemgetter(slice(2)), _nation):
        place = below.index.get_level_values(0).map(above)
        others = [below.index.get_level_values(level) for level in range(1, below.index.nlevels)]
        groups = below.groupby([place, *others], observed=True)
        counts.append(groups.count())
        below = groups.sum(min_count=1)
        below.index.names = frame.index.names
        counts[-1].index.names = frame.index.names
        frames.append(below)
    return pd.concat(frames), pd.concat(counts)


def _nation(_code: str) -> str:
    return NATION


class Values:
    """What was counted, as long rows ready to be stored."""

    def __init__(self) -> None:
        self.parts: list[pd.DataFrame] = []

    def add(
        self, measure: str, number: pd.DataFrame, reported: Any = None, denominator: Any = None, **fixed: str
    ) -> None:
        stacked = number.stack()
        stacked = stacked.dropna()
        rows = stacked.rename_axis([*number.index.names, "month"]).reset_index(name="numerator")
        for name, frame in (("denominator", denominator), ("reported", reported)):
            rows[name] = np.nan if frame is None else frame.stack().reindex(stacked.index).to_numpy()
        self.parts.append(rows.assign(measure=measure, **fixed))

    def added(self, measure: str, frame: pd.DataFrame, **fixed: str) -> pd.DataFrame:
        whole, reported = upward(frame)
        self.add(measure, whole, reported, **fixed)
        return whole

    def frame(self) -> pd.DataFrame:
        rows = pd.concat(self.parts, ignore_index=True)
        for name in DIMENSIONS:
            rows[name] = rows[name].astype(object).fillna("") if name in rows else ""
        return rows


def totals(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.groupby(level="region", observed=True).sum(min_count=1)
