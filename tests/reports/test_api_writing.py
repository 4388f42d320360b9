"""Facts written by programs: whole sets, once, with their revision, within the scope of a person's role."""

from datetime import date
from threading import Thread

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from participants.models import Headcount, MembershipCount
from regions.enums import MonthState, Origin, Verb
from regions.models import Act, KeptAnswer
from regions.services.api_token import make_api_token
from regions.services.kept_answer import (
    KeyedRequest,
    StillRunning,
    digest_of_request,
    forget_answers,
    kept_answer,
)
from regions.services.reporting_month import locked_row, step
from tests.cast import KOTA_A, KOTA_B

SETS = reverse("api_headcount")
SOURCE = {"source": "Rekap dinas nomor 7", "as_of": "2025-07-31"}


def heads(people, **more):
    row = {"region": KOTA_A, "month": "2025-06", "category": "nelayan", "funding": "apbd_kabkota"}
    return {**row, "people": people, **SOURCE, **more}


@pytest.fixture
def send(cast, system):
    """Sends JSON with a token of the person that may write."""

    def _send(user, address, body, *, method="post", may_write=True, **headers):
        (role,) = user.assignments.all()
        token = make_api_token(by=user, assignment_id=role.pk, name="x", days=1, may_write=may_write).text
        headers = {name.replace("_", "-"): value for name, value in headers.items()}
        return getattr(Client(), method)(
            address,
            body,
            content_type="application/json",
            headers={"authorization": f"Bearer {token}", **headers},
        )

    return _send


def test_each_row_of_a_set_is_answered(cast, send):
    rows = [heads(120), heads(80, category="guru_agama")]
    answer = send(cast.wayan, SETS, {"rows": rows})
    assert answer.status_code == 201, answer.content
    told = answer.json()
    assert (told["created"], told["refused"], told["dry_run"]) == (2, 0, False)
    stored = {row.pk: row for row in Headcount.objects.all()}
    assert [one["row"] for one in told["rows"]] == [0, 1]
    assert [stored[one["id"]].people for one in told["rows"]] == [120, 80]
    assert {(row.origin, row.entered_by, row.source) for row in stored.values()} == {
        (Origin.API, cast.wayan, SOURCE["source"])
    }
    act = Act.objects.filter(verb=Verb.RECORDED, actor_id=cast.wayan.pk).latest("pk")
    assert act.detail["token"]


def test_a_set_that_comes_again_changes_nothing(cast, send):
    body = {"rows": [heads(120)]}
    first, again = send(cast.wayan, SETS, body), send(cast.wayan, SETS, body)
    assert (first.status_code, again.status_code) == (201, 200)
    assert again.json()["rows"] == [
        {"row": 0, "state": "unchanged", "id": first.json()["rows"][0]["id"], "revision": 1}
    ]
    other = send(cast.wayan, SETS, {"rows": [heads(121)]})
    assert other.status_code == 422
    (error,) = other.json()["errors"]
    # What mends it is said as a request, not as a button.
    assert ("PATCH" in error["message"], "?overwrite=true" in error["message_en"]) == (True, True)
    assert "Koreksi" not in error["message"]
    changed = send(cast.wayan, f"{SETS}?overwrite=true", {"rows": [heads(121)]})
    assert changed.json()["rows"] == [{**again.json()["rows"][0], "state": "changed", "revision": 2}]


def test_of_a_set_with_a_wrong_cell_nothing_is_stored_and_every_cell_is_named(cast, send):
    rows = [
        heads(120),
        heads(-1),
        heads("80"),
        heads(5, month="2025-13"),
        heads(5, category="tidak-ada"),
        heads(5, region=KOTA_B),
        heads(5, warna="merah"),
        {"region": KOTA_A},
        "baris",
    ]
    answer = send(cast.wayan, SETS, {"rows": rows})
    assert answer.status_code == 422
    assert answer["Content-Type"] == "application/problem+json"
    told = {error["pointer"] for error in answer.json()["errors"]}
    assert told == {
        *("/rows/1/people", "/rows/2/people", "/rows/3/month", "/rows/4/category", "/rows/5/region"),
        *("/rows/6/warna", "/rows/8"),
        *(f"/rows/7/{name}" for name in ("month", "category", "funding", "people", "source", "as_of")),
    }
    assert Headcount.objects.count() == 0
    readable = [row for row in rows if row in (heads(120), heads(-1), heads(5, region=KOTA_B))]
    answer = send(cast.wayan, SETS, {"rows": readable})
    assert [error["pointer"] for error in answer.json()["errors"]] == ["/rows/1/people", "/rows/2/region"]
    (error,) = send(cast.wayan, SETS, {"rows": readable[:2]}).json()["errors"]
    assert error["pointer"] == "/rows/1/people"
    assert error["message"].startswith("Jumlah orang tidak boleh negatif")
    assert error["message_en"].startswith("The number of people")
    assert Headcount.objects.count() == 0


