"""The letter to who should stop paying: its words, who may make it, and that it is noted."""

from datetime import date
from io import BytesIO

import pytest
from django.urls import reverse
from pypdf import PdfReader

from regions.enums import Verb
from regions.models import Act
from tests.cast import KOTA_A
from tests.factories import EnrolmentFactory, ParticipantFactory, nik_of

pytestmark = pytest.mark.usefixtures("cast_once")
ASKED = {
    "payer": "0",
    "letter_number": "560/12-Disnaker/2025",
    "place_date": "Cilegon, 1 Agustus 2025",
    "signer_title": "Kepala Dinas Tenaga Kerja",
    "signer": "Nama Pejabat",
}


def paid_twice(cast, second, **where):
    """A person of Kota A for whom another pays since March: here, or as the same person elsewhere."""
    here = ParticipantFactory(digits=nik_of(1), name="Orang Dibayar Dua", entered_by=cast.siti)
    first = {"funding_id": "apbd_kabkota", "first_month": date(2025, 1, 1)}
    EnrolmentFactory(participant=here, entered_by=cast.siti, **first)
    other = ParticipantFactory(digits=nik_of(1), entered_by=cast.siti, **where) if where else here
    EnrolmentFactory(participant=other, funding_id=second, first_month=date(2025, 3, 1), entered_by=cast.siti)
    return here


def address(person):
    return f"{reverse('double_funding_letter', args=[person.pk])}?periode=2025-07"


def letter(client, person, **changes):
    answer = client.post(address(person), ASKED | changes)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    pages = PdfReader(BytesIO(answer.content)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def test_the_letter_says_who_pays_how_long_and_what_is_asked(cast, client_of):
    person = paid_twice(cast, "csr")
    text = letter(client_of(cast.siti), person)
    for words in (
        "Pemerintah Kota Cilegon",
        "Cilegon, 1 Agustus 2025",
        "560/12-Disnaker/2025",
        "Permintaan penghentian iuran ganda",
        "Orang Dibayar Dua",
        person.nik.masked,
        f"#{person.pk}",
        "Maret 2025 – Juli 2025",
        "iurannya tetap dibayar dari APBD kabupaten/kota",
        "berjumlah Rp84.000",
        "Nama Pejabat",
    ):
        assert words in text, words
    assert person.nik.digits not in text
    act = Act.objects.order_by("-pk").first()
    assert (act.verb, act.region_code, act.actor_name) == (Verb.EXPORTED, KOTA_A, "siti")
    assert act.subject == f"surat pendanaan ganda, peserta #{person.pk}"
    assert act.detail["person"] == person.pk
    assert "Orang Dibayar Dua" not in str(act.detail)


def test_a_payer_elsewhere_is_written_to_through_the_branch(cast, client_of):
    person = paid_twice(cast, "apbd_kabkota", region_id="36.71")
    text = letter(client_of(cast.siti), person)
    assert "Pemerintah daerah lain melalui kantor cabang BPJS Ketenagakerjaan" in text
    assert "Tangerang" not in text


def test_the_letter_is_indonesian_for_english_readers_too(cast, client_of):
    person = paid_twice(cast, "csr")
    client = client_of(cast.siti)
    client.post(reverse("set_language"), {"language": "en"})
    text = letter(client, person)
    assert "Dengan hormat" in text
    assert "Maret 2025" in text


@pytest.mark.parametrize(
    ("who", "status"), [("wayan", 200), ("lestari", 403), ("ratna", 403), ("budi", 404), ("nobody", 404)]
)
def test_only_those_who_enter_persons_there_write(cast, client_of, who, status):
    person = paid_twice(cast, "csr")
    before = Act.objects.count()
    client = client_of(getattr(cast, who))
    assert client.get(address(person)).status_code == status
    assert client.post(address(person), ASKED).status_code == status
    assert Act.objects.count() == before + (status == 200)


@pytest.mark.parametrize("changes", [{"payer": "7"}, {"payer": "x"}, {"signer_title": ""}])
def test_what_cannot_be_written_is_asked_again(cast, client_of, changes):
    person = paid_twice(cast, "csr")
    before = Act.objects.count()
    assert client_of(cast.siti).post(address(person), ASKED | changes).status_code == 422
    assert Act.objects.count() == before


def test_nobody_is_written_to_where_one_pays(cast, client_of):
    person = ParticipantFactory(digits=nik_of(2), entered_by=cast.siti)
    answer = client_of(cast.siti).get(address(person))
    assert (answer.status_code, answer.url) == (
        302,
        f"{reverse('double_funding_person', args=[person.pk])}?periode=2025-07",
    )
