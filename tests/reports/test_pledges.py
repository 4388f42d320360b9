"""The page of offers and pledges: sums, whom none pays for, reminders, files, and who may see it."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from budgets.services.pledge import correct_pledge, record_pledge_payments, record_pledges
from participants.services.category_population import record_category_populations
from participants.services.headcount import record_headcounts
from regions.enums import InstitutionKind
from regions.models import Institution, Region
from reports.selectors.pledges import get_region_pledges
from reports.selectors.tasks.alert import list_alerts
from reports.services.definition import ensure_alert_rules
from reports.services.recompute import recompute_stale
from tests.cast import KOTA_A, KOTA_B, PROVINCE
from tests.factories import CategoryPopulationFactory, HeadcountFactory, PledgeFactory, PledgePaymentFactory
from tests.sent_facts import stored_pledge

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("system")]
RATE = 16_800
DAY = date(2025, 8, 15)
AMOUNT = 100 * 5 * RATE


@pytest.fixture
def need(system):
    """4,000 of the community guard, 1,600 of them covered; 500 fishers of whom none is."""
    rows = [CategoryPopulationFactory(), CategoryPopulationFactory(category_id="nelayan", people=500)]
    record_category_populations(rows, by=system)
    record_headcounts([HeadcountFactory(people=1_600)], by=system)
    recompute_stale()


def seen(user, code=KOTA_A, day=DAY):
    return get_region_pledges(user, Region.objects.get(pk=code), day, 2025)


def unpaid(found):
    return {row.category.pk: (row.gap, row.promised, row.unpaid.people) for row in found.categories}


def test_who_has_no_payer_is_the_need_less_what_was_promised(cast, need):
    assert unpaid(seen(cast.dewi)) == {"linmas": (2_400, 0, 2_400), "nelayan": (500, 0, 500)}
    stored_pledge()
    found = seen(cast.dewi)
    assert unpaid(found) == {"linmas": (2_400, 100, 2_300), "nelayan": (500, 0, 500)}
    assert (found.months, found.unpaid_people, found.unpaid_rupiah) == (5, 2_800, 2_800 * RATE * 5)


def test_an_offer_takes_nothing_off_and_neither_does_what_was_withdrawn(cast, need, system):
    record_pledges([PledgeFactory()], by=system)
    pledge = stored_pledge()
    correct_pledge(
        pk=pledge.pk, revision=1, by=system, reason="batal", new={"withdrawn_on": date(2025, 8, 1)}
    )
    found = seen(cast.dewi)
    assert unpaid(found)["linmas"] == (2_400, 0, 2_400)
    sums = found.sums
    assert (sums.offered_people, sums.offered_rupiah, sums.pledged_rupiah, sums.left) == (100, AMOUNT, 0, 0)


def test_those_promised_whom_reports_show_are_not_taken_off_twice(cast, need, system):
    """60 of the 100 promised are covered by the company in the newest month: the need is smaller by them."""
    stored_pledge()
    record_headcounts([HeadcountFactory(funding_id="csr", people=60)], by=system)
    recompute_stale()
    found = seen(cast.dewi)
    assert unpaid(found)["linmas"] == (2_340, 40, 2_300)
    assert [one.covered for one in found.pledges] == [60]


def test_a_province_sums_its_places_and_takes_off_its_own(cast, need, system):
    stored_pledge()
    record_category_populations([CategoryPopulationFactory(region_id=KOTA_B, people=300)], by=system)
    record_headcounts([HeadcountFactory(region_id=KOTA_B, people=100)], by=system)
    recompute_stale()
    record_pledges([own_of_province()], by=system)
    found = seen(cast.lestari, PROVINCE)
    assert unpaid(found)["linmas"] == (2_600, 150, 2_450)
    assert [(place.region.pk, place.unpaid.people) for place in found.places] == [
        (KOTA_A, 2_800),
        (KOTA_B, 200),
    ]
    assert found.unpaid_people == 2_950
    assert found.sums.pledged_people == 150


def own_of_province():
    payer = Institution.objects.create(
        code="bank-uji", name="Bank Uji", kind=InstitutionKind.COMPANY, region_id=PROVINCE
    )
    days = {"pledged_on": date(2025, 7, 6), "due_on": DAY}
    return PledgeFactory(region_id=PROVINCE, people=50, institution=payer, **days)


def test_paid_and_overdue_are_summed(cast, need, system):
    pledge = stored_pledge()
    record_pledge_payments([PledgePaymentFactory(pledge=pledge)], by=system)
    sums = seen(cast.dewi).sums
    assert (sums.paid, sums.left, sums.overdue) == (1_680_000, AMOUNT - 1_680_000, 0)
    assert seen(cast.dewi, day=date(2025, 9, 1)).sums.overdue == AMOUNT - 1_680_000


def reminded(user):
    return [
        (alert.kind, alert.url)
        for alert in list_alerts(user)
        if alert.kind in {"pledge_due", "pledge_overdue"}
    ]


def test_reminders_before_and_after_the_day(cast, system):
    ensure_alert_rules()
    pledge, today = stored_pledge(), localdate()
    page = f"{reverse('region_pledges', args=[KOTA_A])}?tahun=2025"
    assert reminded(cast.dewi) == [("pledge_overdue", page)]
    assert reminded(cast.budi) == []
    for days, kinds in ((14, ["pledge_due"]), (15, []), (0, ["pledge_due"])):
        due = {"due_on": today + timedelta(days=days)}
        pledge = correct_pledge(pk=pledge.pk, revision=pledge.revision, by=system, reason="x", new=due)
        assert [kind for kind, _url in reminded(cast.dewi)] == kinds


def test_the_page_offers_what_has_no_payer(cast, need, client_of):
    answer = client_of(cast.dewi).get(reverse("region_pledges", args=[KOTA_A])).content.decode()
    assert "Belum ada penanggung iurannya" in answer
    address = f"{reverse('pledge_record')}?year={localdate().year}&amp;months="
    assert address in answer
    form = client_of(cast.dewi).get(reverse("pledge_record"), {"people": "500", "category": "nelayan"})
    assert 'value="500"' in form.content.decode()


def test_both_tables_are_files(cast, need, client_of):
    stored_pledge()
    url = reverse("region_pledges", args=[KOTA_A])
    told = client_of(cast.dewi).get(url, {"tahun": "2025", "unduh": "csv"})
    lines = b"".join(told.streaming_content).decode("utf-8-sig").splitlines()
    assert lines[0].startswith("kode_wilayah;wilayah;tahun;kategori;sumber_dana;lembaga;orang")
    assert ";PT Uji;100;5;16800;8400000;dijanjikan;0;8400000;2025-07-05;2025-07-20;2025-08-31;" in lines[1]
    told = client_of(cast.dewi).get(url, {"unduh": "csv", "tabel": "tanpa-pembayar"})
    lines = b"".join(told.streaming_content).decode("utf-8-sig").splitlines()
    assert len(lines) == 3
    assert client_of(cast.budi).get(url).status_code == 404
