"""The table of law: who pays how much for which month by which article, row by row, and what has no price."""

import csv
import json
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
import time_machine
from django.core.management import call_command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from budgets.models import Benefit, ContributionRate, ContributionRelief, MembershipRule
from budgets.price import PriceAsked
from budgets.selectors.rate import list_benefits, load_tariff
from budgets.tariff import Tariff
from regions.month import add_months

CASES = list(csv.DictReader(Path(__file__).with_name("law_cases.csv").read_text().splitlines()))
OPTIONS = ("segment", "programmes", "month", "wage", "risk", "income", "category", "payer", "contract")
pytestmark = pytest.mark.django_db


def asked(case):
    words = [f"--{name}={case[name]}" for name in OPTIONS if case[name]]
    words += [f"--contract-months={case['contract_months']}"] if case["contract_months"] else []
    words += ["--individual"] if case["individual"] else []
    words += ["--labour-intensive"] if case["labour_intensive"] else []
    output = StringIO()
    call_command("tariff", *words, "--json", stdout=output)
    return json.loads(output.getvalue())


@pytest.mark.parametrize("case", CASES, ids=[f"{one['no']} {one['segment']} {one['month']}" for one in CASES])
def test_a_row_of_the_table_of_law(case):
    answer = asked(case)
    if case["refused"]:
        assert set(answer) == {"refused"}
        assert case["refused"] in answer["refused"]
        return
    shares = [sum(part[name] for part in answer["parts"]) for name in ("employer", "worker", "rupiah")]
    assert [*shares, answer["total"]] == [
        int(case[name]) for name in ("employer", "worker", "total", "total")
    ]
    assert all(part["law"] for part in answer["parts"])


def test_the_table_is_large_enough_and_each_row_has_its_article():
    assert len(CASES) >= 120
    assert all(case["article"] for case in CASES)


@pytest.mark.parametrize(
    ("words", "refusal"),
    [
        ({"segment": "pns"}, "Segmen “pns” tidak dikenal"),
        ({"programmes": "jkk,bpjs"}, "Program “bpjs” tidak dikenal"),
        ({"programmes": ","}, "paling sedikit satu program"),
        ({"month": "2025-13"}, "Bulan 2025-13 tidak dikenal"),
        ({"category": "ufo"}, "Kategori “ufo” tidak dikenal"),
        ({"payer": "ufo"}, "Sumber dana “ufo” tidak dikenal"),
        ({"wage": "-5"}, "--wage harus lebih dari nol"),
    ],
)
def test_words_that_nothing_is_called_by_are_refused(words, refusal):
    case = dict.fromkeys(CASES[0], "") | {"segment": "bpu", "programmes": "jkk", "month": "2025-07"} | words
    assert refusal in asked(case)["refused"]


def test_interns_are_priced_as_wage_earners_wherever_they_are_asked_about():
    case = dict.fromkeys(CASES[0], "")
    case |= {"segment": "pu", "programmes": "jkk,jkm", "month": "2025-07", "wage": "2000000", "risk": "1"}
    assert asked(case) == asked(case | {"segment": "bpu", "category": "siswa_magang"})


def rows_of_law():
    return list(ContributionRate.objects.all()), list(ContributionRelief.objects.all())


def prices(tariff, months):
    """Every price of every month, asked in many ways."""
    ways = [
        ("pu", PriceAsked(wage=3_000_000, risk_class=3)),
        ("pu", PriceAsked(wage=20_000_000, risk_class=1, government=False, labour_intensive=True)),
        ("bpu", PriceAsked()),
        ("bpu", PriceAsked(government=False, transport=True)),
        ("jakon", PriceAsked(wage=2_000_000)),
    ]
    return {
        (month, number): tariff.quote(segment, ("jkk", "jkm", "jht", "jp", "jkp"), month, way)
        for month in months
        for number, (segment, way) in enumerate(ways)
    }


