"""People listed by name beside those reported without."""

from datetime import date

import pytest

from participants.services.headcount import record_headcounts
from reports.models import MeasureValue, WaitingRegion
from reports.services.recompute import recompute_stale
from reports.services.waiting_region import note_month_turn
from tests.factories import EnrolmentFactory, HeadcountFactory, ParticipantFactory
from tests.participants.batches import people, store

pytestmark = pytest.mark.django_db
JULY = date(2025, 7, 1)


# Others may come; what these say of this world does not change by it.
BY_NAME = [f"CAT-{number:02}" for number in range(1, 13)]


def figures(code="36.72", period=JULY):
    rows = MeasureValue.objects.filter(
        run__region=code, run__period=period, run__is_current=True, measure__in=BY_NAME
    )
    return {(v.measure, v.category, v.funding): (v.numerator, v.reported, v.expected) for v in rows}


def test_names_and_reports_stand_side_by_side(cast, system):
    store(people(318), cast.wayan, category="nelayan")
    store(people(5, first=300), cast.wayan, category="rt_rw")
    record_headcounts([HeadcountFactory(category_id="nelayan", people=332)], by=system)
    recompute_stale()
    cell, other = ("nelayan", "apbd_kabkota"), ("rt_rw", "apbd_kabkota")
    assert figures() == {
        ("CAT-01", *cell): (332, None, None),
        ("CAT-01", *other): (5, None, None),
        ("CAT-02", "", ""): (337, None, None),
        ("CAT-03", *cell): (318, None, None),
        ("CAT-03", *other): (5, None, None),
        ("CAT-04", *cell): (14, None, None),
        ("CAT-05", "", ""): (318, None, None),
        ("CAT-06", "", ""): (318, None, None),
        ("CAT-08", *cell): (318, None, None),
        ("CAT-08", *other): (5, None, None),
        ("CAT-09", *cell): (318, None, None),
        ("CAT-09", *other): (5, None, None),
    }
    province = figures("36")
    assert province[("CAT-05", "", "")] == (318, 1, 8)
    assert province[("CAT-04", *cell)] == (14, 1, 8)


def test_merged_rows_are_one_person_and_proposals_are_none(cast):
    one = ParticipantFactory(entered_by=cast.wayan)
    other = ParticipantFactory(entered_by=cast.wayan, merged_into=one)
    third = ParticipantFactory(entered_by=cast.wayan)
    for person in (one, other):
        EnrolmentFactory(participant=person, entered_by=cast.wayan)
    EnrolmentFactory(participant=third, entered_by=cast.wayan, state="proposed")
    EnrolmentFactory(
        participant=third, entered_by=cast.wayan, category_id="rt_rw", first_month=date(2025, 8, 1)
    )
    note_month_turn()
    WaitingRegion.objects.update(months=[JULY])
    recompute_stale()
    assert figures()[("CAT-05", "", "")] == (1, None, None)
    assert figures()[("CAT-03", "linmas", "apbd_kabkota")] == (1, None, None)


def test_a_new_month_is_counted_though_nobody_changed_anything(cast, time_machine):
    time_machine.move_to("2025-07-15 12:00")
    store(people(2), cast.wayan)
    recompute_stale()
    assert figures()[("CAT-05", "", "")] == (2, None, None)
    time_machine.move_to("2025-08-01 00:30")
    assert figures(period=date(2025, 8, 1)) == {}
    assert note_month_turn() == 1
    assert note_month_turn() == 1
    recompute_stale()
    assert figures(period=date(2025, 8, 1))[("CAT-05", "", "")] == (2, None, None)
    assert note_month_turn() == 0


def test_the_page_shows_both_and_explains_each(cast, client_of, system):
    batch = store(people(318), cast.wayan, category="nelayan")
    record_headcounts([HeadcountFactory(category_id="nelayan", people=332)], by=system)
    recompute_stale()
    client = client_of(cast.dewi)
    shown = client.get("/wilayah/36.72/semua/?periode=2025-07").content.decode()
    for number in (">332<", ">318<", ">14<"):
        assert number in shown
    explained = client.get(next(url for url in _links(shown) if "/CAT-04" in url)).content.decode()
    assert f"#{batch.pk} · daftar.xlsx" in explained
    assert "332" in explained and "318" in explained
    assert "Budi b" not in shown + explained


def _links(html):
    return [part.split('"')[0].replace("&amp;", "&") for part in html.split('href="')[1:]]
