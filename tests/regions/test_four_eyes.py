"""Nobody checks their own changes of a month that was closed: whatever they changed, whoever handed it in."""

from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils.timezone import localdate

from budgets.services.contribution import record_contributions
from participants.models import MembershipCount
from participants.services.headcount import record_headcounts
from participants.services.membership_count import MEMBERSHIP_COUNTS, record_membership_counts
from regions.enums import MonthState, Verb
from regions.errors import MonthRefused
from regions.models import ReportingMonth
from regions.month_steps import CLOSE, COMPLETE, RETURN, SUBMIT, VERIFY
from regions.services.reopening import ask_reopening, decide_reopening, relock_months
from regions.services.reporting_month import move_month
from reports.selectors.tasks.inbox import list_tasks
from tests.cast import KOTA_A, make_cast
from tests.conftest import load_test_reference
from tests.factories import ContributionFactory, HeadcountFactory, MembershipCountFactory
from tests.months import JULY, close, reopen
from tests.participants.batches import people, store

AUGUST = date(2025, 8, 1)
CORRECTED = {"source": "Surat uji nomor 2", "as_of": date(2025, 7, 31)}


def corrected(by):
    row = MembershipCount.objects.get(region_id=KOTA_A)
    MEMBERSHIP_COUNTS.correct(
        pk=row.pk,
        by=by,
        revision=row.revision,
        reason="salah ketik",
        new=CORRECTED | {"members": row.members + 1},
    )


def recorded(by):
    record_headcounts([HeadcountFactory()], by=by)


def paid(by):
    record_contributions([ContributionFactory()], by=by)


def listed(by):
    store(people(2), by)


CHANGES = {one.__name__: one for one in (corrected, recorded, paid, listed)}


def handed_in_by_the_system(cast):
    with time_machine.travel(localdate() + timedelta(days=6)):
        assert relock_months() == 1


def handed_in_by_others(cast):
    move_month(COMPLETE, region_code=KOTA_A, month=JULY, by=cast.wayan)
    move_month(SUBMIT, region_code=KOTA_A, month=JULY, by=cast.siti)


HAND_IN = {"system": handed_in_by_the_system, "others": handed_in_by_others}


def step(transition, by, reason="uji"):
    return move_month(transition, region_code=KOTA_A, month=JULY, by=by, reason=reason)


@pytest.fixture
def closed(cast, system):
    record_membership_counts([MembershipCountFactory()], by=system)
    close(cast)


@pytest.mark.parametrize("hand_in", HAND_IN)
@pytest.mark.parametrize("change", CHANGES)
def test_who_changed_a_reopened_month_does_not_check_it(change, hand_in, cast, closed):
    reopen(cast)
    CHANGES[change](cast.anton)
    HAND_IN[hand_in](cast)
    with pytest.raises(MonthRefused, match="orang lain"):
        step(VERIFY, cast.anton)
    assert step(VERIFY, cast.admin).state == MonthState.VERIFIED
    # The other's verification opens no way to close one's own changes.
    with pytest.raises(MonthRefused, match="orang lain"):
        step(CLOSE, cast.anton)
    assert step(CLOSE, cast.admin).closing == 2


@pytest.mark.parametrize("hand_in", HAND_IN)
@pytest.mark.parametrize("change", CHANGES)
def test_who_changed_nothing_checks_what_another_changed(change, hand_in, cast, closed):
    reopen(cast)
    CHANGES[change](cast.admin)
    HAND_IN[hand_in](cast)
    with pytest.raises(MonthRefused, match="orang lain"):
        step(VERIFY, cast.admin)
    step(VERIFY, cast.anton)
    assert step(CLOSE, cast.anton).closing == 2


def test_a_return_does_not_wash_the_change_off(cast, closed):
    reopen(cast)
    corrected(cast.anton)
    handed_in_by_others(cast)
    step(VERIFY, cast.admin)
    step(RETURN, cast.admin)
    handed_in_by_others(cast)
    with pytest.raises(MonthRefused, match="orang lain"):
        step(VERIFY, cast.anton)


