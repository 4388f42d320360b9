import pytest
from django.urls import reverse

from participants.enums import ExtraKind
from participants.importers.extra import HIDDEN
from participants.models import Enrolment, Participant
from participants.person_columns import GRID_FIELDS
from participants.selectors.persons.grid import shown_cells
from regions.models import Act, Change
from tests.cast import KOTA_A, KOTA_B
from tests.factories import EnrolmentFactory, ParticipantFactory, nik_of
from tests.participants.batches import GRID_TERMS as TERMS
from tests.participants.extra_fields import make_field

pytestmark = pytest.mark.usefixtures("cast_once")

WHERE = [KOTA_A, "linmas", "apbd_kabkota", "2025-07"]
GRID, ROW, UNDO = (
    reverse(name, args=WHERE) for name in ("person_grid", "person_grid_row", "person_grid_undo")
)
ANI = {"nik": nik_of(7), "name": "Ani Uji", "birth_date": "07/04/1965", "sex": "L", "phone": "0812-3456-7890"}


@pytest.fixture
def client(cast, client_of):
    return client_of(cast.wayan)


@pytest.fixture
def ready(cast):
    """One person of Kota A and one of Kota B, both in the same category and month."""
    people = {}
    for code, name in ((KOTA_A, "Orang Kota A"), (KOTA_B, "Orang Kota B")):
        person = ParticipantFactory(region_id=code, name=name, entered_by=cast.siti)
        people[code] = EnrolmentFactory(participant=person, entered_by=cast.siti)
    return people


def send(client, user, **cells):
    return client.post(ROW, {**TERMS, "typist": user.pk, **cells})


def shown(enrolment, revision=1, **cells):
    empty = dict.fromkeys([field.value for field in GRID_FIELDS], "")
    return {"enrolment": enrolment, "revision": revision, "cells": {**empty, **cells}}


def test_a_typed_row_is_stored_and_answered_masked(client, cast):
    answer = send(client, cast.wayan, **ANI)
    spell = Enrolment.objects.get()
    told = answer.json()
    assert answer.status_code == 200
    assert told.pop("undo")
    assert told == {
        "kind": "new",
        "row": {
            **shown(
                spell.pk,
                nik="367201******0007",
                name="Ani Uji",
                birth_date="07/04/1965",
                sex="L",
                phone="0812******90",
            ),
            "months": "sejak Jul 2025",
            "doubts": [],
        },
    }
    assert (spell.category_id, spell.funding_id, spell.source) == ("linmas", "apbd_kabkota", "SK 12")
    assert (f"{spell.first_month}", spell.last_month, spell.segment) == ("2025-07-01", None, "bpu")
    assert spell.participant.nik.digits == ANI["nik"]
    assert nik_of(7) not in answer.content.decode()


def test_a_wrong_row_is_answered_with_its_faults_and_nothing_is_stored(client, cast):
    answer = send(client, cast.wayan, nik="12345", name="", birth_date="31/02/1980", phone="12")
    assert answer.status_code == 422
    assert answer.json() == {
        "sentence": "",
        "faults": {
            "nik": "NIK tidak 16 angka. Periksa KTP, lalu tulis 16 angka.",
            "name": "Nama kosong. Isi nama sesuai KTP.",
            "birth_date": "Isi kolom ini bukan tanggal lahir. Contoh: 28/02/1980.",
            "phone": "Nomor telepon seluler harus 8–15 digit. Contoh: 081234567890.",
        },
    }
    assert not Participant.objects.exists()


def test_terms_without_a_source_are_refused_in_a_sentence(client, cast):
    answer = send(client, cast.wayan, **ANI, source="")
    assert answer.status_code == 422
    assert answer.json() == {"sentence": "Sumber: Sebutkan sumbernya, misalnya nomor SK.", "faults": {}}
    assert not Enrolment.objects.exists()


