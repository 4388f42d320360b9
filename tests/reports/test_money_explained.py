"""Every figure of money is the sum of what its page shows, to the rupiah, and no float comes near it."""

import ast
import html
import re
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings

from budgets.services.allocation import record_allocations
from budgets.services.claim import record_claims
from budgets.services.contribution import record_contributions
from budgets.services.realisation import record_realisations
from participants.services.headcount import record_headcounts
from participants.services.membership_count import record_membership_counts
from participants.services.workforce import record_workforces
from reports.measures.catalogue import MEASURES
from reports.models import MeasureValue
from reports.selectors.explanation import explain_value
from reports.services.published_figure import load_published
from reports.services.recompute import recompute_stale
from reports.value_words import value_text
from tests.budgets.money_files import paid
from tests.budgets.money_files import store as store_money
from tests.budgets.money_files import workbook as money_workbook
from tests.factories import (
    AllocationFactory,
    ClaimFactory,
    ContributionFactory,
    HeadcountFactory,
    MembershipCountFactory,
    RealisationFactory,
    WorkforceFactory,
)
from tests.pages import page_of
from tests.participants.batches import people, store

MONEY = [code for code in MEASURES if code[:3] in {"BUD", "CON", "BAL", "CLM"}]
JUNE, JULY = date(2025, 6, 1), date(2025, 7, 1)


@pytest.fixture
def money(cast, system):
    """All that money can be, in Kota A in 2025: prepaid, unpaid, in kind, promised, without a payer."""
    load_published(by=system)
    record_headcounts([HeadcountFactory(month=month) for month in (JUNE, JULY)], by=system)
    record_headcounts([HeadcountFactory(category_id="non_asn", people=40)], by=system)
    record_workforces([WorkforceFactory(year=2024, workers=172_994)], by=system)
    december = MembershipCountFactory(month=date(2024, 12, 1), members=70_000)
    record_membership_counts([december], by=system)
    store(people(3), cast.wayan, first_month=JUNE, category="nelayan")
    record_contributions(
        [
            ContributionFactory(amount=1_000_001, first_month=date(2024, 10, 1), last_month=date(2025, 9, 1)),
            ContributionFactory(amount=777, programme="jkk", funding_id="apbd_kabkota", category_id="linmas"),
            ContributionFactory(amount=55_555, programme="jkm", funding_id="mandiri"),
        ],
        by=system,
    )
    record_claims(
        [
            ClaimFactory(amount=42_000_000, programme="jkm", cases=1, funding_id="apbd_kabkota"),
            ClaimFactory(amount=9, programme="jht", cases=2, funding_id="mandiri", happened_on=JUNE),
            ClaimFactory(amount=12_000_000, programme="jkm", cases=1, kind="in_kind", funding_id="mandiri"),
            ClaimFactory(amount=87_000_000, programme="jkm", cases=1, kind="liability"),
        ],
        by=system,
    )
    line = AllocationFactory(category_id="linmas", funding_id="apbd_kabkota")
    record_allocations([line, AllocationFactory(funding_id="csr", account="")], by=system)
    paid = {"paid_amount": 26_762_401, "paid_on": date(2025, 7, 9), "over_reason": "pembulatan bank"}
    paid |= {"posted_amount": 26_762_400, "posted_on": date(2025, 7, 14)}
    record_realisations([RealisationFactory(), RealisationFactory(**paid)], by=system)
    recompute_stale(seconds=120)


def figures(code, measures):
    rows = MeasureValue.objects.filter(run__is_current=True, run__region=code, measure__in=measures)
    return rows.select_related("run", "run__region").order_by("run__period", "variant")


# Of differences and shares: the parts that each is made of, the first less the second or over it.
_MADE_OF = {
    "BAL-03": ("BAL-01", "BAL-02"),
    "BAL-04": ("BAL-02", "BAL-01"),
    "BAL-05": ("BAL-06", "BAL-07"),
    "BAL-08": ("BAL-07", "BAL-06"),
    "BUD-03": ("BUD-02", "BUD-01"),
    "BUD-08": ("BUD-05", "BUD-04"),
    "CON-03": ("CON-01", "CON-02"),
}


def gained(page):
    """What was paid and what was gained since the year began, in people or hundredths of a point."""
    paid, now, before = page.parts
    if page.measure.code == "BUD-09":
        return paid.numerator, now.numerator - before.numerator
    return paid.numerator, 100 * (now.rate - before.rate)


