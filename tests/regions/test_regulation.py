"""The register of rules: what each is on a day, how they stand to each other, what of a draft is late."""

from datetime import date, timedelta

import pytest
from django.utils.timezone import localdate

from regions.citing import cited_in
from regions.errors import FactRefused, NotPermitted, OutsideScope, RegulationRefused
from regions.models import Act, AddresseeCount, Duty, Regulation, RegulationLink
from regions.regulation import DraftingStage, RegulationRelation, RegulationStanding
from regions.selectors.drafting import late_sentences, stage_now, stages_of
from regions.selectors.regulation import (
    get_regulation,
    list_addressee_counts,
    list_regulations,
    repealed_by,
    tree_around,
)
from regions.services.regulation import (
    StageGiven,
    correct_regulation,
    link_regulations,
    plan_stages,
    record_regulations,
    unlink_regulations,
)
from regions.services.regulation_reference import load_regulations
from tests.cast import KOTA_A, KOTA_B
from tests.factories import RegulationFactory
from tests.table_files import told_in

TODAY = date(2025, 6, 1)
DRAFT = {"number": "", "enacted_on": None, "promulgated_on": None, "title": "Rancangan uji"}


def recorded(by, **columns):
    (row,) = record_regulations([RegulationFactory(**columns)], by=by).rows
    return row


@pytest.fixture
def national(system):
    load_regulations()
    return {row.cited: row for row in Regulation.objects.select_related("region")}


def test_the_national_rules_come_with_their_sources_and_relations(national):
    inpres = national["Inpres 2/2021"]
    assert (inpres.enacted_on, inpres.region_id) == (date(2021, 3, 25), "ID")
    assert national["SE Mendagri 842.2/5193/SJ"].enacted_on == date(2021, 11, 11)
    assert [row.cited for row in national.values() if not row.source or not row.title] == []
    derived = RegulationLink.objects.filter(other=inpres).select_related("regulation__region")
    assert sorted(link.regulation.cited for link in derived) == [
        "Inbup Pandeglang 1/2021",
        "Permendagri 27/2021",
        "Perwal Cilegon 41/2024",
        "SE Mendagri 842.2/5193/SJ",
    ]
    # Loaded once; and loaded again by force nothing is doubled.
    assert load_regulations() == 0
    rows = len(national) + AddresseeCount.objects.count() + Duty.objects.count()
    assert load_regulations(force=True) == rows
    assert Regulation.objects.count() == len(national)


def test_two_published_counts_of_addressees_stand_side_by_side(national):
    counts = list_addressee_counts(national["Inpres 2/2021"])
    ministries = {(one.count, one.source) for one in counts if "menteri" in one.addressee}
    assert {count for count, _source in ministries} == {24, 19}
    assert len(ministries) == 4
    told = {one.addressee: one.count for one in counts if one.kind}
    assert told == {"gubernur": 34, "bupati": 416, "wali kota": 98}


def test_a_correction_of_a_loaded_rule_outlives_the_next_load(national, cast):
    row = national["UU 24/2011"]
    correct_regulation(
        pk=row.pk, revision=1, by=cast.dewi, reason="menurut LN", new={"enacted_on": date(2011, 11, 25)}
    )
    load_regulations(force=True)
    row.refresh_from_db()
    assert (row.enacted_on, row.origin) == (date(2011, 11, 25), "form")


def test_a_repealed_rule_is_so_from_the_day_the_other_begins(national, cast):
    old = national["Permenaker 18/2018"]
    assert get_regulation(cast.wayan, old.pk, date(2022, 12, 31)).standing == RegulationStanding.IN_FORCE
    assert get_regulation(cast.wayan, old.pk, date(2023, 1, 1)).standing == RegulationStanding.REPEALED
    new = repealed_by(old).regulation
    assert new.cited == "Permenaker 4/2023"
    assert old.standing_on(date(2023, 1, 1), new.begins_on) == RegulationStanding.REPEALED


@pytest.mark.parametrize(
    ("columns", "on", "standing"),
    [
        (DRAFT, TODAY, RegulationStanding.DRAFT),
        ({}, date(2025, 3, 2), RegulationStanding.SET),
        ({}, date(2025, 3, 3), RegulationStanding.IN_FORCE),
        ({"valid_from": date(2025, 7, 1)}, TODAY, RegulationStanding.SET),
        ({"valid_until": TODAY}, TODAY, RegulationStanding.ENDED),
        ({"enacted_on": None, "promulgated_on": None}, TODAY, RegulationStanding.IN_FORCE),
    ],
)
def test_what_a_rule_is_follows_from_its_days(cast, columns, on, standing):
    row = recorded(cast.wayan, **columns)
    assert get_regulation(cast.wayan, row.pk, on).standing == standing
    assert row.standing_on(on, None) == standing
    assert [one.pk for one in list_regulations(cast.wayan, on, standing=standing)] == [row.pk]


