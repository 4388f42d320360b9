"""What is read before a month is submitted, verified or closed."""

from datetime import date

import pytest
from django.urls import reverse

from budgets.services.claim import record_claims
from budgets.services.contribution import record_contributions
from participants.enums import EmptyReason
from participants.month_entry_key import MonthEntryKey
from participants.services.headcount import record_headcounts
from participants.services.membership_count import record_membership_counts
from participants.services.month_entry.empty_cell import leave_empty
from participants.services.persons.comment import comment_on_month_entry
from regions.models import Region
from reports.selectors.months.review import get_review
from reports.services.recompute import recompute_stale
from tests.cast import KOTA_A, NATION, PROVINCE
from tests.factories import ClaimFactory, ContributionFactory, HeadcountFactory, MembershipCountFactory
from tests.months import JULY, submit
from tests.participants.batches import store
from tests.participants.made_files import person

JUNE, LAST_YEAR = date(2025, 6, 1), date(2024, 7, 1)
PAGE = reverse("month_page", args=[KOTA_A, "2025-07"])
LINMAS = MonthEntryKey.headcount("linmas", "apbd_kabkota")

pytestmark = pytest.mark.django_db


@pytest.fixture
def month(cast):
    """July: members as usual, cleaners tenfold, BPU empty with a reason, money beside last month's."""
    members = {LAST_YEAR: 1_400, JUNE: 1_531, JULY: 1_540}
    counts = [MembershipCountFactory(month=at, segment="pu", members=n) for at, n in members.items()]
    record_membership_counts(counts, by=cast.admin)
    people = {JUNE: 1_593, JULY: 15_930}
    record_headcounts([HeadcountFactory(month=at, people=n) for at, n in people.items()], by=cast.admin)
    leave_empty(
        by=cast.wayan,
        region_code=KOTA_A,
        month=JULY,
        key=MonthEntryKey.members("bpu"),
        reason=EmptyReason.NOT_REPORTED,
    )
    record_contributions([ContributionFactory(paid_on=date(2025, 7, 9), amount=7_000_000)], by=cast.admin)
    record_contributions([ContributionFactory(paid_on=date(2025, 6, 9), amount=5_000_000)], by=cast.admin)
    record_claims([ClaimFactory(paid_on=date(2025, 6, 20), amount=42_000_000)], by=cast.admin)
    store([person(1), person(2, nik="12")], cast.wayan, first_month=JULY)
    recompute_stale()


def rows_of(user, code=KOTA_A, may_enter=False):
    review = get_review(user, Region.objects.get(pk=code), JULY, may_enter=may_enter)
    return review, {row.label: row for row in review.rows}


@pytest.mark.usefixtures("month")
def test_figures_stand_beside_last_month_and_last_year(cast):
    review, rows = rows_of(cast.siti)
    said = {label: (row.cells, row.change) for label, row in rows.items() if label != "UCJ seluruh segmen"}
    assert said == {
        "Anggota Linmas, APBD kabupaten/kota": (["15.930", "1.593", "–"], "+900,0%"),
        "Klaim dibayar bulan ini": (["–", "Rp42.000.000", "–"], ""),
        "Penerima Upah (PU)": (["1.540", "1.531", "1.400"], "+0,6%"),
        "Bukan Penerima Upah (BPU)": (["–", "–", "–"], ""),
        "Peserta menurut nama": (["1", "–", "–"], ""),
        "Iuran diterima bulan ini": (["Rp7.000.000", "Rp5.000.000", "–"], "+40,0%"),
    }
    assert [row.is_odd for row in review.rows] == [False, True, True, *[False] * 4]
    assert rows["Bukan Penerima Upah (BPU)"].note == "belum dilaporkan, menyusul"
    assert rows["Anggota Linmas, APBD kabupaten/kota"].question.startswith("Naik 900% dari bulan lalu")
    assert (review.odd, review.unanswered, review.waiting_rows, review.is_busy) == (2, 1, 1, False)


@pytest.mark.usefixtures("month")
def test_the_page_shows_them_before_its_button(cast, client_of):
    comment_on_month_entry(
        by=cast.wayan, region_code=KOTA_A, month=JULY, key=LINMAS, text="menunggu SK", is_follow_up=True
    )
    submit(cast)
    page = " ".join(client_of(cast.anton).get(PAGE).content.decode().split())
    assert page.index("Periksa dahulu") < page.index("15.930") < page.index("Langkah berikutnya")
    for words in (
        "<strong>2</strong> angka perlu dilihat",
        "<strong>1</strong> lonjakan belum dijelaskan",
        "<strong>1</strong> komentar belum diselesaikan",
        "1 baris belum diperbaiki",
    ):
        assert words in page, words
    # Who takes no such step reads no such table.
    assert "Periksa dahulu" not in client_of(cast.ratna).get(PAGE).content.decode()


@pytest.mark.usefixtures("month")
def test_figures_lead_to_where_they_are_entered(cast):
    cell = reverse("month_entry_cell", args=[KOTA_A, "2025-07", "members:pu"])
    assert rows_of(cast.siti, may_enter=True)[1]["Penerima Upah (PU)"].url == cell
    assert rows_of(cast.anton)[1]["Penerima Upah (PU)"].url == ""


@pytest.mark.usefixtures("month")
def test_above_the_regencies_it_says_who_has_not_submitted(cast):
    names = {region.code for region in rows_of(cast.admin, PROVINCE)[0].below}
    assert KOTA_A in names
    submit(cast)
    left = {region.code for region in rows_of(cast.admin, PROVINCE)[0].below}
    assert names - left == {KOTA_A}
    review, rows = rows_of(cast.admin, NATION)
    assert PROVINCE in {region.code for region in review.below}
    assert list(rows) == ["UCJ seluruh segmen"]
