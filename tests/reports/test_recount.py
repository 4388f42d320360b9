"""The second computation, written apart from the engine, comes to the same figures."""

import csv
from datetime import date

import fastparquet
import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection, transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from budgets.services.construction_project import settle_project
from budgets.services.employer import settle_employer
from participants.enums import Occurrence
from participants.services.membership_count import record_membership_counts
from regions.month import add_months
from reports.enums import DefinitionState
from reports.measures.catalogue import MEASURES
from reports.models import Cause, CoverageDefinition, MeasureValue, Recount, Run
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
    AllocationFactory,
    CategoryTargetFactory,
    ClaimFactory,
    ConstructionProjectFactory,
    ContributionFactory,
    EmployerFactory,
    EnrolmentFactory,
    HeadcountFactory,
    MembershipCountFactory,
    ParticipantFactory,
    ProjectCountFactory,
    RealisationFactory,
    TargetFactory,
    WageBaseFactory,
    WorkforceFactory,
)

FIRST = date(2024, 10, 1)
MONTHS = [add_months(FIRST, at) for at in range(6)]
JULY = date(2025, 7, 1)
# Two regencies of one province, one of another, the provinces themselves and the nation.
PLACES = (KOTA_A, KOTA_B, "17.01", PROVINCE, NATION)
places = st.sampled_from(PLACES)
months = st.sampled_from(MONTHS)
numbers = st.integers(0, 5000)
categories = st.sampled_from(["linmas", "kader", "nelayan", "non_asn"])
sources = st.sampled_from(["apbd_kabkota", "dbh_cht", "csr"])
maybe_categories, maybe_sources = (st.one_of(st.none(), one) for one in (categories, sources))
programmes = st.sampled_from(["jkk", "jkm", "jht", "jkk_jkm", "all"])
days = st.dates(date(2024, 9, 20), date(2025, 3, 20))


# From so long before that some no longer hold.
EMPLOYER_MONTHS = [add_months(FIRST, at) for at in range(-13, 6)]
standings = st.sampled_from(["full", "part", "part_workers"])
maybe_workers = st.one_of(st.none(), st.integers(0, 40))


def up_to(size, *columns):
    return st.lists(st.tuples(*columns), max_size=size)


