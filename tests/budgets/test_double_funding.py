"""Two payers in one month: who drops and what that costs, and that nothing of another region leaks."""

from datetime import date

import pytest

from budgets.selectors.double_funding import (
    Line,
    Payer,
    Totals,
    double_funding_of,
    explain_persons,
    list_double_funding,
    sum_double_funding,
)
from budgets.services.wage_base import record_wage_bases
from participants.models import OverlapAllowance, Participant
from regions.errors import NotPermitted, OutsideScope
from tests.budgets.double_funding import JANUARY, JULY, KOTA_C, SECRET, person, spell, told
from tests.cast import KOTA_A, KOTA_B, PROVINCE
from tests.factories import WageBaseFactory

__all__ = ["person", "spell"]
pytestmark = pytest.mark.usefixtures("cast_once")


def test_the_weaker_payer_of_one_region_drops(person, spell, cast):
    row = person(1)
    spell(row, "apbd_kabkota", category_id="nelayan", first_month=date(2024, 11, 1))
    spell(row, "pemberi_kerja", category_id="pekerja_swasta", segment="pu", first_month=date(2025, 4, 1))
    spell(person(2), "apbd_kabkota")
    (doubled,) = told(cast.siti)
    assert (doubled.person, doubled.months, doubled.rupiah, doubled.unpriced, doubled.goes_on) == (
        row,
        4,
        4 * 16_800,
        0,
        True,
    )
    assert doubled.lines == [
        Line(
            drops=Payer("APBD kabupaten/kota", False, "Nelayan", "Kota Cilegon"),
            stays=[Payer("Pemberi kerja", False, "Pekerja perusahaan", "Kota Cilegon")],
            months=4,
            first_month=date(2025, 4, 1),
            last_month=JULY,
            rupiah=67_200,
            unpriced=0,
        )
    ]
    assert list_double_funding(cast.siti, KOTA_A, date(2025, 3, 1)) == []
    # Another fiscal year begins anew.
    assert list_double_funding(cast.siti, KOTA_A, date(2026, 2, 1))[0].months == 2


def test_only_what_counts_and_only_what_is_not_expected(person, spell, cast):
    linmas, worker, two_jobs = person(1), person(2), person(3)
    spell(linmas, "apbd_kabkota", category_id="linmas")
    spell(linmas, "nphd", category_id="adhoc_kpu", segment="pu")
    spell(worker, "apbd_kabkota", category_id="linmas")
    spell(worker, "nphd", category_id="linmas", state="proposed")
    spell(worker, "apbn", category_id="linmas", state="rejected", reason="ganda")
    ended = {"first_month": JANUARY, "last_month": date(2025, 2, 1), "state": "ended"}
    spell(worker, "csr", category_id="kader", ended_by="duty_ended", **ended)
    # The pair goes together, yet the same category twice does not.
    spell(two_jobs, "apbd_kabkota", category_id="linmas")
    spell(two_jobs, "nphd", category_id="adhoc_kpu", segment="pu")
    spell(two_jobs, "apbd_provinsi", category_id="linmas")
    got = {row.person: (row.months, row.rupiah, row.goes_on) for row in told(cast.siti)}
    assert got == {worker: (2, 33_600, False), two_jobs: (7, 117_600, True)}
    OverlapAllowance.objects.all().delete()
    assert {row.person: row.rupiah for row in told(cast.siti)} == {
        worker: 33_600,
        linmas: 117_600,
        two_jobs: 2 * 117_600,
    }


