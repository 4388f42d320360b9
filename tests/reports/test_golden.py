"""The figures that officials published come out as their own parts say."""

from datetime import date

import pytest

from regions.models import Region
from reports.selectors.run import get_current_run
from reports.selectors.value import list_values
from reports.services.published_figure import load_published
from reports.services.recompute import recompute_stale


@pytest.fixture
def published(system):
    load_published(by=system)
    recompute_stale()


def values(code, year, month):
    region = Region.objects.get(code=code)
    run = get_current_run(region, date(year, month, 1))
    return list(list_values(run))


def one(found, measure, segment=""):
    (value,) = [v for v in found if v.measure == measure and v.segment == segment and not v.target]
    return value


def test_cilegon_2024_balance_ratio_and_categories(published):
    found = values("36.72", 2024, 8)
    assert one(found, "BAL-01").numerator == 480_457_660
    assert one(found, "BAL-02").numerator == 790_000_000
    assert one(found, "BAL-03").numerator == -309_542_340
    assert str(one(found, "BAL-04").rate) == "164.43"
    assert sum(v.numerator for v in found if v.measure == "CAT-01") == 19_185
    assert one(found, "CAT-02").numerator == 19_185


@pytest.mark.parametrize(
    ("code", "year", "month", "numerator", "denominator", "rate"),
    [
        ("36.72", 2025, 7, 76_062, 174_897, "43.49"),
        ("36.72", 2025, 12, 91_347, 174_897, "52.23"),
        ("19.71", 2025, 5, 29_040, 70_426, "41.23"),
        ("33.17", 2023, 12, 77_675, 240_639, "32.28"),
        ("51", 2025, 3, 935_079, 1_873_899, "49.90"),
        ("17", 2025, 12, 251_000, 708_000, "35.45"),
    ],
)
def test_coverage_is_what_its_parts_make(published, code, year, month, numerator, denominator, rate):
    value = one(values(code, year, month), "COV-01")
    assert (value.numerator, value.denominator, str(value.rate)) == (numerator, denominator, rate)


@pytest.mark.parametrize(("segment", "rate"), [("pu", "51.66"), ("bpu", "20.30")])
def test_pangkalpinang_per_segment_is_not_cut_to_whole_percents(published, segment, rate):
    assert str(one(values("19.71", 2025, 5), "COV-02", segment).rate) == rate


def test_rembang_gap(published):
    assert one(values("33.17", 2023, 12), "COV-03").numerator == 162_964


def test_pesisir_selatan_claims_with_cases(published):
    assert one(values("13.01", 2025, 12), "BAL-02").numerator == 46_242_385_836
    from_claims = values("13.01", 2025, 12)
    assert not [v for v in from_claims if v.measure == "BAL-03"]


def test_pontianak_claims_are_more_than_eight_times_contributions(published):
    found = values("61.71", 2025, 12)
    assert one(found, "BAL-03").numerator == -2_704_000_000
    assert str(one(found, "BAL-04").rate) == "859.55"


def test_loading_again_changes_nothing(published, system):
    assert load_published(by=system) == 0
    assert load_published(by=system, force=True) == 55
    assert recompute_stale().runs == 0
