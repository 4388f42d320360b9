"""Arrears: due less received, sums of what is shown, what is not known said, and when memberships lapse."""

import csv
from datetime import date
from io import StringIO

import pytest
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from budgets.models import Contribution, MembershipRule
from budgets.selectors.arrears import arrears_table, list_places, open_books
from budgets.selectors.due_day import DueDays
from budgets.selectors.lapse import list_lapses
from budgets.services.contribution import record_contributions
from budgets.services.wage_base import record_wage_bases
from participants.services.headcount import record_headcounts
from regions.errors import OutsideScope
from regions.models import Region
from reports.models import MeasureValue
from reports.selectors.tasks.arrears import overdue_months
from reports.services.recompute import recompute_stale
from tests.cast import KOTA_A, KOTA_B
from tests.factories import ContributionFactory, HeadcountFactory, WageBaseFactory

pytestmark = pytest.mark.django_db
MAY, JUNE, JULY = (date(2025, month, 1) for month in (5, 6, 7))


def region(code=KOTA_A):
    return Region.objects.get(pk=code)


def people(month, number, category="linmas", funding="apbd_kabkota", **changes):
    return HeadcountFactory(
        month=month,
        people=number,
        category_id=category,
        funding_id=funding,
        as_of=date(2025, 7, 31),
        **changes,
    )


def payment(first, amount, last=None, category="linmas", funding="apbd_kabkota", day=None, **changes):
    return ContributionFactory(
        amount=amount,
        first_month=first,
        last_month=last or first,
        paid_on=day or date(2025, 7, 10),
        category_id=category,
        funding_id=funding,
        **changes,
    )


@pytest.fixture
def books(cast, system):
    """100 and 10 people at 16,800 a month in May, June and July, of two payers; wages nobody recorded."""
    rows = [people(month, 100) for month in (MAY, JUNE, JULY)]
    rows += [people(month, 10, "nelayan", "dana_desa") for month in (MAY, JUNE, JULY)]
    rows += [people(JULY, 7, "non_asn"), people(JULY, 999, region_id=KOTA_B)]
    record_headcounts(rows, by=system)
    paid = [payment(MAY, 1_680_000), payment(JUNE, 1_000_000)]
    paid += [payment(MAY, 1_000_000, date(2025, 10, 1), "nelayan", "dana_desa")]
    paid += [payment(JULY, 55_555, category=None, funding=None), payment(JULY, 77_777, region_id=KOTA_B)]
    # Paid after July: July's page does not know of it.
    paid += [payment(JUNE, 680_000, day=date(2025, 8, 5))]
    record_contributions(paid, by=system)
    return cast


def lines_of(table):
    return [
        (
            month.month.month,
            line.payer,
            line.cell.due,
            line.cell.received,
            line.cell.difference,
            line.cell.unpriced,
        )
        for month in table.months
        for line in month.lines
    ]


def test_the_table_is_due_less_received_by_month_and_payer(books):
    table = arrears_table(open_books(books.wayan, region(), JULY), JULY)
    assert lines_of(table) == [
        (5, "APBD kabupaten/kota", 1_680_000, 1_680_000, 0, 0),
        (5, "Dana Desa", 168_000, 166_666, 1_334, 0),
        (6, "APBD kabupaten/kota", 1_680_000, 1_000_000, 680_000, 0),
        (6, "Dana Desa", 168_000, 166_667, 1_333, 0),
        (7, "APBD kabupaten/kota", 1_680_000, 0, None, 7),
        (7, "Dana Desa", 168_000, 166_667, 1_333, 0),
        (7, "", None, 55_555, None, 0),
    ]
    assert (table.total.due, table.total.received, table.total.difference) == (5_544_000, 3_235_555, 684_000)
    august = arrears_table(open_books(books.wayan, region(), date(2025, 8, 1)), date(2025, 8, 1))
    assert [line.cell.difference for line in august.months[1].lines] == [0, 1_333]


def wages(month, number, rupiah):
    """People who work for a wage and whose price is known: their contributions fall due a month later."""
    base = WageBaseFactory(
        category_id="non_asn", first_month=MAY, rupiah=rupiah, risk_class=1, programmes=["jkk", "jkm"]
    )
    return base, people(month, number, "non_asn")


