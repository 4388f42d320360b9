"""Pages, forms and files of plans, and what each number on them opens to."""

import re
from decimal import Decimal
from io import BytesIO
from zipfile import ZipFile

import docx
import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook

from budgets.models import Scenario
from budgets.planning.asked import read_asked
from budgets.planning.codec import read_answer
from budgets.selectors.planning.scenario import result_of
from budgets.services.scenario import work_on_scenarios
from regions.rate import rate_of
from reports.selectors.plans.compared import compared
from reports.selectors.plans.opened import opened_ceiling, opened_month
from reports.selectors.plans.shown import shown_plan
from reports.selectors.plans.variant import variant_of
from tests.cast import KOTA_A
from tests.pages import streamed_text
from tests.reports.plans import RATE, YEAR, asked, people, solved

__all__ = ["people"]

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("system")]


def test_what_the_plan_hangs_on_is_said_the_weightiest_first(cast, people):
    """A hundred for twelve months at 16,800; at 15,120 there would be 111, and ten months buy 120."""
    plan = shown_plan(solved(cast))
    swings = {one.words: (one.low, one.low_worth, one.high, one.high_worth) for one in plan.swings}
    assert swings == {
        "Iuran": ("\N{MINUS SIGN}10%", 111, "+10%", 90),
        "Lama paling singkat (bulan)": ("10", 120, "12", 100),
    }
    assert [one.span for one in plan.swings] == [21, 20]


def test_side_by_side(cast, people):
    few, many = solved(cast, asked(10 * 12 * RATE)), solved(cast)
    table = compared([few, many])
    rows = dict(table["rows"])
    assert table["scenarios"] == [few, many]
    assert rows["Orang terlindungi pada Desember"] == ["10", "100"]
    assert rows["Biaya"] == ["Rp2.016.000", "Rp20.160.000"]


