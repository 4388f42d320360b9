from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.template import engines
from django.utils.translation import override

from regions import formats

NBSP = "\u00a0"
MINUS = "\u2212"


@pytest.fixture(autouse=True)
def _bahasa():
    with override("id"):
        yield


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (1528, "1.528"),
        (0, "0"),
        (-1528, f"{MINUS}1.528"),
        (144_000_000, "144.000.000"),
        (Decimal("1527.5"), "1.528"),
        (Decimal("-0.4"), "0"),
        (None, "–"),
        ("", "–"),
    ],
)
def test_whole(value, expected):
    assert formats.whole(value) == expected


@pytest.mark.parametrize(
    ("value", "digits", "expected"),
    [
        (53, 1, "53,0%"),
        (Decimal("43.49"), 2, "43,49%"),
        (Decimal("43.485"), 2, "43,49%"),
        (Decimal("43.484"), 2, "43,48%"),
        (0.285, 2, "0,29%"),
        (Decimal("-0.04"), 1, "0,0%"),
        (Decimal("1234.5"), 1, "1.234,5%"),
        (Decimal("99.96"), 0, "100%"),
        (None, 1, "–"),
    ],
)
def test_percent(value, digits, expected):
    assert formats.percent(value, digits) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (480_457_660, "Rp480.457.660"),
        (-309_542_340, f"{MINUS}Rp309.542.340"),
        (0, "Rp0"),
        (Decimal("12345678901234"), "Rp12.345.678.901.234"),
        (None, "–"),
    ],
)
def test_rupiah(value, expected):
    assert formats.rupiah(value) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (6, f"+6,0{NBSP}poin persentase"),
        (Decimal("-1.25"), f"{MINUS}1,3{NBSP}poin persentase"),
        (0, f"0,0{NBSP}poin persentase"),
        (Decimal("0.04"), f"0,0{NBSP}poin persentase"),
        (Decimal("-0.04"), f"0,0{NBSP}poin persentase"),
        (None, "–"),
    ],
)
def test_points(value, expected):
    assert formats.points(value) == expected


@pytest.mark.parametrize(("value", "expected"), [(1528, "+1.528"), (-7, f"{MINUS}7"), (0, "0"), (None, "–")])
def test_signed(value, expected):
    assert formats.signed(value) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [(Decimal("53.456"), "53.46%"), (153, "100.00%"), (-2, "0.00%"), (None, "0.00%")],
)
def test_svg_share_is_a_length_inside_the_bar_in_every_language(value, expected):
    assert formats.svg_share(value) == expected


@pytest.mark.parametrize(
    ("filter_", "expected"),
    [
        (formats.month_name, "Agustus 2024"),
        (formats.day_name, "22 Agustus 2024"),
        (formats.iso_month, "2024-08"),
    ],
)
def test_dates(filter_, expected):
    assert filter_(date(2024, 8, 22)) == expected


@pytest.mark.parametrize(
    ("filter_", "expected"),
    [
        (formats.month_name, "–"),
        (formats.day_name, "–"),
        (formats.moment, "–"),
        (formats.iso_month, ""),
    ],
)
def test_missing_dates(filter_, expected):
    assert filter_(None) == expected


def render(source: str, **context: object) -> str:
    return engines["django"].from_string(source).render(context)


def test_days_are_those_of_jakarta():
    late = datetime(2024, 8, 31, 18, 30, tzinfo=UTC)
    source = "{{ at|day_name }} {{ at|month_name }} {{ at|iso_month }}"
    assert render(source, at=late) == "1 September 2024 September 2024 2024-09"


def test_a_moment_is_a_day_and_an_hour_of_jakarta():
    at = datetime(2024, 8, 22, 18, 2, 31, tzinfo=UTC)
    source = "{{ at|moment }}; {{ at|short_moment }}; {{ at|exact_moment }}"
    words = "23 Agustus 2024 pukul 01.02; 23 Agu 2024 pukul 01.02; 23 Agu 2024 pukul 01.02.31"
    assert render(source, at=at) == words
    assert formats.moment(at) == "23 Agustus 2024 pukul 01.02"
    assert formats.moment(None) == "–"
    with override("en"):
        assert formats.exact_moment(at) == "23 Aug 2024 at 01:02:31"


def test_separators_follow_the_language():
    with override("en"):
        assert formats.whole(1528) == "1,528"
        assert formats.percent(Decimal("43.49"), 2) == "43.49%"
        assert formats.rupiah(480_457_660) == "Rp480,457,660"
        assert formats.day_name(date(2024, 8, 22)) == "22 August 2024"


def test_filters_are_at_hand_without_load():
    text = render("{{ n|whole }}, {{ r|percent:2 }}", n=1528, r=Decimal(53))
    assert text == "1.528, 53,00%"