def test_what_is_not_due_yet_is_no_arrear_and_too_much_for_one_payer_helps_no_other(cast, system):
    base, rows = wages(JULY, 10, 2_000_000)
    record_wage_bases([base], by=system)
    others = [people(JULY, 10), people(JULY, 10, "nelayan", "dana_desa")]
    record_headcounts([rows, *others], by=system)
    record_contributions([payment(JULY, 268_000, category="nelayan", funding="dana_desa")], by=system)
    table = arrears_table(open_books(cast.wayan, region(), JULY), JULY)
    told = {
        line.payer: (line.cell.difference, line.cell.overdue, line.cell.running, line.cell.overpaid)
        for line in table.months[0].lines
    }
    # Linmas work for themselves: 15 July. Non-ASN get a wage: 15 August, after the end of July.
    assert told == {
        "APBD kabupaten/kota": (168_000 + 108_000, 168_000, 108_000, 0),
        "Dana Desa": (-100_000, 0, 0, 100_000),
    }
    total = table.total
    assert (total.difference, total.overdue, total.running, total.overpaid) == (
        176_000,
        168_000,
        108_000,
        100_000,
    )
    august = date(2025, 8, 1)
    later = arrears_table(open_books(cast.wayan, region(), august), august).total
    assert (later.overdue, later.running) == (276_000, 0)


def test_the_alert_counts_the_months_and_rupiah_of_the_page(cast, system):
    record_headcounts([people(month, 10) for month in (MAY, JUNE, JULY)], by=system)
    record_contributions([payment(JUNE, 168_000)], by=system)
    recompute_stale()
    newest = MeasureValue.objects.select_related("run").get(
        run__region=KOTA_A, run__period=JULY, run__is_current=True, measure="CON-03"
    )
    owed = overdue_months([newest])[newest.run_id]
    table = arrears_table(open_books(cast.wayan, region(), JULY), JULY)
    assert owed == {"2025-05": 168_000, "2025-07": 168_000}
    assert sum(owed.values()) == table.total.overdue


@pytest.mark.parametrize(
    ("segment", "month", "day"),
    [
        ("pu", date(2025, 6, 1), date(2025, 7, 15)),
        # 15 November 2025 is a Saturday, 15 June 2025 a Sunday.
        ("pu", date(2025, 10, 1), date(2025, 11, 17)),
        ("bpu", JUNE, date(2025, 6, 16)),
        ("bpu", JULY, date(2025, 7, 15)),
        # PP 49/2020: until the 30th of the next month, or its last day.
        ("pu", date(2020, 9, 1), date(2020, 10, 30)),
        ("pu", date(2021, 1, 1), date(2021, 3, 1)),
        ("pu", date(2021, 2, 1), date(2021, 3, 15)),
        # No rule is known.
        ("pmi", JULY, date(2025, 7, 31)),
    ],
)
def test_the_day_of_payment_is_a_dated_rule(segment, month, day):
    assert DueDays.load().of(segment, month) == day


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(st.sampled_from([MAY, JUNE, JULY]), st.integers(0, 10**10), st.integers(0, 5)), max_size=6
    )
)
def test_sums_are_the_sums_of_what_is_shown_and_no_number_is_a_float(books, system, drawn):
    Contribution.objects.filter(source="acak").delete()
    rows = [
        payment(first, amount, date(2025, min(12, first.month + more), 1), source="acak", programme="jht")
        for first, amount, more in drawn
    ]
    record_contributions(rows, by=system)
    table = arrears_table(open_books(books.wayan, region(), JULY), JULY)
    cells = [line.cell for month in table.months for line in month.lines]
    for name in ("due", "received", "difference", "short", "overdue", "running", "overpaid"):
        shown = [value for cell in cells if (value := getattr(cell, name)) is not None]
        assert {type(value) for value in shown} <= {int}
        assert getattr(table.total, name) == sum(shown)
        for sums in ([one.total for one in table.months], [total for _payer, total in table.payers]):
            assert sum(getattr(one, name) or 0 for one in sums) == sum(shown)
    for cell in cells:
        if cell.difference is not None:
            assert min(cell.overdue, cell.running, cell.overpaid) >= 0
            assert (cell.short, cell.overpaid) == (cell.overdue + cell.running, cell.short - cell.difference)
            assert cell.overdue + cell.running - cell.overpaid == cell.difference


