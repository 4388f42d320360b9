"""Changes since approval: every change of a fact that counts for an approved month, and no other."""

from datetime import date, timedelta

import pytest
from django.contrib.admin.sites import site
from django.test import RequestFactory
from django.utils.timezone import now
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from budgets.models import ContributionRate
from budgets.services import (
    allocation,
    claim,
    construction_project,
    contribution,
    employer,
    project_count,
    realisation,
    wage_base,
)
from participants.models import Enrolment, Headcount, MembershipCount, Participant, Target, Workforce
from participants.services import category_target, headcount, membership_count, target, workforce
from participants.services.persons.merge import merge_participants
from regions.enums import MonthState, Verb
from regions.fact_kind import NEVER
from regions.models import Act, MonthStep, Region
from regions.month import add_months, months_between, year_end
from regions.selectors.fact_change import counted_kinds
from reports.selectors.boards.board import get_board
from reports.selectors.months.page import get_month_page
from reports.selectors.months.since_approval import count_since_approval
from reports.services.recompute import recompute_stale
from tests import factories
from tests.cast import KOTA_A, KOTA_B, NATION, PROVINCE
from tests.house.test_query_budgets import queries_of
from tests.months import JULY, close, reopen, submit
from tests.pages import page_of

pytestmark = pytest.mark.usefixtures("cast_once")

SEGMENT = "Semua segmen (tidak dirinci), JKK, JKM"
YEARS = [*months_between(date(2023, 1, 1), date(2026, 12, 1))]


def approve(code=KOTA_A, months=(JULY,), state=MonthState.CLOSED, at=None):
    """Steps without the facts' being looked at: which months are approved is all that counts here."""
    MonthStep.objects.bulk_create(
        MonthStep(
            region_id=code,
            month=month,
            at=at or now(),
            verb=Verb.CLOSED,
            from_state=MonthState.SUBMITTED,
            to_state=state,
        )
        for month in months
    )


def count(code=KOTA_A, month=JULY):
    return count_since_approval([code], [month]).get((code, month), 0)


def correct(store, row, by, reason="salah ketik", **new):
    row.refresh_from_db()
    return store.correct(pk=row.pk, revision=row.revision, by=by, reason=reason, new=new)


FACTS = [
    (membership_count.MEMBERSHIP_COUNTS, factories.MembershipCountFactory, {}),
    (headcount.HEADCOUNTS, factories.HeadcountFactory, {}),
    (workforce.WORKFORCES, factories.WorkforceFactory, {"is_official": True}),
    (target.TARGETS, factories.TargetFactory, {}),
    (category_target.CATEGORY_TARGETS, factories.CategoryTargetFactory, {}),
    (contribution.CONTRIBUTIONS, factories.ContributionFactory, {}),
    (claim.CLAIMS, factories.ClaimFactory, {}),
    (allocation.ALLOCATIONS, factories.AllocationFactory, {}),
    (realisation.REALISATIONS, factories.RealisationFactory, {}),
    (wage_base.WAGE_BASES, factories.WageBaseFactory, {}),
    (employer.EMPLOYERS, factories.EmployerFactory, {}),
    (construction_project.CONSTRUCTION_PROJECTS, factories.ConstructionProjectFactory, {}),
    (project_count.PROJECT_COUNTS, factories.ProjectCountFactory, {}),
]


@pytest.mark.parametrize(("store", "factory", "columns"), FACTS, ids=lambda one: getattr(one, "__name__", ""))
def test_a_row_counts_for_the_months_that_it_makes_stale(cast, store, factory, columns):
    approve(months=YEARS)
    row = store.record([factory(**columns)], by=cast.admin).created[0]
    first, last = store.kind.months(row)
    last = year_end(last) if store.kind.counts_on else last
    expected = {month for month in YEARS if first <= month and (last is None or month <= last)}
    assert count_since_approval([KOTA_A], YEARS) == {(KOTA_A, month): 1 for month in expected}
    assert expected