def test_the_good_rows_of_a_set_where_that_is_asked(cast, send):
    rows = [
        heads(120),
        heads(5, region=KOTA_B),
        heads(-1, category="guru_agama"),
        heads(9, month="x"),
        heads(80, category="linmas"),
    ]
    answer = send(cast.wayan, f"{SETS}?partial=true", {"rows": rows})
    assert answer.status_code == 207
    told = answer.json()
    assert [one["state"] for one in told["rows"]] == ["created", *["refused"] * 3, "created"]
    assert [one["errors"][0]["pointer"] for one in told["rows"][1:4]] == [
        *("/rows/1/region", "/rows/2/people", "/rows/3/month")
    ]
    assert sorted(Headcount.objects.values_list("people", flat=True)) == [80, 120]
    none = send(cast.wayan, f"{SETS}?partial=true", {"rows": rows[1:4]})
    assert none.status_code == 422
    assert len(none.json()["errors"]) == 3


def test_a_dry_run_promises_what_the_real_call_keeps(cast, send):
    body = {"rows": [heads(120), heads(80, category="guru_agama")]}
    dry = send(cast.wayan, f"{SETS}?dry_run=true", body, Idempotency_Key="satu")
    assert dry.status_code == 200
    assert (Headcount.objects.count(), KeptAnswer.objects.count()) == (0, 0)
    real = send(cast.wayan, SETS, body, Idempotency_Key="satu").json()
    told = dry.json()
    assert told["dry_run"] is True
    assert [one["state"] for one in told["rows"]] == [one["state"] for one in real["rows"]]
    assert [one["id"] for one in told["rows"]] == [None, None]
    refused = send(cast.wayan, f"{SETS}?dry_run=true", {"rows": [heads(-1)]})
    assert refused.status_code == 422


def test_the_same_key_does_it_once(cast, send):
    body = {"rows": [heads(120)]}
    first = send(cast.wayan, SETS, body, Idempotency_Key="k-1")
    row = Headcount.objects.get()
    again = send(cast.wayan, SETS, body, Idempotency_Key="k-1")
    assert (again.status_code, again.json()) == (201, first.json())
    assert again["Idempotency-Replayed"] == "true"
    other = send(cast.wayan, SETS, {"rows": [heads(121)]}, Idempotency_Key="k-1")
    assert other.status_code == 422
    assert other.json()["title"].startswith("Kunci ini sudah dipakai")
    elsewhere = send(cast.budi, SETS, {"rows": [heads(7, region=KOTA_B)]}, Idempotency_Key="k-1")
    assert elsewhere.status_code == 201
    row.refresh_from_db()
    assert (row.people, row.revision) == (120, 1)


def test_what_was_refused_may_be_sent_again_with_its_key(cast, send):
    assert send(cast.wayan, SETS, {"rows": [heads(-1)]}, Idempotency_Key="k-2").status_code == 422
    assert KeptAnswer.objects.count() == 0
    assert send(cast.wayan, SETS, {"rows": [heads(1)]}, Idempotency_Key="k-2").status_code == 201


def test_a_key_at_work_elsewhere_is_busy(cast):
    asked = KeyedRequest(cast.wayan, "k-3", digest_of_request("POST", SETS, "{}"))
    found = []

    def another():
        try:
            with transaction.atomic():
                found.append(kept_answer(asked))
        except StillRunning as error:
            found.append(error)
        finally:
            connection.close()

    assert kept_answer(asked) is None
    thread = Thread(target=another)
    thread.start()
    thread.join()
    assert isinstance(found[0], StillRunning)


def test_kept_answers_are_forgotten_after_a_day(cast, send):
    send(cast.wayan, SETS, {"rows": [heads(120)]}, Idempotency_Key="k-4")
    assert forget_answers() == 0
    KeptAnswer.objects.update(at="2025-01-01T00:00Z")
    assert forget_answers() == 1


def test_a_row_is_corrected_by_who_has_read_it(cast, send, client_of):
    number = send(cast.wayan, SETS, {"rows": [heads(120)]}).json()["rows"][0]["id"]
    address = reverse("api_headcount_row", args=[number])
    read = client_of(cast.wayan).get(address)
    assert (read.json()["people"], read["ETag"]) == (120, '"1"')
    change = {"people": 119, "reason": "salah ketik"}
    assert send(cast.wayan, address, change, method="patch").status_code == 428
    mended = send(cast.wayan, address, change, method="patch", If_Match=read["ETag"])
    assert (mended.status_code, mended["ETag"]) == (200, '"2"')
    changed = {"people": 119, "revision": 2, "changed_at": mended.json()["changed_at"]}
    assert mended.json() == {**read.json(), **changed}
    late = send(cast.wayan, address, {"people": 1, "reason": "x"}, method="patch", If_Match=read["ETag"])
    assert (late.status_code, late["ETag"]) == (412, '"2"')
    row = Headcount.objects.get()
    assert row.people == 119
    assert row.pgh_event_model.objects.get(pgh_obj_id=row.pk).pgh_context.metadata["reason"] == "salah ketik"


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"people": -1, "reason": "x"}, "/people"),
        ({"people": 1}, "/reason"),
        ({"month": "2025-05", "reason": "x"}, "/month"),
        ({"people": None, "reason": "x"}, "/people"),
    ],
)
def test_a_correction_names_what_is_wrong(cast, send, change, pointer):
    number = send(cast.wayan, SETS, {"rows": [heads(120)]}).json()["rows"][0]["id"]
    address = reverse("api_headcount_row", args=[number])
    answer = send(cast.wayan, address, change, method="patch", If_Match='"1"')
    assert answer.status_code == 422
    assert [error["pointer"] for error in answer.json()["errors"]] == [pointer]
    assert Headcount.objects.get().people == 120