def test_the_annex_adds_up_by_itself(cast, people, client_of):
    scenario = solved(cast)
    client = client_of(cast.dewi)
    answer = client.get(reverse("plan_annex", args=[scenario.pk, "xlsx"]))
    with ZipFile(BytesIO(answer.content)) as parts:
        formulas = re.findall("<f>([^<]+)</f>", parts.read("xl/worksheets/sheet1.xml").decode())
    assert formulas == ["I5*J5", "H5*K5", "SUM(H5:H5)", "SUM(L5:L5)"]
    rows = CalamineWorkbook.from_filelike(BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    assert [row[11] for row in rows if isinstance(row[11], float)] == [20_160_000, 20_160_000]
    document = docx.Document(BytesIO(client.get(reverse("plan_annex", args=[scenario.pk, "docx"])).content))
    texts = [cell.text for row in document.tables[0].rows for cell in row.cells]
    assert texts.count("Rp20.160.000") == 2
    assert "Rp16.800" in texts


def form_of(**more):
    return {
        "name": "Dua miliar",
        "goal": "people",
        "ceiling": "20.160.000",
        "first": "0",
        "least_months": "12",
        "programmes": ["jkk", "jkm"],
        "use_apbd_kabkota": "on",
        "take_nelayan": "on",
        "take_buruh_tani": "on",
        **more,
    }


def test_from_the_form_to_the_page(cast, people, client_of):
    client = client_of(cast.dewi)
    address = reverse("plan_create") + f"?wilayah={KOTA_A}&tahun={YEAR}"
    assert "Buruh tani" in client.get(address).content.decode()
    answer = client.post(address, form_of())
    scenario = Scenario.objects.get()
    assert answer.headers["Location"] == reverse("plan_page", args=[scenario.pk])
    assert "menunggu" in client.get(answer.headers["Location"]).content.decode().lower()
    work_on_scenarios()
    page = client.get(answer.headers["Location"]).content.decode()
    assert "100 orang terlindungi sampai akhir 2026 dengan Rp20.160.000" in page
    copy = client.get(reverse("plan_create") + f"?salin={scenario.pk}").content.decode()
    assert 'value="20160000"' in copy or 'value="20.160.000"' in copy
    client.post(reverse("plan_edit", args=[scenario.pk]), {"people": ["90"]})
    assert "90 orang terlindungi" in client.get(answer.headers["Location"]).content.decode()
    refused = client.post(reverse("plan_edit", args=[scenario.pk]), {"people": ["banyak"]}, follow=True)
    assert "Belum ada yang berubah" in refused.content.decode()
    client.post(reverse("plan_accept", args=[scenario.pk]))
    assert Scenario.objects.get().accepted_by == cast.dewi


def test_a_refusal_stays_on_the_form(cast, people, client_of):
    address = reverse("plan_create") + f"?wilayah={KOTA_A}&tahun={YEAR}"
    answer = client_of(cast.dewi).post(address, form_of(goal="cost", ceiling=""))
    assert answer.status_code == 422
    assert "Biaya terendah memerlukan tujuan" in answer.content.decode()


def test_every_line_opens_to_its_formula_tariff_need_and_assumptions(cast, people, client_of):
    scenario = solved(cast, asked(300 * 12 * RATE, programmes=("jkk", "jkm")))
    page = client_of(cast.dewi).get(reverse("plan_page", args=[scenario.pk])).content.decode()
    lines = result_of(scenario).lines
    assert lines
    for line in lines:
        address = reverse("plan_line", args=[scenario.pk, line.place])
        assert f'href="{address}"' in page
        opened = client_of(cast.dewi).get(address).content.decode()
        assert f"{line.people} orang × 12 bulan × Rp16.800" in opened
        assert "Register Dinas" in opened
        assert "PP" in opened
        assert "Tarifnya kini lain" not in opened
    assert client_of(cast.dewi).get(reverse("plan_line", args=[scenario.pk, 99])).status_code == 404
    assert client_of(cast.budi).get(reverse("plan_line", args=[scenario.pk, 0])).status_code == 404


def test_every_month_opens_to_members_workers_and_lines(cast, people, client_of):
    """500 of 10,000 and 300 planned; members leave, workers are added, by the plan's assumptions."""
    wanted = asked(300 * 12 * RATE, churn=Decimal(12), growth=Decimal(6))
    scenario = solved(cast, wanted)
    client = client_of(cast.dewi)
    page = client.get(reverse("plan_page", args=[scenario.pk])).content.decode()
    result = result_of(scenario)
    for number in range(1, 13):
        address = reverse("plan_month", args=[scenario.pk, number])
        assert f'href="{address}"' in page
        opened = opened_month(scenario, shown_plan(scenario), number - 1)
        assert opened.members == 500 - 5 * number
        assert opened.workers == 10_000 + 50 * number
        assert opened.planned == result.edited.by_month[number - 1] == 300
        assert opened.rate == result.edited.coverage[number - 1]
        assert opened.rate == rate_of(opened.covered, opened.workers)
    told = client.get(reverse("plan_month", args=[scenario.pk, 12])).content.decode()
    assert "(440 peserta + 300 orang dari rencana) ÷ 10.600 pekerja = 6,98%" in told
    assert reverse("plan_line", args=[scenario.pk, 0]) in told
    assert client.get(reverse("plan_month", args=[scenario.pk, 13])).status_code == 404
    assert client.get(reverse("plan_month", args=[scenario.pk, 0])).status_code == 404
    assert client_of(cast.budi).get(reverse("plan_month", args=[scenario.pk, 1])).status_code == 404


def test_every_ceiling_opens_to_the_lines_it_pays_for(cast, people, client_of):
    scenario = solved(cast, asked(300 * 12 * RATE))
    client = client_of(cast.dewi)
    address = reverse("plan_ceiling", args=[scenario.pk, "apbd_kabkota"])
    assert f'href="{address}"' in client.get(reverse("plan_page", args=[scenario.pk])).content.decode()
    told = client.get(address).content.decode()
    assert "Rp60.480.000 − Rp60.480.000 = Rp0 tidak terpakai" in told
    opened = opened_ceiling(scenario, shown_plan(scenario), "apbd_kabkota")
    assert opened.spent == opened.shown.spent == sum(one.line.rupiah for one in opened.lines)
    for unknown in ("semua", "csr"):
        assert client.get(reverse("plan_ceiling", args=[scenario.pk, unknown])).status_code == 404


def test_other_ceilings_and_assumptions_open_as_plans_of_their_own(cast, people, client_of):
    """What the curve and the swings say comes out when it is asked as a plan."""
    scenario = solved(cast, asked(300 * 12 * RATE, target=Decimal(7)))
    answer = read_answer(scenario.answer)
    assert len(answer.curve) > 2
    for place, point in enumerate(answer.curve):
        variant = variant_of(scenario, {"kurva": str(place)})
        assert variant.ceilings == {"apbd_kabkota": point.ceiling}
        assert result_of(solved(cast, variant)).optimum.people == point.value
    for swing in scenario.answer["swings"]:
        for side, word in (("low", "rendah"), ("high", "tinggi")):
            told = {"asumsi": swing["assumption"], "arah": word}
            assert result_of(solved(cast, variant_of(scenario, told))).optimum.people == swing[side]
    copied = {"salin": scenario.pk, "asumsi": "price", "arah": "tinggi"}
    form = client_of(cast.dewi).get(reverse("plan_create"), copied).context["form"]
    assert form["price_change"].value() == "10"
    assert variant_of(scenario, {"kurva": "99"}) == variant_of(scenario, {}) == read_asked(scenario.asked)


def test_whom_a_plan_leaves_out_is_offered_to_another_payer(cast, people, client_of):
    scenario = solved(cast)
    shown = shown_plan(scenario)
    assert shown.people_left_out == 900 - 100
    assert shown.rupiah_left_out == 800 * 12 * RATE
    page = client_of(cast.dewi).get(reverse("plan_page", args=[scenario.pk])).content.decode()
    assert reverse("pledge_record") in page


def lines_of(answer):
    return streamed_text(answer).splitlines()


def test_tables_of_plans_are_files(cast, people, client_of):
    scenario, client = solved(cast), client_of(cast.dewi)
    page = reverse("plan_page", args=[scenario.pk])
    (_head, line) = lines_of(client.get(page, {"unduh": "csv"}))
    assert line.endswith(";12;100;100 orang × 12 bulan × Rp16.800;20160000;")
    (_head, line) = lines_of(client.get(reverse("plan_list"), {"unduh": "csv"}))
    assert line.startswith(f"{scenario.pk};Pagu tetap;{KOTA_A};")
    (head, *rows) = lines_of(client.get(reverse("plan_compare"), {"s": scenario.pk, "unduh": "csv"}))
    assert head == "hal;Pagu tetap"
    assert "Biaya;Rp20.160.000" in rows
    assert client_of(cast.budi).get(page, {"unduh": "csv"}).status_code == 404
