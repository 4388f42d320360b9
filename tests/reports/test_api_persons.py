"""Persons and lists by program: judged as typed and read as files are, numbers masked, readings noted."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from participants.enums import BatchState
from participants.models import Batch, Enrolment, Participant, PersonReading
from participants.services.batches.work import work_on_batches
from regions.enums import Origin, Verb
from regions.models import Act
from tests.cast import KOTA_A
from tests.factories import nik_of
from tests.participants.batches import people, store
from tests.participants.made_files import HEADER, xlsx
from tests.programs import program_of, send_json

PERSONS, BATCHES = reverse("api_persons"), reverse("api_batches")
TERMS = {
    "region": KOTA_A,
    "category": "linmas",
    "funding": "apbd_kabkota",
    "first_month": "2025-07",
    "source": "Surat lurah nomor 7",
    "as_of": "2025-07-31",
}

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("system")]


def person(serial, **more):
    return {
        "nik": nik_of(serial),
        "name": f"Orang Program {'ABCDE'[serial % 5]}",
        "birth_date": "07/04/1965",
    } | more


def test_persons_are_stored_as_if_typed_and_read_back_masked(cast):
    rows = [person(61), person(62, phone="081234567890")]
    answer = send_json(cast.wayan, PERSONS, {"terms": TERMS, "rows": rows})
    assert answer.status_code == 201, answer.content
    told = answer.json()
    assert (told["created"], [one["row"] for one in told["rows"]]) == (2, [0, 1])
    spell = Enrolment.objects.get(pk=told["rows"][0]["spell"])
    assert (spell.origin, spell.category_id, sorted(spell.programmes)) == (
        Origin.API,
        "linmas",
        ["jkk", "jkm"],
    )
    assert Batch.objects.get().origin == Origin.API
    again = send_json(cast.wayan, PERSONS, {"terms": TERMS, "rows": rows})
    assert (again.status_code, again.json()["unchanged"]) == (200, 2)
    listed = program_of(cast.wayan).get(PERSONS)
    assert listed["Cache-Control"].startswith("no-store")
    one, _other = listed.json()["data"]
    assert one["nik"] == f"{nik_of(61)[:6]}******{nik_of(61)[-4:]}" or "*" in one["nik"]
    assert nik_of(61) not in listed.content.decode()
    assert [spell["category"] for spell in one["spells"]] == ["linmas"]
    assert PersonReading.objects.filter(reader=cast.wayan, rows=2).count() == 1
    assert program_of(cast.wayan).get(f"{PERSONS}{one['id']}/").json() == one
    assert program_of(cast.budi).get(f"{PERSONS}{one['id']}/").status_code == 404
    assert program_of(cast.budi).get(PERSONS).json()["data"] == []


def test_of_persons_with_a_wrong_cell_none_is_stored_unless_asked(cast):
    rows = [person(61), person(62, nik="12"), person(63, warna="x"), "baris"]
    answer = send_json(cast.wayan, PERSONS, {"terms": TERMS, "rows": rows})
    assert answer.status_code == 422
    errors = {error["pointer"]: error for error in answer.json()["errors"]}
    assert set(errors) == {"/rows/1/nik", "/rows/2/warna", "/rows/3"}
    assert errors["/rows/1/nik"]["message"] != errors["/rows/1/nik"]["message_en"]
    assert not Participant.objects.exists()
    assert not Batch.objects.exists()
    answer = send_json(cast.wayan, f"{PERSONS}?partial=true", {"terms": TERMS, "rows": rows})
    assert answer.status_code == 207
    assert [one["state"] for one in answer.json()["rows"]] == ["created", *["refused"] * 3]
    assert Participant.objects.count() == 1


def test_a_dry_run_of_persons_leaves_nobody(cast):
    answer = send_json(cast.wayan, f"{PERSONS}?dry_run=true", {"terms": TERMS, "rows": [person(61)]})
    assert (answer.status_code, answer.json()["rows"][0]["id"]) == (200, None)
    assert not Participant.objects.exists()
    assert not Act.objects.filter(verb=Verb.ENROLLED).exists()


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"region": "36.73"}, "/terms/region"),
        ({"category": "x"}, "/terms/category"),
        ({"first_month": "Juli"}, "/terms/first_month"),
        ({"source": ""}, "/terms/source"),
        ({"warna": 1}, "/terms/warna"),
    ],
)
def test_wrong_terms_are_named(cast, change, pointer):
    answer = send_json(cast.wayan, PERSONS, {"terms": TERMS | change, "rows": [person(61)]})
    assert answer.status_code == 400
    assert pointer in {error["pointer"] for error in answer.json()["errors"]}


def test_numbers_are_unmasked_for_a_reason_that_the_ledger_keeps(cast):
    store(people(1), cast.wayan)
    listed = Participant.objects.get()
    address = reverse("api_person_unmask", args=[listed.pk])
    assert send_json(cast.wayan, address, {"reason": "surat Inspektorat 5"}).status_code == 403
    assert send_json(cast.siti, address, {"reason": "x"}).status_code == 422
    answer = send_json(cast.siti, address, {"reason": "surat Inspektorat 5"})
    assert (answer.status_code, answer.json()["nik"]) == (200, listed.nik.digits)
    assert answer["Cache-Control"].startswith("no-store")
    act = Act.objects.get(verb=Verb.UNMASKED)
    assert (act.detail["reason"], act.detail["person"]) == ("surat Inspektorat 5", listed.pk)
    assert act.detail["token"]
    assert send_json(cast.budi, address, {"reason": "surat Inspektorat 5"}).status_code == 404


def sent_file(user, rows, **more):
    file = SimpleUploadedFile("daftar.xlsx", xlsx({"Daftar": [HEADER, *rows]}))
    return program_of(user).post(BATCHES, {**TERMS, "file": file, **more})


def test_a_list_is_sent_read_judged_confirmed_and_undone(cast):
    answer = sent_file(cast.wayan, [*people(3), ["4", "12", "Salah", "", "", ""]])
    assert answer.status_code == 202, answer.content
    address = reverse("api_batch", args=[answer.json()["id"]])
    client = program_of(cast.wayan)
    assert client.get(address).json()["state"] == BatchState.WAITING
    work_on_batches()
    told = client.get(address).json()
    assert (told["state"], told["counts"]["new"], told["counts"]["refused"]) == (BatchState.CHECKED, 3, 1)
    assert told["faults"][0]["rows"] == 1
    (bad,) = client.get(f"{address}rows/?state=refused").json()["data"]
    assert bad["faults"]
    assert "*" in client.get(f"{address}rows/?state=new").json()["data"][0]["nik"]
    assert send_json(cast.budi, f"{address}confirmation/", {}).status_code == 404
    assert send_json(cast.wayan, f"{address}confirmation/", {}).json()["state"] == BatchState.CONFIRMED
    work_on_batches()
    assert client.get(address).json()["state"] == BatchState.STORED
    assert Participant.objects.count() == 3
    assert client.get(BATCHES).json()["data"][0]["origin"] == Origin.API
    undone = send_json(cast.wayan, f"{address}undo/", {"reason": "salah daftar"})
    assert undone.json()["state"] == BatchState.UNDONE
    assert not Participant.objects.exists()
    assert send_json(cast.wayan, f"{address}confirmation/", {}).status_code == 409


def test_rows_as_json_are_read_like_a_file(cast):
    body = {"terms": TERMS, "rows": [person(61), person(62, nik="12")]}
    answer = send_json(cast.wayan, BATCHES, body, **{"idempotency-key": "daftar-1"})
    assert answer.status_code == 202
    assert send_json(cast.wayan, BATCHES, body, **{"idempotency-key": "daftar-1"}).json() == answer.json()
    assert Batch.objects.count() == 1
    work_on_batches()
    told = program_of(cast.wayan).get(reverse("api_batch", args=[answer.json()["id"]])).json()
    assert (told["counts"]["new"], told["counts"]["refused"]) == (1, 1)


def test_the_same_file_with_another_key_is_another_list_and_with_the_same_is_not(cast):
    # Written once each: a workbook holds the second in which it was.
    books = {count: xlsx({"Daftar": [HEADER, *people(count)]}) for count in (1, 2)}

    def sent(key, count):
        file = SimpleUploadedFile("daftar.xlsx", books[count])
        return program_of(cast.wayan).post(BATCHES, {**TERMS, "file": file}, headers={"idempotency-key": key})

    first = sent("a", 1)
    assert sent("a", 1).json() == first.json()
    assert sent("a", 2).status_code == 422
    assert sent("b", 1).json()["id"] != first.json()["id"]


def test_who_may_not_enter_persons_sends_none(cast):
    for user in (cast.lestari, cast.dewi, cast.ratna):
        assert send_json(user, PERSONS, {"terms": TERMS, "rows": [person(61)]}).status_code == 403
        assert sent_file(user, people(1)).status_code == 403
    assert send_json(cast.budi, PERSONS, {"terms": TERMS, "rows": [person(61)]}).status_code == 400
    assert not Batch.objects.exists()
