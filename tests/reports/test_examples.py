"""The example data make the published percentages come out, and never touch what is real."""

from datetime import date
from decimal import Decimal

import pytest

from budgets.models import Contribution
from participants.enums import Stop
from participants.models import Batch, Headcount, MembershipCount
from participants.selectors.persons.funnel import month_funnel
from regions.enums import Origin
from regions.services.user import ensure_system_user
from reports.examples.places import split
from reports.models import MeasureValue
from reports.services.example import load_examples
from reports.services.published_figure import load_published
from reports.services.recompute import recompute_stale

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def examples(shared_rows):
    system = ensure_system_user()
    load_published(by=system)
    load_examples(by=system)
    recompute_stale(seconds=300)


def rate(code, year, month):
    return MeasureValue.objects.get(
        run__region_id=code,
        run__period=date(year, month, 1),
        run__is_current=True,
        measure="COV-01",
    ).rate


def test_published_percentages_come_out_and_real_months_stay_real(examples, system):
    assert rate("17", 2024, 11) == Decimal("37.00")
    bengkulu = {f"17.0{n}": rate(f"17.0{n}", 2024, 11) for n in range(1, 10)}
    bengkulu["17.71"] = rate("17.71", 2024, 11)
    assert max(bengkulu, key=bengkulu.get) == "17.04"
    assert min(bengkulu, key=bengkulu.get) == "17.07"
    assert (round(bengkulu["17.04"]), round(bengkulu["17.07"])) == (75, 17)
    assert round(rate("32.16", 2024, 12)) == 38
    assert round(rate("32.16", 2025, 2)) == 46
    assert (round(rate("36.72", 2023, 8)), round(rate("36.72", 2024, 8))) == (47, 53)
    assert rate("36.72", 2025, 7) == Decimal("43.49")
    real = MembershipCount.objects.get(region_id="36.72", month=date(2025, 7, 1))
    assert (real.members, real.origin) == (76_062, Origin.PUBLISHED)
    august = Headcount.objects.filter(region_id="36.72", month=date(2024, 8, 1))
    assert {row.origin for row in august} == {Origin.PUBLISHED}
    funded = MeasureValue.objects.get(
        run__region="36.72", run__period=date(2024, 8, 1), run__is_current=True, measure="CAT-02"
    )
    assert funded.numerator == 19_185
    paid = Contribution.objects.filter(region_id="36.72", paid_on__year=2024, paid_on__month__lte=8)
    assert {row.origin for row in paid} == {Origin.PUBLISHED}
    assert MembershipCount.objects.filter(origin=Origin.EXAMPLE).values("region").distinct().count() == 80
    assert load_examples(by=system) == 0


def test_splitting_keeps_the_total():
    assert split(100, [1, 1, 1]) == [34, 33, 33]
    assert sum(split(76_062, [58, 30, 11, 1])) == 76_062


def test_the_way_from_proposed_reaches_active(examples, system):
    """The Linmas of Kota Cilegon: some stop at each of the later steps."""
    month = Batch.objects.filter(category="linmas").earliest("pk").last_month
    steps = month_funnel(system, "36.72", month, "linmas")
    counts = [step.count for step in steps]
    assert counts == sorted(counts, reverse=True)
    stops = {loss.stop for step in steps for loss in step.losses if loss.persons}
    assert {Stop.UNMATCHED, Stop.MISMATCHED, Stop.UNREGISTERED} <= stops
    assert (counts[0] > counts[-1] > 100) is True