def test_only_the_cells_that_were_typed_are_replaced(client, cast):
    send(client, cast.wayan, **ANI)
    spell = Enrolment.objects.get()
    answer = send(client, cast.wayan, enrolment=spell.pk, revision=1, address="Jalan Uji 1", sex="")
    assert answer.status_code == 200
    person = Participant.objects.get()
    assert (person.address, person.sex, person.name, person.phone, person.revision) == (
        "Jalan Uji 1",
        "",
        "Ani Uji",
        "081234567890",
        2,
    )


def test_the_second_of_two_officers_sees_what_the_first_stored(client, cast, client_of):
    send(client, cast.wayan, **ANI)
    spell = Enrolment.objects.get()
    send(client_of(cast.siti), cast.siti, enrolment=spell.pk, revision=1, name="Ani Siti")
    answer = send(client, cast.wayan, enrolment=spell.pk, revision=1, name="Ani Wayan")
    assert answer.status_code == 409
    told = answer.json()
    assert (told["row"]["cells"]["name"], told["row"]["revision"]) == ("Ani Siti", 2)
    assert told["sentence"].startswith("Siti mengubah baris ini (")
    assert Participant.objects.get().name == "Ani Siti"


def test_undoing_a_new_row_removes_it_and_what_came_with_it(client, cast, ready):
    mark = send(client, cast.wayan, **ANI).json()["undo"]
    assert Participant.objects.count() == 3
    Change.objects.all().delete()
    answer = client.post(UNDO, {"mark": mark})
    assert (answer.status_code, answer.json()) == (200, {"row": None})
    assert set(Participant.objects.values_list("name", flat=True)) == {"Orang Kota A", "Orang Kota B"}
    assert set(Enrolment.objects.values_list("pk", flat=True)) == {spell.pk for spell in ready.values()}
    assert [(c.region_id, f"{c.first_month}") for c in Change.objects.all()] == [(KOTA_A, "2025-07-01")]
    assert Act.objects.order_by("-pk").first().verb == "undone"
    assert client.post(UNDO, {"mark": mark}).status_code == 404


def test_undoing_a_correction_gives_all_cells_back_the_hidden_ones_too(client, cast):
    send(client, cast.wayan, **ANI)
    spell = Enrolment.objects.get()
    cells = {"phone": "08999999999", "name": "Ani Lain"}
    mark = send(client, cast.wayan, enrolment=spell.pk, revision=1, **cells).json()["undo"]
    answer = client.post(UNDO, {"mark": mark})
    assert answer.json()["row"]["cells"]["name"] == "Ani Uji"
    person = Participant.objects.get()
    assert (person.name, person.phone, person.revision) == ("Ani Uji", "081234567890", 3)


def test_what_was_changed_since_or_by_others_is_not_undone(client, cast, client_of):
    mark = send(client, cast.wayan, **ANI).json()["undo"]
    assert client_of(cast.siti).post(UNDO, {"mark": mark}).status_code == 403
    spell = Enrolment.objects.get()
    send(client_of(cast.siti), cast.siti, enrolment=spell.pk, revision=1, name="Ani Siti")
    assert client.post(UNDO, {"mark": mark}).status_code == 409
    assert client.post(UNDO, {"mark": f"{mark}x"}).status_code == 404
    assert Participant.objects.get().name == "Ani Siti"


def test_the_stranger_neither_sees_nor_writes(cast, client_of, client, ready):
    budi = client_of(cast.budi)
    spell = ready[KOTA_A]
    mark = send(client, cast.wayan, **ANI).json()["undo"]
    answers = [
        budi.get(GRID),
        budi.get(f"{GRID}?ubah={spell.pk}"),
        budi.post(GRID, {**TERMS, **ANI}),
        send(budi, cast.budi, **{**ANI, "nik": nik_of(9)}),
        send(budi, cast.budi, enrolment=spell.pk, revision=1, name="Dicuri"),
        budi.post(UNDO, {"mark": mark}),
    ]
    assert [answer.status_code for answer in answers] == [404] * 6
    own = reverse("person_grid", args=[KOTA_B, *WHERE[1:]])
    page = budi.get(own).content.decode()
    assert "Orang Kota B" in page
    assert "Orang Kota A" not in page
    in_own = reverse("person_grid_row", args=[KOTA_B, *WHERE[1:]])
    stolen = {**TERMS, "typist": cast.budi.pk, "enrolment": spell.pk, "revision": 1, "name": "Dicuri"}
    assert budi.post(in_own, stolen).status_code == 404
    assert budi.get(f"{own}?ubah={spell.pk}").status_code == 404
    spell.participant.refresh_from_db()
    assert spell.participant.name == "Orang Kota A"


