"""What instructions ask of whom, and what became of it: from data where they say, else from evidence."""

from datetime import date, timedelta
from io import BytesIO
from zipfile import ZipFile

import docx
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localdate

from budgets.services.allocation import record_allocations
from budgets.services.realisation import record_realisations
from participants.services.attachment import attach_document
from participants.services.headcount import record_headcounts
from regions.duty import DueKind, DutyRule, DutyState, EvidenceState
from regions.enums import InstitutionKind, MonthState, RegionKind
from regions.errors import NotPermitted, OutsideScope, RegulationRefused
from regions.models import Act, Duty, Region, Regulation, ReportingMonth
from regions.month import first_of
from regions.regulation import RegulationRelation
from regions.selectors.duty import count_heads, list_duties
from regions.services.duty import DutyGiven, change_duty, check_evidence, file_evidence, record_duty
from regions.services.institution import create_institution
from regions.services.regulation import link_regulations, record_regulations
from regions.services.regulation_reference import load_regulations
from reports.quarter import quarter_before
from reports.selectors.regulations.duty_board import due_of, duty_board, place_duties
from reports.selectors.tasks.inbox import list_tasks
from tests.cast import KOTA_A, KOTA_B, PROVINCE
from tests.factories import AllocationFactory, HeadcountFactory, RealisationFactory, RegulationFactory
from tests.participants.documents import pdf
from tests.table_files import cells_in, told_in

TODAY = localdate()
YEAR = TODAY.year


@pytest.fixture
def national(system):
    load_regulations()
    return {row.title: row for row in Duty.objects.select_related("regulation__region")}


@pytest.fixture
def region(cast):
    return Region.objects.select_related("parent").get(pk=KOTA_A)


@pytest.fixture
def perwal(cast):
    return record_regulations([RegulationFactory()], by=cast.wayan).rows[0]


def duty_of(perwal, by, title="Menyosialisasikan program", addressees=("wali_kota",), **given):
    made = DutyGiven(title, list(addressees), "Surat uji nomor 1", **given)
    return record_duty(regulation=perwal.pk, given=made, by=by)


def cell(user, region, title):
    found = place_duties(user, region, TODAY)
    return next(one for one in found.own if one.duty.title == title)


@pytest.mark.parametrize(
    ("day", "heads"),
    [
        (date(2021, 3, 25), {"gubernur": 34, "bupati": 416, "wali_kota": 98}),
        (date(2022, 7, 25), {"gubernur": 37, "bupati": 416, "wali_kota": 98}),
        (date(2022, 12, 8), {"gubernur": 38, "bupati": 416, "wali_kota": 98}),
    ],
)
def test_heads_are_counted_by_day(system, day, heads):
    assert count_heads(day) == heads


def test_a_budget_turns_green_with_paid_months_and_says_why(national, cast, region):
    title = "Menganggarkan iuran non-ASN"
    assert cell(cast.wayan, region, title).state == DutyState.OPEN
    line = AllocationFactory(
        year=YEAR, category_id="non_asn", heads=None, amount=5_000_000, decided_on=date(YEAR, 1, 2)
    )
    (line,) = record_allocations([line], by=cast.wayan).created
    partly = cell(cast.wayan, region, title)
    assert (partly.state, "belum ada bulan yang dibayar" in partly.why) == (DutyState.PARTLY, True)
    paid = {"paid_amount": 100, "paid_on": date(YEAR, 1, 20), "payment_order": "SP2D 1"}
    bill = {"first_month": date(YEAR, 1, 1), "last_month": date(YEAR, 1, 1), "billed_on": date(YEAR, 1, 5)}
    record_realisations(
        [RealisationFactory(allocation=line, category_id="non_asn", billed_amount=100, **bill, **paid)],
        by=cast.wayan,
    )
    done = cell(cast.wayan, region, title)
    assert done.state == DutyState.DONE
    assert f"dianggarkan Rp5.000.000 pada {YEAR}" in done.why
    assert f"Januari {YEAR}" in done.why
    assert done.url == f"/anggaran/?wilayah={KOTA_A}&periode={YEAR}-12"
    budi = cell(cast.budi, Region.objects.get(pk=KOTA_B), title)
    assert budi.state == DutyState.OPEN


