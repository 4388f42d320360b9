"""Persons who are paid for, and what the list of double funding says of them."""

from datetime import date

import pytest

from budgets.selectors.double_funding import explain_persons, list_double_funding
from tests.cast import KOTA_A
from tests.factories import EnrolmentFactory, ParticipantFactory, nik_of

JULY = date(2025, 7, 1)
JANUARY = date(2025, 1, 1)
KOTA_C = "36.71"
SECRET = "Orang Rahasia Kota Lain"


@pytest.fixture
def person(cast):
    def make(serial, region=KOTA_A, **values):
        values = {"name": f"Orang {region} {serial}", **values}
        return ParticipantFactory(digits=nik_of(serial), region_id=region, entered_by=cast.siti, **values)

    return make


@pytest.fixture
def spell(cast):
    def make(row, funding, **values):
        return EnrolmentFactory(participant=row, funding_id=funding, entered_by=cast.siti, **values)

    return make


def told(user, region=KOTA_A, month=JULY):
    rows = list_double_funding(user, region, month)
    return explain_persons(user, region, month, rows)
