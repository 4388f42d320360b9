"""Which bills are asked why their people are no fewer, directly: by origin, note and the bill before."""

from datetime import date

import pytest

from budgets.services.bill_heads import not_lower
from participants.enums import Occurrence
from participants.services.headcount import record_headcounts
from participants.services.persons.participant import record_life_event
from regions.enums import Origin
from tests.cast import KOTA_B
from tests.factories import EnrolmentFactory, HeadcountFactory, ParticipantFactory, RealisationFactory

pytestmark = pytest.mark.django_db
JUNE, AUGUST = date(2025, 6, 1), date(2025, 8, 1)


@pytest.fixture
def one_died(cast):
    record_headcounts([HeadcountFactory(month=JUNE, people=10)], by=cast.wayan)
    person = ParticipantFactory(entered_by=cast.wayan)
    EnrolmentFactory(participant=person, entered_by=cast.wayan)
    record_life_event(
        participant_id=person.pk,
        kind=Occurrence.DIED,
        happened_on=date(2025, 6, 20),
        source="Akta",
        by=cast.wayan,
    )


def bill(**changes):
    return RealisationFactory(**{"heads": 10, "origin": Origin.FORM, **changes})


def test_the_rows_that_are_asked_by_their_place(one_died):
    rows = [
        bill(heads=9),
        bill(),
        bill(note="sudah benar"),
        bill(origin=Origin.FILE),
        bill(origin=Origin.EXAMPLE),
        bill(heads=None),
        bill(category_id=None),
        bill(funding_id="apbn"),
        bill(first_month=AUGUST, last_month=AUGUST),
        bill(region_id=KOTA_B),
    ]
    assert [(one.row, one.field) for one in not_lower(rows)] == [(1, "note"), (3, "note")]


def test_what_is_asked_names_who_ended_and_the_number(one_died):
    (problem,) = not_lower([bill()])
    assert problem.message == (
        "1 orang berakhir pada Juni 2025 (1 meninggal), tetapi jumlahnya tidak berkurang dari 10. "
        "Kurangi menjadi 9. Bila benar, tulis sebabnya."
    )


def test_rows_of_whom_nobody_ended_ask_once_for_their_month(one_died, django_assert_max_num_queries):
    rows = [bill(region_id=KOTA_B) for _one in range(20)]
    with django_assert_max_num_queries(1):
        assert list(not_lower(rows)) == []
