"""The page of one person: its history, corrections, events, proposals, comments and numbers in full."""

from datetime import date

import pytest
from django.urls import reverse

from participants.enums import EnrolmentState, Occurrence
from participants.models import Comment, Enrolment, LifeEvent
from participants.services.persons.participant import record_life_event
from regions.models import Act, Change
from tests.factories import EnrolmentFactory, nik_of
from tests.participants.listed_people import august, people, text_of, typed

__all__ = ["august", "people"]

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("cast_once", "august")]


def test_the_page_tells_what_happened_in_order(people, cast, client_of):
    person, client = people["asep"], client_of(cast.siti)
    page = reverse("person_detail", args=[person.pk])
    correction = {
        "name": "Asep Rukmana",
        "birth_date": "08/04/1965",
        "sex": "L",
        "district": "Jombang",
        "phone": "0812 3456 7890",
        "kpj": "",
        "revision": "1",
        "reason": f"KTP {nik_of(1)}",
    }
    changed = client.post(reverse("person_correct", args=[person.pk]), correction)
    assert (changed.status_code, changed.url) == (302, page)
    record_life_event(
        participant_id=person.pk,
        kind=Occurrence.DIED,
        happened_on=date(2025, 6, 10),
        source="Akta 5/2025",
        by=cast.wayan,
    )
    response = client.get(page)
    timeline = response.context["timeline"]
    assert [entry.what for entry in timeline] == [
        "Data orang diubah",
        "Kepesertaan Anggota Linmas diubah",
        "Meninggal",
        "Anggota Linmas mulai dibayar APBD kabupaten/kota",
    ]
    told = [
        (change.label, change.old, change.new)
        for entry in timeline
        if entry.what == "Data orang diubah"
        for change in entry.alterations
    ]
    assert sorted(told) == [
        ("kecamatan", "Cibeber", "Jombang"),
        ("nomor telepon", "", "diganti"),
        ("tanggal lahir", "07/04/1965", "08/04/1965"),
    ]
    spell = next(entry for entry in timeline if entry.what.startswith("Kepesertaan"))
    assert [(change.label, change.old, change.new) for change in spell.alterations] == [
        ("bulan terakhir", "terbuka", "06/2025"),
        ("status", "aktif", "berakhir"),
        ("sebab berakhir", "", "meninggal"),
    ]
    text = text_of(response)
    assert "0812******90" in text and "367201******0001" in text
    assert "081234567890" not in text and nik_of(1) not in text


def test_the_source_of_a_spell_leads_to_its_batch(cast, client_of):
    client = client_of(cast.wayan)
    client.post(reverse("person_add"), typed())
    spell = Enrolment.objects.get()
    text = text_of(client.get(reverse("person_detail", args=[spell.participant_id])))
    assert reverse("batch_detail", args=[spell.batch_id]) in text
    assert "SK 1/2025" in text


def correction(**changes):
    cells = {"name": "Asep R", "birth_date": "07/04/1965", "sex": "L", "district": "Cibeber"}
    return cells | {"revision": "1", "reason": "salah ketik"} | changes


def test_whoever_comes_second_sees_what_the_first_wrote(people, cast, client_of):
    address = reverse("person_correct", args=[people["asep"].pk])
    client_of(cast.siti).post(address, correction(district="Jombang"))
    second = client_of(cast.wayan).post(address, correction(name="Asep Ketiga"))
    assert second.status_code == 409
    assert second.context["theirs"] == [
        ("Nama", "Asep R", "Asep Ketiga"),
        ("Kecamatan", "Jombang", "Cibeber"),
    ]
    assert 'name="revision" value="2"' in text_of(second)
    again = client_of(cast.wayan).post(address, correction(name="Asep Ketiga", revision="2"))
    assert again.status_code == 302
    people["asep"].refresh_from_db()
    assert (people["asep"].name, people["asep"].district_name) == ("Asep Ketiga", "Cibeber")


