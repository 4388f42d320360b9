"""A person's column stands once: every column is read, kept, compared, shown, emptied and taken back."""

from dataclasses import dataclass

import pytest
from django.urls import reverse

from participants.enums import BatchState
from participants.importers.checks import ERASE
from participants.importers.header import Field
from participants.models import Batch, BatchRow, Participant
from participants.person_columns import (
    OPEN_COLUMNS,
    PERSON_COLUMNS,
    STORED_COLUMNS,
    Keeping,
    open_cells,
)
from participants.selectors.batches.batch import show_rows
from participants.selectors.persons.column import all_cells
from participants.selectors.persons.grid import shown_cells
from participants.services.batches.batch import confirm_batch, send_file
from participants.services.batches.undo import undo_batch
from participants.services.batches.work import work_on_batches
from participants.services.persons.correction import correct_person
from tests.factories import nik_of
from tests.pages import page_of
from tests.participants.batches import terms
from tests.participants.made_files import xlsx

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class Said:
    """Two things that a column may say, as offices write them and as they are kept."""

    first: str
    second: str
    kept: tuple[str, str]


SAID = {
    Field.NAME: Said("Ayu Uji", "Ayu Uji Lestari", ("Ayu Uji", "Ayu Uji Lestari")),
    Field.BIRTH_DATE: Said("01/04/1965", "02/04/1965", ("01/04/1965", "02/04/1965")),
    Field.SEX: Said("L", "P", ("L", "P")),
    Field.PHONE: Said("081234567890", "081234567891", ("081234567890", "081234567891")),
    Field.KPJ: Said("12345678901", "12345678902", ("12345678901", "12345678902")),
}
OTHER = Said("Kampung Satu", "Kampung Dua", ("Kampung Satu", "Kampung Dua"))
COLUMNS = pytest.mark.parametrize("column", PERSON_COLUMNS, ids=lambda column: column.name)


def said_of(column):
    return SAID.get(column.field, OTHER)


def send(by, column, text):
    """A list of one person whose column says so; the title is that of the template."""
    cells = {"NIK": nik_of(1), "Nama Lengkap": "Ayu Uji", column.template_title: text}
    content = xlsx({"Daftar": [list(cells), list(cells.values())]})
    pk = send_file(terms=terms(), file_name="a.xlsx", content=content, by=by).pk
    work_on_batches()
    return Batch.objects.get(pk=pk)


def store(by, column, text):
    batch = send(by, column, text)
    confirm_batch(pk=batch.pk, by=by)
    work_on_batches()
    assert Batch.objects.get(pk=batch.pk).state == BatchState.STORED
    return batch


def kept(column):
    return all_cells(Participant.objects.get())[column.field]


def test_every_column_of_a_person_is_described():
    described = {*STORED_COLUMNS, "nik_digest", "nik_sealed"}
    of_storing = {"id", "region", "match_result", "matched_on", "merged_into", "batch", "entered_by"}
    of_storing |= {"entered_at", "changed_at", "revision"}
    assert {field.name for field in Participant._meta.concrete_fields} == described | of_storing
    assert set(STORED_COLUMNS) <= {field.name for field in BatchRow._meta.concrete_fields}


@COLUMNS
def test_it_is_read_kept_and_compared(cast, column):
    said = said_of(column)
    store(cast.wayan, column, said.first)
    assert kept(column) == said.kept[0]
    again = send(cast.wayan, column, said.first)
    assert again.counts["state"] == {"same": 1}
    changed = send(cast.wayan, column, said.second)
    assert changed.counts["state"] == {"changed": 1}
    (shown,) = show_rows(changed, changed.rows.all())
    assert [difference.label for difference in shown.differences] == [str(column.label)]
    confirm_batch(pk=changed.pk, by=cast.wayan)
    work_on_batches()
    assert kept(column) == said.kept[1]
    undo_batch(pk=changed.pk, by=cast.wayan, reason="uji")
    assert kept(column) == said.kept[0]


@COLUMNS
def test_a_blank_cell_leaves_it_and_only_the_word_empties_it(cast, column):
    said = said_of(column)
    store(cast.wayan, column, said.first)
    if column.field != Field.NAME:
        store(cast.wayan, column, "")
        assert kept(column) == said.kept[0]
    if column.erasable:
        store(cast.wayan, column, ERASE)
        assert kept(column) == ""


@COLUMNS
def test_it_is_corrected_and_shown(cast, client_of, column):
    said = said_of(column)
    store(cast.wayan, column, said.first)
    person = Participant.objects.get()
    cells = open_cells(person) | {column.field: said.second}
    correct_person(participant_id=person.pk, revision=1, cells=cells, by=cast.wayan, reason="salah ketik")
    assert kept(column) == said.kept[1]
    page = page_of(client_of(cast.wayan).get(reverse("person_detail", args=[person.pk])))
    if column.keeping is Keeping.SEALED:
        assert said.kept[1] not in page
        assert said.kept[1][-2:] in page
    elif column.field not in {Field.SEX, Field.BIRTH_DATE}:
        assert said.kept[1] in page
    if column.field != Field.KPJ:
        assert shown_cells(Participant.objects.get())[column.field]


def test_a_column_without_a_place_of_its_own_stands_on_a_line_of_the_page(cast, client_of, monkeypatch):
    """As a new one would: the address is told to have no place."""
    (address,) = (one for one in OPEN_COLUMNS if one.field == Field.ADDRESS)
    store(cast.wayan, address, "Jalan Uji 1")
    monkeypatch.setitem(vars(address), "own_line", True)
    page = page_of(client_of(cast.wayan).get(reverse("person_detail", args=[Participant.objects.get().pk])))
    assert "<dt>Alamat</dt><dd>Jalan Uji 1</dd>" in page
