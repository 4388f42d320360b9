"""What a pack tells, once, as every face of it shows it.

A number knows what it is: the figures (measure, dimensions, region, month) that were added or subtracted
to give it. So any file can be compared with the pages, figure by figure.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _

from regions.formats import percent, points, rupiah, signed, whole
from reports.pack.code import code_of
from reports.value_words import months_text, rupiah_each_text, rupiah_per_point_text


class Kind(StrEnum):
    """How a number is written."""

    COUNT = "count"
    RUPIAH = "rupiah"
    PERCENT = "percent"
    # A difference of two percentages, and of two counts or amounts.
    POINTS = "points"
    CHANGE = "change"
    # The stored rate is a hundredfold.
    MONTHS = "months"
    RUPIAH_EACH = "rupiah_each"
    # The stored rate is what is written.
    RUPIAH_PER_POINT = "rupiah_per_point"
    PLACE = "place"


@dataclass(frozen=True)
class Identity:
    """One part (`numerator`, `denominator`, `rate`) of one measure value."""

    region: str
    month: str
    measure: str
    part: str = "numerator"
    segment: str = ""
    category: str = ""
    funding: str = ""
    target: str = ""
    variant: str = ""

    def to_json(self) -> list[str]:
        dimensions = [self.segment, self.category, self.funding, self.target, self.variant]
        return [self.region, self.month, self.measure, self.part, *dimensions]


@dataclass(frozen=True)
class Number:
    """`value` is the sum of the figures in `made_of`, each with its sign; None where one is not known.

    Without figures it was given to us: a target, a place in a rank. `is_size` is the sum without its sign,
    where a word beside it says up or down.
    """

    value: int | Decimal | None
    kind: Kind
    made_of: tuple[tuple[int, Identity], ...] = ()
    is_size: bool = False

    @property
    def text(self) -> str:
        written: str = _WRITTEN[self.kind](self.value)
        return written.lstrip("+") if self.is_size else written

    @property
    def is_sum(self) -> bool:
        return self.kind in {Kind.COUNT, Kind.RUPIAH}


_WRITTEN: dict[Kind, Any] = {
    Kind.COUNT: whole,
    Kind.PLACE: whole,
    Kind.RUPIAH: rupiah,
    Kind.PERCENT: lambda value: percent(value, 2),
    Kind.POINTS: lambda value: points(value, 2),
    Kind.CHANGE: signed,
    Kind.MONTHS: months_text,
    Kind.RUPIAH_EACH: rupiah_each_text,
    Kind.RUPIAH_PER_POINT: rupiah_per_point_text,
}
Cell = str | Number


@dataclass(frozen=True)
class Sentence:
    """Text with numbers in it; `about` is the key of the table with the same figures, where there is one."""

    parts: tuple[Cell, ...]
    about: str = ""

    @property
    def text(self) -> str:
        return "".join(part if isinstance(part, str) else part.text for part in self.parts)


@dataclass(frozen=True)
class Column:
    label: str
    is_number: bool = False


@dataclass(frozen=True)
class Table:
    """`total` is the row under the others; its sums are sums of the column."""

    key: str
    number: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    total: tuple[Cell, ...] = ()
    note: str = ""

    @property
    def all_rows(self) -> list[tuple[Cell, ...]]:
        return [*self.rows, self.total] if self.total else list(self.rows)

    @property
    def heading(self) -> str:
        return _("Tabel %(number)s. %(title)s") % {"number": self.number, "title": self.title}


@dataclass(frozen=True)
class Series:
    name: str
    numbers: tuple[Number, ...]


@dataclass(frozen=True)
class Chart:
    """`shape` is `line`, `bar` or `map`; `table` is the number of the table with the same figures.

    `codes` are those of the regions on a map. How they are drawn is no part of the content.
    """

    key: str
    title: str
    shape: str
    labels: tuple[str, ...]
    series: tuple[Series, ...]
    table: str
    codes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Page:
    """One region below, on a page of its own."""

    code: str
    label: str
    sentences: tuple[Sentence, ...]
    tables: tuple[Table, ...]


@dataclass(frozen=True)
class Method:
    code: str
    label: str
    meaning: str
    formula: str


@dataclass(frozen=True)
class Signatory:
    title: str
    name: str = ""
    acting: str = ""


_NO_CONTENT = {"_hash", "ledger_head", "crest", "origin"}


@dataclass
class PackContent:
    document: str
    title: str
    region_code: str
    region_label: str
    period_key: str
    period_label: str
    as_of: str
    # Why it is not official yet; empty where it is.
    draft_reason: str = ""
    # What must stand on every page, as that figures are made up.
    warning: str = ""
    highlights: tuple[tuple[str, Number], ...] = ()
    # The first page: what it comes to, what moved, what is asked of the reader.
    headline: tuple[Sentence, ...] = ()
    moved: tuple[Sentence, ...] = ()
    asked: tuple[Sentence, ...] = ()
    narrative: tuple[Sentence, ...] = ()
    # What each table comes to, in a sentence: the titles of slides and pictures.
    messages: tuple[Sentence, ...] = ()
    remarks: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()
    # The names of tables of which nothing is known: they are left out.
    absent: tuple[str, ...] = ()
    charts: tuple[Chart, ...] = ()
    pages: tuple[Page, ...] = ()
    annex: tuple[Table, ...] = ()
    sources: tuple[str, ...] = ()
    methods: tuple[Method, ...] = ()
    signed_at: str = ""
    signatories: tuple[Signatory, ...] = ()
    # Region, month, number of the closing (None while open) of every run that was read.
    runs: tuple[tuple[str, str, int | None], ...] = ()
    version: str = ""
    _hash: str = field(default="", repr=False)
    # The head of the ledger when the files were made; it moves with every act and is no part of the content.
    ledger_head: str = ""
    # Another crest makes another pack: the hash of the picture is content, the picture is not.
    crest_hash: str = ""
    crest: bytes = field(default=b"", repr=False)
    # Where people reach the site that made the files, where that is not its configured address.
    origin: str = ""

    def show_crest(self, picture: bytes) -> None:
        self.crest, self.crest_hash = picture, hashlib.sha256(picture).hexdigest() if picture else ""

    @property
    def is_draft(self) -> bool:
        return bool(self.draft_reason)

    @property
    def all_tables(self) -> list[Table]:
        return [*self.tables, *(t for page in self.pages for t in page.tables), *self.annex]

    @property
    def sha256(self) -> str:
        """Over everything the pack tells; equal content has an equal hash."""
        if not self._hash:
            canonical = json.dumps(to_json(self), ensure_ascii=False, separators=(",", ":"))
            self._hash = hashlib.sha256(canonical.encode()).hexdigest()
        return self._hash

    @property
    def code(self) -> str:
        """The snapshot code: the first sixty bits of the hash, in letters that nobody mistakes."""
        return code_of(self.sha256)

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """Every sentence that tells figures, but those of the regions below."""
        return (*self.headline, *self.moved, *self.asked, *self.narrative, *self.messages)

    def message(self, key: str) -> Sentence | None:
        """What the table with this key comes to."""
        return next((one for one in self.messages if one.about == key), None)

    def numbers(self) -> Iterator[Number]:
        """Every number on any face."""
        yield from (number for _label, number in self.highlights)
        for sentence in (*self.sentences, *(s for page in self.pages for s in page.sentences)):
            yield from _numbers(sentence.parts)
        for table in self.all_tables:
            for row in table.all_rows:
                yield from _numbers(row)
        for chart in self.charts:
            for series in chart.series:
                yield from series.numbers


def _numbers(cells: Iterable[Cell]) -> Iterator[Number]:
    return (cell for cell in cells if isinstance(cell, Number))


def to_json(content: Any) -> Any:
    """In the order of the fields; decimals as text, so that nothing is rounded."""
    if isinstance(content, str | int | None):
        return content
    if isinstance(content, Decimal):
        return str(content)
    if isinstance(content, tuple | list):
        return [to_json(one) for one in content]
    if isinstance(content, Number):
        made_of = [[sign, identity.to_json()] for sign, identity in content.made_of]
        return [to_json(content.value), str(content.kind), made_of, content.is_size]
    return {name: to_json(value) for name, value in vars(content).items() if name not in _NO_CONTENT}
