"""The rest of the examples follows step by step: once each, in months that passed, with what is late."""

from datetime import date
from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook

from participants.models import MembershipCount, Target, Workforce
from participants.nik import parse_nik
from participants.services.workforce import record_workforces
from regions.enums import MonthState, Origin, Verb
from regions.models import Change, ReferenceFile, Region, ReportingMonth
from regions.services.reporting_month import locked_row, step
from reports.examples.crowd import CROWDED, crowd_list, groups_of
from reports.examples.habits import Subject, reported
from reports.examples.places import PROVINCES
from reports.examples.span import SMALL, ExampleSpan, parse_span, span_until
from reports.models import Cause, WaitingRegion
from reports.services import example_steps
from reports.services.example import example_span, load_places, places_of
from reports.services.example_steps import extend_examples
from tests.factories import WorkforceFactory

# Longer than the oldest debts of a region, short enough to be loaded in a test.
SHORT = ExampleSpan(date(2025, 1, 1), date(2025, 12, 1))


@pytest.fixture
def loaded(system):
    """As after the first start, but without the four provinces, which are many."""
    ReferenceFile.objects.create(name="examples", sha256=str(SHORT), rows=0)


def done():
    return set(ReferenceFile.objects.filter(name__startswith="examples:").values_list("name", flat=True))


def test_the_span_ends_with_the_month_that_has_passed_and_is_read_back():
    span = span_until(date(2026, 11, 26))
    assert (span.first, span.last) == (date(2023, 11, 1), date(2026, 10, 1))
    assert len(span.months) == 36
    assert (span.years, span.budget_years) == ([2023, 2024, 2025, 2026], [2025, 2026])
    assert parse_span(str(span)) == span
    assert span_until(date(2026, 1, 1)).budget_years == [2025]
    assert (span.with_published.first, span.with_published.last) == (date(2023, 1, 1), span.last)
    assert SMALL.with_published == SMALL


def test_examples_of_an_earlier_version_and_small_ones_are_not_extended(system):
    for told in ("2026-11-26.2", str(SMALL)):
        ReferenceFile.objects.update_or_create(name="examples", defaults={"sha256": told, "rows": 1})
        assert extend_examples(by=system) == 0
    ReferenceFile.objects.all().delete()
    assert example_span() is None
    assert extend_examples(by=system) == 0


def test_a_step_is_taken_once_and_the_first_closes_the_months_of_the_city(loaded, system, cast):
    assert extend_examples(by=system, seconds=0) == 1
    assert done() == {"examples:bulan:36.72"}
    states = dict(ReportingMonth.objects.filter(region="36.72").values_list("month", "state"))
    assert sorted(states) == SHORT.months[-10:]
    newest = [states[date(2025, month, 1)] for month in (9, 10, 11, 12)]
    assert newest == [MonthState.CLOSED, MonthState.VERIFIED, MonthState.SUBMITTED, MonthState.OPEN]
    assert extend_examples(by=system, seconds=0) == 1
    assert done() == {"examples:bulan:36.72", "examples:bulan:36.73"}
    assert ReportingMonth.objects.filter(region="36.72").count() == 10


def test_a_province_waits_as_a_rebuild_so_that_no_correction_waits_for_it(loaded, system):
    for name in ("examples:bulan:36.72", "examples:bulan:36.73"):
        ReferenceFile.objects.create(name=name, sha256=str(SHORT), rows=0)
    assert extend_examples(by=system, seconds=0) == 1
    (name,) = done() - {"examples:bulan:36.72", "examples:bulan:36.73"}
    assert name == "examples:wilayah:11"
    regencies = set(
        Region.objects.filter(parent="11", level=2, valid_until=None).values_list("code", flat=True)
    )
    rows = MembershipCount.objects.filter(origin=Origin.EXAMPLE)
    assert set(rows.values_list("region_id", flat=True)) == regencies
    assert not Change.objects.filter(region_id__in=regencies).exists()
    waiting = WaitingRegion.objects.filter(region_id__in=regencies)
    assert set(waiting.values_list("cause", flat=True)) == {Cause.REBUILD}
    assert {len(row.months) for row in waiting} == {12}


