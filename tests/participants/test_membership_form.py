"""Wrong input gets its sentence at its field, keeps what was typed, and stores nothing."""

from datetime import date

import pytest
from django.urls import reverse

from participants.models import MembershipCount, Workforce
from participants.services.workforce import record_workforces
from regions.models import Change
from tests.cast import KOTA_A, KOTA_B
from tests.factories import WorkforceFactory

pytestmark = pytest.mark.usefixtures("cast_once")

RECORD = "/peserta-aktif/catat/"
GOOD = {
    "region": KOTA_A,
    "month": "2025-07",
    "segment": "pu",
    "members": "1.528",
    "source": "Surat BPJS 12/2025",
    "programmes": ["jkk", "jkm"],
    "as_of": "2025-07-31",
    "note": "",
}


@pytest.fixture
def client(cast, client_of, system):
    record_workforces([WorkforceFactory(workers=1000)], by=system)
    Change.objects.all().delete()
    return client_of(cast.wayan)


def test_a_dot_groups_thousands(client):
    response = client.post(RECORD, GOOD)
    assert (response.status_code, response.url) == (302, f"/wilayah/{KOTA_A}/?periode=2025-07")
    row = MembershipCount.objects.get()
    assert (row.members, row.month, row.segment) == (1528, date(2025, 7, 1), "pu")


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("members", "-5", "tidak boleh negatif"),
        ("members", "seribu", "“seribu” bukan bilangan bulat"),
        ("members", "1,528", "“1,528” bukan bilangan bulat"),
        ("members", "12a", "“12a” bukan bilangan bulat"),
        ("members", "3001", "lebih dari tiga kali"),
        ("members", "", "Isi angkanya"),
        ("members", "9" * 30, "terlalu besar"),
        ("month", "2099-01", "Bulan ini belum tiba"),
        ("month", "1990-01", "Terlalu lama"),
        ("month", "kemarin", "bukan bulan"),
        ("as_of", "2099-01-01", "Tanggal keadaan ini belum tiba"),
        ("month", "", "Pilih bulannya"),
        ("region", KOTA_B, "di luar wewenang Anda"),
        ("region", "xx", "di luar wewenang Anda"),
        ("as_of", "31/02/2025", "bukan tanggal yang ada"),
        ("source", "", "Sebutkan sumbernya"),
        ("segment", "asn", "asn"),
    ],
)
def test_wrong_input_gets_its_sentence_at_its_field(client, field, typed, sentence):
    response = client.post(RECORD, {**GOOD, field: typed})
    assert response.status_code == 422
    form = response.context["form"]
    assert list(form.errors) == [field]
    assert sentence in " ".join(form.errors[field])
    body = response.content.decode()
    for name, value in {**GOOD, field: typed}.items():
        if name in {"members", "month", "source"} and value:
            assert f'value="{value}"' in body, name
    assert not MembershipCount.objects.exists()
    assert not Change.objects.exists()


def test_sending_the_form_twice_stores_it_once(client):
    assert client.post(RECORD, GOOD).status_code == 302
    assert client.post(RECORD, GOOD).status_code == 302
    assert MembershipCount.objects.count() == 1


def test_another_number_for_the_same_month_is_sent_to_the_correction(client):
    client.post(RECORD, GOOD)
    response = client.post(RECORD, {**GOOD, "members": "1.600"})
    assert response.status_code == 422
    assert "pilih Koreksi" in response.content.decode()
    assert MembershipCount.objects.get().members == 1528


def test_a_correction_needs_a_reason_and_shows_what_was(client):
    client.post(RECORD, GOOD)
    row = MembershipCount.objects.get()
    address = reverse("membership_count_correct", args=[row.pk])
    change = {"members": "1.600", "source": "Surat 13", "as_of": "2025-07-31", "revision": "1"}
    refused = client.post(address, change)
    assert list(refused.context["form"].errors) == ["reason"]
    saved = client.post(address, {**change, "reason": "salah ketik"})
    assert saved.status_code == 302
    shown = client.get(address).content.decode()
    for words in ("1.528", "salah ketik", "diganti oleh Wayan"):
        assert words in shown


def test_two_tabs_the_second_is_told_and_keeps_its_typing(client):
    client.post(RECORD, GOOD)
    row = MembershipCount.objects.get()
    address = reverse("membership_count_correct", args=[row.pk])
    first = {"source": "Surat 13", "as_of": "2025-07-31", "revision": "1", "reason": "a"}
    assert client.post(address, {**first, "members": "1.600"}).status_code == 302
    second = client.post(address, {**first, "members": "1.700"})
    body = second.content.decode()
    assert second.status_code == 409
    assert "baru saja diubah" in body
    assert 'value="1.700"' in body
    assert MembershipCount.objects.get().members == 1600
    again = {**first, "members": "1.700", "revision": "2"}
    assert 'name="revision" value="2"' in body
    assert client.post(address, again).status_code == 302
    assert MembershipCount.objects.get().members == 1700


def test_the_fixed_fields_of_a_correction_cannot_be_forged(client):
    client.post(RECORD, GOOD)
    row = MembershipCount.objects.get()
    change = {"members": "1", "source": "s", "as_of": "2025-07-31", "revision": "1", "reason": "r"}
    forged = {**change, "region": KOTA_B, "month": "2020-01", "segment": "pmi"}
    client.post(reverse("membership_count_correct", args=[row.pk]), forged)
    row.refresh_from_db()
    assert (row.region_id, row.month, row.segment, row.members) == (
        KOTA_A,
        date(2025, 7, 1),
        "pu",
        1,
    )


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("workers", "0", "harus lebih dari 0"),
        ("workers", "banyak", "bukan bilangan bulat"),
        ("workers", "170.000", "jauh dari jumlah pekerja"),
        ("as_of", "2099-01-01", "belum tiba"),
        ("year", "2099", "Tahun ini belum tiba"),
        ("year", "20", "empat angka"),
        ("year", "dua ribu", "bukan tahun"),
    ],
)
def test_wrong_denominators_are_refused_too(client, field, typed, sentence):
    good = {
        "region": KOTA_A,
        "year": "2024",
        "kind": "angkatan_kerja",
        "segment": "all",
        "workers": "1.700",
        "is_official": "on",
        "source": "BPS",
        "as_of": "2024-08-31",
    }
    response = client.post(reverse("workforce_record"), {**good, field: typed})
    assert response.status_code == 422
    assert sentence in " ".join(response.context["form"].errors[field])
    assert Workforce.objects.count() == 1
    assert client.post(reverse("workforce_record"), good).status_code == 302
    assert Workforce.objects.get(year=2024).workers == 1_700