def test_every_kind_of_fact_with_a_history_is_counted():
    stored = {store.kind.model for store, _factory, _columns in FACTS}
    told = {kind.model for kind in counted_kinds() if kind.counts != NEVER}
    assert told == {*stored, Enrolment}
    for store, _factory, _columns in FACTS:
        assert set(store.kind.counted) <= set(store.kind.values)


def test_from_closing_over_reopening_to_closing_again(figures, cast):
    assert count() == 0
    close(cast)
    assert count() == 0
    reopen(cast)
    row = MembershipCount.objects.get(region_id=KOTA_A)
    correct(membership_count.MEMBERSHIP_COUNTS, row, cast.wayan, members=76_100)
    correct(membership_count.MEMBERSHIP_COUNTS, row, cast.wayan, members=76_200)
    assert count() == 2
    assert count(KOTA_B) == 0
    page = get_month_page(cast.siti, Region.objects.get(code=KOTA_A), JULY)
    told = [
        (one.kind, one.act, one.who, one.reason, [(s.label, s.before, s.after) for s in one.said])
        for one in page.since_approval.rows
    ]
    assert told == [
        (
            f"jumlah peserta aktif: Juli 2025, {SEGMENT}",
            "corrected",
            "Wayan",
            "salah ketik",
            [("peserta aktif", before, after)],
        )
        for before, after in (("76.100", "76.200"), ("76.062", "76.100"))
    ]
    close(cast)
    assert count() == 0


def test_a_draft_and_a_submitted_month_have_no_counter(figures, cast):
    submit(cast)
    row = Workforce.objects.get(region_id=KOTA_A)
    correct(workforce.WORKFORCES, row, cast.wayan, workers=180_000)
    assert count() == 0
    page = get_month_page(cast.siti, Region.objects.get(code=KOTA_A), JULY)
    assert (page.since_approval.approved_at, page.since_approval.count) == (None, 0)


def test_yearly_facts_move_under_a_closed_month(figures, cast):
    close(cast)
    row = Workforce.objects.get(region_id=KOTA_A)
    correct(workforce.WORKFORCES, row, cast.wayan, workers=180_000)
    assert count() == 1
    target.TARGETS.record([factories.TargetFactory()], by=cast.admin)
    assert count() == 2
    others = [factories.TargetFactory(region_id=code) for code in (KOTA_B, NATION)]
    target.TARGETS.record(others, by=cast.admin)
    assert count() == 2


def test_what_no_longer_stands_nearest_does_not_count(figures, cast):
    """A denominator of 2024 says nothing of 2025 where 2025 has its own; a target of 2029 likewise."""
    target.TARGETS.record([factories.TargetFactory(year=2025)], by=cast.wayan)
    close(cast)
    older = factories.WorkforceFactory(year=Workforce.objects.get(region_id=KOTA_A).year - 1)
    workforce.WORKFORCES.record([older], by=cast.wayan)
    target.TARGETS.record([factories.TargetFactory(year=2029)], by=cast.wayan)
    assert count() == 0


def test_a_denominator_that_is_not_official_does_not_count(figures, cast):
    close(cast)
    other = factories.WorkforceFactory(kind="penduduk_bekerja", is_official=False)
    row = workforce.WORKFORCES.record([other], by=cast.wayan).created[0]
    assert count() == 0
    workforce.correct_workforce(
        pk=row.pk, revision=1, by=cast.wayan, reason="disepakati", new={"is_official": True}
    )
    # One became official, the other ceased to be.
    assert count() == 2


def test_a_source_put_right_counts_but_the_same_again_does_not(figures, cast):
    close(cast)
    row = Workforce.objects.get(region_id=KOTA_A)
    correct(workforce.WORKFORCES, row, cast.wayan, workers=row.workers)
    assert count() == 0
    correct(workforce.WORKFORCES, row, cast.wayan, source="Sakernas 2025")
    assert count() == 1


def test_people_of_an_earlier_month_count_for_the_year_to_date(figures, cast):
    august = add_months(JULY, 1)
    approve(months=[JULY, august, date(2026, 1, 1)])
    correct(headcount.HEADCOUNTS, Headcount.objects.get(region_id=KOTA_A), cast.wayan, people=1)
    found = count_since_approval([KOTA_A], [JULY, august, date(2026, 1, 1)])
    assert found == {(KOTA_A, JULY): 1, (KOTA_A, august): 1}