@st.composite
def histories(draw):
    """Facts of a few regions and months, each kind as the database allows it."""
    segments = st.sampled_from(["pu", "bpu", "jakon", "pmi", "all"])
    return {
        "members": draw(st.dictionaries(st.tuples(places, months, segments), numbers, max_size=20)),
        "counted": draw(st.one_of(st.none(), st.sampled_from([["pu", "bpu", "jakon"], ["bpu"], ["pu"]]))),
        "workers": draw(
            st.dictionaries(
                st.tuples(places, st.sampled_from([2023, 2024, 2025]), st.sampled_from(["pu", "bpu", "all"])),
                st.integers(1, 9000),
                max_size=10,
            )
        ),
        "people": draw(st.dictionaries(st.tuples(places, months, categories, sources), numbers, max_size=12)),
        "spells": draw(
            up_to(
                12,
                *(st.sampled_from(PLACES[:3]), st.integers(0, 4), categories, sources, months),
                *(st.one_of(st.none(), st.integers(0, 4)), st.sampled_from(["pu", "bpu"]), st.booleans()),
            )
        ),
        "merged": draw(st.dictionaries(st.integers(1, 4), st.just(0), max_size=2)),
        "payments": draw(
            up_to(
                8,
                places,
                maybe_categories,
                maybe_sources,
                programmes,
                days,
                months,
                st.integers(0, 7),
                numbers,
            )
        ),
        "claims": draw(
            up_to(
                8,
                *(places, maybe_sources, programmes, days, st.integers(0, 200), numbers),
                *(st.one_of(st.none(), st.integers(0, 9)), st.sampled_from(["cash", "in_kind", "liability"])),
            )
        ),
        "lines": draw(
            up_to(
                6,
                *(places, st.sampled_from([2024, 2025]), maybe_categories, maybe_sources, numbers, days),
                st.sampled_from(["murni", "pergeseran", "perubahan"]),
            )
        ),
        "bills": draw(up_to(6, places, maybe_categories, maybe_sources, numbers, days)),
        "wages": draw(st.dictionaries(st.tuples(places, categories, months), st.integers(1, 9), max_size=3)),
        "targets": draw(
            st.dictionaries(
                st.tuples(places, st.sampled_from([2024, 2025]), st.sampled_from(["rpjmd", "daerah"])),
                st.decimals(1, 100, places=2),
                max_size=4,
            )
        ),
        "employers": draw(
            st.dictionaries(
                st.tuples(places, st.sampled_from(EMPLOYER_MONTHS), st.integers(0, 2), st.booleans()),
                st.tuples(standings, maybe_workers, maybe_workers, maybe_workers, maybe_workers),
                max_size=14,
            )
        ),
        "projects": draw(
            st.dictionaries(
                st.tuples(places, st.sampled_from([2024, 2025]), st.integers(0, 4)),
                st.tuples(
                    st.sampled_from(EMPLOYER_MONTHS),
                    st.one_of(st.none(), st.integers(1, 9 * 10**9)),
                    st.booleans(),
                    st.one_of(st.none(), days),
                ),
                max_size=14,
            )
        ),
        "project_counts": draw(
            st.dictionaries(
                st.tuples(places, st.sampled_from(EMPLOYER_MONTHS)),
                st.tuples(st.integers(1, 40), maybe_workers, maybe_workers, maybe_workers),
                max_size=6,
            )
        ),
        "asked": draw(
            st.dictionaries(st.tuples(places, categories, st.sampled_from([2024, 2025])), numbers, max_size=4)
        ),
    }


def save(rows, by):
    rows = list(rows)
    for row in rows:
        row.entered_by = by
    if rows:
        type(rows[0])._default_manager.bulk_create(rows)


def save_history(told, by):
    if told["counted"]:
        CoverageDefinition.objects.create(
            code="sebagian",
            label="Sebagian segmen",
            segments=told["counted"],
            valid_from=MONTHS[2],
            legal_source="uji",
            state=DefinitionState.IN_FORCE,
        )
    save(
        [
            MembershipCountFactory(region_id=code, month=month, segment=segment, members=n)
            for (code, month, segment), n in told["members"].items()
        ],
        by,
    )
    save(
        [
            WorkforceFactory(region_id=code, year=year, segment=segment, workers=n)
            for (code, year, segment), n in told["workers"].items()
        ],
        by,
    )
    save(
        [
            HeadcountFactory(region_id=code, month=month, category_id=category, funding_id=funding, people=n)
            for (code, month, category, funding), n in told["people"].items()
        ],
        by,
    )
    save_persons(told, by)
    save_money(told, by)
    save(map(employer_of, told["employers"].items()), by)
    save(map(project_of, told["projects"].items()), by)
    save(map(project_count_of, told["project_counts"].items()), by)
    save(
        [
            TargetFactory(region_id=code, year=year, frame=frame, percent=percent)
            for (code, year, frame), percent in told["targets"].items()
        ],
        by,
    )
    save(
        [
            CategoryTargetFactory(region_id=code, category_id=category, year=year, people=n + 1)
            for (code, category, year), n in told["asked"].items()
        ],
        by,
    )


def employer_of(told):
    """Three employers, each with and without an NPP, of which two share a name."""
    (code, month, number, is_registered), (standing, known, insured, months, arrears) = told
    name, npp = f"UD {number // 2}", f"AA0{number}" if is_registered else ""
    if known is not None and insured is not None:
        insured = min(known, insured)
    row = EmployerFactory(region_id=code, month=month, name=name, npp=npp, workers_known=known)
    row.standing = standing if is_registered else "none"
    if is_registered:
        row.workers_registered, row.arrears_months, row.arrears = insured, months, arrears
    else:
        row.workers_registered, row.name = None, f"UD {number}"
    settle_employer(row)
    return row


