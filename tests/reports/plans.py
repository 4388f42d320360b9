"""A region that plans: how many people there are, what is asked, and the plan as it was solved."""

from datetime import date

import pytest

from budgets.planning.asked import Base, PlanAsked
from budgets.selectors.planning.need import Covered
from budgets.selectors.planning.scenario import get_scenario
from budgets.selectors.planning.stated import Grounds, state
from budgets.services.scenario import ask_scenario, work_on_scenarios
from participants.models import CategoryPopulation
from participants.services.category_population import record_category_populations
from participants.services.headcount import record_headcounts
from tests.cast import KOTA_A
from tests.factories import HeadcountFactory

YEAR = 2026
RATE = 16_800
COVERED = Covered({KOTA_A: "2025-07"}, {(KOTA_A, "nelayan"): 400})
BASES = {KOTA_A: Base(500, 10_000, "2025-07")}


def population(people, category="nelayan", region=KOTA_A, year=2025):
    return CategoryPopulation(
        region_id=region,
        year=year,
        category_id=category,
        kind="register",
        people=people,
        source="Register Dinas",
        as_of=date(year, 6, 30),
    )


@pytest.fixture
def people(cast, system):
    """1,000 fishers of whom 400 are paid for; 300 farm hands of whom nobody is known to be."""
    record_category_populations([population(1_000), population(300, "buruh_tani")], by=system)
    record_headcounts(
        [HeadcountFactory(category_id="nelayan", month=date(2025, 7, 1), people=400)], by=system
    )


def asked(ceiling=100 * 12 * RATE, **more):
    ceilings = {"apbd_kabkota": -1} if ceiling is None else {"apbd_kabkota": ceiling}
    return PlanAsked(**{"region": KOTA_A, "year": YEAR, "ceilings": ceilings, "least_months": 12} | more)


def stated(wanted, bases):
    return state(wanted, Grounds.read(wanted, [KOTA_A], bases, COVERED))


def solved(cast, wanted=None, **more):
    made = ask_scenario(
        asked=wanted or asked(),
        name="Pagu tetap",
        bases=more.pop("bases", BASES),
        covered=COVERED,
        by=cast.dewi,
        **more,
    )
    assert work_on_scenarios() == 1
    return get_scenario(cast.dewi, made.pk)