def test_lapse_by_the_dated_rule_and_prepaid_months_across_years(books, system):
    record_contributions(
        [payment(JULY, 168_000 * 8 + 10, date(2026, 2, 1), "nelayan", "dana_desa")], by=system
    )
    lapses = list_lapses(open_books(books.wayan, region(), JULY), JULY)
    told = {
        line.category: (line.last_covered, line.unprotected, line.lapses_on, line.days_left, line.prepaid)
        for line in lapses
    }
    linmas = next(line for line in lapses if line.people == 100)
    # June was not paid in full: June and July are unpaid; after three months, on 1 September, it lapses.
    assert told[linmas.category] == (MAY, 2, date(2025, 9, 1), 32, 0)
    assert (linmas.rule.months, linmas.rule.legal_source) == (
        3,
        "Perdir BPJS Ketenagakerjaan 22/PERDIR.02/072022",
    )
    nelayan = next(line for line in lapses if line.payer == "Dana Desa")
    assert (nelayan.last_covered, nelayan.prepaid) == (JULY, 7)
    unpriced = next(line for line in lapses if not line.price_known)
    assert (unpriced.last_covered, unpriced.lapses_on, unpriced.people) == (None, None, 7)
    MembershipRule.objects.filter(code="lapse_months").update(months=1)
    again = list_lapses(open_books(books.wayan, region(), JULY), JULY)
    assert next(line for line in again if line.category == linmas.category).days_left == -30


def test_who_is_no_longer_counted_does_not_lapse(books, system):
    record_headcounts([people(date(2024, 5, 1), 30, "adhoc_kpu", "nphd")], by=system)
    lapses = list_lapses(open_books(books.wayan, region(), JULY), JULY)
    assert sorted((line.people, line.counted) for line in lapses) == [(7, JULY), (10, JULY), (100, JULY)]


def test_payments_without_a_category_count_once_the_payer_paid_for_all(books, system):
    record_contributions([payment(JUNE, 680_000, category=None)], by=system)
    lapses = list_lapses(open_books(books.wayan, region(), JULY), JULY)
    assert JUNE in {line.last_covered for line in lapses}


def test_a_province_sums_its_places_and_links_to_them(books, client_of, cast):
    lines = {line.region.pk: line.sum for line in list_places(cast.lestari, region("36"), JULY)}
    assert (lines[KOTA_B].due, lines[KOTA_B].received) == (999 * 16_800, 77_777)
    # The same sums as on the city's own page.
    assert lines[KOTA_A] == arrears_table(open_books(books.wayan, region(), JULY), JULY).total
    page = client_of(cast.lestari).get(reverse("arrears", args=["36"]) + "?periode=2025-07").content.decode()
    for code in (KOTA_A, KOTA_B):
        assert f"{reverse('arrears', args=[code])}?periode=2025-07" in page
    nation = client_of(cast.dewi).get(reverse("arrears", args=["ID"]) + "?periode=2025-07").content.decode()
    assert "Provinsi Banten" in nation


def test_the_page_and_its_csv_say_the_same_and_nothing_to_the_stranger(books, client_of, cast):
    client, url = client_of(cast.wayan), reverse("arrears", args=[KOTA_A])
    page = client.get(f"{url}?periode=2025-07").content.decode().replace("\u00a0", " ")
    for words in (
        "Rp680.000",
        "7 orang-bulan tanpa tarif",
        "sumber dana tidak disebut",
        "tarif belum diketahui",
    ):
        assert words in page
    assert "77.777" not in page
    file = b"".join(client.get(f"{url}?periode=2025-07&unduh=csv").streaming_content)
    text = file.decode("utf-8-sig")
    rows = list(csv.reader(StringIO(text), delimiter=";"))
    assert rows[0] == [
        *("bulan", "sumber_dana", "terutang", "diterima", "selisih", "tunggakan"),
        *("belum_jatuh_tempo", "lebih_bayar", "orang_tanpa_tarif"),
    ]
    linmas = ["2025-06", "APBD kabupaten/kota", "1680000", "1000000", "680000", "680000", "0", "0", "0"]
    assert rows[3] == linmas
    assert rows[-1] == ["2025-07", "", "", "55555", "", "", "", "", "0"]
    for asked in ("", "?unduh=csv"):
        assert client_of(cast.budi).get(reverse("arrears", args=[KOTA_A]) + asked).status_code == 404
    with pytest.raises(OutsideScope):
        open_books(cast.budi, region(), JULY)
    with pytest.raises(OutsideScope):
        list_places(cast.budi, region("36"), JULY)