def project_of(told):
    """Some began in an earlier year, some are registered in a later one."""
    (code, year, number), (first, value, is_registered, day) = told
    first = min(first, date(year, 12, 1))
    status = {"jakon_status": "registered", "registration_number": "R1", "registered_on": day}
    row = ConstructionProjectFactory(
        region_id=code,
        year=year,
        package_code=f"P{number}",
        first_month=first,
        contract_value=value,
        **(status if is_registered else {}),
    )
    settle_project(row)
    return row


def project_count_of(told):
    (code, month), (packages, registered, value, insured) = told
    value = value or None
    if value is not None and insured is not None:
        insured = min(value, insured)
    return ProjectCountFactory(
        region_id=code,
        month=month,
        packages=packages,
        registered=min(packages, registered or 0),
        total_value=value,
        registered_value=insured,
    )


def save_persons(told, by):
    """Rows of persons by region and number; some were merged into the first, so that spells overlap."""
    persons = {}
    for code, number, *_rest in told["spells"]:
        for one in (0, number):
            if (code, one) not in persons:
                persons[code, one] = ParticipantFactory(region_id=code, entered_by=by)
    seen = set()
    for code, number, category, funding, first, length, segment, is_ended in told["spells"]:
        if (code, number, category, funding) in seen:
            continue
        seen.add((code, number, category, funding))
        last = None if length is None else add_months(first, length)
        ended = {"state": "ended", "ended_by": Occurrence.values[0]} if is_ended and last else {}
        EnrolmentFactory(
            participant=persons[code, number],
            category_id=category,
            funding_id=funding,
            first_month=first,
            last_month=last,
            segment=segment,
            entered_by=by,
            **ended,
        )
    for (code, number), person in persons.items():
        if number in told["merged"]:
            person.merged_into = persons[code, 0]
            person.save()


def save_money(told, by):
    save(
        [
            ContributionFactory(
                reference=f"acak:{at}",
                region_id=code,
                category_id=category,
                funding_id=funding,
                programme=programme,
                paid_on=day,
                first_month=first,
                last_month=add_months(first, length),
                amount=n,
            )
            for at, (code, category, funding, programme, day, first, length, n) in enumerate(told["payments"])
        ],
        by,
    )
    save(
        [
            ClaimFactory(
                reference=f"acak:{at}",
                region_id=code,
                funding_id=funding,
                programme=programme,
                paid_on=day,
                happened_on=date.fromordinal(day.toordinal() - before) if before else None,
                amount=n,
                cases=cases,
                kind=kind,
            )
            for at, (code, funding, programme, day, before, n, cases, kind) in enumerate(told["claims"])
        ],
        by,
    )
    stages = [
        AllocationFactory(
            region_id=code,
            year=year,
            category_id=category,
            funding_id=funding,
            amount=n,
            decided_on=day,
            phase=phase,
            sequence=at + 1,
            line=f"{code}|{year}|{category}|{funding}",
        )
        for at, (code, year, category, funding, n, day, phase) in enumerate(told["lines"])
    ]
    save(stages, by)
    save(
        [
            RealisationFactory(
                reference=f"acak:{at}",
                region_id=code,
                category_id=category,
                funding_id=funding,
                billed_amount=None,
                billed_on=None,
                paid_amount=n,
                paid_on=day,
            )
            for at, (code, category, funding, n, day) in enumerate(told["bills"])
        ],
        by,
    )
    save(
        [
            WageBaseFactory(region_id=code, category_id=category, first_month=month, rupiah=n * 500_000)
            for (code, category, month), n in told["wages"].items()
        ],
        by,
    )


# A history that fails is told as it is: making it smaller takes longer than reading it.
@settings(
    max_examples=10,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.explicit, Phase.generate),
)
@given(told=histories())
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
