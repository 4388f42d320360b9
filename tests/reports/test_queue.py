"""Landing page, tasks and matrix say the same of what waits, for every person of the example data."""

from datetime import date
from itertools import cycle

import pytest
import time_machine
from django.urls import reverse

from participants.enums import EmptyReason
from participants.month_entry_key import MonthEntryKey
from participants.services.headcount import record_headcounts
from participants.services.membership_count import record_membership_counts
from participants.services.month_entry.empty_cell import leave_empty
from regions.access import leading_role
from regions.enums import MonthState, ReportKind
from regions.models import Region, ReportingMonth, User
from regions.month import add_months, first_of
from regions.services.example_user import ensure_example_users
from regions.signins import SIGNINS
from reports.enums import Progress
from reports.selectors.home.entry import ENTERING, get_entry_home
from reports.selectors.months.matrix import get_matrix
from reports.selectors.months.queue import begin_months, waiting_months
from reports.selectors.tasks.inbox import list_tasks, own_regencies
from tests.cast import KOTA_A, KOTA_B
from tests.factories import HeadcountFactory, MembershipCountFactory
from tests.participants.batches import send, store
from tests.participants.made_files import person

TODAY = date(2025, 9, 12)
THIS_MONTH = date(2025, 9, 1)
PLACES = ("36.72", "36.73", "36.71", "32.16")
# Such as are not asked: still running, before the region began, closed.
SILENT = {Progress.COMING, Progress.BEFORE, Progress.CLOSED}

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("september")]


@pytest.fixture
def september():
    with time_machine.travel(TODAY):
        yield


@pytest.fixture
def people(system):
    """The example people, and months of four regencies in every state, with holes and a draft far back."""
    ensure_example_users(by=system)
    states = cycle([state for state in MonthState if state != MonthState.OPEN])
    rows = []
    for shift, code in enumerate(PLACES):
        for back in range(-2, 14 - 3 * shift):
            month = add_months(THIS_MONTH, -back)
            if (back + shift) % 4:
                state = next(states)
                closing = int(state == MonthState.CLOSED)
                rows.append(
                    ReportingMonth(
                        region_id=code,
                        month=month,
                        state=state,
                        closing=closing,
                        changed_at="2025-09-01T00:00Z",
                    )
                )
    rows.append(
        ReportingMonth(
            region_id=KOTA_A,
            month=date(2022, 3, 1),
            state=MonthState.RETURNED,
            changed_at="2025-09-01T00:00Z",
        )
    )
    ReportingMonth.objects.bulk_create(rows)
    return [User.objects.get(username=one.username) for one in SIGNINS]


def waiting_of(user):
    regions = own_regencies(user, ENTERING.get(leading_role(user)) or ENTERING["operator"])
    return regions, {(one.region.code, one.month) for one in waiting_months(regions)}


def in_matrix(user, region):
    """Of all months that are or were asked, page by page of twelve."""
    found = set()
    for years in range(4):
        rows = get_matrix(user, region, add_months(THIS_MONTH, -12 * years)).rows
        found |= {
            (region.code, cell.month)
            for row in rows
            for cell in row.cells
            if row.region == region and cell.progress not in SILENT and cell.month < THIS_MONTH
        }
    return found


def test_three_pages_say_the_same(people):
    told = 0
    for user in people:
        regions, waiting = waiting_of(user)
        role = leading_role(user)
        tasks = {(task.region.code, task.month) for task in list_tasks(user) if task.month}
        assert tasks <= waiting, user
        if role in ENTERING:
            home = get_entry_home(user, role)
            months = {(one.waiting.region.code, one.waiting.month): one.task for one in home.months}
            assert len(months) + home.older == len(waiting), user
            assert set(months) <= waiting
            assert {at for at, task in months.items() if task} == tasks, user
            told += len(months)
        for region in regions:
            assert in_matrix(user, region) == {at for at in waiting if at[0] == region.code}, (user, region)
    assert told > 30