def test_rules_hold_below_their_region_and_are_read_there(national, cast):
    own = recorded(cast.wayan)
    seen = set(list_regulations(cast.wayan, TODAY))
    assert {own, national["Inpres 2/2021"], national["Perwal Cilegon 41/2024"]} <= seen
    budi = set(list_regulations(cast.budi, TODAY))
    assert own not in budi
    assert national["Inpres 2/2021"] in budi
    assert national["Inbup Pandeglang 1/2021"] not in budi | seen
    assert list(list_regulations(cast.nobody, TODAY)) == []
    with pytest.raises(OutsideScope):
        get_regulation(cast.budi, own.pk, TODAY)
    of_region = {row.cited for row in list_regulations(cast.dewi, TODAY, region_code=KOTA_A)}
    assert {"Perwal Cilegon 41/2024", "Inpres 2/2021"} <= of_region
    assert "Pergub Aceh 11/2022" not in of_region


@pytest.mark.parametrize(
    ("columns", "field"),
    [
        ({"year": 2024}, "enacted_on"),
        ({"promulgated_on": date(2025, 2, 1)}, "promulgated_on"),
        ({"valid_from": date(2025, 5, 1), "valid_until": date(2025, 4, 1)}, "valid_until"),
        ({"kind": "perbup"}, "region"),
        ({"kind": "pergub"}, "region"),
        ({"kind": "uu"}, "region"),
        ({"year": 25, "enacted_on": None}, "year"),
    ],
)
def test_what_cannot_be_is_refused_with_its_field(cast, columns, field):
    with pytest.raises(FactRefused) as refused:
        record_regulations([RegulationFactory(**columns)], by=cast.wayan)
    assert [problem.field for problem in refused.value.problems] == [field]


def test_a_draft_becomes_a_rule_and_keeps_its_place(cast):
    draft = recorded(cast.wayan, **DRAFT)
    assert draft.cited == "Rancangan Perwal Cilegon tentang Rancangan uji"
    new = {"number": "7", "enacted_on": date(2025, 3, 1)}
    row = correct_regulation(pk=draft.pk, revision=1, by=cast.siti, reason="ditetapkan", new=new)
    assert (row.pk, row.cited) == (draft.pk, "Perwal Cilegon 7/2025")
    other = recorded(cast.wayan, **DRAFT)
    with pytest.raises(FactRefused):
        correct_regulation(pk=other.pk, revision=1, by=cast.siti, reason="x", new={"number": "7"})


def test_relations_never_run_in_a_circle(cast):
    one, two, three = (recorded(cast.wayan, number=number) for number in ("1", "2", "3"))
    amends, derived = RegulationRelation.AMENDS, RegulationRelation.DERIVED
    link_regulations(pk=two.pk, relation=derived, other=one.pk, by=cast.wayan)
    link = link_regulations(pk=three.pk, relation=amends, other=two.pk, by=cast.wayan)
    for pk, other in ((one.pk, three.pk), (two.pk, two.pk), (one.pk, two.pk)):
        with pytest.raises(RegulationRefused):
            link_regulations(pk=pk, relation=derived, other=other, by=cast.wayan)
    (top,) = tree_around(cast.wayan, two, TODAY)
    assert (top.rule, top.below[0].rule, top.below[0].below[0].rule) == (one, two, three)
    assert top.below[0].relation == "melaksanakan"
    with pytest.raises(OutsideScope):
        unlink_regulations(pk=three.pk, link=link.pk, by=cast.budi)
    unlink_regulations(pk=three.pk, link=link.pk, by=cast.siti)
    assert RegulationLink.objects.count() == 1
    verbs = Act.objects.filter(subject__startswith="regulasi #").order_by("pk").values_list("verb", flat=True)
    assert list(verbs)[-3:] == ["recorded", "recorded", "undone"]


