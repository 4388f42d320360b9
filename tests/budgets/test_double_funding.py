"""Two payers in one month: every seeded overlap is found, none of the expected ones is, nothing leaks."""

import csv
from datetime import date
from io import BytesIO, StringIO

import pytest
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from budgets.selectors.double_funding import (
    Line,
    Payer,
    Totals,
    double_funding_of,
    explain_persons,
    list_double_funding,
    sum_double_funding,
)
from budgets.selectors.double_funding_steps import steps_of
from budgets.services.wage_base import record_wage_bases
from participants.models import Enrolment, FundingSource, OverlapAllowance, Participant, PersonReading
from regions.enums import Verb
from regions.errors import NotPermitted, OutsideScope
from regions.models import Act
from regions.month import add_months, months_between
from tests.cast import KOTA_A, KOTA_B, PROVINCE
from tests.factories import EnrolmentFactory, ParticipantFactory, WageBaseFactory, nik_of

pytestmark = pytest.mark.usefixtures("cast_once")

JULY = date(2025, 7, 1)
JANUARY = date(2025, 1, 1)
KOTA_C = "36.71"
SECRET = "Orang Rahasia Kota Lain"


@pytest.fixture
def person(cast):
    def make(serial, region=KOTA_A, **values):
        values = {"name": f"Orang {region} {serial}", **values}
        return ParticipantFactory(digits=nik_of(serial), region_id=region, entered_by=cast.siti, **values)

    return make


@pytest.fixture
def spell(cast):
    def make(row, funding, **values):
        return EnrolmentFactory(participant=row, funding_id=funding, entered_by=cast.siti, **values)

    return make


def told(user, region=KOTA_A, month=JULY):
    rows = list_double_funding(user, region, month)
    return explain_persons(user, region, month, rows)


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


FUNDING = ("pemberi_kerja", "apbn", "add", "apbd_kabkota", "apbd_provinsi", "mandiri")
one_spell = st.fixed_dictionaries(
    {
        "funding_id": st.sampled_from(FUNDING),
        "category_id": st.sampled_from(["linmas", "adhoc_kpu", "kader", "rt_rw"]),
        "state": st.sampled_from(["active", "active", "ended", "proposed"]),
        "start": st.integers(-14, 2),
        "length": st.one_of(st.none(), st.integers(0, 6)),
        "programmes": st.sampled_from([["jkk", "jkm"], ["jkk", "jkm", "jht"], ["jkk", "jp"]]),
    }
)
histories = st.lists(
    st.tuples(
        st.sampled_from([KOTA_A, KOTA_B, KOTA_C]),
        st.integers(1, 3),
        st.lists(one_spell, max_size=3, unique_by=lambda s: (s["funding_id"], s["category_id"])),
        st.booleans(),
    ),
    max_size=6,
    unique_by=lambda row: row[:2],
)


def store(history, by):
    first = {}
    for region, serial, spells, merged in history:
        root = first.get(region) if merged else None
        row = ParticipantFactory(digits=nik_of(serial), region_id=region, entered_by=by, merged_into=root)
        first.setdefault(region, row)
        for one in spells:
            begins = add_months(JULY, one["start"])
            ends = None if one["length"] is None else add_months(begins, one["length"])
            if one["state"] == "ended":
                ends = ends or begins
            EnrolmentFactory(
                participant=row,
                entered_by=by,
                first_month=begins,
                last_month=ends,
                state=one["state"],
                ended_by="duty_ended",
                **{name: one[name] for name in ("funding_id", "category_id", "programmes")},
            )


def humans_of(region):
    """Own families (joined by NIK where several regions are asked for), each with families elsewhere."""
    rows = list(Participant.objects.all())
    families = {}
    for row in rows:
        families.setdefault(row.merged_into_id or row.pk, []).append(row)
    inside = {root for root, own in families.items() if own[0].region_id.startswith(region)}

    def niks(root):
        return {bytes(row.nik_digest) for row in families[root]}

    groups = {root: {root} for root in inside}
    for one in inside:
        for two in inside:
            if niks(one) & niks(two):
                joined = groups[one] | groups[two]
                for member in joined:
                    groups[member] = joined
    for group in {frozenset(group) for group in groups.values()}:
        known = set().union(*(niks(root) for root in group))
        outside = {root for root in families if root not in inside and niks(root) & known}
        yield min(group), {row.pk: row.region_id for root in group | outside for row in families[root]}


