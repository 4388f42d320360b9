"""A person is found by number or added, and the stranger learns one sentence."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from participants.enums import EnrolmentState
from participants.models import Enrolment, Participant
from regions.models import Act
from tests.factories import nik_of
from tests.participants.listed_people import august, find, people, text_of, typed

__all__ = ["august", "people"]

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("cast_once", "august")]
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


def test_no_act_and_no_address_holds_a_nik(people, cast, client_of):
    client = client_of(cast.siti)
    find(client, nik_of(1))
    client.post(reverse("person_add"), typed())
    client.post(reverse("person_export"), {"alasan": f"NIK {nik_of(1)} diminta"})
    client.get(reverse("person_export") + f"?nama={nik_of(1)}")
    for act in Act.objects.all():
        for serial in (1, 2, 3, 50):
            assert nik_of(serial) not in f"{act.subject}{act.detail}"