def test_a_removed_row_counts_and_so_does_its_making(figures, cast):
    approve(at=now() - timedelta(days=1))
    row = headcount.HEADCOUNTS.record(
        [factories.HeadcountFactory(category_id="kader")], by=cast.wayan
    ).created[0]
    before = count()
    Headcount.objects.filter(pk=row.pk).delete()
    assert count() == before + 1
    page = get_month_page(cast.siti, Region.objects.get(code=KOTA_A), JULY)
    acts = {(one.act, one.url_name) for one in page.since_approval.rows if one.pk == row.pk}
    assert ("removed", "") in acts
    assert ("made", "") in acts


def spell(cast, first, last, **columns):
    person = factories.ParticipantFactory(entered_by=cast.wayan)
    return factories.EnrolmentFactory(
        participant=person, entered_by=cast.wayan, first_month=first, last_month=last, **columns
    )


def test_a_spell_made_longer_counts_from_the_months_added(cast):
    months = [*months_between(date(2025, 5, 1), date(2026, 2, 1))]
    one = spell(cast, date(2025, 1, 1), date(2025, 6, 1))
    approve(months=months)
    one.last_month, one.revision = date(2025, 9, 1), 2
    one.save()
    found = count_since_approval([KOTA_A], months)
    # Contributions due are summed from January on, so the added July to September also count until December.
    assert sorted(month for _code, month in found) == [*months_between(JULY, date(2025, 12, 1))]


def test_a_proposal_counts_for_nothing_until_it_is_accepted(cast):
    approve()
    one = spell(cast, date(2025, 1, 1), None, state="proposed")
    assert count() == 0
    one.state = "active"
    one.save()
    assert count() == 1


def test_merged_persons_are_told_by_the_ledger(figures, cast):
    two = [spell(cast, date(2025, 1, 1), date(2025, 8, 1)) for _one in range(2)]
    approve(months=[JULY, date(2025, 10, 1)])
    first, second = (one.participant for one in two)
    merge_participants(
        keep=first.pk, other=second.pk, keep_revision=1, other_revision=1, by=cast.siti, reason="KTP sama"
    )
    assert Participant.objects.get(pk=second.pk).merged_into_id == first.pk
    assert count_since_approval([KOTA_A], [JULY, date(2025, 10, 1)]) == {(KOTA_A, JULY): 1}


def test_a_rate_put_right_in_the_admin_counts_since_its_day(figures, cast, monkeypatch):
    approve(months=[JULY])
    approve(KOTA_B, months=[JULY])
    rate = ContributionRate.objects.filter(valid_from__lte=JULY).first()
    request = RequestFactory().post("/")
    request.user = cast.admin
    admin = site._registry[ContributionRate]
    form = admin.get_form(request)(instance=rate)
    admin.save_model(request, rate, form, change=True)
    assert count_since_approval([KOTA_A, KOTA_B], [JULY]) == {(KOTA_A, JULY): 1, (KOTA_B, JULY): 1}
    assert Act.objects.first().detail["counted_months"] == [[f"{rate.valid_from:%Y-%m}-01", None]]


def test_a_province_counts_below_it_except_what_is_closed(figures, cast):
    approve(PROVINCE)
    headcount.HEADCOUNTS.record([factories.HeadcountFactory(category_id="kader")], by=cast.wayan)
    assert (count(PROVINCE), count(NATION)) == (1, 0)
    close(cast)
    row = Workforce.objects.get(region_id=KOTA_A)
    correct(workforce.WORKFORCES, row, cast.wayan, workers=180_000)
    # What was closed is summed as it was closed.
    assert count(PROVINCE) == 0
    assert count() == 1


