"""A plan of several years: solved in the background, shown and written year by year."""

from dataclasses import replace
from decimal import Decimal
from io import BytesIO

import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook

from budgets.models import Scenario
from budgets.planning.asked import read_asked
from budgets.planning.question import WHOLE
from budgets.selectors.planning.scenario import result_of
from reports.selectors.plans.shown import shown_plan
from tests.cast import KOTA_A
from tests.reports.plans import RATE, YEAR, asked, people, solved

__all__ = ["people"]

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("system")]


def test_a_plan_of_several_years_has_an_annex_for_each(cast, people, client_of):
    stages = (100 * 12 * RATE, 300 * 12 * RATE)
    wanted = replace(asked(stages[0], stages=stages), ceilings={"apbd_kabkota": -1, WHOLE: stages[0]})
    scenario = solved(cast, wanted)
    client = client_of(cast.dewi)
    for year, rupiah in zip((YEAR, YEAR + 1), stages, strict=True):
        answer = client.get(reverse("plan_annex", args=[scenario.pk, "xlsx"]), {"tahun": year})
        rows = CalamineWorkbook.from_filelike(BytesIO(answer.content)).get_sheet_by_index(0).to_python()
        assert rows[0][0] == f"Lampiran usulan anggaran iuran Jamsostek {year}"
        amounts = [row[11] for row in rows if isinstance(row[11], float)]
        assert amounts[-1] == rupiah == sum(amounts[:-1])
        assert f"lampiran-{KOTA_A}-{year}-" in answer["Content-Disposition"]
    page = client.get(reverse("plan_page", args=[scenario.pk])).content.decode()
    assert f"?tahun={YEAR + 1}" in page
    assert client.get(reverse("plan_annex", args=[scenario.pk, "docx"]), {"tahun": 2040}).status_code == 404


def test_several_years_are_solved_in_the_background_and_shown(cast, people, client_of):
    """100, then 300 people's money: from 500 of 10,000 workers to 8 percent in the second year."""
    stages = (100 * 12 * RATE, 300 * 12 * RATE)
    wanted = asked(stages[0], target=Decimal(8), stages=stages)
    wanted = replace(wanted, ceilings={**wanted.ceilings, "apbd_kabkota": -1, WHOLE: stages[0]})
    scenario = solved(cast, wanted)
    shown = shown_plan(scenario)
    told = [(row.year, row.renewed, row.added, row.rate, row.missing) for row in shown.staged.years]
    assert told == [(YEAR, 0, 100, Decimal("6.00"), 200), (YEAR + 1, 100, 200, Decimal("8.00"), 0)]
    assert [row.rupiah for row in shown.staged.years] == list(stages)
    assert all(sum(line.rupiah for line in row.lines) == row.rupiah for row in shown.staged.years)
    assert f"tercapai pada akhir {YEAR + 1}" in shown.staged.sentence
    assert result_of(scenario).edited.people == 100
    page = client_of(cast.dewi).get(reverse("plan_page", args=[scenario.pk])).content.decode()
    assert "Bertahap menurut tahun" in page
    assert page.count("<svg") >= 2


def test_a_plan_of_several_years_is_asked_by_shares_of_a_growing_budget(cast, people, client_of):
    client = client_of(cast.dewi)
    sent = {
        "name": "Bertahap",
        "goal": "people",
        "first": "0",
        "least_months": "12",
        "programmes": ["jkk", "jkm"],
    }
    sent |= {"use_apbd_kabkota": "on", "take_nelayan": "on", "years": "2", "budget": "1.000.000.000"}
    sent |= {"budget_growth": "10", "share_1": "1", "share_2": "2"}
    address = f"{reverse('plan_create')}?wilayah={KOTA_A}&tahun={YEAR}"
    assert client.post(address, {**sent, "share_2": ""}).status_code == 422
    assert client.post(address, sent).status_code == 302
    kept = read_asked(Scenario.objects.get().asked)
    assert kept.stages == (10_000_000, 22_000_000)
    assert kept.ceilings[WHOLE] == 10_000_000
    assert kept.capacity == {"budget": 1_000_000_000, "growth": "10", "shares": ["1", "2"]}
