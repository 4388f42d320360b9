"""Published figures of money come out as their own parts say."""

from datetime import date

import pytest

from budgets.models import Allocation, Claim, Contribution, Realisation
from participants.models import Headcount, MembershipCount, Target, Workforce
from reports.models import MeasureValue
from reports.services.published_figure import load_published
from reports.services.recompute import recompute_stale


@pytest.fixture
def published(system):
    load_published(by=system)
    recompute_stale(seconds=120)


def value(code, month, measure, **dimensions):
    wanted = {"segment": "", "category": "", "funding": "", "target": "", "variant": "", **dimensions}
    return MeasureValue.objects.filter(
        run__region=code, run__period=month, run__is_current=True, measure=measure, **wanted
    ).first()


def test_cilegon_on_every_basis_that_can_be_told(published):
    august = date(2024, 8, 1)
    assert value("36.72", august, "BAL-05", variant="kas").numerator == -309_542_340
    assert value("36.72", august, "BAL-05", variant="kas_pemerintah").numerator == -309_542_340
    assert value("36.72", august, "BAL-05", variant="akrual").numerator == -309_542_340
    # All programmes came in one sum: nobody can say what of it is JKK and JKM.
    assert value("36.72", august, "BAL-05", variant="kas_jkk_jkm") is None
    assert value("36.72", august, "BAL-05", variant="kas_tanpa_jht") is None
    assert value("36.72", august, "CON-02").numerator == 480_457_660
    # Ad hoc staff and street cleaners are wage earners, and nobody published on which wage they are paid.
    unpriced = {
        category: value("36.72", august, "CON-05", category=category, funding="apbd_kabkota").numerator
        for category in ("adhoc_kpu", "adhoc_bawaslu", "kebersihan_dlh")
    }
    assert unpriced == {"adhoc_kpu": 11_658, "adhoc_bawaslu": 1_363, "kebersihan_dlh": 61}
    assert value("36.72", august, "CON-01").numerator == (19_185 - sum(unpriced.values())) * 16_800


def test_pangkep_has_paid_two_thirds(published):
    september = date(2025, 9, 1)
    assert value("73.10", september, "BUD-01").numerator == 2_239_339_680
    assert value("73.10", september, "BUD-02").numerator == 1_493_319_120
    absorbed = value("73.10", september, "BUD-03")
    assert (absorbed.numerator, absorbed.denominator) == (1_493_319_120, 2_239_339_680)
    assert str(absorbed.rate) == "66.69"


def test_pontianak_pays_eight_times_what_it_gets(published):
    december = date(2025, 12, 1)
    assert value("61.71", december, "BAL-03").numerator == -2_704_000_000
    assert str(value("61.71", december, "BAL-04").rate) == "859.55"


def test_pesisir_selatan_with_jht_and_without(published):
    december = date(2025, 12, 1)
    assert value("13.01", december, "BAL-02").numerator == 46_242_385_836
    assert value("13.01", december, "CLM-03").numerator == 3_630
    parts = {
        programme: (
            value("13.01", december, "CLM-01", variant=programme).numerator,
            value("13.01", december, "CLM-02", variant=programme).numerator,
        )
        for programme in ("jht", "jkm", "jkp", "jkk", "jp")
    }
    assert parts == {
        "jht": (40_178_728_900, 2_726),
        "jkm": (2_924_000_000, 158),
        "jkp": (1_593_069_650, 657),
        "jkk": (1_126_718_456, 44),
        "jp": (419_868_830, 45),
    }
    assert value("13.01", december, "BAL-07", variant="kas").numerator == 46_242_385_836
    assert (
        value("13.01", december, "BAL-07", variant="kas_tanpa_jht").numerator
        == 46_242_385_836 - 40_178_728_900
    )
    assert (
        value("13.01", december, "BAL-07", variant="kas_jkk_jkm").numerator == 2_924_000_000 + 1_126_718_456
    )
    # Claims alone are no balance.
    assert value("13.01", december, "BAL-05", variant="kas") is None


@pytest.mark.parametrize(
    ("code", "month", "rupiah"),
    [("17.06", date(2024, 12, 1), 362_880_000), ("64.09", date(2025, 1, 1), 3_024_000_000)],
)
def test_budgets_that_were_published(published, code, month, rupiah):
    assert value(code, month, "BUD-01").numerator == rupiah


def test_publications_loaded_again_revise_nothing(published, system):
    load_published(by=system, force=True)
    kinds = (Allocation, Claim, Contribution, Realisation, Headcount, MembershipCount, Target, Workforce)
    assert all(kind.objects.exists() for kind in kinds)
    assert [kind.__name__ for kind in kinds if kind.objects.filter(revision__gt=1).exists()] == []
