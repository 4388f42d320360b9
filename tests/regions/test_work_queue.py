"""The loop of workers: every row gets its turn, whatever one of them does."""

import threading
from pathlib import Path

import pytest
from django.db import connection, transaction

from budgets.models import MoneyBatch
from participants.enums import BatchState
from regions.advisory_lock import AdvisoryLock
from regions.services.work_queue import WorkQueue
from tests.cast import KOTA_A, make_cast
from tests.conftest import load_test_reference
from tests.factories import nik_of


class MadeUp(WorkQueue[MoneyBatch]):
    """Reads the name of the file: "bad" raises, "full" finds no room, anything else is done."""

    lock = AdvisoryLock.MONEY_WORK

    def __init__(self):
        self.done = []

    def waiting(self):
        return MoneyBatch.objects.filter(state=BatchState.WAITING).order_by("pk").values_list("pk", flat=True)

    def find(self, pk):
        if MoneyBatch.objects.filter(pk=pk, file_name="odd").exists():
            raise LookupError(pk)
        return MoneyBatch.objects.select_for_update().filter(pk=pk, state=BatchState.WAITING).first()

    def mark(self, work):
        work.refusal = "dikerjakan"

    def do(self, work):
        if work.file_name == "full":
            Path("/dev/full").write_text("a file beside the database")
        if work.file_name == "bad":
            raise RuntimeError(f"a row about {nik_of(1)}")
        work.state = BatchState.CHECKED
        work.save()
        self.done.append(work.file_name)

    def give_up(self, work):
        work.state = BatchState.REFUSED
        work.save()


def waiting(by, *names):
    for name in names:
        MoneyBatch.objects.create(
            region_id=KOTA_A,
            kind="iuran",
            source="uji",
            as_of="2025-07-31",
            file_name=name,
            sha256="0" * 64,
            size=1,
            content_sealed=b"x",
            state=BatchState.WAITING,
            entered_by=by,
        )


@pytest.mark.django_db
def test_an_error_in_one_row_never_stops_the_others_and_is_given_up_in_the_end(cast, caplog):
    waiting(cast.wayan, "one", "bad", "two")
    queue = MadeUp()
    assert queue.run() == 3
    assert queue.done == ["one", "two"]
    bad = MoneyBatch.objects.get(file_name="bad")
    assert (bad.state, bad.attempts, bad.refusal) == ("waiting", 1, "dikerjakan")
    for _attempt in range(queue.most_attempts - 1):
        assert queue.run() == 1
    assert MoneyBatch.objects.get(file_name="bad").state == "waiting"
    assert queue.run() == 1
    bad.refresh_from_db()
    assert (bad.state, bad.attempts) == ("refused", queue.most_attempts + 1)
    assert queue.run() == 0
    assert "RuntimeError" in caplog.text
    assert nik_of(1) not in caplog.text


@pytest.mark.django_db
def test_without_room_on_the_disk_a_row_waits_and_is_never_given_up(cast, caplog):
    waiting(cast.wayan, "full", "one")
    queue = MadeUp()
    assert queue.run() == 2
    for _attempt in range(2 * queue.most_attempts):
        assert queue.run() == 1
    row = MoneyBatch.objects.get(file_name="full")
    assert (row.state, row.attempts, queue.done) == ("waiting", 0, ["one"])
    assert "failed with OSError" in caplog.text


@pytest.mark.django_db
def test_a_row_that_cannot_even_be_begun_never_stops_the_others(cast, caplog):
    waiting(cast.wayan, "odd", "one")
    queue = MadeUp()
    assert queue.run() == 2
    assert queue.done == ["one"]
    assert "LookupError" in caplog.text


@pytest.mark.django_db
def test_after_its_time_no_further_row_is_begun(cast):
    waiting(cast.wayan, "one", "two")
    queue = MadeUp()
    assert queue.run(seconds=-1) == 1
    assert queue.done == ["one"]


@pytest.mark.django_db(transaction=True)
def test_what_another_worker_holds_is_left_alone():
    load_test_reference()
    waiting(make_cast().wayan, "one")
    pk = MoneyBatch.objects.get().pk
    held, may_end = threading.Event(), threading.Event()

    def hold():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s, %s)", [AdvisoryLock.MONEY_WORK, pk])
        held.set()
        may_end.wait(20)
        # The end of a connection would let go of it too, but only a moment later.
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [AdvisoryLock.MONEY_WORK, pk])
        connection.close()

    other = threading.Thread(target=hold)
    other.start()
    assert held.wait(20)
    queue = MadeUp()
    assert queue.run() == 0
    may_end.set()
    other.join(20)
    with transaction.atomic():
        assert MoneyBatch.objects.select_for_update().get().attempts == 0
    assert queue.run() == 1