def test_where_nobody_began_the_duty_says_since_when(system, cast):
    year_ago = add_months(THIS_MONTH, -12)
    # Wayan has his since 2023; in the third city nobody has one.
    assert begin_months([KOTA_A, "36.71"]) == {KOTA_A: year_ago, "36.71": year_ago}
    cast.wayan.assignments.update(valid_from="2025-07-20")
    cast.siti.assignments.update(valid_from="2025-08-02")
    assert begin_months([KOTA_A])[KOTA_A] == date(2025, 7, 1)
    ReportingMonth.objects.create(region_id=KOTA_A, month=date(2025, 2, 1), changed_at="2025-09-01T00:00Z")
    assert begin_months([KOTA_A])[KOTA_A] == date(2025, 2, 1)
    # An old month that was sent back waits alone.
    ReportingMonth.objects.create(
        region_id=KOTA_A, month=date(2019, 1, 1), state=MonthState.RETURNED, changed_at="2025-09-01T00:00Z"
    )
    months = [one.month for one in waiting_months([Region.objects.get(pk=KOTA_A)])]
    assert months == [date(2019, 1, 1), *(date(2025, month, 1) for month in range(2, 9))]


def test_future_and_open_spells_are_not_late(cast):
    store([person(1)], cast.wayan, first_month=date(2025, 7, 1), last_month=None)
    store(
        [person(2)], cast.wayan, category="rt_rw", first_month=date(2025, 12, 1), last_month=date(2026, 3, 1)
    )
    months = {task.month for task in list_tasks(cast.wayan) if task.month}
    assert max(months) == add_months(first_of(TODAY), -1)


def test_what_is_missing_leads_to_its_grid(cast):
    july, region = date(2025, 7, 1), Region.objects.get(pk=KOTA_A)

    def july_of():
        return next(one for one in waiting_months([region]) if one.month == july)

    assert july_of().missing == [
        ReportKind.MEMBERS,
        ReportKind.HEADCOUNTS,
        ReportKind.CONTRIBUTIONS,
        ReportKind.CLAIMS,
    ]
    assert july_of().gap_url == reverse("month_entry_grid", args=[KOTA_A, "2025-07"])
    record_membership_counts([MembershipCountFactory(month=july)], by=cast.wayan)
    record_headcounts([HeadcountFactory(month=july)], by=cast.wayan)
    where = {"by": cast.wayan, "region_code": KOTA_A, "month": july}
    leave_empty(**where, key=MonthEntryKey.parse("claims"), reason=EmptyReason.NOBODY)
    assert july_of().missing == [ReportKind.CONTRIBUTIONS]
    money = reverse("money_month", args=[KOTA_A, "2025-07"])
    assert july_of().gap_url == money
    task = next(task for task in list_tasks(cast.wayan) if task.month == july)
    assert (task.title, task.url, [url for _label, url in task.gaps]) == (
        "Isi dan nyatakan lengkap: Juli 2025",
        money,
        [money],
    )
    leave_empty(**where, key=MonthEntryKey.parse("contributions"), reason=EmptyReason.NOBODY)
    task = next(task for task in list_tasks(cast.wayan) if task.month == july)
    assert (task.title, task.url) == (
        "Nyatakan lengkap: Juli 2025",
        reverse("month_page", args=[KOTA_A, "2025-07"]),
    )


def test_rows_that_wait_are_tasks(cast):
    stored = store([person(1), person(2, nik="12")], cast.wayan, first_month=date(2025, 7, 1))
    unapproved = send([person(3)], cast.wayan, category="rt_rw", first_month=date(2025, 7, 1))
    wanted = {
        f"Perbaiki 1 baris unggahan #{stored.pk}, Anggota Linmas": f"/kiriman/{stored.pk}/?keadaan=refused",
        f"Setujui unggahan #{unapproved.pk}, Ketua RT/RW": f"/kiriman/{unapproved.pk}/",
    }
    for user in (cast.wayan, cast.siti):
        assert {task.title: task.url for task in list_tasks(user) if "unggahan" in task.title} == wanted
    # Neither strangers nor those who only administer.
    for user in (cast.budi, cast.admin, cast.ratna):
        assert [task for task in list_tasks(user) if "unggahan" in task.title] == []
    assert {task.region.code for task in list_tasks(cast.budi)} == {KOTA_B}
