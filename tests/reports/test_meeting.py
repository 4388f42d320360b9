"""Questions for a room: each answered by the board's figures, none asked that they do not answer."""

import re
from datetime import date

import pytest

from budgets.services.claim import record_claims
from budgets.services.contribution import record_contributions
from participants.services.membership_count import record_membership_counts
from participants.services.workforce import record_workforces
from regions.models import Region
from reports.selectors.boards.board import get_board
from reports.selectors.boards.questions import questions_of
from reports.services.recompute import recompute_stale
from tests.cast import KOTA_A, KOTA_B, PROVINCE
from tests.factories import ClaimFactory, ContributionFactory, MembershipCountFactory, WorkforceFactory
from tests.reports.test_pages import text_of

JULY = date(2025, 7, 1)


@pytest.fixture
def two_cities(cast, system):
    cities = {KOTA_A: 500, KOTA_B: 300}
    record_workforces([WorkforceFactory(region_id=code, workers=1_000) for code in cities], by=system)
    counts = [MembershipCountFactory(region_id=code, month=JULY, members=n) for code, n in cities.items()]
    record_membership_counts(counts, by=system)
    recompute_stale()


def asked(user, code):
    return questions_of(get_board(user, Region.objects.get(pk=code), JULY), "/angka/%s/")


def test_a_province_is_asked_for_its_lowest_and_its_widest_gaps(two_cities, cast):
    found = {one.title: one for one in asked(cast.dewi, PROVINCE)}
    first = found["Berapa pekerja yang terlindungi?"]
    assert (first.figure.text, first.figure.url) == ("40,00%", "/angka/36/2025-07/COV-01/")
    lowest = found["Wilayah mana yang UCJ-nya terendah?"]
    names = {code: Region.objects.get(pk=code).full_label for code in (KOTA_A, KOTA_B)}
    assert lowest.answer == (
        f"UCJ terendah terdapat di {names[KOTA_B]} (30,00%), sedangkan yang tertinggi di "
        f"{names[KOTA_A]} (50,00%).",
    )
    assert [(row.label, row.text, row.url) for row in lowest.rows] == [
        (names[KOTA_B], "30,00%", f"/angka/{KOTA_B}/"),
        (names[KOTA_A], "50,00%", f"/angka/{KOTA_A}/"),
    ]
    gaps = found["Di mana orang yang belum terlindungi paling banyak?"]
    assert [(row.label, row.text) for row in gaps.rows] == [(names[KOTA_B], "700"), (names[KOTA_A], "500")]
    assert "Apakah iuran menutup klaim?" not in found


def test_money_is_asked_only_where_both_halves_are_known(two_cities, cast, system):
    told = {"region_id": KOTA_A, "paid_on": date(2025, 7, 9)}
    record_contributions([ContributionFactory(**told, amount=5_000_000)], by=system)
    recompute_stale()
    assert "Apakah iuran menutup klaim?" not in {one.title for one in asked(cast.wayan, KOTA_A)}
    record_claims([ClaimFactory(**told, amount=7_000_000)], by=system)
    recompute_stale()
    (money,) = [one for one in asked(cast.wayan, KOTA_A) if one.title == "Apakah iuran menutup klaim?"]
    assert money.answer == ("Klaim melebihi iuran.",)
    assert [row.text for row in money.rows] == ["Rp5,00 juta", "Rp7,00 juta", "\u2212Rp2,00 juta"]


def test_what_changed_is_asked_only_where_there_is_a_month_to_compare_with(
    two_cities, cast, system, client_of
):
    assert [one.title for one in asked(cast.wayan, KOTA_A)] == ["Berapa pekerja yang terlindungi?"]
    june = MembershipCountFactory(region_id=KOTA_A, month=date(2025, 6, 1), members=400)
    record_membership_counts([june], by=system)
    recompute_stale()
    assert [one.title for one in asked(cast.wayan, KOTA_A)] == [
        "Berapa pekerja yang terlindungi?",
        "Apa yang berubah?",
    ]
    page = client_of(cast.wayan).get(f"/wilayah/{KOTA_A}/rapat/?periode=2025-07&tanya=2").content.decode()
    assert "Naik 10,00" in page.replace("\u00a0", " ")
    assert 'data-key="ArrowLeft"' in page and 'data-key="ArrowRight"' not in page


def test_the_page_leads_on_and_to_regions_beside_it(two_cities, cast, client_of):
    client = client_of(cast.lestari)
    address = f"/wilayah/{KOTA_A}/rapat/?periode=2025-07"
    page = client.get(address)
    assert "Berapa pekerja yang terlindungi?" in text_of(page)
    links = dict(re.findall(r'data-key="(\w+)"\s+href="([^"]+)"', page.content.decode()))
    assert set(links) == {"ArrowUp", "ArrowDown", "Escape"}
    assert all(client.get(url.replace("&amp;", "&")).status_code == 200 for url in links.values())
    assert client.get(f"{address}&tanya=99").context["number"] == 1
    for odd in ("0", "x", "-1", "1" * 9):
        assert client.get(f"{address}&tanya={odd}").status_code == 404
    # Whoever sees one region only is led to no other.
    alone = client_of(cast.wayan).get(address).content.decode()
    assert "ArrowUp" not in alone and "ArrowDown" not in alone
