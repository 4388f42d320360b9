import pytest
from hypothesis import given
from hypothesis import strategies as st

from regions.number import NotAWholeNumber, grouped, parse_rupiah, parse_whole


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1.528", 1528),
        ("1528", 1528),
        (" 1 528 ", 1528),
        ("1\u00a0528", 1528),
        ("480.457.660", 480_457_660),
        ("0", 0),
        ("-3", -3),
        ("-1.528", -1528),
    ],
)
def test_a_whole_number_is_read_as_offices_write_it(text, number):
    assert parse_whole(text) == number


@pytest.mark.parametrize("text", ["1,528", "1.52", "12.5", "1.5280", "abc", "12a", "", "1,5", "١٢x"])
def test_what_is_not_a_whole_number_is_refused_not_guessed(text):
    with pytest.raises(NotAWholeNumber):
        parse_whole(text)


@pytest.mark.parametrize(
    "text", ["Rp480.457.660", "rp480.457.660", "Rp. 480.457.660,-", "480457660", "480.457.660,00"]
)
def test_rupiah_may_carry_its_sign_and_empty_cents(text):
    assert parse_rupiah(text) == 480_457_660


def test_rupiah_with_cents_is_refused():
    with pytest.raises(NotAWholeNumber):
        parse_rupiah("1.500,50")


@given(st.integers(min_value=-(10**15), max_value=10**15))
def test_every_grouped_number_is_read_back(number):
    assert parse_whole(grouped(number)) == number
