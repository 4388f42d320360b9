"""A worker killed at any moment of a pack leaves no half of one, and the next worker makes it."""

import os
import random
import signal
import subprocess
import sys
import time
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.db import connection

from participants.services.membership_count import record_membership_counts
from participants.services.workforce import record_workforces
from regions.models import Region
from regions.services.user import ensure_system_user
from reports.models import Pack, PackFile, PackJob
from reports.models.pack_job import JobState
from reports.services.pack import ask_pack
from reports.services.run import recompute_stale
from tests.cast import make_cast
from tests.conftest import load_test_reference
from tests.factories import MembershipCountFactory, WorkforceFactory
from tests.reports.packs import JULY_MONTH

pytestmark = pytest.mark.django_db(transaction=True)
KILLS = 12
WORK = """
import django; django.setup()
from reports.services.pack_work import work_on_packs
print("ready", flush=True)
while True:
    work_on_packs()
"""


@pytest.fixture
def worker():
    """Starts a process that does what a worker does, on the database of this test."""
    address = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{connection.settings_dict['NAME']}")
    environment = {**os.environ, "DATABASE_URL": address.geturl(), "PYTHONPATH": str(settings.BASE_DIR)}
    running = []

    def start():
        command = [sys.executable, "-c", WORK]
        process = subprocess.Popen(command, env=environment, cwd=settings.BASE_DIR, stdout=subprocess.PIPE)
        running.append(process)
        assert process.stdout.readline() == b"ready\n"
        return process

    yield start
    for process in running:
        process.kill()
        process.wait()
        process.stdout.close()


def check_whole():
    """Every pack that is there has its four files; every wish that is ready has its pack."""
    for pack in Pack.objects.all():
        assert sorted(pack.files.values_list("face", flat=True)) == ["docx", "pdf", "pptx", "xlsx"]
    assert PackFile.objects.count() == 4 * Pack.objects.count()
    assert not PackJob.objects.filter(state=JobState.READY, pack=None).exists()


def test_killed_at_random_moments_every_pack_is_made_whole_and_once(worker):
    load_test_reference()
    cast, system = make_cast(), ensure_system_user()
    codes = list(Region.objects.filter(code__startswith="36.", level=2).values_list("code", flat=True))
    record_workforces([WorkforceFactory(region_id=code) for code in codes], by=system)
    record_membership_counts([MembershipCountFactory(region_id=code) for code in codes], by=system)
    recompute_stale()
    for code in codes:
        ask_pack(region_code=code, period=JULY_MONTH, by=cast.dewi)
    chance, moments = random.Random(), []
    for _kill in range(KILLS):
        process = worker()
        moments.append(chance.uniform(0, 0.5))
        time.sleep(moments[-1])
        process.send_signal(signal.SIGKILL)
        process.wait()
        check_whole()
        # Dying a dozen times in one evening is the test's doing, not the packs'.
        PackJob.objects.update(attempts=0)
    process, until = worker(), time.monotonic() + 60
    while PackJob.objects.exclude(state=JobState.READY).exists() and time.monotonic() < until:
        time.sleep(0.05)
    check_whole()
    assert (Pack.objects.count(), len(codes)) == (8, 8), moments
    assert set(Pack.objects.values_list("version", flat=True)) == {1}