def test_who_only_sees_gets_the_list_without_places_to_type(cast, client_of, ready):
    lestari = client_of(cast.lestari)
    page = lestari.get(GRID).content.decode()
    assert "Orang Kota A" in page
    assert "data-grid" not in page
    assert '<form method="post" id="isian"' not in page
    assert send(lestari, cast.lestari, **ANI).status_code == 403
    assert lestari.post(GRID, {**TERMS, **ANI}).status_code == 403


def test_rows_typed_by_another_person_are_not_sent_in_ones_own_name(client, cast):
    assert send(client, cast.siti, **ANI).status_code == 403
    assert not Participant.objects.exists()


def test_the_month_shows_who_is_covered_by_it_and_merged_persons_once(client, cast, ready):
    kept = ready[KOTA_A].participant
    merged = ParticipantFactory(name="Orang Kembar", merged_into=kept, entered_by=cast.siti)
    EnrolmentFactory(participant=merged, entered_by=cast.siti)
    for name, months in (("Orang Lama", ("2025-01-01", "2025-06-01")), ("Orang Nanti", ("2025-08-01", None))):
        person = ParticipantFactory(name=name, entered_by=cast.siti)
        EnrolmentFactory(
            participant=person, first_month=months[0], last_month=months[1], entered_by=cast.siti
        )
    person = ParticipantFactory(name="Orang Ditolak", entered_by=cast.siti)
    EnrolmentFactory(participant=person, state="rejected", reason="ganda", entered_by=cast.siti)
    response = client.get(GRID)
    assert [row.cells["name"] for row in response.context["rows"]] == ["Orang Kota A"]
    assert response.context["count"] == 1
    assert client.get(f"{GRID}?cari=kota+a").context["count"] == 1
    assert client.get(f"{GRID}?cari=kota+b").context["count"] == 0


def test_the_page_holds_masked_numbers_only(client, cast):
    send(client, cast.wayan, **ANI)
    page = client.get(GRID).content.decode()
    assert "367201******0007" in page
    assert "0812******90" in page
    assert nik_of(7) not in page
    assert "081234567890" not in page


def test_the_form_stores_without_scripts(client, cast):
    assert client.post(GRID, {**TERMS, **ANI}).status_code == 302
    spell = Enrolment.objects.get()
    page = client.get(f"{GRID}?ubah={spell.pk}").content.decode()
    assert nik_of(7) not in page
    change = {**TERMS, "enrolment": spell.pk, "revision": 1, "name": "Ani Baru", "phone": "", "sex": "L"}
    assert client.post(GRID, change).status_code == 302
    person = Participant.objects.get()
    assert (person.name, person.phone, person.nik.digits) == ("Ani Baru", "081234567890", nik_of(7))
    again = client.post(GRID, change)
    assert again.status_code == 409
    assert "Baris ini baru saja diubah orang lain." in again.content.decode()
    wrong = client.post(GRID, {**TERMS, **ANI, "nik": "1"})
    assert wrong.status_code == 422
    assert wrong.context["form"].errors == {"nik": ["NIK tidak 16 angka. Periksa KTP, lalu tulis 16 angka."]}


@pytest.mark.parametrize("name", ["person_grid_row", "person_grid_undo"])
def test_addresses_that_only_take_lead_back_to_the_page(client, name):
    answer = client.get(reverse(name, args=WHERE))
    assert (answer.status_code, answer.url) == (302, GRID)


@pytest.mark.parametrize("people", [1, 20])
def test_the_grid_asks_no_more_than_thirteen_questions(
    client, cast, ready, people, django_assert_max_num_queries
):
    for _number in range(people):
        EnrolmentFactory(participant=ParticipantFactory(entered_by=cast.siti), entered_by=cast.siti)
    client.get(GRID)
    with django_assert_max_num_queries(13):
        assert client.get(f"{GRID}?cari=orang").context["count"] == people + 1


