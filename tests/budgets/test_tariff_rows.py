"""Which row of law makes a price where two would differ: rows of its own, without a database."""

from datetime import date
from decimal import Decimal

import pytest

from budgets.enums import PayerCondition, RateBase
from budgets.models import ContributionRate
from budgets.price import PriceAsked
from budgets.tariff import Tariff

JULY = date(2025, 7, 1)
SINCE = date(2025, 1, 1)


def rate(**given):
    terms = {"segment": "pu", "programme": "jkk", "base": "wage", "payer": "any", "percent": Decimal(1)}
    return ContributionRate(**terms | {"valid_from": SINCE, **given})


def band(pk, over, up_to, base):
    terms = {"segment": "bpu", "base": "band", "over": over, "up_to": up_to, "band_base": base}
    return rate(pk=pk, **terms)


BANDS = [band(1, 0, 1_000_000, 900_000), band(2, 1_000_000, 2_000_000, 1_500_000)]


def price(rows, segment, **asked):
    return Tariff(rows, []).quote(segment, ["jkk"], JULY, PriceAsked(**asked))


@pytest.mark.parametrize(
    ("income", "rupiah"),
    [(None, 9_000), (0, 9_000), (1, 9_000), (1_000_000, 9_000), (1_000_001, 15_000), (2_000_000, 15_000)],
)
def test_a_band_begins_above_its_border_and_the_first_with_nothing(income, rupiah):
    assert [part.rupiah for part in price(BANDS, "bpu", income=income).parts] == [rupiah]


def test_an_income_above_all_bands_has_no_price():
    quote = price(BANDS, "bpu", income=2_000_001)
    assert quote.unknown == (("jkk", "lapisan untuk penghasilan ini belum terverifikasi"),)


def test_benefits_are_counted_from_the_wage_or_from_the_base_of_a_band():
    tariff = Tariff([*BANDS, rate(pk=3)], [])
    assert tariff.counted_wage("pu", JULY, PriceAsked(wage=3_000_000)) == 3_000_000
    assert tariff.counted_wage("bpu", JULY, PriceAsked(wage=3_000_000, income=1_200_000)) == 1_500_000
    assert tariff.counted_wage("bpu", date(2024, 12, 1), PriceAsked(wage=3_000_000)) == 3_000_000
    assert tariff.counted_wage("bpu", JULY, PriceAsked(income=9_000_000)) is None


def test_what_binds_one_kind_of_payer_comes_before_what_binds_all():
    all_payers = rate(pk=2, base=RateBase.FLAT.value, rupiah=200)
    others = rate(pk=1, base=RateBase.FLAT.value, rupiah=100, payer=PayerCondition.NOT_GOVERNMENT.value)
    for rows in ([all_payers, others], [others, all_payers]):
        assert [part.rupiah for part in price(rows, "pu", government=False).parts] == [100]
        assert [part.rupiah for part in price(rows, "pu", government=True).parts] == [200]


@pytest.mark.parametrize(
    ("wage", "why"),
    [
        (None, "dasar upahnya belum dicatat"),
        (4_000_000, "tingkat risiko lingkungan kerjanya belum dipilih"),
        (5_000_000, "tingkat risiko lingkungan kerjanya belum dipilih"),
        (
            5_000_001,
            "batas upah tertinggi bulan ini belum terverifikasi; sampai Rp5.000.000 pasti di bawahnya",
        ),
    ],
)
def test_a_missing_price_says_what_is_missing(wage, why):
    rows = [rate(pk=1, up_to=5_000_000, risk_class=1)]
    assert price(rows, "pu", wage=wage).unknown == (("jkk", why),)


@pytest.mark.parametrize(
    ("wage", "rupiah", "words"),
    [
        (999_999, 10_000, "1% × upah terendah Rp1.000.000"),
        (1_000_000, 10_000, "1% × upah Rp1.000.000"),
        (2_000_000, 20_000, "1% × upah Rp2.000.000"),
        (2_000_001, 20_000, "1% × batas upah Rp2.000.000"),
    ],
)
def test_a_wage_counts_between_its_floor_and_its_ceiling(wage, rupiah, words):
    rows = [rate(pk=1, wage_floor=1_000_000, wage_ceiling=2_000_000)]
    (part,) = price(rows, "pu", wage=wage).parts
    assert (part.rupiah, part.formula) == (rupiah, words)
