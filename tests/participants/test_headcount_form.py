import pytest
from django.urls import reverse

from participants.models import Headcount
from tests.cast import KOTA_A

FORM = {
    "region": KOTA_A,
    "month": "2025-07",
    "category": "linmas",
    "funding": "apbd_kabkota",
    "people": "1.593",
    "source": "SK 12",
    "as_of": "2025-07-31",
}


@pytest.fixture
def client(cast, client_of):
    return client_of(cast.wayan)


def test_people_of_a_category_are_recorded_and_corrected(client):
    assert client.post(reverse("headcount_record"), FORM).status_code == 302
    row = Headcount.objects.get()
    assert (row.category_id, row.funding_id, row.people) == ("linmas", "apbd_kabkota", 1593)
    change = {
        "people": "1.600",
        "source": "SK 13",
        "as_of": "2025-07-31",
        "reason": "susulan",
        "revision": "1",
    }
    assert client.post(reverse("headcount_correct", args=[row.pk]), change).status_code == 302
    row.refresh_from_db()
    assert (row.category_id, row.people, row.revision) == ("linmas", 1600, 2)
    assert "1.600" in client.get(reverse("headcount_list")).content.decode()


@pytest.mark.parametrize(
    ("field", "typed"),
    [("people", "-1"), ("people", "x"), ("category", "raja"), ("funding", ""), ("month", "2099-01")],
)
def test_wrong_input_is_refused_at_its_field(client, field, typed):
    response = client.post(reverse("headcount_record"), {**FORM, field: typed})
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert not Headcount.objects.exists()