def test_hidden_numbers_stay_unless_typed(people, cast, client_of):
    person, client = people["asep"], client_of(cast.wayan)
    address = reverse("person_correct", args=[person.pk])
    client.post(address, correction(phone="081234567890", kpj="12345678901"))
    shown = text_of(client.get(address))
    assert "081234567890" not in shown
    assert "12345678901" not in shown
    client.post(address, correction(name="Asep Baru", revision="2"))
    person.refresh_from_db()
    assert (person.name, person.phone, person.kpj) == ("Asep Baru", "081234567890", "12345678901")
    bad = client.post(address, correction(kpj="123", revision="3"))
    assert bad.context["form"].errors["kpj"] == ["Nomor KPJ harus 11 angka, seperti pada kartunya."]
    client.post(address, correction(kpj="HAPUS", revision="3"))
    person.refresh_from_db()
    assert (person.phone, person.kpj, person.nik.digits) == ("081234567890", "", nik_of(1))


def event(**changes):
    return {"kind": "changed_category", "happened_on": "2025-06-15", "source": "SK 9/2025"} | changes


def test_moving_to_another_category_is_an_event_with_two_spells(people, cast, client_of):
    person, client = people["asep"], client_of(cast.wayan)
    Change.objects.all().delete()
    address = reverse("person_event", args=[person.pk])
    lacking = client.post(address, event())
    assert set(lacking.context["form"].errors) == {"from_category", "to_category", "funding"}
    move = {"from_category": "linmas", "to_category": "kader", "funding": "apbd_kabkota"}
    assert client.post(address, event(**move)).status_code == 302
    spells = Enrolment.objects.filter(participant=person).order_by("first_month")
    assert list(spells.values_list("category", "first_month", "last_month", "state", "ended_by")) == [
        ("linmas", date(2025, 1, 1), date(2025, 6, 1), "ended", "changed_category"),
        ("kader", date(2025, 7, 1), None, "active", ""),
    ]
    happened = LifeEvent.objects.get()
    assert (happened.kind, happened.note) == ("changed_category", "Anggota Linmas → Kader")
    assert {change.first_month for change in Change.objects.all()} == {date(2025, 7, 1)}
    twice = client.post(address, event(**move))
    assert twice.status_code == 422
    assert Enrolment.objects.filter(participant=person).count() == 2


def test_a_move_that_cannot_be_leaves_everything_as_it_was(people, cast, client_of):
    person, client = people["asep"], client_of(cast.wayan)
    address = reverse("person_event", args=[person.pk])
    same = {"from_category": "linmas", "to_category": "linmas", "funding": "apbd_kabkota"}
    response = client.post(address, event(**same))
    assert "Kategori lama dan baru sama" in text_of(response)
    tomorrow = client.post(address, event(**(same | {"to_category": "kader"}), happened_on="2025-08-21"))
    assert "Tanggal ini belum tiba" in text_of(tomorrow)
    assert LifeEvent.objects.count() == 0
    assert Enrolment.objects.get(participant=person).state == "active"


def test_an_event_ends_what_runs(people, cast, client_of):
    person = people["euis"]
    response = client_of(cast.wayan).post(
        reverse("person_event", args=[person.pk]),
        {"kind": "died", "happened_on": "2025-05-04", "source": f"Akta 7/2025, NIK {nik_of(2)}"},
    )
    assert response.status_code == 302
    spell = Enrolment.objects.get(participant=person)
    assert (spell.state, spell.last_month, spell.ended_by) == ("ended", date(2025, 5, 1), "died")
    assert LifeEvent.objects.get().source == "Akta 7/2025, NIK 367201******0002"