def test_a_regional_rule_that_carries_the_instruction_out_turns_it_green(national, cast, region, perwal):
    title = "Menetapkan regulasi daerah"
    Regulation.objects.filter(region=KOTA_A).exclude(pk=perwal.pk).delete()
    instruction = national[title].regulation
    assert cell(cast.wayan, region, title).state == DutyState.OPEN
    draft = {"number": "", "enacted_on": None, "promulgated_on": None, "title": "Rancangan uji"}
    (coming,) = record_regulations([RegulationFactory(**draft)], by=cast.wayan).rows
    derived = RegulationRelation.DERIVED
    link_regulations(pk=coming.pk, relation=derived, other=instruction.pk, by=cast.wayan)
    found = cell(cast.wayan, region, title)
    assert (found.state, found.url) == (DutyState.PARTLY, f"/regulasi/{coming.pk}/")
    link_regulations(pk=perwal.pk, relation=derived, other=instruction.pk, by=cast.wayan)
    found = cell(cast.wayan, region, title)
    assert (found.state, found.why) == (
        DutyState.DONE,
        "Perwal Cilegon 7/2025 melaksanakan Inpres 2/2021 dan berlaku.",
    )


def test_the_report_of_a_quarter_follows_from_closed_months(national, cast, region):
    title = "Melaporkan pelaksanaan setiap triwulan"
    quarter = quarter_before(TODAY)
    late = (TODAY - quarter.due).days > 0
    found = cell(cast.wayan, region, title)
    assert (found.due, found.state) == (quarter.due, DutyState.LATE if late else DutyState.OPEN)
    for count, month in enumerate(quarter.months, start=1):
        ReportingMonth.objects.create(
            region_id=KOTA_A, month=month, state=MonthState.CLOSED, closing=1, changed_at=f"{TODAY}T00:00Z"
        )
        expected = DutyState.DONE if count == len(quarter.months) else DutyState.PARTLY
        assert cell(cast.wayan, region, title).state == expected
    assert cell(cast.wayan, region, title).days_late == 0


def test_enrolment_follows_from_the_reports_of_people(national, cast, region):
    title = "Mendaftarkan non-ASN sebagai peserta aktif"
    assert cell(cast.wayan, region, title).state == DutyState.OPEN
    month = first_of(TODAY - timedelta(days=31))
    row = HeadcountFactory(month=month, category_id="non_asn", people=12, as_of=month)
    record_headcounts([row], by=cast.wayan)
    assert cell(cast.wayan, region, title).state == DutyState.DONE


def test_evidence_is_checked_by_a_second_person(cast, region, perwal):
    duty = duty_of(perwal, cast.wayan, due_kind=DueKind.ONCE, due_on=TODAY - timedelta(days=5))
    late = cell(cast.wayan, region, duty.title)
    assert (late.state, late.days_late) == (DutyState.LATE, 5)
    assert late.late_words.startswith("Terlambat 5 hari")
    told = {"duty": duty.pk, "region_code": KOTA_A, "period": None}
    with pytest.raises(OutsideScope):
        file_evidence(**told, statement="x", by=cast.budi)
    with pytest.raises(NotPermitted):
        file_evidence(**told, statement="x", by=cast.lestari)
    row = file_evidence(**told, statement="Sosialisasi 1 Juli di aula.", by=cast.siti)
    assert cell(cast.wayan, region, duty.title).state == DutyState.WAITING
    waits = {one: [task.url for task in list_tasks(one)] for one in (cast.anton, cast.siti, cast.budi)}
    assert f"/kewajiban/bukti/{row.pk}/" in waits[cast.anton]
    assert f"/kewajiban/bukti/{row.pk}/" not in waits[cast.siti] + waits[cast.budi]
    with pytest.raises(RegulationRefused):
        file_evidence(**told, statement="Lagi", by=cast.wayan)
    for one in (cast.siti, cast.wayan, cast.dewi):
        with pytest.raises(NotPermitted):
            check_evidence(pk=row.pk, accept=True, reason="", by=one)
    with pytest.raises(RegulationRefused):
        check_evidence(pk=row.pk, accept=False, reason=" ", by=cast.anton)
    check_evidence(pk=row.pk, accept=False, reason="Tanpa daftar hadir", by=cast.anton)
    returned = cell(cast.wayan, region, duty.title)
    assert (returned.state, returned.why) == (DutyState.LATE, "Bukti dikembalikan: Tanpa daftar hadir")
    again = file_evidence(**told, statement="Sosialisasi 1 Juli, daftar hadir terlampir.", by=cast.wayan)
    content = pdf()
    attach_document(
        kind="duty_evidence",
        subject=str(again.pk),
        title="Daftar hadir",
        file_name="a.pdf",
        content=content,
        by=cast.wayan,
    )
    check_evidence(pk=again.pk, accept=True, reason="", by=cast.siti)
    done = cell(cast.wayan, region, duty.title)
    assert (done.state, done.days_late) == (DutyState.DONE, 0)
    assert done.why.endswith("Diperiksa oleh Siti.")
    acts = Act.objects.filter(subject__startswith="bukti kewajiban").order_by("pk")
    assert list(acts.values_list("verb", flat=True)) == ["recorded", "returned", "recorded", "approved"]


