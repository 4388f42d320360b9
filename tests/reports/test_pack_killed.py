"""A worker killed at any moment of a pack leaves no half of one, and the next worker makes it."""

import random
import time

import pytest

from participants.services.membership_count import record_membership_counts
from participants.services.workforce import record_workforces
from regions.models import Region
from regions.services.user import ensure_system_user
from reports.models import Pack, PackFile, PackJob
from reports.models.pack_job import JobState
from reports.services.pack import ask_pack
from reports.services.recompute import recompute_stale
from tests.cast import make_cast
from tests.conftest import load_test_reference
from tests.factories import MembershipCountFactory, WorkforceFactory
from tests.killed import snapshot, workers
from tests.reports.packs import JULY_MONTH

pytestmark = pytest.mark.django_db(transaction=True)
KILLS = 12


@pytest.fixture
def worker():
    with workers("reports.services.pack_work", "work_on_packs") as start:
        yield start


def check_whole():
    """Every pack that is there has its four files; every wish that is ready has its pack."""
    with snapshot():
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
        process.kill()
        check_whole()
        # Dying a dozen times in one evening is the test's doing, not the packs'.
        PackJob.objects.update(attempts=0)
    process, until = worker(), time.monotonic() + 300
    while PackJob.objects.exclude(state=JobState.READY).exists() and time.monotonic() < until:
        time.sleep(0.05)
    check_whole()
    assert (Pack.objects.count(), len(codes)) == (8, 8), moments
    assert set(Pack.objects.values_list("version", flat=True)) == {1}
