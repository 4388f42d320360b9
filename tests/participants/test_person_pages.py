"""Persons by name: the list, its filters, and those who are ended for their age."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from participants.enums import EnrolmentState, Occurrence
from participants.models import Enrolment, LifeEvent, Participant
from participants.services.persons.participant import record_life_event
from regions.models import Act
from tests.factories import EnrolmentFactory, nik_of
from tests.house.test_query_budgets import asked_in
from tests.participants.listed_people import august, listed, people, text_of

__all__ = ["august", "people"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("cast_once", "august")]


def names(client, query=""):
    response = client.get(reverse("person_list") + query)
    assert response.status_code == 200
    return [one.person.name for one in response.context["listed"]]


def test_each_sees_the_persons_of_their_own_region(people, cast, client_of):
    assert names(client_of(cast.wayan)) == ["Asep Rukmana", "Euis Komariah"]
    assert names(client_of(cast.budi)) == ["Asep R", "Bayu Serang"]
    assert names(client_of(cast.lestari)) == ["Asep R", "Asep Rukmana", "Bayu Serang", "Euis Komariah"]
    assert names(client_of(cast.anton)) == ["Asep Rukmana", "Euis Komariah"]
    assert names(client_of(cast.budi), "?wilayah=36.72") == []
    assert names(client_of(cast.budi), "?wilayah=36") == ["Asep R", "Bayu Serang"]
    for person in (cast.dewi, cast.ratna):
        assert client_of(person).get(reverse("person_list")).status_code == 403


def test_filters_narrow_the_list(people, cast, client_of):
    client = client_of(cast.wayan)
    listed(cast.wayan, "Usul Baru", spell={"state": EnrolmentState.PROPOSED, "first_month": date(2025, 8, 1)})
    ended = {"last_month": date(2025, 3, 1), "state": EnrolmentState.ENDED, "ended_by": "resigned"}
    listed(cast.wayan, "Sudah Selesai", spell=ended)
    listed(cast.wayan, "Tua Renta", birth_date=date(1959, 8, 31))
    listed(cast.wayan, "Hampir Tua", birth_date=date(1959, 9, 1))
    listed(cast.wayan, "Tanpa Lahir", birth_date=None)
    regular = ["Asep Rukmana", "Euis Komariah", "Hampir Tua", "Tanpa Lahir", "Tua Renta"]
    assert names(client, "?keadaan=aktif") == regular
    assert names(client, "?keadaan=diusulkan") == ["Usul Baru"]
    assert names(client, "?keadaan=berakhir") == ["Sudah Selesai"]
    assert names(client, "?keadaan=berjalan") == [*regular, "Usul Baru"]
    assert names(client, "?bulan=2025-02&kategori=linmas&nama=SUDAH") == ["Sudah Selesai"]
    assert names(client, "?bulan=2024-12") == []
    assert names(client, "?kategori=rt_rw&dana=apbd_kabkota") == ["Euis Komariah"]
    assert names(client, "?perlu=usia") == ["Tua Renta"]
    assert names(client, "?perlu=lahir") == ["Tanpa Lahir"]
    assert names(client, "?perlu=ditinjau") == ["Tanpa Lahir", "Tua Renta"]
    assert names(client, "?perlu=usia&bulan=2025-09") == ["Hampir Tua", "Tua Renta"]
    assert names(client, "?bulan=bukan&keadaan=aneh&kategori=tidak") == names(client)


def test_a_row_shows_what_matters_and_the_nik_masked(people, cast, client_of):
    text = text_of(client_of(cast.wayan).get(reverse("person_list")))
    for shown in ("367201******0001", "07/04/1965", "Cibeber", "Kota Cilegon", "01/2025"):
        assert shown in text
    assert nik_of(1) not in text


def test_merged_rows_stand_under_the_one_they_were_merged_into(people, cast, client_of):
    other = listed(cast.wayan, "Asep Lama", digits=nik_of(9), spell={"category_id": "kader"})
    Participant.objects.filter(pk=other.pk).update(merged_into=people["asep"])
    client = client_of(cast.wayan)
    assert names(client, "?kategori=kader") == ["Asep Rukmana"]
    old = client.get(reverse("person_detail", args=[other.pk]))
    assert "Catatan ini sudah digabung." in text_of(old)
    now = text_of(client.get(reverse("person_detail", args=[people["asep"].pk])))
    assert "Asep Lama" in now
    assert "Kader" in now


@pytest.mark.parametrize("query", ["", "?perlu=ditinjau", "?keadaan=berjalan&lain=tidak&padanan=bukan"])
def test_the_list_keeps_its_budget(cast, client_of, query):
    client = client_of(cast.siti)
    # The first page of a session notes the session.
    assert client.get(reverse("person_list")).status_code == 200
    counted = []
    for count in (1, 30):
        for serial in range(count):
            listed(cast.wayan, f"Orang {chr(65 + serial % 26)}", birth_date=None)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(reverse("person_list") + query).status_code == 200
        counted.append(asked_in(queries))
    # One of them asks which fields the region has added, one on which rules its categories rest.
    assert counted[1] <= 13
    assert counted[0] == counted[1]


def test_the_page_of_a_person_and_the_funnel_keep_their_budget(people, cast, client_of):
    client, person = client_of(cast.siti), people["asep"]
    addresses = [reverse("person_detail", args=[person.pk]), reverse("matching_send")]
    counted = []
    for codes in (["kader"], ["rt_rw", "nelayan", "petani", "marbot", "guru_ngaji"]):
        for code in codes:
            EnrolmentFactory(participant=person, entered_by=cast.wayan, category_id=code)
            client.post(reverse("person_comment", args=[person.pk]), {"komentar": code})
        record_life_event(
            participant_id=person.pk,
            kind=Occurrence.RESIGNED,
            happened_on=date(2025, 2, len(codes)),
            source="Surat 1",
            by=cast.wayan,
        )
        for address in addresses:
            with CaptureQueriesContext(connection) as queries:
                assert client.get(address).status_code == 200
            counted.append(asked_in(queries))
    assert counted[:2] == counted[2:]
    # One of them asks which fields the region has added, one on which rules its categories rest.
    assert max(counted) <= 14, counted


def old(cast, name, region="36.72", **changes):
    return listed(cast.wayan, name, region, birth_date=date(1958, 1, 2), **changes)


def test_many_are_ended_for_their_age_after_a_second_look(people, cast, client_of):
    client = client_of(cast.wayan)
    first, second, foreign = old(cast, "Tua Satu"), old(cast, "Tua Dua"), old(cast, "Tua Lain", "36.73")
    chosen = {"orang": [first.pk, second.pk, foreign.pk]}
    address = reverse("person_end_for_age")
    look = client.post(address, chosen)
    assert [person.name for person in look.context["chosen"]] == ["Tua Dua", "Tua Satu"]
    assert not LifeEvent.objects.exists()
    lacking = client.post(address, chosen | {"setuju": "1", "ended_on": "2025-08-20"})
    assert set(lacking.context["form"].errors) == {"reason"}
    sure = chosen | {"setuju": "1", "ended_on": "2025-08-20", "reason": "Surat 12/2025"}
    assert client.post(address, sure).status_code == 302
    assert client.post(address, sure).status_code == 302
    ended = Enrolment.objects.filter(ended_by="age_limit").order_by("participant")
    assert list(ended.values_list("participant", "last_month")) == [
        (first.pk, date(2025, 8, 1)),
        (second.pk, date(2025, 8, 1)),
    ]
    assert LifeEvent.objects.count() == 2
    assert names(client, "?perlu=usia") == []
    acts = [act.detail for act in Act.objects.filter(verb="ended")]
    assert acts[0] == {
        "count": 2,
        "persons": [first.pk, second.pk],
        "on": "2025-08-20",
        "reason": "Surat 12/2025",
    }


def test_nobody_is_ended_who_is_not_past_the_limit(people, cast, client_of):
    data = {"orang": [old(cast, "Tua Satu").pk, people["asep"].pk], "setuju": "1"}
    data |= {"ended_on": "2025-08-20", "reason": "Surat 12/2025"}
    response = client_of(cast.wayan).post(reverse("person_end_for_age"), data)
    assert response.status_code == 422
    assert "1 orang belum melewati batas usia" in text_of(response)
    assert not LifeEvent.objects.exists()
