"""What is kept of a judged row: columns of `BatchRow`, one by one or a hundred thousand at a time."""

import csv
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from io import StringIO
from operator import attrgetter
from typing import Any

from django.db import connection

from participants.extra_store import sealed_extra
from participants.importers.checks import Judged, Member
from participants.importers.faults import QUESTIONS
from participants.importers.header import Field
from participants.importers.list_row import ListRow
from participants.models import BatchRow
from participants.person_columns import OPEN_COLUMNS, SEALED_COLUMNS, Keeping, PersonColumn
from regions.cipher import Key, key_in_use
from regions.personal_numbers import masked_numbers

# Every column of a row that reading fills; `COPY` takes them in this order.
COLUMNS = (
    *("batch_id", "sheet", "number", "block", "state", "reasons", "asked", "doubts"),
    *("nik_digest", "nik_sealed"),
    *(name for column in SEALED_COLUMNS for name in column.stored),
    *(column.name for column in OPEN_COLUMNS),
    *("payer_name", "erased", "extra", "extra_sealed", "cells_sealed"),
)
_CELL = 300
_PAYER = 150


Plain = Sequence[str]
# Blanks to everybody who reads cells, so that no cell holds one.
_BETWEEN_CELLS, _BETWEEN_ROWS = "\x1f", "\x1e"
_NULL = "\\N"


def plain_of(judged: Judged) -> Plain:
    """A row as plain text, nothing sealed yet: what one process hands to another.

    Sheet, number, block, state, reasons, words that ask, doubts; NIK and the other numbers; the rest of
    COLUMNS up to `erased`; what fields of the office's own say, in the open and to be sealed, as JSON; the
    cells of a refused row as JSON, or nothing.
    """
    member, row = judged.member, judged.row
    place = (" ".join(row.sheet[:60].split()), str(row.number), str(row.table))
    if member is None:
        reasons = _array([fault.reason.value for fault in judged.faults])
        asked = next((fault.words for fault in judged.faults if fault.reason in QUESTIONS), "")
        name = row.texts.get(Field.NAME, "")
        bare = [name[: column.longest] if column.field == Field.NAME else empty for column, empty in _BARE]
        rest = (_payer_of(row), "{}", "{}", "{}", cells_text(row.texts))
        return (*place, "refused", reasons, asked, "{}", *_NO_NUMBERS, *bare, *rest)
    doubts = _array([warned.reason.value for warned in judged.warnings]) if judged.warnings else "{}"
    return (
        *place,
        "new",
        "{}",
        "",
        doubts,
        member.nik.digits,
        *[getattr(member, name) for name in _NUMBERS],
        *[said(member) for said in _SAID],
        _payer_of(row),
        _array([field.value for field in member.erased]) if member.erased else "{}",
        _json(member.extra.plain),
        _json(member.extra.secret),
        "",
    )


def _payer_of(row: ListRow) -> str:
    """As written; a number of a person in the wrong column is kept in no clear text."""
    text = row.texts.get(Field.PAYER, "")
    return masked_numbers(text)[:_PAYER] if text else ""


def _said_by(column: PersonColumn) -> Callable[[Member], str]:
    """How an open column of an accepted row is written for `COPY`: as judged, or else as read."""
    if column.keeping is Keeping.DAY:
        return lambda member: str(day) if (day := getattr(member, column.name)) else _NULL
    if column.name in Member._fields:
        return attrgetter(column.name)
    field, longest = column.field, column.longest
    return lambda member: member.row.texts.get(field, "")[:longest]


_NUMBERS = tuple(column.name for column in SEALED_COLUMNS)
_SAID = tuple(map(_said_by, OPEN_COLUMNS))
# What stands in the place of numbers and details of a row that was refused.
_NO_NUMBERS = ("",) * (1 + len(_NUMBERS))
_BARE = [(column, _NULL if column.keeping is Keeping.DAY else "") for column in OPEN_COLUMNS]


def pack(rows: Iterable[Plain]) -> str:
    """Rows as one text, which passes between processes five times as fast as they would."""
    return _BETWEEN_ROWS.join(map(_BETWEEN_CELLS.join, rows))


def unpack(text: str) -> Iterator[Plain]:
    return (row.split(_BETWEEN_CELLS) for row in text.split(_BETWEEN_ROWS)) if text else iter(())


# Places in a plain row: the NIK and the other numbers stand before the open columns.
_FIRST_NUMBER = 7
_FIRST_OPEN = _FIRST_NUMBER + len(_NO_NUMBERS)


def _values(batch_id: int, plain: Plain, key: Key) -> tuple[Any, ...]:
    """The columns of a row as `COPY` reads them, in the order of COLUMNS."""
    extra, hidden, cells = plain[-3:]
    return (
        batch_id,
        *plain[:_FIRST_NUMBER],
        *[part for text in plain[_FIRST_NUMBER:_FIRST_OPEN] for part in _sealed(text, key)],
        *plain[_FIRST_OPEN:-3],
        *((extra, "{}") if hidden == "{}" else _sealed_extra(extra, hidden, key)),
        _NULL if not cells else f"\\x{key.seal(cells.encode()).hex()}",
    )


def _sealed(text: str, key: Key) -> tuple[str, str]:
    if not text:
        return _NULL, _NULL
    content = text.encode()
    return f"\\x{key.digest(content).hex()}", f"\\x{key.seal(content).hex()}"


def _sealed_extra(extra: str, hidden: str, key: Key) -> tuple[str, str]:
    digests, sealed = sealed_extra(json.loads(hidden), key)
    return _json(json.loads(extra) | digests), _json(sealed)


def _json(values: Mapping[str, Any]) -> str:
    return json.dumps(values, ensure_ascii=False) if values else "{}"


def _array(words: list[str]) -> str:
    return f"{{{','.join(words)}}}"


def cells_text(cells: Mapping[Field, str]) -> str:
    return json.dumps({field: text[:_CELL] for field, text in cells.items() if text}, ensure_ascii=False)


def copy_rows(batch_id: int, rows: Iterable[Judged]) -> None:
    """Write rows by COPY."""
    with connection.cursor() as cursor:
        start_copy(cursor, copy_text(batch_id, map(plain_of, rows)))


def copy_text(batch_id: int, rows: Iterable[Plain]) -> StringIO:
    key, text = key_in_use(), StringIO()
    csv.writer(text, lineterminator="\n").writerows(_values(batch_id, one, key) for one in rows)
    text.seek(0)
    return text


def start_copy(cursor: Any, text: StringIO) -> None:
    """Send the text; in few large pieces, so that another thread may compute meanwhile."""
    cursor.copy_expert(_COPY, text, 2**22)


_COPY = f"COPY {BatchRow._meta.db_table} ({', '.join(COLUMNS)}) FROM STDIN (FORMAT csv, NULL '\\N')"
