"""The second computation, written apart from the engine, comes to the same figures."""

import csv
from datetime import date

import fastparquet
import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection, transaction
from hypothesis import HealthCheck, Phase, given, settings

from participants.services.membership_count import record_membership_counts
from reports.measures.catalogue import MEASURES
from reports.models import Cause, MeasureValue, Recount, Run
from reports.selectors.recount.comparison import compare_months
from reports.selectors.recount_finding import recount_summary
from reports.selectors.tasks.alert import list_alerts
from reports.services.example import load_examples
from reports.services.published_figure import load_published
from reports.services.recompute import recompute_stale
from reports.services.recount import RecountedSample, recount_months, recount_sample
from reports.services.waiting_region import note_waiting
from tests.cast import KOTA_A, KOTA_B, NATION, PROVINCE
from tests.factories import (
    EnrolmentFactory,
    MembershipCountFactory,
    ParticipantFactory,
)
from tests.reports.histories import MONTHS, PLACES, histories
from tests.reports.stored_history import save_history

JULY = date(2025, 7, 1)


# A history that fails is told as it is: making it smaller takes longer than reading it.
@settings(
    max_examples=10,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.explicit, Phase.generate),
)
@given(told=histories)
def test_both_agree_on_random_histories(system, told):
    with transaction.atomic():
        save_history(told, system)
        note_waiting({(code, month) for code in PLACES for month in MONTHS}, Cause.REBUILD)
        recompute_stale(seconds=300)
        compared = compare_months(NATION, MONTHS)
        assert compared.differences == []
        assert (
            compared.figures
            == MeasureValue.objects.filter(run__is_current=True, run__period__in=MONTHS).count()
        )
        transaction.set_rollback(True)


@pytest.fixture
def example(cast, system):
    load_published(by=system)
    load_examples(by=system)
    recompute_stale(seconds=600)
    with connection.cursor() as cursor:
        # Nothing else counts rows that are not committed, and a plan for an empty table takes minutes here.
        cursor.execute("ANALYZE reports_run, reports_measurevalue")


def test_both_agree_on_the_example_data_in_every_measure_and_region(example):
    """A December, the month of the richest publication, and the newest months of the data."""
    months = [date(2023, 12, 1), date(2024, 8, 1), date(2025, 7, 1), date(2025, 12, 1)]
    compared = compare_months(NATION, months)
    assert compared.differences == []
    runs = Run.objects.filter(is_current=True, period__in=months)
    values = MeasureValue.objects.filter(run__in=runs)
    assert (compared.regions, compared.figures) == (runs.count(), values.count())
    told = set(values.values_list("measure", flat=True))
    assert set(MEASURES) - told <= {"CAT-04", "CAT-10", "CAT-11", "CAT-12", "CON-05"}


@pytest.fixture
def disturbed(figures, cast):
    """A stored figure that the facts do not say."""
    value = MeasureValue.objects.get(run__region=KOTA_A, run__period=JULY, measure="COV-01")
    MeasureValue.objects.filter(pk=value.pk).update(numerator=76_000)
    return value


def test_a_difference_becomes_an_alert_that_says_it(disturbed, cast, client_of):
    assert recount_months([(KOTA_A, JULY), (KOTA_B, JULY)]) == RecountedSample(compared=2, different=1)
    row = Recount.objects.get(region=KOTA_A)
    assert (row.different, row.run_number) == (1, disturbed.run_id)
    assert row.differences == [
        {
            "identity": ["COV-01", "", "", "", "", ""],
            "stored": figure(76_000),
            "recounted": figure(76_062),
        }
    ]
    (alert,) = [one for one in list_alerts(cast.wayan) if one.kind == "recount"]
    assert alert.sentence == (
        "Juli 2025: COV-01 tersimpan 76.000 ÷ 174.897, dalam hitungan kedua 76.062 ÷ 174.897; "
        "0 angka lain juga berbeda."
    )
    assert alert.url == f"/wilayah/{KOTA_A}/?periode=2025-07"
    assert "76.062 ÷ 174.897" in client_of(cast.wayan).get("/tugas/").content.decode()
    assert [one for one in list_alerts(cast.budi) if one.kind == "recount"] == []


