"""All bad rows of a list in one grid: judged as soon as typed, numbers shown only where they are wrong."""

import html
import json
import re

import pytest
from django.urls import reverse

from participants.enums import ReadPage
from participants.models import BatchRow, Enrolment, PersonReading
from tests.participants.batches import send, store
from tests.participants.made_files import person

ROWS = [
    person(1),
    person(2),
    person(3, nik="367201070465"),
    person(4, birth="31/02/1965"),
    person(5, name=""),
    person(6, nik="367201070465"),
]
pytestmark = pytest.mark.django_db


@pytest.fixture
def batch(cast):
    return store(ROWS, cast.wayan)


def grid(client, batch, query=""):
    answer = client.get(reverse("batch_mend", args=[batch.pk]) + query)
    assert answer.status_code == 200
    return answer.content.decode()


def rows_in(page):
    return [
        (int(pk), json.loads(html.unescape(faults)))
        for pk, faults in re.findall(r'data-enrolment="(\d+)"\s+data-faults="([^"]*)"', page)
    ]


def mend(client, by, batch, row, **cells):
    data = {"typist": by.pk, "enrolment": row.pk, "revision": "", **cells}
    return client.post(reverse("batch_mend_row", args=[batch.pk]), data)


def row_at(batch, number):
    return BatchRow.objects.get(batch=batch, number=number)


def test_every_bad_row_stands_there_with_what_is_wrong(batch, cast, client_of):
    client = client_of(cast.wayan)
    page = grid(client, batch)
    faults = [sorted(one) for _pk, one in rows_in(page)]
    assert faults == [["nik"], ["birth_date"], ["name"], ["nik"]]
    assert "2 baris baik, 4 menunggu perbaikan" in page
    # The sender sees the number that is wrong, and no other whole.
    assert "367201070465<" in page
    assert "3672010704650004" not in page
    of_one = rows_in(grid(client, batch, "?sebab=nik_wrong_length"))
    assert [sorted(one) for _pk, one in of_one] == [["nik"], ["nik"]]
    reading = PersonReading.objects.order_by("-pk").first()
    assert (reading.page, reading.rows) == (ReadPage.OPEN_BATCH_ROW, 2)


def test_a_row_is_judged_as_soon_as_it_is_typed(batch, cast, client_of):
    client, row = client_of(cast.wayan), row_at(batch, 4)
    wrong = mend(client, cast.wayan, batch, row, nik="36720107046500")
    assert wrong.status_code == 422
    assert list(wrong.json()["faults"]) == ["nik"]
    good = mend(client, cast.wayan, batch, row, nik="3672010704650003")
    assert good.status_code == 200
    assert good.json()["counts"] == "3 baris baik, 3 menunggu perbaikan"
    assert good.json()["row"]["cells"]["nik"] == "367201******0003"
    # What was not typed stays as the file has it, and the row is stored as its list is.
    spell = Enrolment.objects.get(row_number=4)
    assert (spell.participant.name, spell.participant.district_name) == ("Budi d", "Cibeber")
    assert mend(client, cast.wayan, batch, row, nik="3672010704650003").status_code == 404
    assert len(rows_in(grid(client, batch))) == 3


def test_another_cell_at_fault_is_said_even_where_it_was_not_typed(batch, cast, client_of):
    row = row_at(batch, 5)
    answer = mend(client_of(cast.wayan), cast.wayan, batch, row, name="Budi Baru")
    assert answer.status_code == 422
    assert "birth_date" in answer.json()["faults"]
    assert answer.json()["sentence"]


def test_a_masked_number_that_comes_back_is_meant_as_it_was(batch, cast, client_of):
    row = row_at(batch, 5)
    page = grid(client_of(cast.siti), batch)
    assert "367201070465<" not in page
    answer = mend(
        client_of(cast.siti), cast.siti, batch, row, birth_date="07/04/1965", nik="367201******0004"
    )
    assert answer.status_code == 200
    assert Enrolment.objects.filter(row_number=5).exists()


def test_before_the_list_is_stored_a_mended_row_waits_with_the_good_ones(cast, client_of):
    batch = send(ROWS, cast.wayan)
    answer = mend(client_of(cast.wayan), cast.wayan, batch, row_at(batch, 4), nik="3672010704650003")
    assert answer.json()["counts"] == "3 baris baik, 3 menunggu perbaikan"
    assert not Enrolment.objects.exists()


def test_others_find_no_such_grid(batch, cast, client_of):
    url = reverse("batch_mend", args=[batch.pk])
    codes = {
        name: client_of(getattr(cast, name)).get(url).status_code for name in ("budi", "lestari", "ratna")
    }
    assert codes == {"budi": 404, "lestari": 403, "ratna": 403}
    row = row_at(batch, 4)
    assert mend(client_of(cast.siti), cast.wayan, batch, row, nik="x").status_code == 403
    other = store([person(9, nik="1")], cast.wayan, category="rt_rw")
    assert mend(client_of(cast.wayan), cast.wayan, other, row, nik="3672010704650003").status_code == 404
