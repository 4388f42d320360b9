"""What counts as covered: side by side under all definitions, proposed by one person, decided by another."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from budgets.services.claim import record_claims
from budgets.services.contribution import record_contributions
from participants.enums import WorkforceKind
from participants.services.membership_count import record_membership_counts
from participants.services.workforce import record_workforces
from regions.errors import NotPermitted, OutsideScope
from regions.models import Act, Change, Region, User
from regions.month_steps import CLOSE, COMPLETE, SUBMIT, VERIFY
from regions.roles import Role
from regions.services.reporting_month import move_month
from regions.services.user import assign_role
from reports.enums import DefinitionState
from reports.models import CoverageDefinition, MeasureValue, Run
from reports.selectors.definitions.alternatives import alternatives_of, derivation_of
from reports.selectors.definitions.definition import coverage_definition_on, denominators_in_use
from reports.selectors.definitions.preview import preview_of
from reports.selectors.explanation import explain_value
from reports.selectors.recount.comparison import compare_months
from reports.services.definition import (
    DefinitionRefused,
    ProposedDefinition,
    decide_definition,
    propose_definition,
)
from reports.services.recompute import recompute_stale
from tests.cast import KOTA_A, KOTA_B, NATION, PROVINCE, SINCE
from tests.factories import (
    ClaimFactory,
    ContributionFactory,
    MembershipCountFactory,
    WorkforceFactory,
)
from tests.months import JULY, close
from tests.reports.test_pages import text_of

pytestmark = pytest.mark.usefixtures("cast_once")

AUGUST = date(2025, 8, 1)
ONLY_BPU = ProposedDefinition(
    code="ucj-bpu-202507",
    label="UCJ: hanya BPU",
    segments=("bpu",),
    programmes=("jkk", "jkm"),
    balance_basis="kas_jkk_jkm",
    valid_from=JULY,
    legal_source="uji",
    reason="uji coba",
)


@pytest.fixture
def second(cast):
    return administrator("maya", cast)


def administrator(name, cast):
    """Another one, of the nation."""
    user = User.objects.create_user(username=name, full_name=name.title())
    assign_role(user=user, role=Role.ADMINISTRATOR, by=cast.admin, region_code=NATION, valid_from=SINCE)
    return user


@pytest.fixture
def by_segments(cast, system):
    """Both cities tell members by segment; A has two kinds of denominators, B the official one only."""
    told = {KOTA_A: {"pu": 300, "bpu": 100, "pmi": 20}, KOTA_B: {"pu": 50, "bpu": 10, "pmi": 5}}
    members = [
        MembershipCountFactory(region_id=code, month=JULY, segment=segment, members=count)
        for code, segments in told.items()
        for segment, count in segments.items()
    ]
    record_membership_counts(members, by=system)
    labour_force = WorkforceFactory(
        region_id=KOTA_A, year=2024, workers=1500, kind=WorkforceKind.LABOUR_FORCE, is_official=False
    )
    official = [
        WorkforceFactory(region_id=code, year=2025, workers=1000, kind=WorkforceKind.EMPLOYED)
        for code in told
    ]
    record_workforces([*official, labour_force], by=system)
    recompute_stale()


def coverage(code):
    return MeasureValue.objects.get(
        run__region_id=code, run__period=JULY, run__is_current=True, measure="COV-01"
    )


def table(code):
    """Kind of denominator → segments → (members, workers, percent, regions); the official one has a star."""
    found = alternatives_of(Region.objects.get(code=code), JULY)
    return {
        row.kind: {
            cell.key + ("*" if cell.is_official else ""): cell.pair
            and (
                cell.pair.members.value,
                cell.pair.eligible.value,
                cell.rate,
                cell.pair.members.reported,
            )
            for cell in row.cells
        }
        for row in found.rows
    }


def test_a_city_stands_under_each_denominator_and_set_of_segments(by_segments):
    assert table(KOTA_A) == {
        "": {
            "pu+bpu+jakon+pmi*": (420, 1000, Decimal("42.00"), None),
            "pu+bpu+jakon": (400, 1000, Decimal("40.00"), None),
            "pu+bpu": (400, 1000, Decimal("40.00"), None),
            "pu": (300, 1000, Decimal("30.00"), None),
            "bpu": (100, 1000, Decimal("10.00"), None),
        },
        "penduduk_bekerja": {
            "pu+bpu+jakon+pmi": (420, 1000, Decimal("42.00"), None),
            "pu+bpu+jakon": (400, 1000, Decimal("40.00"), None),
            "pu+bpu": (400, 1000, Decimal("40.00"), None),
            "pu": (300, 1000, Decimal("30.00"), None),
            "bpu": (100, 1000, Decimal("10.00"), None),
        },
        "angkatan_kerja": {
            "pu+bpu+jakon+pmi": (420, 1500, Decimal("28.00"), None),
            "pu+bpu+jakon": (400, 1500, Decimal("26.67"), None),
            "pu+bpu": (400, 1500, Decimal("26.67"), None),
            "pu": (300, 1500, Decimal("20.00"), None),
            "bpu": (100, 1500, Decimal("6.67"), None),
        },
    }


def test_above_only_regions_with_both_halves_of_a_definition_are_summed(by_segments):
    province = table(PROVINCE)
    assert province[""]["pu+bpu+jakon+pmi*"] == (485, 2000, Decimal("24.25"), 2)
    assert province["angkatan_kerja"]["pu+bpu"] == (400, 1500, Decimal("26.67"), 1)


@pytest.mark.parametrize("code", [KOTA_A, KOTA_B, PROVINCE, NATION])
def test_the_official_one_is_the_figure_that_is_stored(by_segments, code):
    found = alternatives_of(Region.objects.get(code=code), JULY)
    official = found.find("", "pu+bpu+jakon+pmi")
    stored = coverage(code)
    assert official.is_official
    assert (official.pair.members.value, official.pair.eligible.value, official.rate) == (
        stored.numerator,
        stored.denominator,
        stored.rate,
    )
    assert found.official == stored


def test_each_is_derived_from_its_rows_or_from_the_regions_below(by_segments):
    city = Region.objects.get(code=KOTA_A)
    cell = alternatives_of(city, JULY).find("angkatan_kerja", "pu+bpu")
    derived = derivation_of(city, JULY, cell)
    assert [[row.amount for row in section.rows] for section in derived.sections] == [[100, 300], [1500]]
    assert derived.below == []
    province = Region.objects.get(code=PROVINCE)
    cell = alternatives_of(province, JULY).find("angkatan_kerja", "pu+bpu")
    derived = derivation_of(province, JULY, cell)
    assert derived.sections == []
    told = {part.region.code: part.coverage.pair and part.coverage.rate for part in derived.below}
    assert told[KOTA_A] == Decimal("26.67")
    assert {rate for code, rate in told.items() if code != KOTA_A} == {None}


def test_a_row_of_all_segments_is_derived_alone_and_the_others_are_not_counted(by_segments, cast, system):
    record_membership_counts([MembershipCountFactory(region_id=KOTA_A, month=JULY, members=450)], by=system)
    recompute_stale()
    city = Region.objects.get(code=KOTA_A)
    found = alternatives_of(city, JULY)
    official = found.find("", "pu+bpu+jakon+pmi")
    assert (official.pair.members.value, official.rate) == (450, Decimal("45.00"))
    assert coverage(KOTA_A).numerator == 450
    derived = derivation_of(city, JULY, official)
    assert [[row.amount for row in section.rows] for section in derived.sections] == [[450], [1000]]
    explained = explain_value(cast.wayan, coverage(KOTA_A))
    assert [[row.amount for row in section.rows] for section in explained.sections] == [
        [450],
        [1000],
        [100, 20, 300],
    ]


def test_an_undivided_count_is_no_count_of_some_segments(by_segments, cast, second, system):
    undivided = MembershipCountFactory(region_id=KOTA_B, month=AUGUST, members=80)
    divided = [
        MembershipCountFactory(region_id=KOTA_A, month=AUGUST, segment=segment, members=members)
        for segment, members in {"pu": 300, "bpu": 100, "pmi": 20}.items()
    ]
    record_membership_counts([undivided, *divided], by=system)
    decide_definition(pk=propose_definition(ONLY_BPU, by=cast.admin).pk, by=second, grant=True, answer="baik")
    recompute_stale()
    stored = MeasureValue.objects.filter(run__period=AUGUST, run__is_current=True, measure="COV-01")
    assert {row.run.region_id: (row.numerator, row.rate) for row in stored.select_related("run")} == {
        KOTA_A: (100, Decimal("10.00")),
        PROVINCE: (100, Decimal("10.00")),
        NATION: (100, Decimal("10.00")),
    }
    city = Region.objects.get(code=KOTA_B)
    cells = alternatives_of(city, AUGUST).rows[0].cells
    assert {cell.key: cell.rate for cell in cells} == {
        "bpu": None,
        "pu+bpu+jakon+pmi": Decimal("8.00"),
        "pu+bpu+jakon": None,
        "pu+bpu": None,
        "pu": None,
    }
    assert compare_months(NATION, [AUGUST]).differences == []


def test_the_page_shows_them_side_by_side_and_explains_the_one_asked_for(by_segments, cast, client_of):
    address = f"{reverse('region_definitions', args=[KOTA_A])}?periode=2025-07"
    page = text_of(client_of(cast.wayan).get(address))
    assert "42,00% resmi" in page
    assert "26,67%" in page
    assert "Dari mana angka itu" not in page
    asked = text_of(client_of(cast.wayan).get(f"{address}&dasar=angkatan_kerja&segmen=pu%2Bbpu"))
    assert "400 ÷ 1.500 × 100 = 26,67%" in asked
    unknown = client_of(cast.wayan).get(f"{address}&dasar=karangan&segmen=pu")
    assert unknown.status_code == 200


def test_what_a_proposal_would_change_is_what_it_changes(by_segments, cast, second):
    close(cast)
    recompute_stale()
    row = propose_definition(ONLY_BPU, by=cast.admin)
    preview = preview_of(row)
    told = {one.region.code: (one.now.rate, one.then.rate, one.moved) for one in preview.rows}
    assert told == {
        NATION: (Decimal("24.25"), Decimal("21.50"), 1),
        PROVINCE: (Decimal("24.25"), Decimal("21.50"), 1),
    }
    assert (preview.month, preview.open, preview.closed) == (JULY, 1, 1)
    # A proposal counts for nothing.
    assert recompute_stale().runs == 0
    assert coverage_definition_on(JULY).code == "ucj-semua-segmen"

    decide_definition(pk=row.pk, by=second, grant=True, answer="baik")
    recompute_stale()
    assert [coverage(code).rate for code in told] == [then for _now, then, _moved in told.values()]
    assert coverage(KOTA_B).rate == Decimal("1.00")
    assert coverage(KOTA_B).definition.startswith("UCJ: hanya BPU")
    # What was closed stays as it was closed.
    assert coverage(KOTA_A).rate == Decimal("42.00")
    bases = alternatives_of(Region.objects.get(code=KOTA_A), JULY).bases
    assert [one.label for one in bases if one.is_official] == ["Kas, semua sumber dana, hanya JKK dan JKM"]
    acts = Act.objects.filter(verb__startswith="definition").order_by("pk")
    assert [(act.actor_name, act.verb, act.subject) for act in acts] == [
        ("admin", "definition_proposed", "ucj-bpu-202507"),
        ("maya", "definition_granted", "ucj-bpu-202507"),
    ]


def test_a_province_that_is_closed_keeps_its_figure_and_its_open_cities_move(by_segments, cast, second):
    third = administrator("oka", cast)
    for transition, by in ((COMPLETE, cast.admin), (SUBMIT, second), (VERIFY, third), (CLOSE, third)):
        move_month(transition, region_code=PROVINCE, month=JULY, by=by)
    recompute_stale()
    row = propose_definition(ONLY_BPU, by=cast.admin)
    told = {one.region.code: (one.now.rate, one.then.rate, one.moved) for one in preview_of(row).rows}
    assert told == {
        NATION: (Decimal("24.25"), Decimal("24.25"), 2),
        PROVINCE: (Decimal("24.25"), Decimal("24.25"), 2),
    }
    decide_definition(pk=row.pk, by=second, grant=True, answer="baik")
    recompute_stale()
    assert [coverage(code).rate for code in (NATION, PROVINCE, KOTA_A, KOTA_B)] == [
        Decimal("24.25"),
        Decimal("24.25"),
        Decimal("10.00"),
        Decimal("1.00"),
    ]


def test_nobody_decides_on_their_own_proposal(figures, cast, second):
    row = propose_definition(ONLY_BPU, by=cast.admin)
    with pytest.raises(DefinitionRefused, match="administrator lain"):
        decide_definition(pk=row.pk, by=cast.admin, grant=True)
    with pytest.raises(DefinitionRefused, match="alasan"):
        decide_definition(pk=row.pk, by=second, grant=False, answer=" ")
    refused = decide_definition(pk=row.pk, by=second, grant=False, answer="belum ada dasar")
    assert (refused.state, refused.answer) == (DefinitionState.REFUSED, "belum ada dasar")
    with pytest.raises(DefinitionRefused, match="sudah diputuskan"):
        decide_definition(pk=row.pk, by=second, grant=True)
    assert not Change.objects.exists()
    with pytest.raises(IntegrityError), transaction.atomic():
        CoverageDefinition.objects.filter(pk=row.pk).update(decided_by=cast.admin)


def test_two_definitions_never_hold_from_the_same_month(figures, cast, second):
    row = propose_definition(ONLY_BPU, by=cast.admin)
    rival = ProposedDefinition(**{**vars(ONLY_BPU), "code": "lain", "segments": ("pu",)})
    other = propose_definition(rival, by=cast.admin)
    decide_definition(pk=row.pk, by=second, grant=True)
    with pytest.raises(DefinitionRefused, match="definisi lain"):
        decide_definition(pk=other.pk, by=second, grant=True)
    with pytest.raises(DefinitionRefused, match="Beri nama lain"):
        propose_definition(ONLY_BPU, by=cast.admin)


def test_only_the_administrator_of_the_nation_proposes_and_decides(figures, cast):
    with pytest.raises(NotPermitted):
        propose_definition(ONLY_BPU, by=cast.dewi)
    with pytest.raises(OutsideScope):
        propose_definition(ONLY_BPU, by=cast.siti)
    row = propose_definition(ONLY_BPU, by=cast.admin)
    with pytest.raises(NotPermitted):
        decide_definition(pk=row.pk, by=cast.dewi, grant=True)


def test_it_is_proposed_and_decided_on_in_pages(by_segments, cast, second, client_of):
    form = {
        "label": "UCJ: PU dan BPU",
        "segments": ["pu", "bpu"],
        "programmes": ["jkm", "jkk"],
        "balance_basis": "kas",
        "valid_from": "2025-07",
        "legal_source": "Keputusan uji",
        "reason": "sesuai publikasi",
    }
    client = client_of(cast.admin)
    empty = client.post(reverse("definition_propose"), {**form, "segments": []})
    assert empty.status_code == 422
    made = client.post(reverse("definition_propose"), form, follow=True)
    assert "Menunggu keputusan administrator lain" in text_of(made)
    row = CoverageDefinition.objects.get(label="UCJ: PU dan BPU")
    decide = reverse("definition_decide", args=[row.code])
    own = client.post(decide, {"decision": "grant", "answer": ""})
    assert own.status_code == 409
    shown = text_of(client_of(second).get(reverse("definition_detail", args=[row.code])))
    assert "Indonesia 24,25% 23,00% 2" in shown
    assert client_of(second).post(decide, {"decision": "grant", "answer": ""}).status_code == 302
    recompute_stale()
    assert coverage(KOTA_A).rate == Decimal("40.00")
    assert "berlaku sekarang" in text_of(client.get(reverse("definitions")))


def test_which_denominators_regions_use_is_told_by_year(by_segments):
    told = [(use.year, use.kind, use.regions) for use in denominators_in_use()]
    assert told == [(2025, "penduduk_bekerja", 2)]


def test_each_run_says_how_many_rows_of_each_kind_are_in_it_and_how_long_it_took(by_segments):
    rows = {run.region_id: run.rows for run in Run.objects.filter(period=JULY, is_current=True)}
    assert rows[KOTA_A] == {"members": 3, "workforce": 1}
    assert rows[PROVINCE].keys() == {"below"}
    assert all(took > 0 for took in Run.objects.values_list("milliseconds", flat=True))


def test_rows_of_people_and_money_are_counted_too(figures, system):
    rows = [
        ContributionFactory(),
        ContributionFactory(category_id="rt_rw", amount=15_120_000),
    ]
    record_contributions(rows, by=system)
    record_claims([ClaimFactory()], by=system)
    recompute_stale()
    run = Run.objects.get(region_id=KOTA_A, is_current=True, period=JULY)
    assert run.rows == {"members": 1, "workforce": 1, "headcounts": 1, "contributions": 2, "claims": 1}
