from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from participants.nik import Nik, NikDoubt, NikReason, NikRefused, list_doubts, mask_digits, parse_nik

# Invented: no such person.
WHOLE = "3672010704650001"
WOMAN = "9171014704650003"


def reason_of(cell):
    with pytest.raises(NikRefused) as refused:
        parse_nik(cell)
    return refused.value.reason


@pytest.mark.parametrize(
    "written",
    [
        WHOLE,
        f"'{WHOLE}",
        f" {WHOLE}\u00a0",
        "3672 010704 650001",
        "36.72.01.070465.0001",
        "367201-070465-0001",
    ],
    ids=["plain", "apostrophe", "blanks", "groups", "dots", "dashes"],
)
def test_writings_of_one_nik_are_one(written):
    assert parse_nik(written) == Nik(WHOLE)


def test_papua_keeps_its_last_digit():
    assert parse_nik(WOMAN).digits == WOMAN


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("", NikReason.MISSING),
        (None, NikReason.MISSING),
        ("  -  ", NikReason.MISSING),
        (3672010704650001, NikReason.DAMAGED),
        (3672010704650000.0, NikReason.DAMAGED),
        ("3,67E+15", NikReason.DAMAGED),
        ("3.67e+15", NikReason.DAMAGED),
        ("3672010704650000.0", NikReason.DAMAGED),
        (date(1980, 1, 1), NikReason.DAMAGED),
        (WHOLE[:-1], NikReason.WRONG_LENGTH),
        (WHOLE + "1", NikReason.WRONG_LENGTH),
        ("36720107O4650001", NikReason.NOT_DIGITS),
        ("367201******0001", NikReason.MASKED),
        ("3672xxxxxxxx0001", NikReason.MASKED),
        ("٣٦٧٢٠١٠٧٠٤٦٥٠٠٠١", NikReason.NOT_DIGITS),
        ("3672010004650001", NikReason.IMPOSSIBLE),
        ("3672013204650001", NikReason.IMPOSSIBLE),
        ("3672014004650001", NikReason.IMPOSSIBLE),
        ("3672017204650001", NikReason.IMPOSSIBLE),
        ("3672010713650001", NikReason.IMPOSSIBLE),
        ("3672010700650001", NikReason.IMPOSSIBLE),
        ("3672010704650000", NikReason.IMPOSSIBLE),
        ("1" * 16, NikReason.IMPOSSIBLE),
    ],
    ids=lambda value: value.value if isinstance(value, NikReason) else "cell",
)
def test_what_is_no_nik_says_why(cell, reason):
    assert reason_of(cell) == reason


def test_digits_are_not_shown_by_accident():
    nik = parse_nik(WHOLE)
    shown = f"{nik} {nik!r} {nik!s} {[nik]} {NikRefused(NikReason.IMPOSSIBLE)}"
    assert WHOLE not in shown
    assert nik.masked == "367201******0001"


def test_a_refusal_does_not_repeat_the_cell():
    with pytest.raises(NikRefused) as refused:
        parse_nik("3672013204650001")
    assert "3204650001" not in str(refused.value) + repr(refused.value)


def test_doubts_are_told_and_never_refuse():
    nik = Nik(WOMAN)
    assert list_doubts(nik, birth_date=date(1965, 4, 7), sex="P", region="91.71") == []
    assert list_doubts(nik, birth_date=None, sex="", region="") == []
    all_doubts = list_doubts(nik, birth_date=date(1965, 4, 8), sex="L", region="36.72.01")
    assert all_doubts == [NikDoubt.DATE, NikDoubt.SEX, NikDoubt.REGION]
    assert list_doubts(nik, birth_date=None, sex="", region="91") == []


@given(st.text(max_size=30))
def test_any_text_is_a_nik_or_a_refusal(text):
    with suppress(NikRefused):
        assert len(parse_nik(text).digits) == 16


@given(st.dates(date(1930, 1, 1), date(2015, 1, 1)), st.booleans(), st.integers(1, 9999))
def test_a_nik_agrees_with_the_person_it_was_made_for(born, woman, serial):
    day = born.day + 40 * woman
    nik = parse_nik(f"367201{day:02}{born:%m%y}{serial:04}")
    assert nik.agrees_with(born)
    assert nik.sex == ("P" if woman else "L")


def test_runs_of_digits_are_masked_in_any_text():
    assert mask_digits(f"NIK {WHOLE}, lihat KTP") == "NIK 367201******0001, lihat KTP"
    assert WHOLE[6:12] not in mask_digits("3672 0107 0465 0001").replace("*", "")
    assert mask_digits("28/02/1980") == "28/02/1980"
    assert mask_digits(WHOLE[:15]) == "367201*****0465"[:11] + WHOLE[11:15]
