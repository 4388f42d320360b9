"""What a reader must not decide: questions to the officer, and cells that could be read two ways."""

from collections.abc import Iterator
from datetime import date

from participants.importers.faults import Fault, Reason, fault_of
from participants.importers.header import Field, label_of
from participants.importers.list_row import ListRow, text_of_cell
from participants.importers.standing import (
    SaidOfPerson,
    Standing,
    foremost,
    may_say,
    said_beside,
    said_by_end,
    said_by_name,
    said_by_remark,
    said_by_status,
)
from participants.importers.workbook import Cell
from participants.nik import Nik, NikRefused, parse_nik

_REASONS = {
    Standing.DEAD: Reason.ASKED_DEAD,
    Standing.LEFT: Reason.ASKED_LEFT,
    Standing.UNKNOWN: Reason.ASKED_STATUS,
}


def questions_of(row: ListRow, today: date) -> list[Fault]:
    """Whether somebody who left or died, or one of a group that may not be meant, is to be stored."""
    if not _may_ask(row):
        return []
    faults = []
    said = foremost(_said(row, today))
    if said is not None:
        field = next((one for one in (Field.STATUS, Field.NOTE, Field.ENDED) if row.text(one)), Field.NAME)
        faults.append(fault_of(row, field, _REASONS[said.standing], said.words))
    if row.header.unsure:
        faults.append(fault_of(row, Field.NIK, Reason.ASKED_GROUP, row.header.unsure))
    return faults


def _may_ask(row: ListRow) -> bool:
    """Asked of every row, so that hardly any is looked at closely."""
    texts = row.texts
    return bool(
        row.remarks
        or row.heading
        or row.further
        or row.header.unsure
        or texts.get(Field.STATUS)
        or texts.get(Field.NOTE)
        or texts.get(Field.ENDED)
        or may_say(texts.get(Field.NAME, ""))
    )


def _said(row: ListRow, today: date) -> Iterator[SaidOfPerson | None]:
    texts = row.texts
    yield row.heading
    yield said_by_name(texts.get(Field.NAME, ""))
    if status := texts.get(Field.STATUS):
        yield said_by_status(status)
    if note := texts.get(Field.NOTE):
        yield said_by_remark(note)
    if texts.get(Field.ENDED):
        yield said_by_end(row.cells[Field.ENDED], row.header.titles[Field.ENDED], today)
    for remark in row.remarks:
        yield said_beside(remark)
    for field, cells in row.further.items():
        for cell in cells:
            yield _said_again(field, cell, row.header.titles[field], today)


def _said_again(field: Field, cell: Cell, title: str, today: date) -> SaidOfPerson | None:
    """What a second column of the same title says."""
    text = text_of_cell(cell)
    if not text:
        return None
    if field == Field.STATUS:
        return said_by_status(text)
    if field == Field.ENDED:
        return said_by_end(cell, title, today)
    return said_by_remark(text) if field == Field.NOTE else None


def read_two_ways(row: ListRow, nik: Nik | None, born: date | None) -> list[Fault]:
    """A second NIK or name that differs, a family card in the place of the NIK, cells too many."""
    card = row.texts.get(Field.FAMILY_CARD)
    if not (card or row.further or row.is_shifted):
        return []
    faults = []
    if nik is not None and any(_differs(nik, cell) for cell in row.further.get(Field.NIK, ())):
        faults.append(fault_of(row, Field.NIK, Reason.NIK_TWO_WAYS))
    name = label_of(row.text(Field.NAME))
    others = {label_of(cell) for cell in row.further.get(Field.NAME, ())} - {"", name}
    if name and others:
        faults.append(fault_of(row, Field.NAME, Reason.NAME_TWO_WAYS))
    if card and nik is not None and born is not None and not nik.agrees_with(born) and _is_nik_of(card, born):
        faults.append(fault_of(row, Field.NIK, Reason.FAMILY_CARD))
    if row.is_shifted:
        faults.append(fault_of(row, Field.NIK, Reason.CELLS_SHIFTED))
    return faults


def _differs(nik: Nik, cell: Cell) -> bool:
    try:
        return parse_nik(cell) != nik
    except NikRefused:
        return False


def _is_nik_of(text: str, born: date) -> bool:
    try:
        return parse_nik(text).agrees_with(born)
    except NikRefused:
        return False