def test_whoever_stops_only_for_a_while_is_told_run_by_run(person, spell, cast):
    """While the election pays, the village drops, and the city may stay beside the election."""
    row = person(1)
    spell(row, "apbd_kabkota", category_id="linmas")
    spell(row, "add", category_id="kader", first_month=date(2025, 4, 1))
    months = {"first_month": date(2025, 5, 1), "last_month": date(2025, 6, 1)}
    spell(row, "nphd", category_id="adhoc_kpu", state="ended", ended_by="duty_ended", **months)
    (doubled,) = told(cast.siti)
    got = [(line.drops.category, line.first_month, line.last_month, line.months) for line in doubled.lines]
    assert got == [
        ("Anggota Linmas", date(2025, 4, 1), date(2025, 4, 1), 1),
        ("Kader", date(2025, 5, 1), date(2025, 6, 1), 2),
        ("Anggota Linmas", JULY, JULY, 1),
    ]
    assert (doubled.months, doubled.rupiah) == (4, 4 * 16_800)


def test_merged_rows_are_one_person(person, spell, cast):
    one, two = person(1), person(2)
    spell(one, "apbd_kabkota")
    spell(two, "add", programmes=["jkm", "jht", "jkk"])
    assert told(cast.siti) == []
    Participant.objects.filter(pk=two.pk).update(merged_into=one)
    (doubled,) = told(cast.siti)
    assert (doubled.person, doubled.months, doubled.rupiah) == (one, 7, 117_600)


def test_without_a_known_rate_the_months_are_said_and_not_guessed(person, spell, cast):
    row = person(1)
    spell(row, "apbd_kabkota", programmes=["jkk", "jkm"], segment="pu")
    spell(row, "apbn", programmes=["jkk", "jkm"], segment="pu")
    (doubled,) = told(cast.siti)
    assert (doubled.rupiah, doubled.unpriced, doubled.lines[0].rupiah) == (0, 7, None)
    june = WageBaseFactory(category_id="linmas", first_month=date(2025, 6, 1))
    record_wage_bases([june], by=cast.siti)
    (doubled,) = told(cast.siti)
    assert (doubled.rupiah, doubled.unpriced) == (2 * 10_800, 5)
    # What another region pays its people says nothing about this one.
    record_wage_bases([WageBaseFactory(region_id=KOTA_B, category_id="linmas", rupiah=1)], by=cast.admin)
    (doubled,) = told(cast.siti)
    assert (doubled.rupiah, doubled.unpriced) == (2 * 10_800, 5)


def test_a_programme_without_a_price_leaves_the_whole_set_without_one(person, spell, cast):
    row = person(1)
    spell(row, "apbd_kabkota", programmes=["jkk", "jkm", "jp"])
    spell(row, "apbn", programmes=["jkk"])
    (doubled,) = told(cast.siti)
    assert (doubled.rupiah, doubled.unpriced) == (0, 7)


def test_who_pays_for_himself_is_priced_with_the_relief_of_the_law(person, spell, cast):
    row = person(1)
    driver = {"category_id": "ojek_online", "first_month": date(2025, 12, 1)}
    spell(row, "mandiri", **driver)
    spell(row, "apbd_kabkota", **driver)
    (doubled,) = told(cast.siti, month=date(2026, 3, 1))
    assert (doubled.months, doubled.rupiah) == (3, 3 * 8_400)
    other = person(2)
    farmer = {"category_id": "petani", "first_month": date(2026, 1, 1)}
    spell(other, "mandiri", **farmer)
    spell(other, "apbd_kabkota", **farmer)
    got = {one.person: one.rupiah for one in told(cast.siti, month=date(2026, 4, 1))}
    assert got == {row: 4 * 8_400, other: 3 * 16_800 + 8_400}


