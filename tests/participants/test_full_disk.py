"""A full disk in the middle of a list: it waits, keeps its rows, and goes on once there is room."""

from contextlib import contextmanager

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.urls import reverse

from participants.importers.header import Field
from participants.models import Batch, BatchRow, Enrolment, MembershipCount, Participant
from participants.services.batches.batch import confirm_batch, send_file
from participants.services.batches.mend import cells_of, mend_row
from participants.services.batches.work import work_on_batches
from tests.cast import KOTA_A, make_cast
from tests.conftest import load_test_reference
from tests.factories import nik_of
from tests.participants.batches import people, send, terms, workbook
from tests.participants.made_files import person

pytestmark = pytest.mark.django_db(transaction=True)
# More often than a list is tried that fails for a reason of its own.
ROUNDS = 12
FULL = """
CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = 'disk_full';
END $$;
CREATE TRIGGER no_room BEFORE INSERT ON {table} FOR EACH STATEMENT EXECUTE FUNCTION no_room();
"""


@contextmanager
def full_disk(model):
    """The database finds no room for rows of this table, and says so as it does of a disk."""
    with connection.cursor() as cursor:
        cursor.execute(FULL.format(table=model._meta.db_table))
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DROP FUNCTION no_room() CASCADE")


@pytest.fixture
def wayan():
    load_test_reference()
    return make_cast().wayan


def test_a_list_that_cannot_be_read_for_want_of_room_waits(wayan):
    content = workbook(people(3))
    batch = send_file(terms=terms(), file_name="daftar.xlsx", content=content, by=wayan)
    with full_disk(BatchRow):
        for _round in range(ROUNDS):
            assert work_on_batches() == 1
        batch.refresh_from_db()
        assert (batch.state, batch.attempts, batch.refusal) == ("reading", 0, "")
    work_on_batches()
    batch.refresh_from_db()
    assert (batch.state, batch.counts["state"]) == ("checked", {"new": 3})


@pytest.mark.parametrize("model", [Participant, Enrolment])
def test_a_list_that_cannot_be_stored_keeps_its_mended_rows(wayan, model):
    batch = send([person(1), person(2, nik="12")], wayan)
    wrong = batch.rows.get(state="refused")
    mended = {**cells_of(wrong), Field.NIK: nik_of(2)}
    mend_row(batch_id=batch.pk, row_id=wrong.pk, cells=mended, by=wayan)
    confirm_batch(pk=batch.pk, by=wayan)
    with full_disk(model):
        for _round in range(ROUNDS):
            assert work_on_batches() == 1
        batch.refresh_from_db()
        assert (batch.state, batch.attempts, batch.refusal) == ("storing", 0, "")
        assert list(batch.rows.order_by("number").values_list("state", flat=True)) == ["new", "new"]
    work_on_batches()
    assert Batch.objects.get(pk=batch.pk).state == "stored"
    assert (Participant.objects.count(), Enrolment.objects.count()) == (2, 2)


def test_pages_say_so_while_it_lasts(wayan, client):
    client.force_login(wayan)
    batch = send_file(terms=terms(), file_name="daftar.xlsx", content=workbook(people(3)), by=wayan)
    page = reverse("batch_detail", args=[batch.pk])
    with full_disk(BatchRow):
        work_on_batches()
    assert "Disk server penuh sejak" in client.get(page).content.decode()
    cache.delete("disk-full-since")
    assert "Disk server penuh" not in client.get(page).content.decode()


@pytest.mark.parametrize("accept", ["text/html", "application/json"])
def test_who_types_meanwhile_is_told_that_it_is_not_stored(wayan, accept):
    client = Client(raise_request_exception=False, headers={"accept": accept})
    client.force_login(wayan)
    told = {"typist": wayan.pk, "enrolment": "members:pu", "revision": '{"value": 0}', "value": "1600"}
    told |= {"source": "Surat 12/2025", "as_of": "2025-07-31"}
    row = reverse("month_entry_grid_row", args=[KOTA_A, "2025-07"])
    with full_disk(MembershipCount):
        answer = client.post(row, told)
    assert (answer.status_code, answer["Retry-After"]) == (503, "30")
    assert "Disk server penuh" in answer.content.decode()
    assert not MembershipCount.objects.exists()
    assert client.post(row, told).status_code == 200
