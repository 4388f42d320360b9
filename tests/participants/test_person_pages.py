"""Persons by name: list, find, add, the page of one, and what the stranger gets of all that."""

import re
from datetime import date
from io import BytesIO

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from python_calamine import CalamineWorkbook

from participants.enums import EnrolmentState, Occurrence
from participants.models import Comment, Enrolment, LifeEvent, Participant
from participants.services.persons.participant import record_life_event
from regions.models import Act, Change
from tests.factories import EnrolmentFactory, ParticipantFactory, nik_of
from tests.house.test_query_budgets import asked_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("cast_once")]
TODAY = "2025-08-20 10:00+07:00"


@pytest.fixture(autouse=True)
def _august():
    with time_machine.travel(TODAY, tick=False):
        yield


def listed(by, name, region="36.72", *, spell=None, **changes):
    """A saved person with one spell."""
    person = ParticipantFactory(name=name, region_id=region, entered_by=by, **changes)
    EnrolmentFactory(participant=person, entered_by=by, **(spell or {}))
    return person


@pytest.fixture
def people(cast):
    """Two persons of Kota A, one of Kota B; one NIK is in both."""
    return {
        "asep": listed(cast.wayan, "Asep Rukmana", digits=nik_of(1)),
        "euis": listed(cast.wayan, "Euis Komariah", digits=nik_of(2), spell={"category_id": "rt_rw"}),
        "bayu": listed(cast.budi, "Bayu Serang", "36.73", digits=nik_of(3, region="367301")),
        "twin": listed(cast.budi, "Asep R", "36.73", digits=nik_of(2)),
    }


def names(client, query=""):
    response = client.get(reverse("person_list") + query)
    assert response.status_code == 200
    return [one.person.name for one in response.context["listed"]]


def text_of(response):
    return " ".join(response.content.decode().split())


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


def find(client, digits):
    response = client.post(reverse("person_find"), {"nik": digits})
    assert response.status_code == 200
    assert response["Cache-Control"] == "no-store, private"
    return text_of(response)


PAID_ELSEWHERE = "Sudah dibayar pemerintah daerah lain."


def test_a_nik_finds_the_person_of_ones_own_region(people, cast, client_of):
    text = find(client_of(cast.wayan), f" '{nik_of(1)} ")
    assert reverse("person_detail", args=[people["asep"].pk]) in text
    assert "367201******0001" in text
    assert PAID_ELSEWHERE not in text


def test_the_stranger_learns_one_sentence_and_no_more(people, cast, client_of):
    """What Budi gets for a person of Kota A differs from an unknown one by the sentence alone."""
    client = client_of(cast.budi)
    known, unknown = find(client, nik_of(1)), find(client, nik_of(4))
    assert PAID_ELSEWHERE in known
    assert PAID_ELSEWHERE not in unknown
    # Names of static files carry digests, and these any digits.
    said = re.sub(r'"/static/[^"]*"', "", known[: known.index("</main>")])
    for secret in ("Asep Rukmana", "Cilegon", "Linmas", "2025", "36.72"):
        assert secret not in said

    def plain(text):
        start = text.index('id="hasil"')
        text = text[start : text.index("</main>")].replace(nik_of(1), "").replace(nik_of(4), "")
        text = text.replace("367201******0001", "").replace("367201******0004", "")
        return text.replace(f'<div class="notice tone-warn"> <p>{PAID_ELSEWHERE}</p> </div> ', "")

    assert [word for word in plain(known).split() if "csrf" not in word and "value=" not in word] == [
        word for word in plain(unknown).split() if "csrf" not in word and "value=" not in word
    ]
    with CaptureQueriesContext(connection) as for_known:
        find(client, nik_of(1))
    with CaptureQueriesContext(connection) as for_unknown:
        find(client, nik_of(4))
    assert len(for_known) == len(for_unknown)


def test_who_is_known_elsewhere_but_not_paid_is_unknown(people, cast, client_of):
    Enrolment.objects.filter(participant=people["asep"]).update(state=EnrolmentState.PROPOSED)
    assert PAID_ELSEWHERE not in find(client_of(cast.budi), nik_of(1))