def test_a_row_is_removed_with_a_reason(cast, send):
    number = send(cast.wayan, SETS, {"rows": [heads(120)]}).json()["rows"][0]["id"]
    address = reverse("api_headcount_removal", args=[number])
    assert send(cast.wayan, address, {"reason": "x"}).status_code == 428
    assert send(cast.wayan, address, {}, If_Match='"1"').status_code == 422
    assert send(cast.wayan, address, {"reason": "ganda"}, If_Match='"1"').status_code == 204
    assert Headcount.objects.count() == 0


def test_no_way_leads_into_another_region_or_a_locked_month(cast, send, system):
    number = send(cast.wayan, SETS, {"rows": [heads(120)]}).json()["rows"][0]["id"]
    row, removal = (reverse(f"api_headcount_{name}", args=[number]) for name in ("row", "removal"))
    change = {"people": 1, "reason": "x"}
    assert send(cast.budi, row, change, method="patch", If_Match='"1"').status_code == 404
    assert send(cast.budi, removal, change, If_Match='"1"').status_code == 404
    step(locked_row(KOTA_A, date(2025, 6, 1)), Verb.CLOSED, MonthState.CLOSED, by=system)
    for answer in (
        send(cast.wayan, row, change, method="patch", If_Match='"1"'),
        send(cast.wayan, removal, {"reason": "x"}, If_Match='"1"'),
        send(cast.wayan, SETS, {"rows": [heads(5, category="guru_agama")]}),
    ):
        assert answer.status_code == 422, answer.content
        assert answer.json()["errors"][0]["code"] == "locked"
    assert Headcount.objects.get().people == 120


def test_who_may_not_write_does_not(cast, send, client_of):
    body = {"rows": [heads(120)]}
    for user in (cast.lestari, cast.ratna):
        assert send(user, SETS, body).status_code == 403
    only = send(cast.wayan, SETS, body, may_write=False)
    assert only.status_code == 403
    assert only.json()["title_en"].startswith("This token only reads")
    assert Client().post(SETS, body, content_type="application/json").status_code == 401
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(cast.wayan)
    assert strict.post(SETS, body, content_type="application/json").status_code == 403
    assert Headcount.objects.count() == 0


def test_numbers_of_persons_in_sentences_are_stored_nowhere(cast, send):
    row = heads(120, note="menurut 3672010101900001", source="Surat 3672010101900001")
    send(cast.wayan, SETS, {"rows": [row]}, Idempotency_Key="k-5")
    stored = Headcount.objects.get()
    assert "3672010101900001" not in f"{stored.note} {stored.source}"
    assert not Act.objects.filter(detail__icontains="3672010101900001").exists()


@pytest.mark.parametrize("body", [[], {}, {"rows": []}, {"rows": {}}, {"rows": [1] * 10_001}, 5])
def test_what_is_no_set_is_refused(cast, send, body):
    answer = send(cast.wayan, SETS, body)
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["pointer"] == "/rows"


def test_two_rows_of_one_fact_are_one_row(cast, send):
    answer = send(cast.wayan, SETS, {"rows": [heads(120), heads(120)]})
    assert [one["state"] for one in answer.json()["rows"]] == ["created", "created"]
    assert Headcount.objects.count() == 1
    assert MembershipCount.objects.count() == 0


def test_cells_that_cannot_be_read_and_cells_that_cannot_be_right_are_told_together(cast, send):
    rows = [heads(5), heads(-3, category="guru_agama"), heads(7, category="zzz")]
    answer = send(cast.wayan, SETS, {"rows": rows})
    pointers = [error["pointer"] for error in answer.json()["errors"]]
    assert (answer.status_code, pointers) == (422, ["/rows/1/people", "/rows/2/category"])
    assert not Headcount.objects.exists()
    both = send(cast.wayan, f"{SETS}?partial=true", {"rows": rows})
    assert (both.status_code, both.json()["created"], both.json()["refused"]) == (207, 1, 2)


@pytest.mark.parametrize("asked", ["dryrun=true", "dry-run=true", "parsial=true"])
def test_a_misspelt_parameter_stores_nothing(cast, send, asked):
    answer = send(cast.wayan, f"{SETS}?{asked}", {"rows": [heads(5)]})
    (error,) = answer.json()["errors"]
    assert (answer.status_code, error["code"]) == (400, "unknown")
    assert "dry_run" in error["message"] and not Headcount.objects.exists()