MONTHS = [add_months(date(2019, 1, 1), count) for count in range(0, 110)]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_row_added_or_ended_changes_no_month_outside_its_period(db, data):
    rates, reliefs = rows_of_law()
    row = data.draw(st.sampled_from(rates))
    months = data.draw(st.lists(st.sampled_from(MONTHS), min_size=8, max_size=8))
    before = prices(Tariff(rates, reliefs), months)
    if data.draw(st.booleans()):
        # Taken away.
        changed, inside = [one for one in rates if one is not row], row.is_in_force
    else:
        start = data.draw(st.sampled_from(MONTHS))
        end = add_months(start, data.draw(st.integers(1, 30)))
        values = {
            field.name: getattr(row, field.name) for field in row._meta.concrete_fields if field.name != "id"
        }
        doubled = None if row.percent is None else row.percent * 2
        added = ContributionRate(**values | {"valid_from": start, "valid_until": end, "percent": doubled})
        changed, inside = [*rates, added], added.is_in_force
    after = prices(Tariff(changed, reliefs), months)
    assert {key for key in before if before[key] != after[key]} <= {key for key in before if inside(key[0])}


def test_what_is_only_expected_prices_nothing():
    month = date(2026, 10, 1)
    before = load_tariff().price(segment="bpu", programmes=["jkk", "jkm"], month=month)
    ContributionRate.objects.create(
        segment="bpu", programme="jkm", base="flat", rupiah=1, valid_from=month, status="expected"
    )
    ContributionRelief.objects.create(
        segment="bpu",
        programme="jkk",
        payer="any",
        sector="any",
        percent_off=90,
        valid_from=month,
        status="expected",
    )
    assert load_tariff().price(segment="bpu", programmes=["jkk", "jkm"], month=month) == before


def test_every_row_of_law_says_what_it_rests_on_and_when_it_was_looked_at():
    for model in (ContributionRate, ContributionRelief, Benefit, MembershipRule):
        for row in model.objects.all():
            assert row.legal_source, row
            assert "belum" not in row.legal_source, row
            assert row.source_url.startswith("https://") or row.source_url.startswith("http://"), row
            with time_machine.travel("2026-11-26 10:00+07:00"):
                assert not row.is_doubtful, row
            with time_machine.travel("2027-12-01 10:00+07:00"):
                assert row.is_doubtful, row


def rupiah_of(rows):
    return {row.code: row.rupiah for row in rows}


def test_a_total_disability_brings_the_periodic_benefit_too():
    rows = [
        row for row in list_benefits(date(2025, 7, 1), "bpu", ["jkk"]) if row.event == "cacat total tetap"
    ]
    assert {row.code: (row.rupiah, row.wage_multiple) for row in rows} == {
        "jkk-cacat-total": (None, 56),
        "jkk-berkala-cacat": (12_000_000, None),
    }


def test_partial_disability_is_at_most_so_much_in_two_ways():
    rows = [row for row in list_benefits(date(2025, 7, 1), "pu", ["jkk"]) if "sebagian" in row.event]
    assert {(row.event, row.is_limit, row.wage_multiple) for row in rows} == {
        ("cacat sebagian anatomis", True, 80),
        ("cacat sebagian fungsi", True, 80),
    }


def test_migrant_workers_have_their_own_benefits():
    rows = list_benefits(date(2025, 7, 1), "pmi", ["jkk", "jkm"])
    assert rupiah_of(rows) == {"pmi-perawatan-luar": 50_000_000, "pmi-jkk-lain": None, "pmi-jkm": None}
    assert {row.legal_source for row in rows} == {"Permenaker 4/2023"}


@pytest.mark.parametrize(
    ("month", "rows"),
    [
        (date(2024, 6, 1), {"jkp-uang-awal": ("0.4500", 3), "jkp-uang-lanjut": ("0.2500", 3)}),
        (date(2025, 3, 1), {"jkp-uang": ("0.6000", 6)}),
    ],
)
def test_cash_for_lost_work_before_and_after_february_2025(month, rows):
    found = list_benefits(month, "pu", ["jkp"])
    assert {row.code: (str(row.wage_multiple), row.times) for row in found} == rows
