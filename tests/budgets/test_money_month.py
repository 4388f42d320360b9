"""The grid of a month's contributions and claims: typed, asked about, taken back, left empty with a word."""

from datetime import date

import pytest
from django.urls import reverse

from budgets.models import Claim, Contribution
from budgets.money_line import MoneyLine
from budgets.selectors.money_month import get_money_month, question_on
from budgets.services.claim import record_claims
from budgets.services.contribution import record_contributions
from participants.models import EmptyCell
from participants.services.headcount import record_headcounts
from regions.errors import NotPermitted, OutsideScope
from regions.models import Act, Region
from regions.month import add_months
from reports.selectors.months.reporting import month_cells
from tests.cast import KOTA_A, KOTA_B
from tests.factories import ClaimFactory, ContributionFactory, HeadcountFactory
from tests.months import JULY, submit

JUNE = date(2025, 6, 1)
LINMAS = MoneyLine.parse("contributions:linmas:apbd_kabkota:jkk_jkm")
DEATHS = MoneyLine.parse("claims:::jkm:cash")
GRID, ROW, UNDO, NONE = (
    reverse(name, args=[KOTA_A, "2025-07"])
    for name in ("money_month", "money_month_row", "money_month_undo", "money_month_none")
)
PAID = {"programme": "jkk_jkm", "category_id": "linmas", "funding_id": "apbd_kabkota"}

pytestmark = pytest.mark.django_db


@pytest.fixture
def past(cast):
    record_headcounts([HeadcountFactory(month=JUNE)], by=cast.admin)
    record_contributions(
        [ContributionFactory(paid_on=date(2025, 6, 9), amount=26_000_000, **PAID)], by=cast.admin
    )


def send(client, by, line, revision=0, **cells):
    data = {
        "typist": by.pk,
        "enrolment": str(line),
        "revision": revision,
        "source": "Rekap 7/2025",
        "as_of": "2025-07-31",
        "paid_on": "2025-07-31",
        **cells,
    }
    return client.post(ROW, data, headers={"accept": "application/json"})


def lines(user, code=KOTA_A, month=JULY):
    page = get_money_month(user, code, month)
    return {str(cell.line): cell for section in page.sections for cell in section.cells}


@pytest.mark.usefixtures("past")
def test_what_is_usually_paid_stands_there(cast, client_of):
    found = lines(cast.wayan)
    assert set(found) == {str(LINMAS), str(DEATHS), "claims:::jkk:cash"}
    assert (found[str(LINMAS)].rupiah, found[str(LINMAS)].last_month) == (None, 26_000_000)
    # Paid undivided, the categories are not asked for one by one.
    record_headcounts([HeadcountFactory(month=JUNE, category_id="kader")], by=cast.admin)
    assert set(lines(cast.wayan)) == set(found)
    page = client_of(cast.wayan).get(GRID).content.decode()
    assert "Anggota Linmas, APBD kabupaten/kota, JKK dan JKM bersama" in page
    added = (
        client_of(cast.wayan)
        .get(f"{GRID}?bagian=claims&program=jht&kategori=kader&wujud=cash")
        .content.decode()
    )
    assert 'data-enrolment="claims:kader::jht:cash"' in added


@pytest.mark.usefixtures("past")
def test_typed_corrected_and_taken_back(cast, client_of):
    client = client_of(cast.wayan)
    answer = send(client, cast.wayan, LINMAS, value="26.762.400")
    assert answer.status_code == 200
    row = Contribution.objects.get(paid_on__month=7)
    assert (row.amount, row.category_id, row.funding_id, row.first_month, row.last_month, row.origin) == (
        26_762_400,
        "linmas",
        "apbd_kabkota",
        JULY,
        JULY,
        "form",
    )
    assert answer.json()["row"]["cells"] == {"value": "26.762.400", "cases": ""}
    assert answer.json()["counts"] == "Iuran: 1 baris terisi · Klaim: 0 baris terisi"
    # Sent twice it is one payment; another amount needs a reason, and the revision that was seen.
    assert send(client, cast.wayan, LINMAS, value="26762400").status_code == 200
    assert send(client, cast.wayan, LINMAS, value="27.000.000").status_code == 409
    needs = send(client, cast.wayan, LINMAS, revision=1, value="27.000.000")
    assert (needs.status_code, "Tulis alasannya" in needs.json()["sentence"]) == (422, True)
    done = send(client, cast.wayan, LINMAS, revision=1, value="27.000.000", reason="salah baca")
    assert done.status_code == 200
    assert client.post(UNDO, {"mark": done.json()["undo"]}).json()["row"]["cells"]["value"] == "26.762.400"
    assert client.post(UNDO, {"mark": done.json()["undo"]}).status_code == 409
    row.refresh_from_db()
    assert row.amount == 26_762_400
    gone = send(client, cast.wayan, LINMAS, revision=row.revision, value="HAPUS", reason="salah tempat")
    assert gone.json()["row"]["cells"]["value"] == ""
    assert client.post(UNDO, {"mark": gone.json()["undo"]}).status_code == 200
    assert Contribution.objects.get(paid_on__month=7).amount == 26_762_400


