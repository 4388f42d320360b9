"""What the landing pages answer to those who enter, check, close and audit."""

from datetime import date

import pytest

from budgets.services.contribution import record_contributions
from participants.models import Workforce
from participants.services.membership_count import record_membership_counts
from participants.services.workforce import correct_workforce
from regions.month_steps import COMPLETE, SUBMIT
from regions.roles import Role
from regions.services.reporting_month import move_month
from reports.pack.period import PeriodKind, period_of
from reports.selectors.home.entry import get_entry_home
from reports.selectors.home.since_closing import get_since_closing
from reports.services.pack import note_download, write_text
from reports.services.recompute import recompute_stale
from tests.cast import KOTA_A
from tests.factories import ContributionFactory, MembershipCountFactory
from tests.months import JULY, close, reopen
from tests.reports.packs import made
from tests.reports.test_pages import text_of

AUGUST, SEPTEMBER = date(2025, 8, 1), date(2025, 9, 1)
THIRD_QUARTER = period_of(PeriodKind.QUARTER, JULY)


@pytest.fixture
def in_october(cast, system, time_machine):
    """The month after the third quarter; ask for it before `figures`, which are recorded then."""
    system.assignments.update(valid_from="2025-01-01")
    time_machine.move_to("2025-10-15 09:00+07:00")
    return cast


def on_their_way(user, role):
    return [
        (
            one.waiting.month,
            [taken for _step, taken in one.steps],
            one.task.step if one.task else one.waits_for,
        )
        for one in get_entry_home(user, role).months
        if one.waiting.month >= JULY
    ]


def test_months_say_how_far_they_are_and_whose_turn_it_is(in_october):
    close(in_october)
    move_month(COMPLETE, region_code=KOTA_A, month=AUGUST, by=in_october.wayan)
    move_month(SUBMIT, region_code=KOTA_A, month=AUGUST, by=in_october.siti)
    # The closed month is gone; what this person may do stands first.
    assert on_their_way(in_october.anton, Role.BRANCH_HEAD) == [
        (AUGUST, [True, True, False, False], "Verifikasi"),
        (SEPTEMBER, [False] * 4, "Operator"),
    ]
    assert on_their_way(in_october.wayan, Role.OPERATOR) == [
        (SEPTEMBER, [False] * 4, "Isi"),
        (AUGUST, [True, True, False, False], "Kepala Cabang"),
    ]
    home = get_entry_home(in_october.wayan, Role.OPERATOR)
    assert [one.waiting.month for one in home.months if one.waiting.is_late] == [
        one.waiting.month for one in home.months if one.waiting.month <= SEPTEMBER
    ]


def test_only_the_branch_head_is_asked_for_the_quarter(in_october):
    homes = {
        role: get_entry_home(getattr(in_october, who), role)
        for who, role in (
            ("wayan", Role.OPERATOR),
            ("siti", Role.SUPERVISOR),
            ("anton", Role.BRANCH_HEAD),
        )
    }
    assert {role: home.quarter is not None for role, home in homes.items()} == {
        Role.OPERATOR: False,
        Role.SUPERVISOR: False,
        Role.BRANCH_HEAD: True,
    }


def test_the_report_of_the_quarter_goes_from_closing_to_sharing(in_october, figures):
    anton = in_october.anton

    def standing():
        report = get_entry_home(anton, Role.BRANCH_HEAD).quarter
        (row,) = [row for row in report.rows if row.region.code == KOTA_A]
        done = [step.is_done for step in row.steps]
        return done, (row.next.label, row.next.note) if row.next else None, report.finished

    record_contributions([ContributionFactory()], by=in_october.admin)
    counted = [MembershipCountFactory(month=month) for month in (AUGUST, SEPTEMBER)]
    record_membership_counts(counted, by=in_october.admin)
    recompute_stale()
    close(in_october)
    assert standing() == ([False] * 4, ("Tutup bulan", "1 dari 3 bulan"), 0)
    # A draft is no report.
    made(anton, THIRD_QUARTER)
    assert standing()[0] == [False] * 4
    close(in_october, month=AUGUST)
    close(in_october, month=SEPTEMBER)
    recompute_stale()
    assert standing() == ([True, False, False, False], ("Tulis teks", ""), 0)
    words = {
        "overview": "Baik.",
        "regulations": "Perwal 41/2024 | berlaku | ",
        "obstacles": "Tidak ada kendala",
        "branch_head_name": "Nama Cabang",
        "office_head_name": "Nama Dinas",
    }
    write_text(region_code=KOTA_A, period=THIRD_QUARTER, words=words, revision=0, by=anton)
    assert standing()[1] == ("Terbitkan paket", "")
    pack = made(anton, THIRD_QUARTER)
    assert not pack.is_draft, pack.content["draft_reason"]
    assert standing()[1] == ("Unduh dan bagikan", "")
    note_download(pack.files.first(), by=anton)
    assert standing() == ([True] * 4, None, 1)


def test_an_auditor_sees_what_changed_after_approval(in_october, figures, client_of):
    close(in_october)
    recompute_stale()
    untouched = get_since_closing(in_october.lestari)
    assert (untouched.checked, untouched.changed, untouched.restated) == (1, [], [])
    assert "Tidak ada perubahan pada 1 bulan" in text_of(client_of(in_october.lestari).get("/"))
    row = Workforce.objects.get(region_id=KOTA_A)
    correct_workforce(
        pk=row.pk, revision=row.revision, by=in_october.wayan, reason="rilis", new={"workers": 200_000}
    )
    recompute_stale()
    since = get_since_closing(in_october.lestari)
    assert [(one.region.code, one.row.month, one.changes) for one in since.changed] == [(KOTA_A, JULY, 1)]
    assert since.changed[0].moved_at is not None
    shown = text_of(client_of(in_october.lestari).get("/"))
    assert "1 dari 1 bulan yang sudah disetujui berubah sesudahnya" in shown
    assert "masukan berubah sejak 15 Oktober 2025" in shown


def test_an_auditor_sees_what_is_open_again_and_what_was_restated(in_october, figures, client_of):
    close(in_october)
    recompute_stale()
    reopen(in_october)
    assert [row.month for row in get_since_closing(in_october.lestari).reopened] == [JULY]
    row = Workforce.objects.get(region_id=KOTA_A)
    correct_workforce(
        pk=row.pk, revision=row.revision, by=in_october.wayan, reason="rilis", new={"workers": 200_000}
    )
    close(in_october)
    recompute_stale()
    since = get_since_closing(in_october.lestari)
    assert (list(since.reopened), [one.region_id for one in since.restated]) == ([], [KOTA_A])


def test_nobody_sees_months_of_elsewhere(in_october, figures):
    close(in_october)
    assert get_since_closing(in_october.budi).checked == 0
    assert {one.waiting.region.code for one in get_entry_home(in_october.anton, Role.BRANCH_HEAD).months} == {
        KOTA_A
    }