def test_a_duty_that_comes_again_asks_for_new_evidence(cast, region, perwal):
    duty = duty_of(perwal, cast.wayan, due_kind=DueKind.YEARLY, due_on=date(2024, 12, 31))
    assert due_of(duty, TODAY) == date(YEAR, 12, 31)
    told = {"duty": duty.pk, "region_code": KOTA_A, "statement": "Dilaporkan.", "by": cast.wayan}
    old = file_evidence(**told, period=date(YEAR - 1, 1, 1))
    check_evidence(pk=old.pk, accept=True, reason="", by=cast.siti)
    assert cell(cast.wayan, region, duty.title).state == DutyState.OPEN
    file_evidence(**told, period=date(YEAR, 1, 1))
    assert cell(cast.wayan, region, duty.title).state == DutyState.WAITING


@pytest.mark.parametrize(
    "given",
    [
        {"title": " "},
        {"addressees": ()},
        {"addressees": ("menteri",)},
        {"due_kind": DueKind.ONCE},
        {"due_on": TODAY},
        {"rule": DutyRule.BUDGETED},
        {"rule": DutyRule.REPORTED, "argument": "non_asn"},
        {"rule": DutyRule.REPORTED, "addressees": ("opd",)},
    ],
)
def test_a_duty_is_whole_or_refused(cast, perwal, given):
    with pytest.raises(RegulationRefused):
        duty_of(perwal, cast.wayan, **given)
    assert not Duty.objects.exists()


def test_a_duty_is_changed_and_ends(cast, region, perwal):
    duty = duty_of(perwal, cast.wayan)
    given = DutyGiven("Menyosialisasikan program", ["wali_kota", "camat"], "Surat 2", ended_on=TODAY)
    with pytest.raises(NotPermitted):
        change_duty(pk=duty.pk, given=given, by=cast.ratna)
    change_duty(pk=duty.pk, given=given, by=cast.siti)
    assert list(list_duties(cast.wayan, TODAY)) == []
    assert [one.pk for one in list_duties(cast.wayan, TODAY - timedelta(days=1))] == [duty.pk]
    with pytest.raises(RegulationRefused):
        duty_of(perwal, cast.wayan)


def test_those_within_a_region_come_from_its_own_registers(cast, region, perwal):
    kinds = (InstitutionKind.OPD, InstitutionKind.BUMD, InstitutionKind.BUMDES, InstitutionKind.COMPANY)
    for kind in kinds:
        create_institution(region_code=KOTA_A, name=f"Lembaga {kind}", kind=kind, by=cast.admin)
    ward = {"level": 4, "name": "Uji", "parent_id": "36.72.01"}
    Region.objects.create(code="36.72.01.1001", kind=RegionKind.KELURAHAN, **ward)
    Region.objects.create(code="36.72.01.2001", kind=RegionKind.DESA, **ward)
    asked = ("opd", "camat", "lurah", "kades", "bumd", "bumdes")
    duty = duty_of(perwal, cast.wayan, addressees=asked)
    found = place_duties(cast.wayan, region, TODAY)
    labels = [one.addressee.label for one in found.within]
    districts = Region.objects.filter(parent=KOTA_A, valid_until=None).count()
    assert sum(label.startswith("Camat ") for label in labels) == districts
    assert {"Lurah Uji", "Kepala Desa Uji", "Lembaga opd", "Lembaga bumd", "Lembaga bumdes"} <= set(labels)
    assert "Lembaga perusahaan" not in labels
    body = next(one.addressee for one in found.within if one.addressee.label == "Lembaga opd")
    row = file_evidence(
        duty=duty.pk,
        region_code=KOTA_A,
        institution=body.institution.pk,
        period=None,
        statement="Rapat.",
        by=cast.wayan,
    )
    check_evidence(pk=row.pk, accept=True, reason="", by=cast.siti)
    ((_duty, states, count),) = place_duties(cast.wayan, region, TODAY).counted
    assert (states[DutyState.DONE], count) == (1, districts + 5)


