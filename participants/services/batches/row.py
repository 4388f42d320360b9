"""What is kept of a judged row: columns of `BatchRow`, one by one or a hundred thousand at a time."""

import csv
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from io import StringIO
from typing import Any

from django.db import connection

from participants.cipher import Key, key_in_use
from participants.importers.checks import Judged
from participants.importers.faults import QUESTIONS
from participants.importers.header import Field
from participants.models import BatchRow

# Every column of a row that reading fills; `COPY` takes them in this order.
COLUMNS = (
    "batch_id",
    "sheet",
    "number",
    "block",
    "state",
    "reasons",
    "asked",
    "doubts",
    "nik_digest",
    "nik_sealed",
    "kpj_digest",
    "kpj_sealed",
    "phone_digest",
    "phone_sealed",
    "name",
    "birth_place",
    "birth_date",
    "sex",
    "address",
    "village_name",
    "district_name",
    "erased",
    "cells_sealed",
)
_PLACE = 80
_ADDRESS = 250
_CELL = 300


Plain = Sequence[str]
# Blanks to everybody who reads cells, so that no cell holds one.
_BETWEEN_CELLS, _BETWEEN_ROWS = "\x1f", "\x1e"
_NULL = "\\N"


def plain_of(judged: Judged) -> Plain:
    """A row as plain text, nothing sealed yet: what one process hands to another.

    Sheet, number, block, state, reasons, words that ask, doubts; NIK, KPJ, telephone; the rest of COLUMNS
    up to `erased`; the cells of a refused row as JSON, or nothing.
    """
    member, texts = judged.member, judged.row.texts.get
    row = judged.row
    place = (" ".join(row.sheet[:60].split()), str(row.number), str(row.table))
    if member is None:
        reasons = _array([fault.reason.value for fault in judged.faults])
        name = texts(Field.NAME, "")[:120]
        asked = next((fault.words for fault in judged.faults if fault.reason in QUESTIONS), "")
        bare = ("", _NULL, "", "", "", "", "{}")
        return (*place, "refused", reasons, asked, "{}", "", "", "", name, *bare, cells_text(row.texts))
    doubts = _array([warned.reason.value for warned in judged.warnings]) if judged.warnings else "{}"
    return (
        *place,
        "new",
        "{}",
        "",
        doubts,
        member.nik.digits,
        member.kpj,
        member.phone,
        member.name,
        texts(Field.BIRTH_PLACE, "")[:_PLACE],
        str(member.birth_date) if member.birth_date else _NULL,
        member.sex,
        texts(Field.ADDRESS, "")[:_ADDRESS],
        texts(Field.VILLAGE, "")[:_PLACE],
        texts(Field.DISTRICT, "")[:_PLACE],
        _array([field.value for field in member.erased]) if member.erased else "{}",
        "",
    )


def pack(rows: Iterable[Plain]) -> str:
    """Rows as one text, which passes between processes five times as fast as they would."""
    return _BETWEEN_ROWS.join(map(_BETWEEN_CELLS.join, rows))


def unpack(text: str) -> Iterator[Plain]:
    return (row.split(_BETWEEN_CELLS) for row in text.split(_BETWEEN_ROWS)) if text else iter(())


def _values(batch_id: int, plain: Plain, key: Key) -> tuple[Any, ...]:
    """The columns of a row as `COPY` reads them, in the order of COLUMNS."""
    cells = plain[-1]
    return (
        batch_id,
        *plain[:7],
        *_sealed(plain[7], key),
        *_sealed(plain[8], key),
        *_sealed(plain[9], key),
        *plain[10:-1],
        _NULL if not cells else f"\\x{key.seal(cells.encode()).hex()}",
    )


def _sealed(text: str, key: Key) -> tuple[str, str]:
    if not text:
        return _NULL, _NULL
    content = text.encode()
    return f"\\x{key.digest(content).hex()}", f"\\x{key.seal(content).hex()}"


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
