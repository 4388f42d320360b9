from datetime import date

import pytest
from django.utils.timezone import localdate
from hypothesis import given
from hypothesis import strategies as st

from regions.month import (
    add_months,
    fiscal_year_start,
    iso_month,
    last_day,
    month_choices,
    months_between,
    parse_month,
)

SAME = ["2024-08", "08/2024", "8-2024", "Agustus 2024", "agu 2024", " Agustus  2024 "]
SHORT = ["Agt-24", "Agt. 2024", "aug/2024"]
NO_MONTHS = [
    "",
    "2024",
    "2024-13",
    "Ju 2024",
    "Foo 2024",
    "2024-08-01",
    "Ju-24",
    "Agt-2",
    "0001-01",
    "9999-12",
]


@pytest.mark.parametrize("text", SAME + SHORT)
def test_a_month_is_read_in_the_ways_it_is_written(text):
    assert parse_month(text) == date(2024, 8, 1)


@pytest.mark.parametrize("text", NO_MONTHS)
def test_what_is_no_month_is_refused(text):
    with pytest.raises(ValueError):  # noqa: PT011 - any ValueError is the contract
        parse_month(text)


def test_ju_is_ambiguous_but_jun_is_not():
    assert parse_month("Jun 2024") == date(2024, 6, 1)


@given(st.dates(date(2000, 1, 1), date(2090, 1, 1)), st.integers(-200, 200))
def test_adding_months_and_taking_them_away_leads_back(day, count):
    month = day.replace(day=1)
    assert add_months(add_months(month, count), -count) == month


def test_months_between_includes_both_ends():
    months = list(months_between(date(2023, 11, 15), date(2024, 2, 1)))
    assert [iso_month(month) for month in months] == ["2023-11", "2023-12", "2024-01", "2024-02"]


def test_last_day_knows_leap_years():
    assert last_day(date(2024, 2, 1)) == date(2024, 2, 29)


def test_the_fiscal_year_is_the_calendar_year():
    assert fiscal_year_start(date(2024, 8, 1)) == date(2024, 1, 1)


def test_a_list_of_months_holds_the_fiscal_years_and_the_month_shown():
    this_year = localdate().year
    listed = month_choices(date(this_year, 3, 1))
    assert listed[0] == date(this_year, 12, 1)
    assert listed[-1] == date(this_year - 3, 1, 1)
    assert len(listed) == 48
    assert month_choices(date(2001, 5, 1)) == [*listed, date(2001, 5, 1)]
    assert month_choices(date(this_year + 2, 5, 1))[0] == date(this_year + 2, 12, 1)
