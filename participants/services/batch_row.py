"""What is kept of a judged row: columns of `BatchRow`, one by one or a hundred thousand at a time."""

import csv
import json
from collections.abc import Iterable, Mapping
from io import StringIO
from typing import Any

from django.db import connection

from participants.cipher import Key, key_in_use
from participants.importers.checks import Judged, Member
from participants.importers.header import Field
from participants.models import BatchRow

# Every column of a row that reading fills; `COPY` takes them in this order.
COLUMNS = (
    "batch_id",
    "sheet",
    "number",
    "state",
    "reasons",
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


def values_of(batch_id: int, judged: Judged, key: Key) -> tuple[Any, ...]:
    """The columns of a row as `COPY` reads them, in the order of COLUMNS."""
    member = judged.member
    sheet, number = judged.row.sheet[:60], judged.row.number
    if member is None:
        reasons = [fault.reason.value for fault in judged.faults]
        cells = key.seal(cells_text(judged.row.texts).encode())
        name = judged.row.text(Field.NAME)[:120]
        refused = (batch_id, sheet, number, "refused", _array(reasons), "{}")
        return (*refused, *_NOTHING, name, *_BARE, f"\\x{cells.hex()}")
    doubts = _array([warned.reason.value for warned in judged.warnings])
    return (batch_id, sheet, number, "new", "{}", doubts, *_person(member, key), _NULL)


_NULL = "\\N"
_NOTHING = (_NULL,) * 6
_BARE = ("", _NULL, "", "", "", "", "{}")


def _person(member: Member, key: Key) -> tuple[Any, ...]:
    texts = member.row.texts.get
    return (
        *_sealed(member.nik.digits, key),
        *_sealed(member.kpj, key),
        *_sealed(member.phone, key),
        member.name,
        texts(Field.BIRTH_PLACE, "")[:_PLACE],
        member.birth_date or _NULL,
        member.sex,
        texts(Field.ADDRESS, "")[:_ADDRESS],
        texts(Field.VILLAGE, "")[:_PLACE],
        texts(Field.DISTRICT, "")[:_PLACE],
        _array([field.value for field in member.erased]),
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
        start_copy(cursor, copy_text(batch_id, rows))


def copy_text(batch_id: int, rows: Iterable[Judged]) -> StringIO:
    key, text = key_in_use(), StringIO()
    csv.writer(text, lineterminator="\n").writerows(values_of(batch_id, one, key) for one in rows)
    text.seek(0)
    return text


def start_copy(cursor: Any, text: StringIO) -> None:
    """Send the text; in few large pieces, so that another thread may compute meanwhile."""
    cursor.copy_expert(_COPY, text, 2**22)


_COPY = f"COPY {BatchRow._meta.db_table} ({', '.join(COLUMNS)}) FROM STDIN (FORMAT csv, NULL '\\N')"
