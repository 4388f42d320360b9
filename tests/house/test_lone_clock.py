"""Of two beats one sends."""

import time
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from celery import Celery
from django.db import connection

from jamsostek_monitor import lone_clock
from jamsostek_monitor.lone_clock import LoneScheduler

pytestmark = pytest.mark.django_db(transaction=True)
# As `jamsostek_monitor.beat` makes it, but not the one that tasks of this process belong to from then on.
app = Celery("jamsostek_monitor", fixups=[], set_as_current=False)
app.config_from_object("django.conf:settings", namespace="CELERY")


@pytest.fixture
def beats(tmp_path):
    made = [LoneScheduler(app=app, schedule_filename=str(tmp_path / name)) for name in "ab"]
    yield made
    for beat in made:
        beat.close()


def holds_soon(beat):
    """The server lets go of a lock a moment after the line was hung up."""
    end = time.monotonic() + 10
    while not beat._holds() and time.monotonic() < end:
        time.sleep(0.02)
    return beat._is_ours


def test_the_second_waits_until_the_first_is_gone(beats):
    first, second = beats
    assert [first._holds(), second._holds(), first._holds(), second._holds()] == [True, False, True, False]
    assert second.tick() == lone_clock._ASK_AGAIN_SECONDS
    first._hang_up()
    assert holds_soon(second)
    assert not first._holds()


@pytest.mark.parametrize(("waited", "is_forgotten"), [(10, False), (600, True)])
def test_who_waited_long_does_not_send_again_what_the_other_sent(beats, waited, is_forgotten, monkeypatch):
    first, second = beats
    long_ago = app.now() - timedelta(days=1)
    entry = second.schedule["thin-runs"]
    entry.last_run_at = long_ago
    assert first._holds()
    assert not second._holds()
    second._waiting_since -= waited
    first._hang_up()
    assert holds_soon(second)
    assert (entry.last_run_at != long_ago) == is_forgotten


def test_without_its_database_the_clock_stands_still(beats):
    first, _second = beats
    assert first._holds()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s)", [first._line.get_backend_pid()])
    assert not first._holds()
    assert holds_soon(first)


def test_a_clock_that_was_put_back_does_not_keep_everything_waiting(beats, monkeypatch):
    first, _second = beats
    sent = []
    monkeypatch.setattr(first, "apply_async", lambda entry, **_more: sent.append(entry.name))
    with time_machine.travel(datetime.now(UTC) + timedelta(minutes=50), tick=True) as ahead:
        while first.tick() == 0:
            pass
        assert sent
        sent.clear()
        ahead.move_to(datetime.now(UTC) - timedelta(minutes=50))
        began = time.monotonic()
        while "work-on-batches" not in sent and time.monotonic() - began < 60:
            time.sleep(max(0, min(first.tick(), 0.2)))
    assert "work-on-batches" in sent
