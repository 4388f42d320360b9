"""A worker killed at any moment of an import leaves all of it or nothing, and the next one goes on."""

import random
import time

import pytest

from participants.models import Batch, BatchRow, Enrolment, Participant
from participants.services.batches.batch import confirm_batch, send_file
from regions.models import Act, Change
from tests.cast import make_cast
from tests.conftest import load_test_reference
from tests.factories import nik_of
from tests.killed import snapshot, workers
from tests.participants.batches import terms, workbook
from tests.participants.made_files import person

pytestmark = pytest.mark.django_db(transaction=True)
ROWS = 4000
KILLS = 20


@pytest.fixture
def worker():
    with workers("participants.services.batches.work", "work_on_batches") as start:
        yield start


def wait_for(pk, *states, seconds=300):
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        batch = Batch.objects.get(pk=pk)
        if batch.state in states:
            return batch
        time.sleep(0.01)
    raise AssertionError(f"batch is {batch.state}, not {states}")


def check_truth(pk):
    """What the batch says of itself agrees with what is there."""
    with snapshot():
        batch = Batch.objects.get(pk=pk)
        rows, facts = BatchRow.objects.filter(batch=pk).count(), Enrolment.objects.filter(batch=pk).count()
        persons = Participant.objects.filter(batch=pk).count()
        acts = Act.objects.filter(subject=f"unggahan #{pk}").count()
    stored = batch.state == "stored"
    assert (facts, persons, acts) == ((ROWS, ROWS, 1) if stored else (0, 0, 0))
    assert batch.done <= max(rows, facts)


def _next(kills):
    """Numbers of persons that no earlier list has."""
    return range(kills * ROWS, (kills + 1) * ROWS)


def test_killed_at_random_moments_every_row_is_in_exactly_once(worker):
    load_test_reference()
    wayan = make_cast().wayan
    chance, kills, moments = random.Random(), 0, []
    while kills < KILLS:
        rows = [person(n, nik=nik_of(n % 9999 + 1, region=f"3672{n // 9999 + 1:02}")) for n in _next(kills)]
        batch = send_file(terms=terms(), file_name="a.xlsx", content=workbook(rows), by=wayan)
        for goal in ("checked", "stored"):
            for _time in range(3):
                process = worker()
                moment = chance.uniform(0, 0.8)
                time.sleep(moment)
                moments.append(round(moment, 2))
                process.kill()
                kills += 1
                check_truth(batch.pk)
            process = worker()
            wait_for(batch.pk, goal)
            process.kill()
            check_truth(batch.pk)
            if goal == "checked":
                confirm_batch(pk=batch.pk, by=wayan)
        digests = Participant.objects.filter(batch=batch).values_list("nik_digest", flat=True)
        assert len(set(map(bytes, digests))) == ROWS, moments
        assert Change.objects.filter(region_id="36.72").exists()