def test_a_long_list_comes_in_pages_of_two_hundred_in_the_order_of_entry(client, cast, ready):
    for number in range(200):
        person = ParticipantFactory(name=f"Orang {number}", entered_by=cast.siti)
        EnrolmentFactory(participant=person, entered_by=cast.siti)
    first, second = (client.get(f"{GRID}?halaman={number}").context["rows"] for number in (1, 2))
    assert [row.cells["name"] for row in first] == ["Orang Kota A"] + [f"Orang {n}" for n in range(199)]
    assert [row.cells["name"] for row in second] == ["Orang 199"]


def test_a_nik_of_another_name_is_refused_and_a_known_person_is_not_doubled(client, cast):
    assert send(client, cast.wayan, **ANI).status_code == 200
    assert send(client, cast.wayan, **ANI).json()["kind"] == "same"
    other = send(client, cast.wayan, **{**ANI, "name": "Orang Lain"})
    assert other.status_code == 422
    assert list(other.json()["faults"]) == ["nik"]
    assert list(Participant.objects.values_list("name", flat=True)) == ["Ani Uji"]
    assert Enrolment.objects.count() == 1


@pytest.fixture
def own(cast):
    """A number that must be filled, and a text that nobody reads in the open."""
    number = make_field(cast.admin, name="Anak", kind=ExtraKind.NUMBER, is_required=True)
    return number.key, make_field(cast.admin, name="Agama", is_personal=True).key


def test_fields_of_the_office_are_columns_of_the_grid(client, cast, own):
    number, secret = own
    page = client.get(GRID).content.decode()
    assert f'data-column="{number}"' in page and "Agama" in page
    refused = send(client, cast.wayan, **ANI)
    assert refused.status_code == 422 and list(refused.json()["faults"]) == [number]
    unread = send(client, cast.wayan, **ANI, **{number: "dua"})
    assert list(unread.json()["faults"]) == [number]
    told = send(client, cast.wayan, **ANI, **{number: "2", secret: "Katolik"}).json()["row"]
    assert (told["cells"][number], told["cells"][secret]) == ("2", HIDDEN)
    person = Participant.objects.get()
    assert person.extra[number] == 2 and "Katolik" not in str([person.extra, person.extra_sealed])
    assert "Katolik" not in client.get(GRID).content.decode()
    row = {"enrolment": told["enrolment"], "revision": told["revision"]}
    changed = send(client, cast.wayan, **row, **{number: "3"}).json()
    assert (changed["row"]["cells"][number], changed["row"]["cells"][secret]) == ("3", HIDDEN)
    undone = client.post(UNDO, {"mark": changed["undo"]}).json()["row"]
    assert (undone["cells"][number], undone["cells"][secret]) == ("2", HIDDEN)
    emptied = send(client, cast.wayan, **{**row, "revision": undone["revision"]}, **{number: ""})
    assert emptied.status_code == 422


def test_the_form_below_the_grid_keeps_what_it_does_not_show(client, cast, own):
    number, secret = own
    told = send(client, cast.wayan, **ANI, **{number: "2", secret: "Katolik"}).json()["row"]
    shown_form = client.get(f"{GRID}?ubah={told['enrolment']}").context["form"]
    assert (shown_form[number].value(), shown_form[secret].value()) == ("2", "")
    row = {"enrolment": told["enrolment"], "revision": told["revision"]}
    typed = {**ANI, **row, "phone": "", number: "5", secret: ""}
    answer = client.post(f"{GRID}?ubah={told['enrolment']}", {**TERMS, **typed})
    assert answer.status_code == 302
    person = Participant.objects.get()
    assert person.extra[number] == 5 and secret in person.extra
    assert shown_cells(person)["phone"]
    typed = {**typed, "revision": person.revision, number: "lima"}
    assert client.post(f"{GRID}?ubah={told['enrolment']}", {**TERMS, **typed}).status_code == 422
