"""Covered is who has all programmes of the rule: members as they were counted, names as they are enrolled."""

from dataclasses import replace
from datetime import date

import pytest
from django.urls import reverse

from participants.models import MembershipCount
from participants.month_entry_key import MonthEntryKey, Section
from participants.selectors.month_entry.cells import list_series
from participants.selectors.programme_rule import covering_programmes
from participants.services.membership_count import record_membership_counts
from participants.services.workforce import record_workforces
from regions.enums import ReportKind
from regions.errors import FactRefused
from regions.models import Act, Region, User
from regions.roles import Role
from regions.services.user import assign_role
from reports.models import MeasureValue
from reports.selectors.months.reporting import month_cells
from reports.selectors.recount.comparison import compare_months
from reports.services.definition import (
    DefinitionRefused,
    ProposedDefinition,
    decide_definition,
    propose_definition,
)
from reports.services.recompute import recompute_stale
from tests.cast import KOTA_A, NATION, SINCE
from tests.factories import MembershipCountFactory, WorkforceFactory
from tests.months import JULY
from tests.pages import page_of
from tests.participants.batches import people, store

pytestmark = pytest.mark.django_db
JUNE = date(2025, 6, 1)
WITH_JHT = ProposedDefinition(
    code="ucj-jht-202507",
    label="UCJ: JKK, JKM dan JHT",
    segments=("pu", "bpu", "jakon", "pmi"),
    programmes=("jht", "jkm", "jkk"),
    balance_basis="kas",
    valid_from=JULY,
    legal_source="uji",
    reason="uji coba",
)


@pytest.fixture
def decided(cast):
    """Puts a definition into force by two administrators of the nation."""
    maya = User.objects.create_user(username="maya", full_name="Maya")
    assign_role(user=maya, role=Role.ADMINISTRATOR, by=cast.admin, region_code=NATION, valid_from=SINCE)

    def decide(proposed=WITH_JHT):
        row = propose_definition(proposed, by=cast.admin)
        return decide_definition(pk=row.pk, by=maya, grant=True)

    return decide


@pytest.fixture
def counted(cast, system):
    """In July 400 members with JKK and JKM, 90 of them with JHT too; in June the first count alone."""
    record_workforces([WorkforceFactory(year=2025, workers=1000)], by=system)
    rows = [
        MembershipCountFactory(month=JUNE, members=380),
        MembershipCountFactory(month=JULY, members=400),
        MembershipCountFactory(month=JULY, members=90, programmes=["jht", "jkk", "jkm"]),
    ]
    record_membership_counts(rows, by=cast.wayan)


def value(measure, month=JULY, **more):
    rows = MeasureValue.objects.filter(
        run__region=KOTA_A, run__period=month, run__is_current=True, measure=measure, **more
    )
    return [(row.numerator, row.denominator) for row in rows]


def differences():
    return compare_months(KOTA_A, [JUNE, JULY]).differences


def test_a_second_count_stands_beside_the_first_and_changes_no_figure(counted):
    recompute_stale()
    assert value("COV-01") == [(400, 1000)]
    rows = MembershipCount.objects.filter(month=JULY).values_list("programmes", "members")
    assert {(tuple(told), members) for told, members in rows} == {
        (("jkk", "jkm"), 400),
        (("jkk", "jkm", "jht"), 90),
    }


def test_the_same_programmes_in_another_order_are_the_same_count(counted, cast):
    again = MembershipCountFactory(month=JULY, members=91, programmes=["jkk", "jht", "jkm"])
    with pytest.raises(FactRefused, match="sudah dicatat dengan isi lain"):
        record_membership_counts([again], by=cast.wayan)
    with pytest.raises(FactRefused, match="sedikitnya satu program"):
        record_membership_counts([MembershipCountFactory(month=JUNE, programmes=[])], by=cast.wayan)


def test_the_grid_and_the_reports_of_a_month_know_the_usual_count_alone(cast):
    other = MembershipCountFactory(month=JULY, members=90, programmes=["jht"])
    record_membership_counts([other], by=cast.wayan)
    assert list_series([KOTA_A], JULY, (Section.MEMBERS,), months=1)[KOTA_A] == {}
    cells = month_cells([Region.objects.get(code=KOTA_A)], [JULY])
    assert ReportKind.MEMBERS in cells[KOTA_A, JULY].missing_kinds
    record_membership_counts([MembershipCountFactory(month=JULY, members=400)], by=cast.wayan)
    series = list_series([KOTA_A], JULY, (Section.MEMBERS,), months=1)[KOTA_A]
    assert series[MonthEntryKey.members("all")].value(JULY) == 400
    other.refresh_from_db()
    assert other.members == 90


def test_coverage_takes_the_count_of_the_programmes_in_force_and_both_computations_agree(counted, decided):
    row = decided()
    recompute_stale()
    assert row.programmes == ["jkk", "jkm", "jht"]
    assert (covering_programmes(JUNE), covering_programmes(JULY)) == (["jkk", "jkm"], row.programmes)
    assert (value("COV-01", JUNE), value("COV-01")) == ([(380, 1000)], [(90, 1000)])
    assert differences() == []
    told = Act.objects.filter(subject=row.code).order_by("pk").first().detail
    assert told["programmes"] == ["jkk", "jkm", "jht"]


def test_a_report_of_other_programmes_is_no_coverage_and_the_pages_say_so(cast, system, decided, client_of):
    record_workforces([WorkforceFactory(year=2025, workers=1000)], by=system)
    record_membership_counts([MembershipCountFactory(month=JULY, members=400)], by=cast.wayan)
    decided()
    recompute_stale()
    assert value("COV-01") == []
    client = client_of(cast.wayan)
    board = page_of(client.get(f"/wilayah/{KOTA_A}/?periode=2025-07"))
    assert "laporan peserta aktif tidak menyebut program yang harus lengkap" in board
    missing = client.get(f"/angka/{KOTA_A}/2025-07/COV-01/")
    assert missing.status_code == 404
    assert "tidak menyebut program yang harus lengkap" in page_of(missing)


def test_a_definition_asks_for_some_programme(cast):
    with pytest.raises(DefinitionRefused, match="sedikitnya satu program"):
        propose_definition(replace(WITH_JHT, programmes=()), by=cast.admin)


def test_names_count_as_covered_with_all_programmes_alone(cast, decided):
    """Where nobody reported; each programme by itself counts on as before."""
    store(people(5), cast.wayan, category="nelayan")
    store(people(3, first=20), cast.wayan, category="nelayan", programmes=("jkk", "jkm", "jht"))
    store(people(2, first=40), cast.wayan, category="nelayan", programmes=("jkk",))
    recompute_stale()
    cell = {"category": "nelayan"}
    assert (value("CAT-01", **cell), value("CAT-03", **cell)) == ([(8, None)], [(10, None)])
    assert differences() == []
    decided()
    recompute_stale()
    assert (value("CAT-01", **cell), value("CAT-03", **cell)) == ([(3, None)], [(10, None)])
    assert (value("CAT-08", **cell), value("CAT-10", **cell)) == ([(10, None)], [(3, None)])
    assert differences() == []


def test_a_count_says_on_its_pages_what_it_is_about(counted, cast, client_of):
    client = client_of(cast.wayan)
    page = page_of(client.get(reverse("membership_count_list")))
    assert "JKK + JKM + JHT" in page
    recompute_stale()
    explained = page_of(client.get(f"/angka/{KOTA_A}/2025-07/COV-01/"))
    assert "Dilaporkan juga, tidak dipakai untuk angka ini" in explained
    assert "Semua segmen (tidak dirinci), JKK + JKM + JHT" in explained