def figure(numerator):
    return {
        "numerator": numerator,
        "denominator": 174_897,
        "reported": None,
        "expected": None,
        "missing": "",
        "partial": 0,
        "grade": "A",
    }


def test_the_alert_goes_when_another_run_takes_the_place_of_that_figure(disturbed, cast, system):
    recount_months([(KOTA_A, JULY)])
    record_membership_counts([MembershipCountFactory(members=76_070)], by=system, overwrite=True)
    recompute_stale()
    assert [one for one in list_alerts(cast.wayan) if one.kind == "recount"] == []
    assert recount_months([(KOTA_A, JULY)]) == RecountedSample(compared=1, different=0)


def test_months_that_wait_for_their_facts_are_passed_over(disturbed, system):
    record_membership_counts([MembershipCountFactory(members=76_070)], by=system, overwrite=True)
    assert recount_months([(KOTA_A, JULY)]) == RecountedSample(passed_over=1)
    assert not Recount.objects.exists()


def test_the_nightly_sample_takes_regencies_and_a_province(figures, cast, client_of):
    assert recount_sample() == RecountedSample(compared=3, different=0)
    assert set(Recount.objects.values_list("region_id", flat=True)) == {KOTA_A, KOTA_B, PROVINCE}
    summary = recount_summary(cast.admin)
    assert (summary.compared, summary.different) == (3, 0)
    shown = client_of(cast.admin).get("/pekerjaan/").content.decode()
    assert "wilayah-bulan dibandingkan" in shown
    assert "semua sama" in shown


def test_facts_are_written_for_analysts_without_persons(figures, system, tmp_path):
    person = ParticipantFactory(entered_by=system)
    EnrolmentFactory(participant=person, entered_by=system, category_id="kader")
    paths = {suffix: tmp_path / f"facts.{suffix}" for suffix in ("csv", "parquet")}
    for path in paths.values():
        call_command("facts", region=KOTA_A, first="2025-07", last="2025-07", out=str(path))
    with paths["csv"].open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    empty = dict.fromkeys(
        ("since", "until", "year", "segment", "category", "funding", "programme", "detail"), ""
    )
    told = {"region": KOTA_A, "month": "2025-07", "unit": "people"}
    cell = {"category": "linmas", "funding": "apbd_kabkota"}
    assert rows == [
        empty | told | cell | {"kind": "headcount", "number": "1593"},
        empty | told | {"kind": "members", "segment": "all", "programme": "jkk jkm", "number": "76062"},
        empty
        | told
        | cell
        | {"kind": "named", "category": "kader", "segment": "bpu", "programme": "jkk jkm", "number": "1"},
        empty
        | told
        | {"kind": "workforce", "month": "", "year": "2025", "segment": "all", "number": "174897"},
    ]
    with paths["parquet"].open("rb") as file:
        table = fastparquet.ParquetFile(file).to_pandas()
    assert list(table.columns) == list(rows[0])
    assert [int(number) for number in table.number] == [int(row["number"]) for row in rows]
    assert list(table.kind) == [row["kind"] for row in rows]
    for path in paths.values():
        content = path.read_bytes()
        assert person.name.encode() not in content
        assert person.digits.encode() not in content if hasattr(person, "digits") else True


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"region": "99"}, "Wilayah 99 tidak dikenal"),
        ({"first": "kapan"}, "Bulan kapan tidak dikenal"),
        ({"first": "2025-08"}, "Bulan 2025-08 sesudah 2025-07"),
        ({"out": "facts.xlsx"}, "facts.xlsx harus berakhiran .parquet atau .csv"),
        ({"out": "/nowhere/facts.csv"}, "tidak dapat ditulis"),
    ],
)
def test_what_cannot_be_written_is_said_in_a_sentence(figures, changed, words):
    asked = {"region": KOTA_A, "first": "2025-07", "last": "2025-07", "out": "facts.csv"}
    with pytest.raises(CommandError, match=words):
        call_command("facts", **(asked | changed))