def test_some_report_in_time_some_late_and_some_without_claims(system):
    places = places_of(["32", "33", "35"], SHORT)
    people = [reported(place, SHORT.months) for place in places]
    lengths = {len(months) for months in people}
    assert {12, 11, 10, 8, 3} == lengths
    assert all(months == SHORT.months[: len(months)] for months in people)
    claims = [reported(place, SHORT.months, Subject.CLAIMS) for place in places]
    without = sum(len(one) < len(other) for one, other in zip(claims, people, strict=True))
    assert 0 < without < len(places) // 4
    assert all(reported(place, SMALL.months) == SMALL.months for place in places_of(["32"], SMALL))


def test_a_place_is_as_large_as_what_was_published_of_it(system):
    told = {"region_id": "19.71", "kind": "tidak_disebut", "origin": Origin.PUBLISHED}
    rows = [
        WorkforceFactory(**told, segment=segment, workers=workers)
        for segment, workers in (("pu", 47_010), ("bpu", 23_416))
    ]
    record_workforces(rows, by=system)
    (place,) = [place for place in places_of(["19"], SHORT) if place.code == "19.71"]
    assert place.workers[2025] == 70_426
    load_places([place], system)
    real = Workforce.objects.filter(region="19.71", year=2025)
    assert set(real.values_list("origin", flat=True)) == {Origin.PUBLISHED}
    assert Target.objects.filter(region="19.71", year=2025).count() == 1


def test_the_crowd_is_as_many_as_said_and_nobody_is_in_it_twice(system):
    places = [place for place in places_of(["36"], span_until(date(2026, 11, 26))) if place.code in CROWDED]
    groups = {place.code: groups_of(place) for place in places}
    assert 130_000 < sum(group.count for found in groups.values() for group in found) < 180_000
    place = places[0]
    one, other = sorted(groups[place.code], key=lambda group: group.count)[:2]
    districts = [("01", "Satu"), ("02", "Dua")]
    niks = [row for group in (one, other) for row in niks_of(crowd_list(place, group, districts))]
    assert len(set(niks)) == len(niks) == one.count + other.count
    assert all(parse_nik(nik) for nik in niks)
    assert set(PROVINCES) == {"36", "17", "32", "33"}


def niks_of(sent):
    sheet = CalamineWorkbook.from_filelike(BytesIO(sent.content)).get_sheet_by_index(0)
    return [row[1] for row in sheet.to_python()[3:]]


def test_what_somebody_locked_is_left_out_and_stops_nothing(loaded, system, caplog):
    """A month handed in meanwhile refuses the examples of its province; the next province follows."""
    for name in ("examples:bulan:36.72", "examples:bulan:36.73"):
        ReferenceFile.objects.create(name=name, sha256=str(SHORT), rows=0)
    step(locked_row("11.71", SHORT.first), Verb.SUBMITTED, MonthState.SUBMITTED, by=system)
    assert extend_examples(by=system, seconds=0) == 1
    assert ReferenceFile.objects.get(name="examples:wilayah:11").rows == 0
    assert not MembershipCount.objects.filter(region__parent="11").exists()
    assert "examples:wilayah:11 left out" in caplog.text
    assert extend_examples(by=system, seconds=0) == 1
    assert ReferenceFile.objects.get(name="examples:wilayah:12").rows > 0


def test_who_is_finished_says_so_once_and_asks_little_ever_after(
    loaded, system, django_assert_max_num_queries
):
    names = [one.name for one in example_steps._steps(SHORT)]
    ReferenceFile.objects.bulk_create(ReferenceFile(name=name, sha256=str(SHORT), rows=0) for name in names)
    assert extend_examples(by=system) == 0
    assert "examples:semua" in done()
    # The span, the lock and its end, the markers.
    with django_assert_max_num_queries(4):
        assert extend_examples(by=system) == 0