def test_of_another_region_only_the_kind_of_payer_is_told(person, spell, cast, client_of):
    own, other = person(1), person(1, KOTA_B, name=SECRET, birth_date=date(1911, 11, 11))
    spell(own, "apbd_kabkota", category_id="nelayan", first_month=date(2024, 1, 1))
    spell(other, "apbd_kabkota", category_id="marbot", first_month=date(2025, 3, 1))
    (doubled,) = told(cast.siti)
    assert (doubled.person, doubled.months, doubled.rupiah) == (own, 5, 84_000)
    assert doubled.lines == [
        Line(
            drops=Payer("dibayar pemerintah daerah lain", True),
            stays=[Payer("APBD kabupaten/kota", False, "Nelayan", "Kota Cilegon")],
            months=5,
            first_month=None,
            last_month=None,
            rupiah=84_000,
            unpriced=0,
        )
    ]
    shown = client_of(cast.siti).get("/pendanaan-ganda/?wilayah=36.72&periode=2025-07").content.decode()
    assert "dibayar pemerintah daerah lain" in shown
    # The list of months to choose from names them all.
    found = shown.rpartition("</select>")[2]
    assert "dibayar pemerintah daerah lain" in found
    for secret in (SECRET, "Kota Serang", KOTA_B, "Marbot", "Maret 2025", "1911"):
        assert secret not in found
    # Budi learns of his own person as much, and nothing of Kota A.
    shown = client_of(cast.budi).get("/pendanaan-ganda/?periode=2025-07").content.decode()
    assert SECRET in shown
    assert "dibayar pemerintah daerah lain" in shown
    for secret in (own.name, "Cilegon", KOTA_A, "Nelayan"):
        assert secret not in shown
    # Whoever holds both regions sees both names.
    (both,) = told(cast.lestari, PROVINCE)
    assert [line.drops for line in both.lines] == [
        Payer("APBD kabupaten/kota", False, "Marbot masjid", "Kota Serang")
    ]
    assert both.lines[0].stays == [Payer("APBD kabupaten/kota", False, "Nelayan", "Kota Cilegon")]
    assert (both.lines[0].first_month, both.lines[0].last_month) == (date(2025, 3, 1), JULY)
    (seen,) = told(cast.lestari, KOTA_A)
    assert seen.lines == both.lines


def test_two_payers_elsewhere_are_not_the_matter_of_this_region(person, spell, cast):
    person(1)
    spell(person(1, KOTA_B), "apbd_kabkota")
    spell(person(1, KOTA_C), "apbd_kabkota")
    assert list_double_funding(cast.siti, KOTA_A, JULY) == []
    assert sum_double_funding(list_double_funding(cast.lestari, PROVINCE, JULY)) == Totals(
        1, 7, 117_600, 0, 1
    )


def test_a_merge_elsewhere_does_not_join_the_persons_of_this_region(person, spell, cast):
    """What another region decided of its rows is its own; the match by NIK goes through it one way."""
    for serial, funding in ((1, "apbd_kabkota"), (2, "apbn")):
        spell(person(serial), funding)
    theirs = [person(serial, KOTA_B) for serial in (1, 2)]
    Participant.objects.filter(pk=theirs[1].pk).update(merged_into=theirs[0])
    assert list_double_funding(cast.siti, KOTA_A, JULY) == []
    assert len(list_double_funding(cast.lestari, PROVINCE, JULY)) == 1


def test_scope(cast, person, spell):
    for refused, who in ((OutsideScope, cast.budi), (NotPermitted, cast.ratna), (NotPermitted, cast.dewi)):
        with pytest.raises(refused):
            list_double_funding(who, KOTA_A, JULY)
        with pytest.raises(refused):
            explain_persons(who, KOTA_A, JULY, [])


def test_one_person_is_told_as_in_the_list(person, spell, cast):
    row, alone = person(1), person(2)
    spell(row, "apbd_kabkota", category_id="nelayan")
    spell(row, "pemberi_kerja", category_id="pekerja_swasta", segment="pu", first_month=date(2025, 4, 1))
    spell(alone, "apbd_kabkota")
    assert [double_funding_of(cast.siti, row, JULY)] == told(cast.siti)
    assert double_funding_of(cast.siti, alone, JULY) is None
    merged = person(3, merged_into=row)
    assert double_funding_of(cast.siti, merged, JULY) == double_funding_of(cast.siti, row, JULY)
    with pytest.raises(OutsideScope):
        double_funding_of(cast.budi, row, JULY)
    with pytest.raises(NotPermitted):
        double_funding_of(cast.ratna, row, JULY)
