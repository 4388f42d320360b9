"""What is known of a person, column by column: said once, read by lists, forms, grids, storing and pages.

A new column is a field of `models/person_details.py`, a `Field` with its titles in `importers/header.py`, and
an entry here; reading, comparing, storing, undoing, correcting, showing and exporting follow from it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from participants.importers.header import Field

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as Words
else:
    Words = object


class Keeping(Enum):
    """How a column is kept: as text, as a day, or sealed with a digest for matching."""

    TEXT = "text"
    DAY = "day"
    SEALED = "sealed"


@dataclass(frozen=True)
class PersonColumn:
    """`name` is the column of a person and of a row of a list; of a sealed one without _digest and _sealed.

    `label` stands within sentences, `title` above cells, `short` above the narrow cells of the grid, which
    holds those `in_grid`; `width` is that of the column in the template, in characters, and `longest` that of
    the column of the tables. The word HAPUS may empty it where it is `erasable`.

    Where persons are shown (their page, files, the API, what a check of a list tells) it stands behind the
    others, unless it `has_place`: then these name it themselves or leave it out. What is sealed is shown by
    none of them unless it is named.
    """

    field: Field
    name: str
    label: Words
    title: Words
    width: int
    keeping: Keeping = Keeping.TEXT
    longest: int = 0
    short: Words | None = None
    template_title: str = ""
    erasable: bool = True
    in_grid: bool = True
    has_place: bool = False

    @property
    def stored(self) -> tuple[str, ...]:
        """The columns of the tables in which it is kept."""
        if self.keeping is Keeping.SEALED:
            return (f"{self.name}_digest", f"{self.name}_sealed")
        return (self.name,)

    @property
    def nothing(self) -> str | None:
        """What stands in its columns where nothing is known."""
        return "" if self.keeping is Keeping.TEXT else None

    def text_of(self, row: Any) -> str:
        """What an open column of a person, or of a row of a list, says."""
        value = getattr(row, self.name)
        if self.keeping is Keeping.DAY:
            return f"{value:%d/%m/%Y}" if value else ""
        return str(value)


PERSON_COLUMNS = (
    PersonColumn(
        field=Field.NAME,
        name="name",
        label=_("nama"),
        title=_("Nama"),
        template_title="Nama Lengkap",
        width=32,
        longest=120,
        erasable=False,
        has_place=True,
    ),
    PersonColumn(
        field=Field.BIRTH_PLACE,
        name="birth_place",
        label=_("tempat lahir"),
        title=_("Tempat lahir"),
        template_title="Tempat Lahir",
        width=18,
        longest=80,
        has_place=True,
    ),
    PersonColumn(
        field=Field.BIRTH_DATE,
        name="birth_date",
        label=_("tanggal lahir"),
        title=_("Tanggal lahir"),
        short=_("Tanggal lahir"),
        template_title="Tanggal Lahir",
        width=14,
        keeping=Keeping.DAY,
        has_place=True,
    ),
    PersonColumn(
        field=Field.SEX,
        name="sex",
        label=_("jenis kelamin"),
        title=_("L/P"),
        template_title="L/P",
        width=6,
        has_place=True,
    ),
    PersonColumn(
        field=Field.ADDRESS,
        name="address",
        label=_("alamat"),
        title=_("Alamat"),
        template_title="Alamat",
        width=36,
        longest=250,
        has_place=True,
    ),
    PersonColumn(
        field=Field.VILLAGE,
        name="village_name",
        label=_("desa/kelurahan"),
        title=_("Desa/kelurahan"),
        short=_("Desa/Kel"),
        template_title="Desa/Kelurahan",
        width=20,
        longest=80,
        has_place=True,
    ),
    PersonColumn(
        field=Field.DISTRICT,
        name="district_name",
        label=_("kecamatan"),
        title=_("Kecamatan"),
        template_title="Kecamatan",
        width=20,
        longest=80,
        has_place=True,
    ),
    PersonColumn(
        field=Field.PHONE,
        name="phone",
        label=_("nomor telepon"),
        title=_("Nomor telepon"),
        short=_("HP"),
        template_title="No HP",
        width=16,
        keeping=Keeping.SEALED,
        has_place=True,
    ),
    PersonColumn(
        field=Field.KPJ,
        name="kpj",
        label=_("nomor KPJ"),
        title=_("Nomor KPJ"),
        template_title="No KPJ",
        width=14,
        keeping=Keeping.SEALED,
        # The grid is narrow enough without the number of the card.
        in_grid=False,
        has_place=True,
    ),
)
# Fields of an office's own, all of them in two columns by their keys; see `importers/extra.py`.
EXTRA_COLUMNS = ("extra", "extra_sealed")
OPEN_COLUMNS = tuple(column for column in PERSON_COLUMNS if column.keeping is not Keeping.SEALED)
SEALED_COLUMNS = tuple(column for column in PERSON_COLUMNS if column.keeping is Keeping.SEALED)
# What a person keeps beside the NIK and what says where it came from.
STORED_COLUMNS = (
    *(name for column in (*OPEN_COLUMNS, *SEALED_COLUMNS) for name in column.stored),
    *EXTRA_COLUMNS,
)
# A person, or a row of a list, of whom nothing is said any more.
NOTHING: dict[str, Any] = {name: column.nothing for column in PERSON_COLUMNS for name in column.stored}
NOTHING |= {name: {} for name in EXTRA_COLUMNS}
ERASABLE = tuple(column.field for column in PERSON_COLUMNS if column.erasable)
# In the order of the columns on the screen and of the lists that offices keep.
TYPED_FIELDS = (Field.NIK, *(column.field for column in PERSON_COLUMNS))
GRID_FIELDS = (Field.NIK, *(column.field for column in PERSON_COLUMNS if column.in_grid))


def further_columns() -> list[PersonColumn]:
    """Those that stand behind the others wherever persons are shown."""
    return [column for column in OPEN_COLUMNS if not column.has_place]


def open_cells(row: Any) -> dict[Field, str]:
    """The cells of a person, or of a row of a list, that may be shown."""
    return {column.field: column.text_of(row) for column in OPEN_COLUMNS}


def joined_sql(part: Callable[[PersonColumn], str], between: str) -> str:
    """One piece of SQL for each column."""
    return between.join(part(column) for column in PERSON_COLUMNS)


def differs_sql(column: PersonColumn) -> str:
    """Whether a row `r` says something else of a person `p`; what it leaves blank says nothing."""
    kept = f"p.{column.stored[0]}"
    said = f"r.{column.stored[0]}"
    is_text = column.keeping is Keeping.TEXT
    says = f"{said} <> ''" if is_text else f"{said} IS NOT NULL"
    is_kept = f"{kept} <> ''" if is_text else f"{kept} IS NOT NULL"
    if not column.erasable:
        return f"{kept} <> {said}"
    return f"({says} AND {said} IS DISTINCT FROM {kept}) OR ('{column.field}' = ANY(r.erased) AND {is_kept})"


# The same for fields of the office's own, of which a personal one is compared by its digest.
EXTRA_DIFFERS = "(NOT p.extra @> r.extra OR p.extra ?| r.erased::text[])"
EXTRA_TAKES = ", ".join(f"{name} = (p.{name} || r.{name}) - r.erased::text[]" for name in EXTRA_COLUMNS)


def takes_sql(column: PersonColumn) -> str:
    """The assignments by which a person `p` takes over what a row `r` says."""
    if not column.erasable:
        return f"{column.name} = r.{column.name}"
    nothing = "''" if column.keeping is Keeping.TEXT else "NULL"
    said = "NULLIF(r.{0}, '')" if column.keeping is Keeping.TEXT else "r.{0}"
    return ", ".join(
        f"{name} = CASE WHEN '{column.field}' = ANY(r.erased) THEN {nothing}"
        f" ELSE COALESCE({said.format(name)}, p.{name}) END"
        for name in column.stored
    )
