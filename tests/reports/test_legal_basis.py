"""What rests on no rule, with people and rupiah; and naming the rule for lines, categories and lists."""

from datetime import date

import pytest

from budgets.models import Allocation
from budgets.services.allocation import record_allocations
from budgets.services.legal_basis import link_lines, name_line_basis
from participants.models import Category, CategoryBasis, Enrolment
from participants.selectors.legal_basis import bases_of, basis_of_spells
from participants.services.legal_basis import link_categories, name_batch_basis, name_category_basis
from regions.errors import NotPermitted, OutsideScope
from regions.models import Act, Region, Regulation
from regions.services.regulation import record_regulations
from regions.services.regulation_reference import load_regulations
from reports.selectors.regulations.legal_basis import without_basis
from reports.selectors.regulations.used import used_by
from tests.cast import KOTA_A, KOTA_B, PROVINCE
from tests.factories import AllocationFactory, EnrolmentFactory, ParticipantFactory, RegulationFactory
from tests.participants.batches import people, store
from tests.table_files import told_in

JULY = date(2025, 7, 1)


@pytest.fixture
def perwal(cast):
    return record_regulations([RegulationFactory()], by=cast.wayan).rows[0]


@pytest.fixture
def region(cast):
    return Region.objects.get(pk=KOTA_A)


def persons(count, by, **columns):
    return [
        EnrolmentFactory(participant=ParticipantFactory(entered_by=by), entered_by=by, **columns)
        for _number in range(count)
    ]


def test_words_that_name_a_law_become_a_reference(system):
    load_regulations()
    assert link_categories() > 40
    named = {
        row.pk: row.basis.cited
        for row in Category.objects.exclude(basis=None).select_related("basis__region")
    }
    # The law goes before the instruction beside it.
    assert named["non_asn"] == "Permenaker 1/2025"
    assert named["linmas"] == "Inpres 2/2021"
    assert named["pekerja_migran"] == "Permenaker 4/2023"
    assert Category.objects.get(pk="non_asn").legal_basis == "Inpres 2/2021; Permenaker 1/2025"
    assert link_categories() == 0


def test_lines_name_a_rule_of_their_own_region_or_above(cast, perwal):
    lines = [
        AllocationFactory(legal_basis="Perwal Cilegon Nomor 7 Tahun 2025"),
        AllocationFactory(category_id="kader", legal_basis="Perda 1/2025"),
        AllocationFactory(region_id=KOTA_B, legal_basis="Perwal 7/2025"),
    ]
    record_allocations(lines, by=cast.admin)
    assert link_lines() == 1
    (line,) = Allocation.objects.exclude(basis=None)
    assert (line.region_id, line.basis, line.legal_basis) == (
        KOTA_A,
        perwal,
        "Perwal Cilegon Nomor 7 Tahun 2025",
    )


def test_what_rests_on_nothing_is_told_with_people_and_rupiah(cast, region, perwal):
    persons(3, cast.wayan)
    persons(2, cast.wayan, category_id="kader")
    lines = [
        AllocationFactory(amount=1_000_000, heads=None),
        AllocationFactory(category_id="kader", amount=500_000, heads=None),
    ]
    record_allocations([*lines, AllocationFactory(region_id=KOTA_B)], by=cast.admin)
    found = without_basis(cast.wayan, region, JULY)
    assert (found.people, found.rupiah, len(found.bare_lines)) == (5, 1_500_000, 2)
    assert [(row.category.pk, row.people, row.rupiah) for row in found.bare_categories] == [
        ("kader", 2, 500_000),
        ("linmas", 3, 1_000_000),
    ]
    name_category_basis(region_code=KOTA_A, category="linmas", rule=perwal.pk, by=cast.wayan)
    stage = Allocation.objects.get(region_id=KOTA_A, category_id="linmas")
    assert name_line_basis(region_code=KOTA_A, stages=[stage.pk], rule=perwal.pk, by=cast.wayan) == 1
    found = without_basis(cast.wayan, region, JULY)
    assert (found.people, found.rupiah) == (2, 500_000)
    assert [row.category.pk for row in found.bare_persons] == ["kader"]
    # Another stage of the line rests on what the line rests on.
    record_allocations([AllocationFactory(amount=900_000, phase="perubahan", heads=None)], by=cast.admin)
    assert [one.line.row.category_id for one in without_basis(cast.wayan, region, JULY).bare_lines] == [
        "kader"
    ]
    used = used_by(cast.wayan, perwal)
    assert [(place.pk, names) for place, names in used.places] == [
        (KOTA_A, [Category.objects.get(pk="linmas").name])
    ]
    assert [(place.pk, year, count) for place, year, count in used.lines] == [(KOTA_A, 2025, 1)]