def by_hand(region):
    """Person → (months, rupiah, months without a rate), one spell and one month after the other."""
    rank = dict(FundingSource.objects.values_list("code", "precedence"))
    allowed = {frozenset(pair) for pair in OverlapAllowance.objects.values_list("first", "second")}
    prices = {("jkk", "jkm"): 16_800, ("jht", "jkk", "jkm"): 36_800}
    found = {}
    for person, rows in humans_of(region):
        spells = Enrolment.objects.filter(participant__in=rows, state__in=["active", "ended"])
        spells = sorted(spells, key=lambda s: (rank[s.funding_id], s.first_month, s.pk))
        months, rupiah, unpriced = set(), 0, 0
        for month in months_between(JANUARY, JULY):
            staying = []
            for spell in spells:
                if not spell.first_month <= month <= (spell.last_month or month):
                    continue
                at = rows[spell.participant_id]
                against = [
                    other
                    for other in staying
                    if (rows[other.participant_id], other.funding_id) != (at, spell.funding_id)
                    and frozenset([other.category_id, spell.category_id]) not in allowed
                ]
                if not against:
                    staying.append(spell)
                elif any(rows[s.participant_id].startswith(region) for s in [spell, *against]):
                    price = prices.get(tuple(sorted(spell.programmes)))
                    months.add(month)
                    rupiah, unpriced = rupiah + (price or 0), unpriced + (price is None)
        if months:
            found[person] = (len(months), rupiah, unpriced, JULY in months)
    return found


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(history=histories)
def test_all_of_it_is_found_and_nothing_else(cast, history):
    Enrolment.objects.all().delete()
    Participant.objects.update(merged_into=None)
    Participant.objects.all().delete()
    store(history, cast.siti)
    for user, region in ((cast.siti, KOTA_A), (cast.budi, KOTA_B), (cast.lestari, PROVINCE)):
        rows = list_double_funding(user, region, JULY)
        expected = by_hand(region)
        assert {r.person_id: (r.months, r.rupiah, r.unpriced, r.goes_on) for r in rows} == expected
        explained = explain_persons(user, region, JULY, rows)
        assert {r.person_id: sum(line.rupiah or 0 for line in r.lines) for r in explained} == {
            person: told[1] for person, told in expected.items()
        }
        assert all(r.person is not None and r.person.region_id.startswith(region) for r in explained)
        if region != PROVINCE:
            assert [double_funding_of(user, r.person, JULY) for r in explained] == explained


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


def steps_in_words(user, row, *, may_enter=True):
    doubled = double_funding_of(user, row, JULY)
    return [(step.words, step.url) for step in steps_of(row, doubled, may_enter=may_enter)]


def test_the_steps_say_who_asks_whom_and_what_follows(person, spell, cast):
    row = person(1)
    spell(row, "apbd_kabkota", category_id="nelayan")
    spell(row, "pemberi_kerja", category_id="pekerja_swasta", segment="pu", first_month=date(2025, 4, 1))
    expected = [
        (
            "Pastikan kedua kepesertaan benar milik orang yang sama dan bulannya benar.",
            f"/peserta/{row.pk}/#masa",
        ),
        (
            "Kota Cilegon meminta APBD kabupaten/kota, Kota Cilegon berhenti membayar iurannya; "
            "Pemberi kerja tetap membayar.",
            "",
        ),
        (
            "Setelah disetujui, akhiri kepesertaan Nelayan yang dibayar dari APBD kabupaten/kota.",
            f"/peserta/{row.pk}/peristiwa/",
        ),
        (
            "Tanyakan kepada kantor cabang BPJS Ketenagakerjaan apakah Rp67.200 yang terlanjur dibayar dapat "
            "diperhitungkan pada tagihan berikutnya.",
            "",
        ),
    ]
    assert steps_in_words(cast.siti, row) == expected
    assert steps_in_words(cast.lestari, row, may_enter=False)[2] == (expected[2][0], "")


