"""The entry grid asks about people who ended by name, and one click lowers the number by them."""

from datetime import date

import pytest
from playwright.sync_api import expect

from participants.enums import EnrolmentState, Occurrence
from participants.models import Headcount
from participants.services.headcount import record_headcounts
from regions.enums import Origin
from regions.models import User
from tests.browser.conftest import sign_in
from tests.factories import EnrolmentFactory, HeadcountFactory, ParticipantFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
JULY, JUNE = date(2026, 7, 1), date(2026, 6, 1)
NAME = "headcount:linmas:apbd_kabkota"


@pytest.fixture
def grid(page, site):
    by = User.objects.get(username="siti")
    record_headcounts([HeadcountFactory(month=JUNE, people=93, origin=Origin.FORM)], by=by)
    for cause in (Occurrence.DIED, Occurrence.DIED, Occurrence.BECAME_ASN):
        person = ParticipantFactory(entered_by=by)
        EnrolmentFactory(
            participant=person,
            entered_by=by,
            last_month=JUNE,
            state=EnrolmentState.ENDED,
            ended_by=cause,
        )
    sign_in(page, "wayan")
    page.goto(f"{site}/isian/36.72/2026-07/")
    return page


def test_the_same_number_is_asked_about_and_lowered_by_one_click(grid):
    row = grid.locator(f'tr[data-enrolment="{NAME}"]')
    cell, note = row.locator("[data-field]"), row.locator("+ .grid-note")
    expect(row.locator("[data-doubts]")).to_contain_text("3 orang berakhir pada Juni 2026")
    cell.focus()
    grid.keyboard.type("=")
    grid.keyboard.press("Enter")
    expect(row.locator("[data-state]")).to_have_text("perlu alasan")
    expect(note).to_contain_text("2 meninggal, 1 diangkat menjadi ASN atau PPPK")
    assert not Headcount.objects.filter(month=JULY).exists()
    note.get_by_role("button", name="Kurangi menjadi 90").click()
    expect(row.locator("[data-state]")).to_have_text("tersimpan")
    expect(cell).to_have_text("90")
    assert Headcount.objects.get(month=JULY).people == 90


def test_the_same_number_stands_with_its_reason(grid):
    row = grid.locator(f'tr[data-enrolment="{NAME}"]')
    row.locator("[data-field]").focus()
    grid.keyboard.type("93")
    grid.keyboard.press("Enter")
    expect(row.locator("[data-state]")).to_have_text("perlu alasan")
    grid.keyboard.press("F8")
    grid.keyboard.type("pengganti sudah diangkat")
    grid.keyboard.press("Enter")
    expect(row.locator("[data-state]")).to_have_text("tersimpan")
    stored = Headcount.objects.get(month=JULY)
    assert (stored.people, stored.note) == (93, "pengganti sudah diangkat")


def test_the_panel_lowers_too(grid):
    row = grid.locator(f'tr[data-enrolment="{NAME}"]')
    row.locator("[data-field]").focus()
    grid.keyboard.press("F4")
    panel = grid.locator("#rincian")
    panel.get_by_role("button", name="Kurangi menjadi 90").click()
    expect(panel).to_contain_text("Dikurangi dan tersimpan.")
    expect(row.locator("[data-field]")).to_have_text("90")
    assert Headcount.objects.get(month=JULY).people == 90