@pytest.mark.usefixtures("past")
def test_a_digit_too_many_waits_for_its_reason(cast, client_of):
    client = client_of(cast.wayan)
    asked = send(client, cast.wayan, LINMAS, value="267.624.000")
    assert asked.status_code == 422
    assert asked.json()["asks"] == [
        "Lebih dari lima kali angka tertinggi setahun terakhir (Rp26.000.000). Bila benar, tulis sebabnya."
    ]
    assert not Contribution.objects.filter(paid_on__month=7).exists()
    assert send(client, cast.wayan, LINMAS, value="267.624.000", because="dibayar setahun").status_code == 200
    assert Contribution.objects.get(paid_on__month=7).note == "dibayar setahun"


@pytest.mark.parametrize(
    ("line", "rupiah", "past", "is_asked"),
    [
        (LINMAS, 130_000_001, [26_000_000], True),
        (LINMAS, 130_000_000, [26_000_000], False),
        (LINMAS, 5_199_999, [26_000_000, 30_000_000], True),
        (LINMAS, 0, [26_000_000], False),
        (LINMAS, 9, [], False),
        # A quiet month of claims is no slip.
        (DEATHS, 42_000_000, [420_000_000], False),
        (DEATHS, 4_200_000_000, [420_000_000], True),
    ],
)
def test_what_is_asked(line, rupiah, past, is_asked):
    months = {add_months(JULY, -back): amount for back, amount in enumerate(past, start=1)}
    assert bool(question_on(line, rupiah, months)) == is_asked


def test_where_nothing_was_paid_yet_the_people_say_for_whom(cast):
    record_headcounts([HeadcountFactory(month=JUNE)], by=cast.admin)
    assert set(lines(cast.wayan)) == {str(LINMAS), str(DEATHS), "claims:::jkk:cash"}


def test_claims_have_cases(cast, client_of):
    client = client_of(cast.wayan)
    lonely = send(client, cast.wayan, DEATHS, cases="2")
    assert lonely.json()["faults"] == {"cases": "Isi dahulu rupiahnya; jumlah kasus menyertainya."}
    assert send(client, cast.wayan, DEATHS, value="84.000.000", cases="2").status_code == 200
    row = Claim.objects.get()
    assert (row.amount, row.cases, row.programme, row.kind) == (84_000_000, 2, "jkm", "cash")
    faults = send(client, cast.wayan, DEATHS, revision=1, value="x", cases="1,5").json()["faults"]
    assert set(faults) == {"value", "cases"}
    outside = send(client, cast.wayan, DEATHS, revision=1, value="1", reason="x", paid_on="2025-08-01")
    assert outside.json()["sentence"] == "Tanggal bayarnya di luar Juli 2025."


def test_what_several_payments_make_is_not_typed_over(cast, client_of):
    record_claims(
        [ClaimFactory(paid_on=date(2025, 7, day), amount=42_000_000, programme="jkm") for day in (4, 5)],
        by=cast.admin,
    )
    cell = next(cell for cell in lines(cast.wayan).values() if cell.payments == 2)
    assert (cell.rupiah, cell.is_typed) == (84_000_000, False)
    client = client_of(cast.wayan)
    assert "Jumlah dari 2 pembayaran" in client.get(GRID).content.decode()
    assert send(client, cast.wayan, cell.line, value="1").status_code == 409


def test_nothing_this_month_is_a_report_too(cast, client_of):
    regions = [Region.objects.get(pk=KOTA_A)]
    client = client_of(cast.wayan)
    before = month_cells(regions, [JULY])[KOTA_A, JULY].missing
    assert client.post(NONE, {"bagian": "claims"}).status_code == 302
    assert month_cells(regions, [JULY])[KOTA_A, JULY].missing == before - 1
    assert "Tercatat: tidak ada klaim bulan ini" in client.get(GRID).content.decode()
    # What arrives takes the word back.
    send(client, cast.wayan, DEATHS, value="42.000.000", cases="1")
    assert not EmptyCell.objects.exists()
    assert client.post(NONE, {"bagian": "claims"}).status_code == 404
    client.post(NONE, {"bagian": "contributions"})
    client.post(NONE, {"bagian": "contributions", "perbuatan": "batal"})
    assert not EmptyCell.objects.exists()


@pytest.mark.usefixtures("past")
def test_a_locked_month_takes_nothing(cast, client_of):
    submit(cast)
    refused = send(client_of(cast.wayan), cast.wayan, LINMAS, value="26.000.000")
    assert refused.status_code == 422
    assert "Juli 2025 terkunci" in refused.json()["sentence"]


def test_others_find_no_such_grid(cast, client_of):
    for who, error in ((cast.budi, OutsideScope), (cast.ratna, NotPermitted)):
        with pytest.raises(error):
            get_money_month(who, KOTA_A, JULY)
    assert send(client_of(cast.wayan), cast.siti, LINMAS, value="1").status_code == 403
    odd = client_of(cast.wayan).post(ROW, {"typist": cast.wayan.pk, "enrolment": "claims:::x:cash"})
    assert odd.status_code == 404
    assert lines(cast.budi, KOTA_B)
    assert Act.objects.filter(verb="recorded").count() == 0