def test_a_payer_elsewhere_is_asked_through_the_branch_and_not_named(person, spell, cast):
    here, there = person(1), person(1, region=KOTA_C, name=SECRET)
    spell(there, "apbd_kabkota", category_id="nelayan", first_month=date(2025, 3, 1))
    spell(here, "apbd_kabkota", category_id="linmas", first_month=JANUARY)
    words = [step for step, _url in steps_in_words(cast.siti, here)]
    assert words[1:3] == [
        "Kota Cilegon meminta pemerintah daerah lain melalui kantor cabang BPJS Ketenagakerjaan berhenti "
        "membayar iurannya; APBD kabupaten/kota tetap membayar.",
        "Pihak di wilayah lain mengakhiri datanya sendiri. Setelah itu bulan gandanya berhenti.",
    ]
    page = " ".join(words)
    assert "Tangerang" not in page
    assert SECRET not in page


def test_the_page_of_one_person_stands_alone_and_in_theirs(person, spell, cast, client_of):
    row, alone = person(1), person(2)
    spell(row, "apbd_kabkota")
    spell(row, "add")
    spell(alone, "apbd_kabkota")
    client = client_of(cast.lestari)
    own = client.get(reverse("person_detail", args=[row.pk])).content.decode()
    address = reverse("double_funding_person", args=[row.pk])
    assert f'hx-get="{address}"' in own
    assert f'<a href="{address}">' in own
    page = client.get(f"{address}?periode=2025-07").content.decode()
    assert "<strong>7 bulan</strong>" in page
    assert "<strong>Rp117.600</strong>" in page
    assert "Buat surat" not in page
    assert "Buat surat" in client_of(cast.siti).get(f"{address}?periode=2025-07").content.decode()
    nothing = client.get(f"{reverse('double_funding_person', args=[alone.pk])}?periode=2025-07")
    assert "tidak ada bulan yang iurannya ditanggung lebih dari satu pihak" in nothing.content.decode()
    assert PersonReading.objects.filter(page="double_funding", reader=cast.lestari).count() == 2


@pytest.fixture
def doubled_list(person, spell):
    row = person(1, name="=Orang Dibayar Dua")
    spell(row, "apbd_kabkota")
    spell(row, "add", first_month=date(2025, 5, 1))
    return row


def rows_of(answer):
    body = b"".join(answer.streaming_content)
    if answer["Content-Type"].startswith("text/csv"):
        return list(csv.reader(StringIO(body.decode("utf-8-sig"))))
    return CalamineWorkbook.from_filelike(BytesIO(body)).get_sheet_by_index(0).to_python()


WHERE = f"/pendanaan-ganda/unduh/?wilayah={KOTA_A}&periode=2025-07"


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_list_as_a_file_is_masked_and_an_act(doubled_list, cast, client_of, kind):
    head, row = rows_of(client_of(cast.lestari).get(f"{WHERE}&bentuk={kind}"))
    assert head[:5] == ["Nama", "NIK", "Wilayah", "Seharusnya berhenti", "Tetap membayar"]
    assert row[0].lstrip("'") == "=Orang Dibayar Dua"
    assert row[1:] == [
        *(doubled_list.nik.masked, "Kota Cilegon"),
        "APBD kabupaten/kota, Anggota Linmas, Kota Cilegon",
        f"{FundingSource.objects.get(pk='add')}, Anggota Linmas, Kota Cilegon",
        *("2025-05", "2025-07", "3", "50400", "", "ya"),
    ]
    act = Act.objects.order_by("-pk").first()
    assert (act.verb, act.subject, act.region_code) == (
        Verb.EXPORTED,
        "daftar pendanaan ganda 2025-07",
        KOTA_A,
    )
    assert act.detail == {"count": 1, "format": kind, "whole_nik": False, "reason": "", "months": ["2025-07"]}


def test_whole_numbers_need_the_permission_and_a_reason(doubled_list, cast, client_of):
    assert client_of(cast.wayan).post(WHERE, {"alasan": "Surat nomor 1"}).status_code == 403
    before = Act.objects.count()
    assert client_of(cast.siti).post(WHERE, {"alasan": "x"}).status_code == 302
    assert Act.objects.count() == before
    told_ = rows_of(client_of(cast.siti).post(WHERE, {"alasan": "Surat nomor 1"}))
    assert "Alasan: Surat nomor 1" in told_[0][0]
    assert told_[2][1].lstrip("'") == doubled_list.nik.digits
    assert Act.objects.order_by("-pk").first().detail["reason"] == "Surat nomor 1"
