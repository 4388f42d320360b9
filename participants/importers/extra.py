"""Fields that an office adds to persons or months itself: what a cell of one may say.

The rules are one for lists, forms, grids and programs. A person's value of a field that is personal is kept
sealed, any other in the open; both under the `key` of the field.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from participants.enums import ExtraKind
from participants.importers.birth_date import NotADate, day_of
from participants.importers.faults import Reason
from participants.importers.header import Field, label_of
from participants.importers.list_row import text_of_cell
from regions.number import NotAWholeNumber, grouped, parse_whole
from regions.personal_numbers import masked_numbers

_KEY = re.compile(r"x[1-9][0-9]{0,9}")
LONGEST = 250
# JSON of other programs holds whole numbers exactly up to here.
_LARGEST = 2**53
_YEARS = range(1900, 2201)
HIDDEN = "*****"
EXTRA_REASONS = frozenset(
    {Reason.EXTRA_LONG, Reason.EXTRA_NUMBER, Reason.EXTRA_DATE, Reason.EXTRA_CHOICE, Reason.EXTRA_MISSING}
)


class ExtraKey(str):
    """Names the cell of such a field where a `Field` names that of the others."""

    __slots__ = ()

    @property
    def value(self) -> str:
        return str(self)


def is_extra(name: str) -> bool:
    return _KEY.fullmatch(name) is not None


def cell_named(name: str) -> Field | ExtraKey:
    """Raises ValueError for a name of no cell."""
    return ExtraKey(name) if is_extra(name) else Field(name)


class NotFitting(ValueError):
    """The cell says what its field cannot hold; `reason` why."""

    def __init__(self, reason: Reason) -> None:
        self.reason = reason
        super().__init__(reason)


@dataclass(frozen=True)
class ExtraSpec:
    """A field as readers of cells need it."""

    key: ExtraKey
    name: str
    kind: ExtraKind
    choices: tuple[str, ...] = ()
    is_required: bool = False
    is_personal: bool = False

    def read(self, cell: object, today: date) -> Any:
        """What is kept of a cell: text, a number, or a day as ISO text; None where it is blank.

        Raises NotFitting.
        """
        text = text_of_cell(cell).replace("\x00", "")
        if not text or text == "-":
            return None
        if self.kind == ExtraKind.NUMBER:
            if isinstance(cell, float) and not cell.is_integer():
                # 1.528 as a number is no thousand and more, as it would be in writing.
                raise NotFitting(Reason.EXTRA_NUMBER)
            return _number(text)
        if self.kind == ExtraKind.DAY:
            return _day(cell, today)
        if self.kind == ExtraKind.CHOICE:
            return self._choice(text)
        if len(text) > LONGEST:
            raise NotFitting(Reason.EXTRA_LONG)
        return text if self.is_personal else masked_numbers(text)

    def _choice(self, text: str) -> str:
        wanted = label_of(text)
        found = next((one for one in self.choices if label_of(one) == wanted), None)
        if found is None:
            raise NotFitting(Reason.EXTRA_CHOICE)
        return found

    def shown(self, value: Any) -> str:
        """A value as people read and type it."""
        if value is None:
            return ""
        if self.kind == ExtraKind.DAY:
            return f"{date.fromisoformat(value):%d/%m/%Y}"
        if self.kind == ExtraKind.NUMBER:
            return grouped(int(value))
        return str(value)

    def typed(self, value: Any) -> str:
        """The same as it stands in a field and is read again, whatever the language."""
        return "" if value is None else str(value) if self.kind == ExtraKind.NUMBER else self.shown(value)

    def told(self, value: Any) -> Any:
        """A value as programs take it; what was sealed is text."""
        return int(value) if value is not None and self.kind == ExtraKind.NUMBER else value


Extras = Sequence[ExtraSpec]


def synonyms_of(titles: Mapping[str, str], extras: Extras) -> dict[str, Any]:
    """What titles mean beside those that all lists use: names of fields, and what an office explained."""
    known = {one.key for one in extras}
    explained = {title: cell_named(name) for title, name in titles.items()}
    return {one.name: one.key for one in extras} | {
        title: cell for title, cell in explained.items() if isinstance(cell, Field) or cell in known
    }


@dataclass(frozen=True)
class ExtraSaid:
    """What a row says of such fields: in the open, and what is to be sealed, as text."""

    plain: Mapping[str, Any]
    secret: Mapping[str, str]


NOTHING_EXTRA = ExtraSaid({}, {})


def read_extras(
    extras: Extras, cells: Mapping[Any, object], today: date
) -> tuple[ExtraSaid, list[tuple[ExtraKey, Reason]]]:
    """What the cells say, and which of them no field can hold. Cells that are not there say nothing."""
    plain: dict[str, Any] = {}
    secret: dict[str, str] = {}
    faults = []
    for one in extras:
        if one.key not in cells:
            continue
        try:
            value = one.read(cells[one.key], today)
        except NotFitting as unfit:
            faults.append((one.key, unfit.reason))
            continue
        if value is not None and one.is_personal:
            secret[one.key] = str(value)
        elif value is not None:
            plain[one.key] = value
    return ExtraSaid(plain, secret), faults


def unfit_in(extras: Extras, cells: Mapping[Any, object], today: date) -> list[tuple[ExtraKey, Reason]]:
    return read_extras(extras, cells, today)[1]


def _number(text: str) -> int:
    try:
        number = parse_whole(text)
    except NotAWholeNumber as error:
        raise NotFitting(Reason.EXTRA_NUMBER) from error
    if abs(number) > _LARGEST:
        raise NotFitting(Reason.EXTRA_NUMBER)
    return number


def _day(cell: object, today: date) -> str | None:
    try:
        day = day_of(cell, today=today)
    except NotADate as error:
        raise NotFitting(Reason.EXTRA_DATE) from error
    if day is not None and day.year not in _YEARS:
        raise NotFitting(Reason.EXTRA_DATE)
    return day.isoformat() if day else None