def shown(page):
    """The numerator and denominator that a reader of the page works out from its rows."""
    measure = page.measure.code
    rows = sum(section.total for section in page.sections)
    # What has no figure yet, as nothing paid, is shown by its absence.
    parts = {part.measure: part.numerator for part in page.parts}
    if measure in {"BUD-09", "BUD-10"}:
        return gained(page)
    if measure in _MADE_OF:
        one, other = (parts.get(code, 0) for code in _MADE_OF[measure])
        return (one - other, None) if page.measure.unit == "rupiah" else (one, other)
    if measure == "BUD-06":
        ceiling, *paid = page.sections
        return ceiling.total - sum(section.total for section in paid), page.cost_total
    if measure == "BUD-07":
        # The page lists all that are paid for, of whom this payer's are a share.
        return page.value.numerator, rows
    whole = {
        "CLM-03": sum(part.numerator for part in page.parts),
        "CON-01": page.cost_total,
        "CON-04": page.cost_total - rows,
        "CON-05": sum(cost.people for cost in page.costs),
    }
    return whole.get(measure, rows), None


def test_a_figure_is_the_sum_of_what_its_page_shows(money, cast):
    seen = set()
    for code in ("36.72", "13.01", "73.10"):
        for value in figures(code, MONEY):
            page = explain_value(cast.dewi, value)
            assert shown(page) == (value.numerator, value.denominator), (value.measure, value.variant)
            seen.add(value.measure)
    assert seen == set(MONEY)


def test_each_linked_figure_of_the_page_of_arrears_is_the_one_that_is_explained(money, cast, client_of):
    client = client_of(cast.dewi)
    page = page_of(client.get("/tunggakan/36.72/?periode=2025-07"))
    links = re.findall(r'<a href="(/angka/36\.72/2025-07/CON-0\d/[^"]*)">([^<]+)</a>', page)
    # Due and received of the year, and the difference of each payer in each of its months.
    assert len(links) == 2 + page.count("dana=") > 2
    for address, written in links:
        explained = client.get(html.unescape(address)).context["explanation"]
        assert value_text(explained.value) == written, address


def test_parts_shown_add_up_to_the_whole_shown(money):
    for run, whole, parts in (
        ("36.72", "BUD-01", "BUD-04"),
        ("36.72", "BUD-02", "BUD-05"),
        ("13.01", "BAL-02", "CLM-01"),
        ("36.72", "BAL-02", "CLM-01"),
    ):
        for total in figures(run, [whole]):
            rows = MeasureValue.objects.filter(run=total.run, measure=parts)
            assert sum(rows.values_list("numerator", flat=True)) == total.numerator


_BUDGETS = Path(settings.BASE_DIR) / "budgets"
# Seconds, gaps and the solver's own numbers, of which nothing but whole people comes out; widths on paper.
_SEARCHES = {"planning/asked.py", "planning/process.py", "planning/programme.py", "planning/question.py"} | {
    "planning/search.py",
    "planning/solve.py",
    "planning/answer.py",
    "services/scenario.py",
    "services/staged_plan.py",
    "selectors/planning/stated.py",
    "exporters/annex_docx.py",
}


def _is_search(path):
    return path.relative_to(_BUDGETS).as_posix() in _SEARCHES


_EXACT = [
    *sorted(path for path in _BUDGETS.rglob("*.py") if not _is_search(path)),
    *sorted((Path(settings.BASE_DIR) / "reports/measures").rglob("*.py")),
    *sorted((Path(settings.BASE_DIR) / "reports/explanations").rglob("*.py")),
    *sorted((Path(settings.BASE_DIR) / "reports/selectors/gathering").rglob("*.py")),
    *sorted((Path(settings.BASE_DIR) / "reports/selectors/boards").rglob("*.py")),
    Path(settings.BASE_DIR) / "participants/selectors/persons/months.py",
    Path(settings.BASE_DIR) / "regions/rate.py",
]


@pytest.mark.parametrize("path", _EXACT, ids=lambda path: str(path.relative_to(settings.BASE_DIR)))
def test_no_float_is_made_where_money_is_counted(path):
    made = [
        node.lineno
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if (isinstance(node, ast.Constant) and isinstance(node.value, float))
        or (isinstance(node, ast.Call) and getattr(node.func, "id", "") == "float")
        or (isinstance(node, ast.Name) and node.id == "FloatField")
        or (isinstance(node, ast.Attribute) and node.attr == "FloatField")
    ]
    assert made == []


def test_a_figure_that_came_by_a_file_names_its_sheet_and_line(system, cast):
    batch = store_money(money_workbook([paid(1, 444_444), paid(2, 555)]), cast.wayan)
    recompute_stale()
    value = MeasureValue.objects.filter(run__is_current=True, run__region="36.72", measure="BAL-01").first()
    (section,) = explain_value(cast.wayan, value).sections
    places = [row.place for row in section.rows]
    assert len(places) == 2
    for row in section.rows:
        assert batch.file_name in row.place
        assert f"SHA-256 {batch.sha256[:12]}" in row.place
    assert len(set(places)) == 2
