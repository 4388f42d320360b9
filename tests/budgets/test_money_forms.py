from datetime import date

import pytest
from django.urls import reverse

from budgets.models import Claim, Contribution
from participants.services.workforce import record_workforces
from tests.cast import KOTA_A, KOTA_B
from tests.factories import WorkforceFactory

pytestmark = pytest.mark.usefixtures("cast_once")

CONTRIBUTION = {
    "reference": "formulir:satu",
    "region": KOTA_A,
    "programme": "jkk_jkm",
    "amount": "Rp480.457.660",
    "paid_on": "2024-08-22",
    "first_month": "2024-01",
    "last_month": "2024-08",
    "funding": "",
    "category": "",
    "source": "Surat 1",
    "as_of": "2024-08-22",
}
CLAIM = {
    "reference": "formulir:dua",
    "region": KOTA_A,
    "programme": "jkm",
    "amount": "790.000.000",
    "cases": "12",
    "paid_on": "2024-08-22",
    "happened_on": "",
    "funding": "",
    "category": "",
    "source": "Surat 2",
    "as_of": "2024-08-22",
}


@pytest.fixture
def client(cast, client_of, system):
    record_workforces([WorkforceFactory(year=2024)], by=system)
    return client_of(cast.wayan)


def test_a_contribution_is_stored_to_the_rupiah_and_once(client):
    address = reverse("contribution_record")
    for _time in range(2):
        assert client.post(address, CONTRIBUTION).status_code == 302
    row = Contribution.objects.get()
    assert (row.amount, row.first_month, row.last_month) == (
        480_457_660,
        date(2024, 1, 1),
        date(2024, 8, 1),
    )


def test_the_same_payment_on_a_new_sheet_is_asked_about_before_it_counts_twice(client):
    address = reverse("contribution_record")
    client.post(address, CONTRIBUTION)
    again = {**CONTRIBUTION, "reference": "formulir:lain"}
    asked = client.post(address, again)
    assert asked.status_code == 422
    assert "sudah dicatat oleh Wayan" in asked.content.decode()
    assert 'type="checkbox" name="repeated"' in asked.content.decode()
    assert Contribution.objects.count() == 1
    assert client.post(address, {**again, "repeated": "on"}).status_code == 302
    assert Contribution.objects.count() == 2


@pytest.mark.parametrize(
    ("name", "form", "field", "typed", "sentence"),
    [
        ("contribution", CONTRIBUTION, "amount", "-1", "tidak boleh negatif"),
        ("contribution", CONTRIBUTION, "amount", "1,5", "bukan bilangan bulat"),
        ("contribution", CONTRIBUTION, "paid_on", "2099-01-01", "belum tiba"),
        ("contribution", CONTRIBUTION, "paid_on", "0001-01-01", "bukan tanggal yang ada"),
        ("contribution", CONTRIBUTION, "paid_on", "2001-01-01", "Terlalu lama"),
        ("contribution", CONTRIBUTION, "amount", "9.999.999.999.999", "Periksa apakah kelebihan angka nol"),
        ("claim", CLAIM, "cases", "9999999999", "terlalu besar"),
        ("contribution", CONTRIBUTION, "last_month", "2023-01", "lebih awal"),
        ("contribution", CONTRIBUTION, "region", KOTA_B, "wewenang"),
        ("contribution", CONTRIBUTION, "reference", "publikasi:x", "Muat ulang"),
        ("claim", CLAIM, "amount", "banyak", "bukan bilangan bulat"),
        ("claim", CLAIM, "cases", "-2", "tidak boleh negatif"),
        ("claim", CLAIM, "happened_on", "2024-09-01", "sesudah tanggal bayar"),
        ("claim", CLAIM, "region", KOTA_B, "wewenang"),
    ],
)
def test_wrong_money_gets_its_sentence_and_is_not_stored(client, name, form, field, typed, sentence):
    response = client.post(reverse(f"{name}_record"), {**form, field: typed})
    assert response.status_code == 422
    assert sentence in " ".join(response.context["form"].errors[field])
    assert not Contribution.objects.exists()
    assert not Claim.objects.exists()


def test_a_claim_is_corrected_with_its_reason(client):
    client.post(reverse("claim_record"), CLAIM)
    row = Claim.objects.get()
    address = reverse("claim_correct", args=[row.pk])
    assert client.get(address).status_code == 200
    change = {**CLAIM, "amount": "800.000.000", "revision": "1", "reason": "angka akhir"}
    assert client.post(address, change).status_code == 302
    row.refresh_from_db()
    assert (row.amount, row.cases, row.revision, row.reference) == (
        800_000_000,
        12,
        2,
        "formulir:dua",
    )