def test_an_instruction_alone_is_told_apart(cast, region):
    load_regulations()
    link_categories()
    persons(1, cast.wayan)
    found = without_basis(cast.wayan, region, JULY)
    assert [(row.category.pk, row.state) for row in found.categories] == [("linmas", "hanya instruksi")]
    assert (found.people, len(found.weak_categories)) == (0, 1)


def test_the_nearest_region_says_on_what_its_people_rest(cast, perwal):
    pergub = {"kind": "pergub", "region_id": PROVINCE, "number": "3"}
    above = record_regulations([RegulationFactory(**pergub)], by=cast.admin).rows[0]
    name_category_basis(region_code=PROVINCE, category="linmas", rule=above.pk, by=cast.admin)
    assert bases_of(KOTA_A)["linmas"].rule == above
    name_category_basis(region_code=KOTA_A, category="linmas", rule=perwal.pk, by=cast.wayan)
    assert bases_of(KOTA_A)["linmas"].rule == perwal
    assert bases_of(KOTA_B)["linmas"].rule == above
    name_category_basis(region_code=KOTA_A, category="linmas", rule=above.pk, by=cast.siti)
    row = CategoryBasis.objects.get(region=KOTA_A)
    assert (row.basis, row.entered_by) == (above, cast.siti)
    detail = Act.objects.latest("pk").detail["changed"]["basis"]
    assert detail == ["Perwal Cilegon 7/2025", "Pergub Banten 3/2025"]


def test_persons_of_a_list_rest_on_its_decree(cast, region, perwal):
    batch = store(people(2), cast.wayan)
    assert without_basis(cast.wayan, region, JULY).people == 2
    name_batch_basis(pk=batch.pk, rule=perwal.pk, by=cast.siti)
    found = without_basis(cast.wayan, region, JULY)
    assert (found.people, found.categories[0].state) == (0, "menurut daftarnya")
    spells = list(Enrolment.objects.filter(batch=batch.pk))
    assert set(basis_of_spells(spells).values()) == {perwal}
    assert used_by(cast.siti, perwal).people == 2
    # Who sees no names is not told of lists.
    assert used_by(cast.dewi, perwal).lists == 0
    with pytest.raises(OutsideScope):
        name_batch_basis(pk=batch.pk, rule=perwal.pk, by=cast.budi)
    with pytest.raises(NotPermitted):
        name_batch_basis(pk=batch.pk, rule=perwal.pk, by=cast.lestari)


def test_drafts_and_foreign_rules_are_no_basis(cast, perwal):
    draft = {"number": "", "enacted_on": None, "promulgated_on": None}
    unfinished = record_regulations([RegulationFactory(**draft)], by=cast.wayan).rows[0]
    foreign = record_regulations([RegulationFactory(region_id=KOTA_B)], by=cast.budi).rows[0]
    for rule in (unfinished, foreign):
        with pytest.raises(OutsideScope):
            name_category_basis(region_code=KOTA_A, category="linmas", rule=rule.pk, by=cast.wayan)
    with pytest.raises(NotPermitted):
        name_category_basis(region_code=KOTA_A, category="linmas", rule=perwal.pk, by=cast.ratna)
    assert not CategoryBasis.objects.exists()


def test_the_page_names_rules_for_what_is_ticked(cast, client_of, perwal):
    record_allocations([AllocationFactory()], by=cast.admin)
    persons(1, cast.wayan)
    address = f"/dasar-hukum/{KOTA_A}/?periode=2025-07"
    client = client_of(cast.wayan)
    page = client.get(address).content.decode()
    assert "Rp3.024.000.000" in page
    assert "Orang Uji" not in page
    line = Allocation.objects.get()
    for what, row in (("baris", line.pk), ("kategori", "linmas")):
        answer = client.post(address, {"apa": what, "baris": [row], "rule": perwal.pk})
        assert answer.status_code == 302
    assert Allocation.objects.get().basis == perwal
    page = client.get(address).content.decode()
    assert "Setiap baris anggaran menyebut dasar hukumnya" in page
    assert client.post(address, {"apa": "baris"}).status_code == 302
    assert told_in(client.get(f"{address}&unduh=csv")) == []
    assert client_of(cast.budi).get(address).status_code == 404
    # Leaders see closed months only: no persons, but what is planned.
    leader = client_of(cast.ratna).get(address).content.decode()
    assert "Tidak ada peserta dengan nama" in leader
    assert Regulation.objects.count() == 1
