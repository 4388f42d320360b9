"""The pages of money: what is typed is stored to the rupiah, what is shown adds up, nothing leaks."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils.timezone import localdate
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from budgets.models import Allocation, Realisation, WageBase
from budgets.price import PriceAsked
from budgets.selectors.calculator import TariffQuestion, calculate
from budgets.services.allocation import record_allocations
from budgets.services.realisation import record_realisations
from participants.services.headcount import record_headcounts
from reports.services.recompute import recompute_stale
from tests.cast import KOTA_A, KOTA_B
from tests.factories import (
    AllocationFactory,
    EnrolmentFactory,
    HeadcountFactory,
    ParticipantFactory,
    RealisationFactory,
)
from tests.pages import page_of

JULY = date(2025, 7, 1)
pytestmark = pytest.mark.django_db
LINE = {
    "region": KOTA_A,
    "year": "2025",
    "institution": "",
    "sub_activity": "2.07.05.02.01.0003",
    "account": "510202020006",
    "category": "petani",
    "funding": "dbh_sawit",
    "phase": "murni",
    "sequence": "1",
    "amount": "Rp739.122.000",
    "heads": "4.400",
    "months": "9",
    "monthly_rate": "16.800",
    "decided_on": "2025-01-02",
    "document": "DPA 1",
    "legal_basis": "Perda 1/2025",
    "over_reason": "",
    "source": "DPA 1",
    "as_of": "2025-01-02",
}
BILL = {
    "reference": "formulir:satu",
    "region": KOTA_A,
    "allocation": "",
    "category": "",
    "funding": "",
    "first_month": "2025-04",
    "last_month": "2025-06",
    "heads": "4.400",
    "billed_amount": "221.760.000",
    "billed_on": "2025-04-05",
    "source": "Tagihan 1",
    "as_of": "2025-04-05",
}


def shown(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return page_of(response)


@pytest.fixture
def wayan(cast, client_of):
    return client_of(cast.wayan)


def test_a_line_is_typed_checked_amended_and_shown_with_its_sentence(wayan, cast, client_of):
    assert wayan.post(reverse("allocation_record"), LINE).status_code == 302
    row = Allocation.objects.get()
    assert (row.account, row.sub_activity, row.amount) == (
        "5.1.02.02.02.0006",
        "2.07.05.2.01.0003",
        739_122_000,
    )
    amended = {**LINE, "phase": "perubahan", "amount": "700.000.000", "decided_on": "2025-06-02"}
    assert wayan.post(reverse("allocation_record"), amended).status_code == 302
    page = shown(wayan, f"/anggaran/?wilayah={KOTA_A}&periode=2025-07")
    for words in (
        "Rp739.122.000",
        'Rp700.000.000</a><br><span class="muted">−Rp39.122.000',
        "4.400 orang × Rp16.800 × 9 bulan = Rp665.280.000: pagu Rp700.000.000 lebih Rp34.720.000.",
        "DBH Sawit",
        "5.1.02.02.02.0006",
    ):
        assert words in page
    before = shown(wayan, f"/anggaran/?wilayah={KOTA_A}&periode=2025-05")
    assert "pagu Rp739.122.000 lebih Rp73.842.000" in before
    assert "untuk 10 bulan kurang Rp78.000" in before
    stranger = client_of(cast.budi)
    assert stranger.get(f"/anggaran/?wilayah={KOTA_A}").status_code == 404
    assert "700.000.000" not in shown(stranger, "/anggaran/?periode=2025-07")
    # The leader of the province sees it and may not change it.
    above = shown(client_of(cast.lestari), "/anggaran/?wilayah=36&periode=2025-07")
    assert "Rp700.000.000" in above
    assert "Kota Cilegon" in above
    assert reverse("allocation_correct", args=[row.pk]) not in above


def test_a_plan_above_its_amount_is_asked_about_and_flagged(wayan):
    over = {**LINE, "months": "10"}
    refused = wayan.post(reverse("allocation_record"), over)
    assert refused.status_code == 422
    assert "melampaui pagunya sebesar Rp78.000" in refused.content.decode()
    said = {**over, "over_ceiling": "on", "over_reason": "Menunggu perubahan"}
    assert wayan.post(reverse("allocation_record"), said).status_code == 302
    page = shown(wayan, f"/anggaran/?wilayah={KOTA_A}&periode=2025-07")
    assert "rencana melampaui pagu" in page
    assert "Alasan: Menunggu perubahan" in page


def test_a_bill_is_typed_once_and_filled_in_by_correcting(wayan, cast):
    wayan.post(reverse("allocation_record"), LINE)
    line = Allocation.objects.get()
    bill = {**BILL, "allocation": str(line.pk)}
    for _time in range(2):
        assert wayan.post(reverse("realisation_record"), bill).status_code == 302
    row = Realisation.objects.get()
    assert (row.billed_amount, row.category_id, row.funding_id) == (221_760_000, "petani", "dbh_sawit")
    again = wayan.post(reverse("realisation_record"), {**bill, "reference": "formulir:dua"})
    assert (again.status_code, Realisation.objects.count()) == (422, 1)
    paid = {
        **bill,
        "paid_amount": "221.743.200",
        "paid_on": "2025-05-02",
        "payment_order": "SP2D 77",
        "reason": "sudah cair",
        "revision": "1",
    }
    assert wayan.post(reverse("realisation_correct", args=[row.pk]), paid).status_code == 302
    row.refresh_from_db()
    assert (row.paid_amount, row.payment_order, row.revision) == (221_743_200, "SP2D 77", 2)
    listed = shown(wayan, "/anggaran/realisasi/")
    assert 'Rp221.743.200<span class="muted">(−Rp16.800)' in listed
    recompute_stale()
    assert "30,00%" in shown(wayan, f"/anggaran/?wilayah={KOTA_A}&periode=2025-07")
    # A later stage of the line does not take the bill from it.
    record_allocations(
        [
            AllocationFactory(
                phase="perubahan",
                amount=443_486_400,
                heads=None,
                decided_on=date(2025, 7, 2),
                category_id="petani",
                funding_id="dbh_sawit",
            )
        ],
        by=cast.wayan,
    )
    recompute_stale()
    assert "50,00%" in shown(wayan, f"/anggaran/?wilayah={KOTA_A}&periode=2025-07")
    assert wayan.get(reverse("realisation_correct", args=[row.pk])).status_code == 200


def test_a_bill_cannot_name_the_line_of_another_region(cast, client_of, wayan):
    wayan.post(reverse("allocation_record"), LINE)
    line = Allocation.objects.get()
    stranger = client_of(cast.budi)
    assert "DPA 1" not in shown(stranger, reverse("realisation_record"))
    assert "Rp739.122.000" not in shown(stranger, reverse("realisation_record"))
    assert "Rp739.122.000" in shown(wayan, reverse("realisation_record"))
    refused = stranger.post(
        reverse("realisation_record"), {**BILL, "region": KOTA_B, "allocation": str(line.pk)}
    )
    assert (refused.status_code, Realisation.objects.count()) == (422, 0)


def test_a_wage_base_is_typed_and_listed(wayan, cast, client_of):
    form = {
        "region": KOTA_A,
        "category": "rt_rw",
        "first_month": "2025-01",
        "rupiah": "2.000.000",
        "risk_class": "1",
        "programmes": ["jkm", "jkk"],
        "source": "Perwal 1",
        "as_of": "2025-01-02",
    }
    assert wayan.post(reverse("wage_base_record"), form).status_code == 302
    row = WageBase.objects.get()
    assert (row.rupiah, row.programmes, row.first_month) == (2_000_000, ["jkk", "jkm"], date(2025, 1, 1))
    assert "JKK + JKM" in shown(wayan, "/tarif/dasar-upah/")
    assert "2.000.000" not in shown(client_of(cast.budi), "/tarif/dasar-upah/")
    wrong = wayan.post(reverse("wage_base_record"), {**form, "rupiah": "2.000.000.000", "category": "bpd"})
    assert "Periksa jumlah angka nolnya" in wrong.content.decode()


def asked(**values):
    usual = {
        "segment": "bpu",
        "programmes": ("jkk", "jkm"),
        "asked": PriceAsked(),
        "first_month": JULY,
        "months": 12,
        "people": 15_000,
    }
    return calculate(TariffQuestion(**{**usual, **values}))


def test_the_calculator_gives_the_published_product_and_its_benefits():
    found = asked()
    assert (found.total, found.monthly, found.unknown) == (3_024_000_000, 252_000_000, [])
    assert [(row.part.programme, row.total) for row in found.rows] == [
        ("jkk", 1_800_000_000),
        ("jkm", 1_224_000_000),
    ]
    groups = {
        (g.benefit.programme, g.benefit.event, g.benefit.min_months, g.benefit.below_months): g.total
        for g in found.benefits
        if g.benefit.unit == "once"
    }
    death = "meninggal bukan karena kerja"
    assert groups[("jkm", death, 3, None)] == 42_000_000
    assert groups[("jkm", death, 0, 3)] is None
    assert groups[("jkk", "meninggal karena kerja", 0, None)] == 48_000_000 + 22_000_000
    assert groups[("jkk", "cacat total tetap", 0, None)] == 56_000_000 + 12_000_000
    amounts = {row.benefit.code: row.rupiah for group in found.benefits for row in group.rows}
    assert (amounts["jkm-bpu-baru"], amounts["jkk-cacat-total"]) == (10_000_000, 56_000_000)
    assert (amounts["jkm-beasiswa-pt"], amounts["jkk-angkut-udara"]) == (12_000_000, 10_000_000)
    schools = {
        code.removeprefix("jkk-beasiswa-"): rupiah for code, rupiah in amounts.items() if "jkk-bea" in code
    }
    years = {"tk": 2, "sd": 6, "smp": 3, "sma": 3, "pt": 5}
    assert 2 * sum(schools[school] * years[school] for school in years) == 174_000_000


def test_a_relief_that_ends_splits_the_months():
    found = asked(
        asked=PriceAsked(government=False, transport=True), first_month=date(2027, 2, 1), months=3, people=2
    )
    assert [(row.part.programme, row.first_month, row.last_month, row.total) for row in found.rows] == [
        ("jkk", date(2027, 2, 1), date(2027, 3, 1), 2 * 2 * 5_000),
        ("jkk", date(2027, 4, 1), date(2027, 4, 1), 2 * 10_000),
        ("jkm", date(2027, 2, 1), date(2027, 3, 1), 2 * 2 * 3_400),
        ("jkm", date(2027, 4, 1), date(2027, 4, 1), 2 * 6_800),
    ]
    assert found.total == 2 * (8_400 * 2 + 16_800)


def test_what_is_unknown_is_said_and_not_added():
    found = asked(segment="pu")
    assert (found.total, found.monthly, found.rows) == (None, None, [])
    assert [reason for _programme, reason in found.unknown] == ["dasar upahnya belum dicatat"] * 2
    assert asked(segment="jakon", contract=1_000_000_000).total == 1_750_000
    assert asked(segment="pmi", people=3, contract_months=24).total == 1_110_000
    assert "lama perjanjian" in asked(segment="pmi").unknown[0][1]
    jht = asked(segment="jakon", programmes=("jht",), contract=1_000_000_000)
    assert (jht.total, "hanya mengikuti JKK dan JKM" in jht.unknown[0][1]) == (None, True)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    wage=st.integers(1, 10**8),
    people=st.integers(1, 10**6),
    months=st.integers(1, 30),
    first=st.dates(date(2023, 3, 1), date(2028, 1, 1)),
    segment=st.sampled_from(["pu", "bpu", "jakon"]),
)
def test_the_rows_shown_add_up_to_the_sum_shown(wage, people, months, first, segment):
    found = asked(
        segment=segment,
        asked=PriceAsked(wage=wage, risk_class=3, government=False),
        first_month=first.replace(day=1),
        months=months,
        people=people,
    )
    assert {type(row.total) for row in found.rows} == {int}
    assert found.total == sum(row.total for row in found.rows)
    assert {
        programme: sum(r.months for r in found.rows if r.part.programme == programme)
        for programme in ("jkk", "jkm")
    } == {"jkk": months, "jkm": months}


def test_the_calculator_answers_at_its_address_alone(wayan):
    page = shown(wayan, "/tarif/?segmen=bpu&program=jkk&program=jkm&bulan=2025-01&lama=12&orang=15.000")
    for words in (
        "Rp3.024.000.000",
        "PP 44/2015 Lampiran II",
        "bersama Rp42.000.000",
        "Januari 2025 – Desember 2025",
    ):
        assert words in page
    assert "Rp16.800" not in shown(wayan, "/tarif/?segmen=pu&program=jkk")
    assert "dasar upahnya belum dicatat" in shown(wayan, "/tarif/?segmen=pu&program=jkk")
    assert "Centang paling sedikit satu program" in shown(wayan, "/tarif/?segmen=bpu")
    assert "bukan bilangan bulat" in shown(wayan, "/tarif/?segmen=pu&program=jkk&upah=banyak")
    assert "Rp201.600" in shown(wayan, "/tarif/")


def test_every_rate_stands_in_the_table_with_its_law(wayan):
    page = shown(wayan, "/tarif/daftar/")
    for words in (
        "1,74%",
        "Rp6.800",
        "upah tertinggi Rp11.086.300",
        "PP 50/2025",
        "PP 82/2019",
        "tingkat risiko 5",
    ):
        assert words in page
    assert "Masa tunggakan hingga kepesertaan nonaktif (bulan)" in page


@pytest.mark.parametrize("query", ["periode=2025-99", "periode=x", "wilayah=99.99"])
def test_odd_addresses_are_not_found(query, wayan):
    assert wayan.get(f"/anggaran/?{query}").status_code == 404


def test_paying_more_than_was_billed_asks_for_a_reason_and_keeps_it(wayan, cast):
    more = {**BILL, "paid_amount": "221.760.001", "paid_on": "2025-05-02"}
    refused = wayan.post(reverse("realisation_record"), more)
    assert refused.status_code == 422
    assert (
        "Dibayar Rp1 lebih banyak daripada yang ditagih" in refused.context["form"].errors["over_reason"][0]
    )
    assert not Realisation.objects.exists()
    said = {**more, "over_reason": "pembulatan bank"}
    assert wayan.post(reverse("realisation_record"), said).status_code == 302
    row = Realisation.objects.get()
    assert (row.paid_amount, row.over_reason, row.over_ceiling) == (221_760_001, "pembulatan bank", False)
    even = {**said, "paid_amount": "221.760.000", "reason": "salah ketik", "revision": "1"}
    assert wayan.post(reverse("realisation_correct", args=[row.pk]), even).status_code == 302
    row.refresh_from_db()
    assert row.paid_amount == 221_760_000


def test_a_bill_without_its_line_says_so_when_it_is_stored(wayan, cast):
    hint = "tidak tertaut ke baris anggaran"
    assert hint in wayan.post(reverse("realisation_record"), BILL, follow=True).content.decode()
    wayan.post(reverse("allocation_record"), LINE)
    linked = {**BILL, "allocation": str(Allocation.objects.get().pk), "reference": "formulir:dua"}
    linked |= {"billed_amount": "1.000"}
    assert hint not in wayan.post(reverse("realisation_record"), linked, follow=True).content.decode()


class TestOpening:
    """A page that is asked for no month opens on the newest year of which anything is known."""

    @staticmethod
    def opened(client, address):
        return client.get(address).context["month"]

    def test_the_budget(self, wayan, cast, client_of):
        today = localdate().replace(day=1)
        assert self.opened(wayan, "/anggaran/") == today
        record_allocations([AllocationFactory(year=2024, decided_on=date(2024, 1, 2))], by=cast.wayan)
        assert self.opened(wayan, "/anggaran/") == date(2024, 12, 1)
        record_realisations([RealisationFactory()], by=cast.wayan)
        assert self.opened(wayan, "/anggaran/") == date(2025, 12, 1)
        # What another region has opens nobody else's page.
        assert self.opened(client_of(cast.budi), "/anggaran/") == today
        now = AllocationFactory(year=today.year, decided_on=today)
        record_allocations([now], by=cast.wayan)
        assert self.opened(wayan, "/anggaran/") == today
        assert self.opened(wayan, "/anggaran/?periode=2023-03") == date(2023, 3, 1)

    def test_the_arrears(self, wayan, cast, client_of):
        today, address = localdate().replace(day=1), f"/tunggakan/{KOTA_A}/"
        assert self.opened(wayan, address) == today
        record_headcounts([HeadcountFactory()], by=cast.wayan)
        assert self.opened(wayan, address) == date(2025, 12, 1)
        assert self.opened(client_of(cast.lestari), "/tunggakan/36/") == date(2025, 12, 1)
        assert self.opened(client_of(cast.budi), "/tunggakan/36.73/") == today
        person = ParticipantFactory(entered_by=cast.wayan)
        EnrolmentFactory(participant=person, entered_by=cast.wayan)
        assert self.opened(wayan, address) == today