CHANGES = st.lists(st.sampled_from(["members", "workers", "neighbour", "later", "same"]), max_size=8)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(changes=CHANGES)
def test_the_counter_is_the_number_of_changes_that_count(changes, figures, cast):
    approve()
    expected = 0
    for number, change in enumerate(changes, start=1):
        if change == "members":
            row = MembershipCount.objects.get(region_id=KOTA_A, month=JULY)
            correct(membership_count.MEMBERSHIP_COUNTS, row, cast.wayan, members=row.members + number)
        elif change == "workers":
            row = Workforce.objects.get(region_id=KOTA_A)
            correct(workforce.WORKFORCES, row, cast.wayan, workers=row.workers + number)
        elif change == "neighbour":
            row = Workforce.objects.get(region_id=KOTA_B)
            correct(workforce.WORKFORCES, row, cast.budi, workers=row.workers + number)
        elif change == "later":
            rows = [factories.HeadcountFactory(month=date(2025, 9, 1), people=number)]
            headcount.HEADCOUNTS.record(rows, by=cast.wayan, overwrite=True)
        else:
            row = Headcount.objects.get(region_id=KOTA_A, month=JULY)
            correct(headcount.HEADCOUNTS, row, cast.wayan, people=row.people)
        expected += change in {"members", "workers"}
    assert count() == expected


def test_pages_show_it_to_those_of_the_region_alone(figures, cast, client_of):
    close(cast)
    row = Workforce.objects.get(region_id=KOTA_A)
    correct(workforce.WORKFORCES, row, cast.wayan, reason="rilis baru", workers=180_000)
    recompute_stale()
    board = get_board(cast.wayan, Region.objects.get(code=KOTA_A), JULY)
    assert board.since_approval == 1
    wayan, ratna = client_of(cast.wayan), client_of(cast.lestari)
    assert "1 perubahan sejak disetujui" in wayan.get(f"/wilayah/{KOTA_A}/?periode=2025-07").content.decode()
    page = page_of(wayan.get(f"/bulan/{KOTA_A}/2025-07/"))
    for words in ("174.897 → 180.000", "rilis baru", f"/jumlah-pekerja/{row.pk}/koreksi/"):
        assert words in page
    seen = page_of(ratna.get(f"/bulan/{KOTA_A}/2025-07/"))
    assert "174.897 → 180.000" in seen
    assert f"/jumlah-pekerja/{row.pk}/koreksi/" not in seen
    matrix = ratna.get("/bulan/?wilayah=36&periode=2025-12").content.decode()
    assert matrix.count("1 perubahan</a>") == 1
    budi = client_of(cast.budi)
    assert budi.get(f"/bulan/{KOTA_A}/2025-07/").status_code == 404
    assert "1 perubahan" not in budi.get(f"/bulan/?wilayah={KOTA_B}&periode=2025-12").content.decode()


def test_persons_are_never_named(figures, cast, client_of):
    approve()
    spell(cast, date(2025, 1, 1), None)
    page = client_of(cast.lestari).get(f"/bulan/{KOTA_A}/2025-07/")
    (row,) = page.context["page"].since_approval.rows
    assert row.kind == "kepesertaan: Anggota Linmas, APBD kabupaten/kota"
    assert [(one.label, one.after) for one in row.said] == [
        ("segmen", "Bukan Penerima Upah (BPU)"),
        ("program", "JKK, JKM"),
        ("bulan pertama", "Januari 2025"),
        ("status", "aktif"),
    ]
    assert Participant.objects.get().name not in page.content.decode()


@pytest.mark.parametrize(
    "address", ["/bulan/?wilayah=36&periode=2025-12", f"/wilayah/{KOTA_A}/?periode=2025-07"]
)
def test_the_matrix_and_the_board_ask_no_more_for_many(figures, cast, client_of, address):
    client = client_of(cast.lestari)
    few = queries_of(client, address)
    codes = Region.objects.filter(parent_id=PROVINCE, valid_until=None).values_list("code", flat=True)
    for code in codes:
        approve(code, months=[*months_between(date(2025, 1, 1), date(2025, 12, 1))])
        target.TARGETS.record([factories.TargetFactory(region_id=code)], by=cast.admin)
    assert Target.objects.count() == len(codes)
    assert queries_of(client, address) == few <= 12
