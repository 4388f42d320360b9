"""Closing while facts are being written: one of them wins cleanly."""

import threading
from datetime import date

import pytest
from django.db import connection, transaction

from participants.models import MembershipCount
from participants.services.membership_count import record_membership_counts
from regions.enums import MonthState
from regions.errors import MonthLocked
from regions.models import ReportingMonth
from regions.month_steps import COMPLETE, SUBMIT
from regions.services.month_lock import take_region_lock
from regions.services.reporting_month import move_month
from tests.cast import KOTA_A, make_cast
from tests.conftest import load_test_reference
from tests.factories import MembershipCountFactory

pytestmark = pytest.mark.django_db(transaction=True)
JULY = date(2025, 7, 1)


@pytest.fixture
def people():
    load_test_reference()
    cast = make_cast()
    move_month(COMPLETE, region_code=KOTA_A, month=JULY, by=cast.wayan)
    return cast


def in_thread(work):
    """Run it in a connection of its own; the outcome or the error, once joined."""
    told = {}

    def run():
        try:
            told["result"] = work()
        except MonthLocked as error:
            told["error"] = error
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    return thread, told


def record(by):
    return record_membership_counts([MembershipCountFactory()], by=by)


def submit(by):
    return move_month(SUBMIT, region_code=KOTA_A, month=JULY, by=by)


def test_a_step_waits_for_who_writes_and_holds_what_they_wrote(people):
    with transaction.atomic():
        record(people.wayan)
        thread, told = in_thread(lambda: submit(people.siti))
        thread.join(0.5)
        assert thread.is_alive()
        assert ReportingMonth.objects.get().state == MonthState.COMPLETE
    thread.join(10)
    assert told["result"].state == MonthState.SUBMITTED
    assert MembershipCount.objects.count() == 1


def test_who_writes_waits_for_the_step_and_is_refused(people):
    with transaction.atomic():
        take_region_lock(KOTA_A)
        ReportingMonth.objects.update(state=MonthState.SUBMITTED)
        thread, told = in_thread(lambda: record(people.wayan))
        thread.join(0.5)
        assert thread.is_alive()
    thread.join(10)
    assert "Juli 2025 terkunci" in told["error"].sentence
    assert MembershipCount.objects.count() == 0


def test_many_at_once_never_leave_a_fact_behind_the_step(people):
    """Twelve write while one submits: whoever was stored was stored before."""
    barrier = threading.Barrier(13)

    def writer(segment, month):
        def work():
            barrier.wait()
            return record_membership_counts([MembershipCountFactory(segment=segment)], by=people.wayan)

        return work

    def submitter():
        barrier.wait()
        return submit(people.siti)

    segments = ["pu", "bpu", "jakon", "pmi"]
    runs = [in_thread(writer(segment, JULY)) for segment in segments * 3]
    runs.append(in_thread(submitter))
    for thread, _told in runs:
        thread.join(20)
    assert runs[-1][1]["result"].state == MonthState.SUBMITTED
    submitted_at = ReportingMonth.objects.get().changed_at
    refused = sum("error" in told for _thread, told in runs)
    stored = MembershipCount.objects.count()
    assert refused + stored >= 4
    assert not MembershipCount.objects.filter(entered_at__gt=submitted_at).exists()
