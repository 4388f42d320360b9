"""The plan in use beside the board: dashed, named, for who sees plans; the board asks no more for it."""

from datetime import date

import pytest
from django.urls import reverse

from budgets.services.scenario import accept_scenario
from participants.services.membership_count import record_membership_counts
from participants.services.workforce import record_workforces
from regions.models import Region
from reports.selectors.plans.used import used_plan
from reports.services.recompute import recompute_stale
from tests.cast import KOTA_A, PROVINCE
from tests.factories import MembershipCountFactory, WorkforceFactory
from tests.reports.plans import YEAR, people, solved

__all__ = ["people"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("system", "people")]
PAGE = reverse("used_plan", args=[KOTA_A])


def region(code=KOTA_A):
    return Region.objects.get(code=code)


@pytest.fixture
def used(cast, system):
    record_workforces([WorkforceFactory(year=YEAR)], by=system)
    record_membership_counts([MembershipCountFactory(month=date(YEAR, 1, 1))], by=system)
    recompute_stale()
    scenario = solved(cast)
    accept_scenario(pk=scenario.pk, by=cast.dewi)
    return scenario


def test_the_plan_in_use_beside_what_was_reported(used, cast):
    found = used_plan(cast.siti, region(), YEAR)
    assert found.scenario == used
    assert [one.month for one in found.months] == [date(YEAR, place, 1) for place in range(1, 13)]
    assert [str(one.reported.rate) for one in found.months if one.reported] == ["43.49"]
    assert used_plan(cast.siti, region(), YEAR - 1).scenario == used
    assert used_plan(cast.siti, region(), YEAR + 1) is None
    assert used_plan(cast.siti, region(PROVINCE), YEAR) is None
    assert used_plan(cast.budi, region(), YEAR) is None


def test_a_plan_that_nobody_uses_is_not_shown(cast, client_of):
    solved(cast)
    assert used_plan(cast.dewi, region(), YEAR) is None
    shown = client_of(cast.dewi).get(f"{PAGE}?periode={YEAR}-01").content.decode()
    assert "Belum ada rencana yang dipakai" in shown


def test_it_comes_after_the_board_dashed_and_named(used, cast, client_of):
    board = client_of(cast.siti).get(f"/wilayah/{KOTA_A}/?periode={YEAR}-01").content.decode()
    assert f'hx-get="{PAGE}?periode={YEAR}-01"' in board
    part = client_of(cast.siti).get(f"{PAGE}?periode={YEAR}-01", headers={"HX-Request": "true"})
    shown = part.content.decode()
    assert "<html" not in shown and used.name in shown
    assert "stroke-dasharray" in shown and "43,49%" in shown
    assert "bukan angka laporan" in shown


def test_leaders_are_not_led_to_it(used, cast, client_of):
    assert client_of(cast.ratna).get(PAGE).status_code == 403
    assert client_of(cast.budi).get(PAGE).status_code == 404
    closed = client_of(cast.ratna).get(f"/wilayah/{KOTA_A}/?periode={YEAR}-01").content.decode()
    assert PAGE not in closed
