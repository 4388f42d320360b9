"""Workers, PostgreSQL and Valkey killed at any moment under entry: in the end the figures are those of a
clean rebuild. `KILLS=50` kills more often than the few of every day."""

import os
import random
import time
from datetime import date

import pytest

from participants.models import Headcount
from participants.services.headcount import correct_headcount
from regions.models import Change
from regions.services.user import ensure_system_user
from reports.models import Run, WaitingRegion
from reports.services.recompute import recompute_stale
from reports.services.waiting_region import forget_all_runs
from tests.cast import KOTA_A, KOTA_B, make_cast
from tests.conftest import load_test_reference, make_figures
from tests.killed import workers
from tests.own_services import found_by
from tests.reports.test_engine import correct_members
from tests.reports.test_recompute import current, everything

pytestmark = pytest.mark.django_db(transaction=True)
KILLS = int(os.environ.get("KILLS", "6"))


@pytest.fixture
def worker():
    with workers("reports.services.recompute", "recompute_stale") as start:
        yield start


def enter(cast, chance, until):
    """One correction after another, of two cities and two kinds."""
    while time.monotonic() < until:
        correct_members(cast.wayan, chance.randrange(90_000))
        correct_members(cast.budi, chance.randrange(90_000), KOTA_B)
        row = Headcount.objects.get(region_id=KOTA_A)
        new = {"people": chance.randrange(5_000)}
        correct_headcount(pk=row.pk, revision=row.revision, by=cast.wayan, reason="salah", new=new)


def finish():
    until = time.monotonic() + 60
    while (Change.objects.exists() or WaitingRegion.objects.exists()) and time.monotonic() < until:
        recompute_stale()
        time.sleep(0.05)
    assert not Change.objects.exists()
    assert not WaitingRegion.objects.exists()


def test_killed_at_random_moments_the_figures_are_those_of_a_clean_rebuild(worker):
    load_test_reference()
    cast = make_cast()
    make_figures(ensure_system_user())
    chance, moments = random.Random(), []
    for _kill in range(KILLS):
        one, other = worker(), worker()
        moments.append(chance.uniform(0, 0.4))
        enter(cast, chance, time.monotonic() + moments[-1])
        for process in (one, other):
            process.kill()
    finish()
    correct_members(cast.wayan, 80_000)
    correct_members(cast.budi, 50_000, KOTA_B)
    finish()
    assert current("ID").numerator == 130_000, moments
    figures = everything()
    forget_all_runs(first_month=date(2000, 1, 1), last_month=date(2100, 1, 1))
    assert not Run.objects.exists()
    finish()
    assert everything() == figures, moments


def test_whatever_is_killed_nothing_acknowledged_is_lost_and_the_figures_are_those_of_a_clean_rebuild():
    """With servers of its own, which `./script/server` would bring back in the same way."""
    found = found_by("tests.killed_services", str(KILLS))
    assert sum(found["killed"].values()) == KILLS
    assert found["accepted"] > KILLS
    assert (found["lost"], found["same"]) == ([], True), found