def test_a_nik_of_two_regions_shows_ones_own_row_and_the_sentence(people, cast, client_of):
    text = find(client_of(cast.wayan), nik_of(2))
    assert "Euis Komariah" in text
    assert PAID_ELSEWHERE in text
    assert "Asep R" not in text.replace("Asep Rukmana", "")


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "Ketik 16 angka NIK."),
        ("367201070465", "NIK tidak 16 angka. Periksa KTP, lalu tulis 16 angka."),
        ("3672019913650001", "NIK ini tidak mungkin"),
        ("abc", "NIK berisi huruf"),
    ],
)
def test_an_impossible_nik_is_told_why(cast, client_of, typed, sentence):
    response = client_of(cast.wayan).post(reverse("person_find"), {"nik": typed})
    assert response.status_code == 422
    assert sentence in text_of(response)


def typed(**changes):
    cells = {
        "region": "36.72",
        "category": "linmas",
        "funding": "apbd_kabkota",
        "first_month": "2025-01",
        "programmes": ["jkk", "jkm"],
        "source": "SK 1/2025",
        "as_of": "2025-01-31",
        "nik": nik_of(50),
        "name": "Orang Baru",
        "birth_date": "07/04/1965",
        "sex": "L",
    }
    return cells | changes


def test_the_nik_that_was_looked_for_travels_in_the_body(cast, client_of):
    client = client_of(cast.wayan)
    assert "Daftarkan orang ini" in find(client, nik_of(50))
    opened = client.post(reverse("person_add"), {"nik": nik_of(50), "mulai": "1"})
    assert opened.status_code == 200
    assert f'value="{nik_of(50)}"' in text_of(opened)
    assert not Participant.objects.exists()


def test_a_person_is_added_and_the_terms_are_kept_for_the_next(cast, client_of):
    client = client_of(cast.wayan)
    response = client.post(reverse("person_add"), typed(birth_date=""))
    person = Participant.objects.get()
    assert (person.name, person.nik.digits, person.region_id) == ("Orang Baru", nik_of(50), "36.72")
    assert response.status_code == 302
    assert nik_of(50) not in response.url
    assert "Orang" not in response.url
    following = text_of(client.get(response.url))
    assert reverse("person_detail", args=[person.pk]) in following
    assert "Daftarkan orang berikutnya" in following
    assert "Tanggal lahir kosong." in following
    assert 'value="SK 1/2025"' in following
    assert '<option value="linmas" selected>' in following
    assert nik_of(50) not in following


def test_refused_cells_stand_at_their_fields_and_nothing_is_stored(cast, client_of):
    client = client_of(cast.wayan)
    response = client.post(reverse("person_add"), typed(nik="3672", birth_date="31/02/1980"))
    assert response.status_code == 422
    assert response.context["cells"].errors == {
        "nik": ["NIK tidak 16 angka. Periksa KTP, lalu tulis 16 angka."],
        "birth_date": ["Isi kolom ini bukan tanggal lahir. Contoh: 28/02/1980."],
    }
    empty = client.post(reverse("person_add"), typed(nik="", name="", category=""))
    assert set(empty.context["cells"].errors) == {"nik", "name"}
    assert set(empty.context["terms"].errors) == {"category"}
    assert not Participant.objects.exists()


def test_the_stranger_adds_nobody_to_another_region(people, cast, client_of):
    response = client_of(cast.budi).post(reverse("person_add"), typed(nik=nik_of(1)))
    assert response.status_code == 422
    assert set(response.context["terms"].errors) == {"region"}
    assert "Asep" not in text_of(response)
    stored = client_of(cast.budi).get(reverse("person_add") + f"?tersimpan={people['asep'].pk}")
    assert "Asep" not in text_of(stored)
    assert Participant.objects.count() == 4


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


def sheet(response):
    book = CalamineWorkbook.from_filelike(BytesIO(b"".join(response.streaming_content)))
    return book.get_sheet_by_name("Peserta").to_python()


