"""Persons of two cities who are listed by name, in August, and what a page says of them."""

import pytest
import time_machine
from django.urls import reverse

from tests.factories import EnrolmentFactory, ParticipantFactory, nik_of

TODAY = "2025-08-20 10:00+07:00"


@pytest.fixture
def august():
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


def text_of(response):
    return " ".join(response.content.decode().split())


def find(client, digits):
    response = client.post(reverse("person_find"), {"nik": digits})
    assert response.status_code == 200
    assert response["Cache-Control"] == "no-store, private"
    return text_of(response)


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