def test_a_second_reopening_does_not_either(cast, closed):
    reopen(cast)
    corrected(cast.anton)
    handed_in_by_others(cast)
    wish = ask_reopening(
        region_code=KOTA_A,
        month=JULY,
        reason="masih salah",
        open_for=["members"],
        open_until=localdate() + timedelta(days=5),
        by=cast.siti,
    )
    decide_reopening(pk=wish.pk, is_granted=True, answer="", by=cast.admin)
    handed_in_by_others(cast)
    with pytest.raises(MonthRefused, match="orang lain"):
        step(VERIFY, cast.anton)


def test_the_next_closing_begins_anew(cast, closed):
    reopen(cast)
    corrected(cast.anton)
    handed_in_by_others(cast)
    step(VERIFY, cast.admin)
    step(CLOSE, cast.admin)
    reopen(cast)
    handed_in_by_others(cast)
    step(VERIFY, cast.anton)
    assert step(CLOSE, cast.anton).closing == 3


def test_a_change_of_another_month_is_none_of_this_one(cast, closed, system):
    record_membership_counts([MembershipCountFactory(month=AUGUST)], by=system)
    reopen(cast)
    row = MembershipCount.objects.get(month=AUGUST)
    MEMBERSHIP_COUNTS.correct(
        pk=row.pk,
        by=cast.anton,
        revision=row.revision,
        reason="salah ketik",
        new=CORRECTED | {"members": 76_000},
    )
    handed_in_by_others(cast)
    assert step(VERIFY, cast.anton).state == MonthState.VERIFIED


def test_before_a_first_closing_two_others_have_said_it_is_so(cast):
    record_membership_counts([MembershipCountFactory()], by=cast.anton)
    close(cast)
    assert ReportingMonth.objects.get().closing == 1


def test_the_page_offers_the_step_to_the_other_only(cast, closed, client_of):
    reopen(cast)
    corrected(cast.anton)
    handed_in_by_the_system(cast)
    page = reverse("month_page", args=[KOTA_A, "2025-07"])
    way = reverse("month_step", args=[KOTA_A, "2025-07"])
    assert "Anda mengubah angka bulan ini" in client_of(cast.anton).get(page).content.decode()
    assert "Anda mengubah angka bulan ini" not in client_of(cast.admin).get(page).content.decode()
    for verb in (Verb.VERIFIED, Verb.CLOSED):
        client_of(cast.anton).post(way, {"verb": verb})
        assert ReportingMonth.objects.get().state == MonthState.SUBMITTED
    client_of(cast.admin).post(way, {"verb": Verb.VERIFIED})
    assert ReportingMonth.objects.get().state == MonthState.VERIFIED


def test_nobody_is_given_as_a_task_what_they_may_not_do(cast, closed):
    def waits():
        return [task.title for task in list_tasks(cast.anton) if "Juli 2025" in task.title]

    reopen(cast)
    corrected(cast.wayan)
    handed_in_by_the_system(cast)
    assert waits() == ["Verifikasi: Juli 2025"]
    step(RETURN, cast.anton)
    corrected(cast.anton)
    handed_in_by_others(cast)
    assert waits() == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("hand_in", HAND_IN)
def test_who_took_a_figure_away_does_not_check_either(hand_in):
    """Each step in a transaction of its own, whose beginning is the time of a removal."""
    load_test_reference()
    cast = make_cast()
    record_membership_counts([MembershipCountFactory()], by=cast.wayan)
    close(cast)
    reopen(cast)
    row = MembershipCount.objects.get(region_id=KOTA_A)
    MEMBERSHIP_COUNTS.remove(pk=row.pk, by=cast.anton, revision=row.revision, reason="bukan di sini")
    HAND_IN[hand_in](cast)
    with pytest.raises(MonthRefused, match="orang lain"):
        step(VERIFY, cast.anton)
    assert step(VERIFY, cast.admin).state == MonthState.VERIFIED