def test_nobody_relates_rules_of_others(national, cast):
    own = recorded(cast.wayan)
    inpres = national["Inpres 2/2021"]
    link_regulations(pk=own.pk, relation=RegulationRelation.DERIVED, other=inpres.pk, by=cast.wayan)
    with pytest.raises(OutsideScope):
        link_regulations(pk=inpres.pk, relation=RegulationRelation.AMENDS, other=own.pk, by=cast.wayan)
    for one in (cast.ratna, cast.lestari):
        with pytest.raises(NotPermitted):
            link_regulations(pk=own.pk, relation=RegulationRelation.AMENDS, other=inpres.pk, by=one)


def test_a_draft_tells_what_is_late_in_a_sentence(cast):
    draft, today = recorded(cast.wayan, **DRAFT), localdate()
    given = {
        DraftingStage.MEETING: StageGiven(today - timedelta(30), today - timedelta(25), "Disnaker"),
        DraftingStage.DRAFT: StageGiven(today - timedelta(12), None, "Bagian Hukum"),
        DraftingStage.ENACTED: StageGiven(today + timedelta(30), None, "Wali Kota"),
    }
    plan_stages(pk=draft.pk, given=given, by=cast.wayan)
    row = get_regulation(cast.wayan, draft.pk, today)
    assert stage_now(row, today).stage == DraftingStage.DRAFT
    (sentence,) = late_sentences(row, today)
    assert sentence.startswith("Draf terlambat 12 hari")
    assert sentence.endswith("Penanggung jawab: Bagian Hukum.")
    assert stages_of(row, today)[0].sentence.startswith("Rapat awal selesai 5 hari sesudah rencana")
    other = recorded(cast.wayan, **DRAFT | {"title": "Lain"})
    assert list(list_regulations(cast.wayan, today, late=True)) == [draft]
    new = {"number": "9", "year": today.year, "enacted_on": today}
    correct_regulation(pk=draft.pk, revision=1, by=cast.siti, reason="ditetapkan", new=new)
    row = get_regulation(cast.wayan, draft.pk, today)
    assert late_sentences(row, today) == []
    assert list(list_regulations(cast.wayan, today, late=True)) == []
    assert other.is_draft


def test_no_stage_is_done_before_its_day(cast):
    draft = recorded(cast.wayan, **DRAFT)
    given = {DraftingStage.DRAFT: StageGiven(None, localdate() + timedelta(1), "")}
    with pytest.raises(RegulationRefused):
        plan_stages(pk=draft.pk, given=given, by=cast.wayan)
    with pytest.raises(OutsideScope):
        plan_stages(pk=draft.pk, given={}, by=cast.budi)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Inpres 2/2021; Permenaker 1/2025", [("inpres", "2", 2021), ("permenaker", "1", 2025)]),
        ("UU Nomor 24 Tahun 2011 tentang BPJS", [("uu", "24", 2011)]),
        ("Permendagri 84/2022 butir 68 (APBD 2023)", [("permendagri", "84", 2022)]),
        ("Perwal Cilegon No. 41 Tahun 2024", [("perwal", "41", 2024)]),
        ("Inpres Nomor 4 tentang kemiskinan ekstrem", []),
        ("DPA 2025, rekening 5.1.02", []),
    ],
)
def test_rules_named_in_a_text_are_found(text, named):
    assert [(one.kind, one.number, one.year) for one in cited_in(text)] == named


def test_pages_of_the_register(national, cast, client_of):
    draft = recorded(cast.wayan, **DRAFT)
    client = client_of(cast.wayan)
    listed = client.get("/regulasi/?jenis=inpres").content.decode()
    assert "Inpres 2/2021" in listed
    assert "Rancangan uji" not in listed
    (line,) = told_in(client.get("/regulasi/?status=rancangan&unduh=csv"))
    assert line["tentang"] == "Rancangan uji"
    page = client.get(f"/regulasi/{national['Inpres 2/2021'].pk}/").content.decode()
    assert "Perwal Cilegon 41/2024" in page
    stages = {"draft-planned_on": "2025-01-02", "draft-owner": "Bagian Hukum"}
    assert client.post(f"/regulasi/{draft.pk}/tahap/", stages).status_code == 302
    page = client.get(f"/regulasi/{draft.pk}/").content.decode()
    assert "Draf terlambat" in page
    link = {"relation": "derived", "other": national["Inpres 2/2021"].pk}
    assert client.post(f"/regulasi/{draft.pk}/hubungan/", link).status_code == 302
    assert client_of(cast.budi).get(f"/regulasi/{draft.pk}/").status_code == 404
    assert Regulation.objects.filter(region=KOTA_B).count() == 0