def csv_text(response):
    return b"".join(response.streaming_content).decode("utf-8-sig")


def test_the_masked_list_goes_out_with_its_filters_and_a_trace(people, cast, client_of):
    response = client_of(cast.wayan).get(reverse("person_export") + "?kategori=linmas&bentuk=csv")
    assert csv_text(response).splitlines() == [
        "Nama,NIK,Tanggal lahir,Kecamatan,Kategori,Sumber dana,Lembaga pembayar,Sejak,Sampai,Status,Wilayah",
        "Asep Rukmana,367201******0001,07/04/1965,Cibeber,Anggota Linmas,APBD kabupaten/kota,,"
        "01/2025,–,aktif,Kota Cilegon",
    ]
    act = Act.objects.get(verb="exported")
    assert act.region_code == "36.72"
    assert act.detail == {
        "filters": "kategori=linmas",
        "count": 1,
        "format": "csv",
        "whole_nik": False,
        "reason": "",
    }


def test_the_stranger_takes_out_his_own_only(people, cast, client_of):
    client = client_of(cast.budi)
    for query in ("", "?wilayah=36.72", "?wilayah=36&bentuk=xlsx"):
        response = client.get(reverse("person_export") + query)
        rows = sheet(response) if "xlsx" in query else csv_text(response).splitlines()
        assert "Asep Rukmana" not in str(rows)
        assert "Euis" not in str(rows)
        assert len(rows) == (1 if query == "?wilayah=36.72" else 3)
    assert client.post(reverse("person_export"), {"alasan": "surat 1/2025"}).status_code == 403
    assert [act.detail["count"] for act in Act.objects.filter(verb="exported").order_by("pk")] == [2, 0, 2]


def test_whole_nik_go_out_with_a_reason_a_watermark_and_a_trace(people, cast, client_of):
    client, address = client_of(cast.siti), reverse("person_export") + "?kategori=linmas"
    assert client.post(address, {"alasan": ""}).status_code == 302
    rows = sheet(client.post(address, {"alasan": "Permintaan BPJS 5/2025", "bentuk": "xlsx"}))
    assert rows[0][0] == (
        "Memuat data pribadi. Diunduh oleh Siti pada 20/08/2025 10.00. Alasan: Permintaan BPJS 5/2025"
    )
    assert rows[2][:3] == ["Asep Rukmana", nik_of(1), "07/04/1965"]
    lines = csv_text(client.post(address, {"alasan": "Permintaan BPJS 5/2025"})).splitlines()
    assert lines[0] == rows[0][0]
    assert lines[2].startswith(f"Asep Rukmana,'{nik_of(1)},07/04/1965")
    acts = Act.objects.filter(verb="exported")
    assert [(act.detail["whole_nik"], act.detail["count"]) for act in acts] == [(True, 1), (True, 1)]


@pytest.mark.parametrize("live", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx"])
def test_no_cell_of_a_list_is_run_by_a_spreadsheet(cast, client_of, live):
    listed(cast.wayan, live, district_name=live)
    client = client_of(cast.wayan)
    rows = csv_text(client.get(reverse("person_export")))
    assert f"'{live}" in rows
    assert f",{live}" not in rows.replace(f"'{live}", "")
    content = b"".join(client.get(reverse("person_export") + "?bentuk=xlsx").streaming_content)
    book = CalamineWorkbook.from_filelike(BytesIO(content))
    cell = book.get_sheet_by_name("Peserta").to_python()[1][0]
    assert cell.strip() == live.strip()
    assert b"<f>" not in content


def test_no_act_and_no_address_holds_a_nik(people, cast, client_of):
    client = client_of(cast.siti)
    find(client, nik_of(1))
    client.post(reverse("person_add"), typed())
    client.post(reverse("person_export"), {"alasan": f"NIK {nik_of(1)} diminta"})
    client.get(reverse("person_export") + f"?nama={nik_of(1)}")
    for act in Act.objects.all():
        for serial in (1, 2, 3, 50):
            assert nik_of(serial) not in f"{act.subject}{act.detail}"