def test_proposals_are_taken_up_or_turned_down(people, cast, client_of):
    client, person = client_of(cast.wayan), people["asep"]
    EnrolmentFactory(
        participant=person, entered_by=cast.wayan, category_id="kader", state=EnrolmentState.PROPOSED
    )
    EnrolmentFactory(
        participant=person, entered_by=cast.wayan, category_id="rt_rw", state=EnrolmentState.PROPOSED
    )
    kader, rt_rw = (Enrolment.objects.get(participant=person, category=code) for code in ("kader", "rt_rw"))
    foreign = Enrolment.objects.get(participant=people["bayu"])
    address = reverse("person_proposal", args=[person.pk])
    Change.objects.all().delete()
    client.post(address, {"masa": [rt_rw.pk], "putusan": "tolak"})
    rt_rw.refresh_from_db()
    assert rt_rw.state == "proposed"
    client.post(address, {"masa": [rt_rw.pk], "putusan": "tolak", "alasan": "sudah terdaftar"})
    assert not Change.objects.exists()
    client.post(address, {"masa": [kader.pk, foreign.pk], "putusan": "terima"})
    kader.refresh_from_db()
    rt_rw.refresh_from_db()
    assert (kader.state, rt_rw.state, rt_rw.reason) == ("active", "rejected", "sudah terdaftar")
    assert [(change.region_id, change.first_month) for change in Change.objects.all()] == [
        ("36.72", date(2025, 1, 1))
    ]
    foreign.refresh_from_db()
    assert foreign.revision == 1


def test_unmasking_needs_a_reason_and_leaves_a_trace_without_the_nik(people, cast, client_of):
    person = people["asep"]
    address = reverse("person_unmask", args=[person.pk])
    assert client_of(cast.wayan).post(address, {"alasan": "surat 1"}).status_code == 403
    assert client_of(cast.budi).post(address, {"alasan": "surat 1"}).status_code == 404
    client = client_of(cast.siti)
    assert client.post(address, {"alasan": " "}).status_code == 302
    assert not Act.objects.filter(verb="unmasked").exists()
    response = client.post(address, {"alasan": f"Surat Dukcapil tentang {nik_of(1)}"})
    assert nik_of(1) in text_of(response)
    assert response["Cache-Control"] == "no-store, private"
    act = Act.objects.get(verb="unmasked")
    assert act.detail == {"reason": "Surat Dukcapil tentang 367201******0001", "person": person.pk}
    assert (act.region_code, act.actor_name) == ("36.72", "siti")


def test_comments_are_written_without_numbers_and_settled(people, cast, client_of):
    person = people["asep"]
    write = reverse("person_comment", args=[person.pk])
    client_of(cast.siti).post(write, {"komentar": f"Periksa {nik_of(1)}"})
    assert not Comment.objects.exists()
    client_of(cast.siti).post(write, {"komentar": "Periksa KTP"})
    comment = Comment.objects.get()
    assert (comment.text, comment.settled_by) == ("Periksa KTP", None)
    settle = reverse("person_comment_settle", args=[person.pk, comment.pk])
    assert client_of(cast.lestari).post(settle).status_code == 403
    client_of(cast.wayan).post(settle)
    comment.refresh_from_db()
    assert comment.settled_by == cast.wayan
    other = reverse("person_comment_settle", args=[people["euis"].pk, comment.pk])
    assert client_of(cast.wayan).post(other).status_code == 404


def test_the_stranger_reaches_no_page_and_no_act_of_a_person(people, cast, client_of):
    person, client = people["asep"], client_of(cast.budi)
    for name in ("detail", "correct", "event"):
        assert client.get(reverse(f"person_{name}", args=[person.pk])).status_code == 404
    data = event(kind="died") | correction() | {"putusan": "terima", "komentar": "x", "alasan": "alasan"}
    for name in ("correct", "event", "proposal", "comment", "unmask"):
        response = client.post(reverse(f"person_{name}", args=[person.pk]), data)
        assert response.status_code == 404, name
        assert "Asep" not in text_of(response)
    person.refresh_from_db()
    assert (person.revision, LifeEvent.objects.count(), Comment.objects.count()) == (1, 0, 0)
