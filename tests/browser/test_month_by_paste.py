"""The four reports of a month, pasted from the sheet of an office; and typed where no scripts run."""

import time
from datetime import date

import pytest
from playwright.sync_api import expect

from budgets.models import Claim, Contribution
from budgets.services.claim import record_claims
from budgets.services.contribution import record_contributions
from participants.models import Headcount, MembershipCount
from participants.services.headcount import record_headcounts
from participants.services.membership_count import record_membership_counts
from regions.models import ReportingMonth, User
from tests.browser.conftest import sign_in
from tests.browser.hands import Hands
from tests.factories import ClaimFactory, ContributionFactory, HeadcountFactory, MembershipCountFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
JUNE, JULY = date(2026, 6, 1), date(2026, 7, 1)
MEMBERS = {"pu": 50_000, "bpu": 30_000, "jakon": 4_000, "pmi": 500}
PEOPLE = {"linmas": 1_500, "kader": 900}
PAID, CLAIMED = 25_200_000, 42_000_000


@pytest.fixture
def june(site):
    """What the office reported a month before, so that its lines stand in the grids of July."""
    by = User.objects.get(username="siti")
    record_membership_counts(
        [MembershipCountFactory(month=JUNE, segment=one, members=n) for one, n in MEMBERS.items()], by=by
    )
    record_headcounts(
        [HeadcountFactory(month=JUNE, category_id=one, people=n) for one, n in PEOPLE.items()], by=by
    )
    line = {"programme": "jkk_jkm", "category_id": "linmas", "funding_id": "apbd_kabkota"}
    record_contributions([ContributionFactory(paid_on=date(2026, 6, 12), amount=PAID, **line)], by=by)
    record_claims([ClaimFactory(paid_on=date(2026, 6, 20), amount=CLAIMED)], by=by)


def source(page, text):
    """Asked once above each grid."""
    if not page.get_by_label("Sumber", exact=True).is_visible():
        page.locator("summary", has_text="Sumber angka yang diketik").click()
    page.get_by_label("Sumber", exact=True).fill(text)


def fields(page):
    return page.locator("tr[data-row] [data-field=value]:not([data-locked])")


def test_four_reports_by_paste_in_a_dozen_acts(page, site, june, record_property):
    sign_in(page, "wayan")
    began, hands = time.monotonic(), Hands(page)
    page.goto(f"{site}/isian/36.72/2026-07/")
    source(page, "Rekap kantor cabang 7/2026")
    rows = page.locator("tr[data-row]")
    told = {**{f"members:{one}": n for one, n in MEMBERS.items()}}
    told |= {f"headcount:{one}:apbd_kabkota": n for one, n in PEOPLE.items()}
    names = [rows.nth(n).get_attribute("data-enrolment") for n in range(rows.count())]
    assert set(names) == set(told)
    hands.click(fields(page).first)
    hands.paste("\n".join(f"{told[name] + 10}" for name in names))
    expect(page.locator("[data-counts]")).to_contain_text("Terisi 6")
    hands.click(page.get_by_role("link", name="Iuran dan klaim"))
    source(page, "Rekap kantor cabang 7/2026")
    for name, text in (("contributions:", "25.200.000"), ("claims:", "42.000.000\t1")):
        row = page.locator(f'tr[data-enrolment^="{name}"]').first
        hands.click(row.locator("[data-field=value]"))
        hands.paste(text)
        expect(row.locator("[data-state]")).to_have_text("tersimpan")
    hands.click(page.get_by_role("link", name="Halaman bulan ini"))
    hands.click(page.get_by_role("button", name="Nyatakan lengkap"))
    expect(page.locator("main")).to_contain_text("Bulan ini sekarang: lengkap")
    record_property("seconds", round(time.monotonic() - began, 1))
    assert hands.count <= 12, hands.count
    assert ReportingMonth.objects.get(region="36.72", month=JULY).state == "complete"
    assert dict(MembershipCount.objects.filter(month=JULY).values_list("segment", "members")) == {
        one: n + 10 for one, n in MEMBERS.items()
    }
    assert dict(Headcount.objects.filter(month=JULY).values_list("category_id", "people")) == {
        one: n + 10 for one, n in PEOPLE.items()
    }
    assert Contribution.objects.filter(paid_on__month=7).get().amount == PAID
    assert (Claim.objects.filter(paid_on__month=7).get().amount) == CLAIMED


def test_the_same_four_without_scripts(browser, site, june):
    context = browser.new_context(java_script_enabled=False, locale="id-ID")
    page = context.new_page()
    page.goto(site)
    sign_in(page, "wayan")
    page.goto(f"{site}/isian/36.72/2026-07/")
    source(page, "Rekap kantor cabang 7/2026")
    for one, number in MEMBERS.items():
        page.locator(f'input[name="isi|members:{one}|value"]').fill(str(number + 10))
    for one in PEOPLE:
        page.locator(f'input[name="isi|headcount:{one}:apbd_kabkota|value"]').fill("seribu")
    page.get_by_role("button", name="Simpan semua yang diubah").click()
    expect(page.locator("main")).to_contain_text("4 baris tersimpan.")
    expect(page.locator("main")).to_contain_text("2 baris belum tersimpan")
    for one, number in PEOPLE.items():
        field = page.locator(f'input[name="isi|headcount:{one}:apbd_kabkota|value"]')
        expect(field).to_have_value("seribu")
        field.fill(str(number + 10))
    page.get_by_role("button", name="Simpan semua yang diubah").click()
    expect(page.locator("main")).to_contain_text("Terisi 6")
    page.get_by_role("link", name="Iuran dan klaim").click()
    # The page of the money has come: opening the source earlier would open that of the page before.
    expect(page.locator('input[name^="isi|contributions:linmas"]').first).to_be_visible()
    source(page, "Rekap kantor cabang 7/2026")
    page.locator('input[name^="isi|contributions:linmas"][name$="|value"]').fill("25.200.000")
    page.locator('input[name^="isi|claims:"][name$="|value"]').first.fill("42.000.000")
    page.locator('input[name^="isi|claims:"][name$="|cases"]').first.fill("1")
    page.get_by_role("button", name="Simpan semua yang diubah").click()
    expect(page.locator("main")).to_contain_text("2 baris tersimpan.")
    page.get_by_role("link", name="Halaman bulan ini").click()
    page.get_by_role("button", name="Nyatakan lengkap").click()
    expect(page.locator("main")).to_contain_text("Bulan ini sekarang: lengkap")
    assert MembershipCount.objects.filter(month=JULY).count() == len(MEMBERS)
    assert Headcount.objects.filter(month=JULY).count() == len(PEOPLE)
    context.close()
