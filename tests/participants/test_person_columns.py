"""A person's column stands once: every column is read, kept, compared, shown, emptied and taken back."""

import csv
from datetime import date
from io import StringIO

import pytest
from django.urls import reverse

from participants.enums import BatchState
from participants.importers.checks import ERASE
from participants.importers.header import Field
from participants.importers.list_report import read_list
from participants.importers.shown_rows import persons_as_json
from participants.models import Batch, BatchRow, Enrolment, Participant
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
from reports.api.persons import person_fields
from tests.factories import nik_of
from tests.pages import page_of, streamed_text
from tests.participants.batches import GRID_TERMS, terms
from tests.participants.made_files import xlsx
from tests.participants.said_columns import said_of

pytestmark = pytest.mark.django_db


COLUMNS = pytest.mark.parametrize("column", PERSON_COLUMNS, ids=lambda column: column.name)


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
    assert kept(column) == said.first
    again = send(cast.wayan, column, said.first)
    assert again.counts["state"] == {"same": 1}
    changed = send(cast.wayan, column, said.second)
    assert changed.counts["state"] == {"changed": 1}
    (shown,) = show_rows(changed, changed.rows.all())
    assert [difference.label for difference in shown.differences] == [str(column.label)]
    confirm_batch(pk=changed.pk, by=cast.wayan)
    work_on_batches()
    assert kept(column) == said.second
    undo_batch(pk=changed.pk, by=cast.wayan, reason="uji")
    assert kept(column) == said.first


@COLUMNS
def test_a_blank_cell_leaves_it_and_only_the_word_empties_it(cast, column):
    said = said_of(column)
    store(cast.wayan, column, said.first)
    if column.field != Field.NAME:
        store(cast.wayan, column, "")
        assert kept(column) == said.first
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
    assert kept(column) == said.second
    page = page_of(client_of(cast.wayan).get(reverse("person_detail", args=[person.pk])))
    if column.keeping is Keeping.SEALED:
        assert said.second not in page
        assert said.second[-2:] in page
    elif column.field not in {Field.SEX, Field.BIRTH_DATE}:
        assert said.second in page
    if column.field != Field.KPJ:
        assert shown_cells(Participant.objects.get())[column.field]


@COLUMNS
def test_a_form_that_does_not_show_it_leaves_it_as_it_is(cast, client_of, column):
    """The form for one row of the grid: what it shows comes back, what it hides or lacks is kept."""
    said = said_of(column)
    store(cast.wayan, column, said.first)
    spell = Enrolment.objects.get()
    grid = reverse("person_grid", args=[spell.participant.region_id, "linmas", "apbd_kabkota", "2025-07"])
    client = client_of(cast.wayan)
    form = client.get(f"{grid}?ubah={spell.pk}").context["form"]
    sent = {name: form[name].value() or "" for name in form.fields}
    assert (column.field.value in sent) == column.in_grid
    if column.keeping is Keeping.SEALED:
        assert sent.get(column.field.value, "") == ""
    name = "Ayu Uji Baru" if column.field != Field.NAME else said.second
    answer = client.post(f"{grid}?ubah={spell.pk}", {**GRID_TERMS, **sent, "name": name})
    assert answer.status_code == 302, answer.context["form"].errors
    assert Participant.objects.get().name == name
    assert kept(column) == (said.first if column.field != Field.NAME else said.second)


@pytest.fixture
def further(monkeypatch):
    """A column as a new one would be: the address, told to have no place of its own."""
    (address,) = (one for one in OPEN_COLUMNS if one.field == Field.ADDRESS)
    monkeypatch.setitem(vars(address), "has_place", False)
    return address


def test_a_column_without_a_place_of_its_own_is_shown_wherever_persons_are(cast, client_of, further):
    store(cast.wayan, further, "Jalan Uji 1")
    client, pk = client_of(cast.wayan), Participant.objects.get().pk
    assert "<dt>Alamat</dt><dd>Jalan Uji 1</dd>" in page_of(client.get(reverse("person_detail", args=[pk])))
    (titles, row) = csv.reader(StringIO(streamed_text(client.get(reverse("person_export")))))
    assert dict(zip(titles, row, strict=True))["Alamat"] == "Jalan Uji 1"
    (listed,) = client.get(reverse("api_persons")).json()["data"]
    assert client.get(reverse("api_person", args=[pk])).json() == listed
    assert listed["address"] == "Jalan Uji 1"
    assert set(listed) == set(person_fields())


def test_the_check_of_a_list_tells_it_too(tmp_path, further):
    path = tmp_path / "a.xlsx"
    cells = {"NIK": nik_of(1), "Nama": "Ayu Uji", "Alamat": "Jalan Uji 1"}
    path.write_bytes(xlsx({"Daftar": [list(cells), list(cells.values())]}))
    report = read_list(path, region="36.72", today=date(2025, 7, 31))
    (told,) = persons_as_json(report)["persons"]
    assert told["address"] == "Jalan Uji 1"