def test_the_matrix_counts_below_in_few_questions(national, cast, client_of):
    board = duty_board(cast.lestari, PROVINCE, TODAY)
    assert [row.region.pk for row in board.rows][:2] == [PROVINCE, "36.01"]
    assert len(board.rows) == 9
    own = {one.duty.title for one in board.rows[0].cells.values()}
    assert "Menganggarkan iuran pekerja rentan" not in own
    title = "Menetapkan regulasi daerah"
    done = {one.addressee.region.pk for one in board.all_cells if one.duty.title == title and one.is_done}
    assert done == {"36.01", "36.72"}
    nation = duty_board(cast.dewi, "ID", TODAY)
    assert len(nation.rows) == 38
    banten = next(row for row in nation.rows if row.region.pk == PROVINCE)
    assert banten.below[national[title].pk][DutyState.DONE] == 2
    for person, code in ((cast.lestari, PROVINCE), (cast.dewi, "ID")):
        client = client_of(person)
        address = f"/kewajiban/matriks/{code}/"
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        assert len(queries) <= 12, "\n".join(
            one["sql"][:60] + one["sql"][one["sql"].find(" FROM ") :][:80] for one in queries
        )
    lines = told_in(client_of(cast.lestari).get(f"/kewajiban/matriks/{PROVINCE}/?unduh=csv"))
    assert len(lines) == len(board.all_cells)
    assert client_of(cast.budi).get(f"/kewajiban/matriks/{PROVINCE}/").status_code == 404


def test_a_province_reminds_all_heads_at_once(national, cast, client_of):
    form = {"addressee": "*", "sender": "Gubernur Banten", "signer_title": "Sekda"}
    answer = client_of(cast.ratna).post(f"/kewajiban/wilayah/{PROVINCE}/surat/", form)
    with ZipFile(BytesIO(answer.content)) as archive:
        letters = {name[4:]: docx.Document(BytesIO(archive.read(name))) for name in archive.namelist()}
    # The governor, four regents and four mayors; each is told of their own duties.
    assert len(letters) == Act.objects.filter(verb="reminded").count() == 9
    own = {
        line.cells[0].text for table in letters["wali-kota-cilegon.docx"].tables for line in table.rows[1:]
    }
    board = duty_board(cast.ratna, PROVINCE, TODAY)
    states = {DutyState.DONE, DutyState.WAITING}
    assert own == {
        one.duty.title
        for one in board.all_cells
        if one.addressee.region.pk == KOTA_A and one.state not in states
    }
    assert client_of(cast.siti).post(f"/kewajiban/wilayah/{PROVINCE}/surat/", form).status_code == 404


def test_pages_file_check_and_remind(cast, client_of, region, perwal):
    duty = duty_of(perwal, cast.wayan, due_kind=DueKind.ONCE, due_on=TODAY - timedelta(days=5))
    client = client_of(cast.wayan)
    answer = client.post(f"/kewajiban/{duty.pk}/bukti/{KOTA_A}/", {"statement": "Rapat 3672010704650001"})
    assert answer.status_code == 302
    row = duty.evidence.get()
    assert "3672010704650001" not in row.statement
    page = client.get(answer.url).content.decode()
    assert 'name="putusan"' not in page
    letter = client_of(cast.anton).get(f"/kewajiban/wilayah/{KOTA_A}/surat/")
    assert letter.status_code == 200
    siti = client_of(cast.siti)
    assert 'name="putusan"' in siti.get(answer.url).content.decode()
    sent = {"putusan": "kembalikan", "alasan": "Tanpa dokumen"}
    assert siti.post(f"/kewajiban/bukti/{row.pk}/periksa/", sent).status_code == 302
    row.refresh_from_db()
    assert (row.state, row.checked_by) == (EvidenceState.RETURNED, cast.siti)
    form = {"addressee": "Wali Kota Cilegon", "sender": "Provinsi Banten", "signer_title": "Sekda"}
    answer = siti.post(f"/kewajiban/wilayah/{KOTA_A}/surat/", form)
    document = docx.Document(BytesIO(answer.content))
    cells = [cell.text for table in document.tables for line in table.rows for cell in line.cells]
    assert "Menyosialisasikan program" in cells
    assert any("Terlambat 5 hari" in text for text in cells)
    assert Act.objects.latest("pk").verb == "reminded"
    head, line = cells_in(client.get(f"/kewajiban/wilayah/{KOTA_A}/?unduh=xlsx"))
    assert dict(zip(head, line, strict=True))["Status"] == "terlambat"


def test_only_who_sees_the_province_is_led_to_its_matrix(national, cast, client_of):
    for user, is_led in ((cast.siti, False), (cast.lestari, True)):
        page = client_of(user).get(f"/kewajiban/wilayah/{KOTA_A}/").content.decode()
        assert (f"/kewajiban/matriks/{PROVINCE}/" in page) == is_led
