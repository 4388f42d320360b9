from datetime import timedelta

from django.conf import settings
from django.utils.timezone import now

from participants.models import MembershipCount
from participants.services.membership_count import correct_membership_count
from reports.models import Heartbeat, Run
from reports.tasks import recompute_stale
from tests.cast import KOTA_A


def test_the_task_beats_and_computes_and_may_run_twice(figures, cast):
    row = MembershipCount.objects.get(region_id=KOTA_A)
    correct_membership_count(pk=row.pk, revision=1, by=cast.wayan, reason="uji", new={"members": 9})
    for _time in range(2):
        recompute_stale()
    assert Run.objects.filter(region_id=KOTA_A).count() == 2
    assert Heartbeat.objects.get(name="worker").at > now() - timedelta(seconds=10)


def test_beat_calls_the_task_by_a_name_that_exists():
    (entry,) = settings.CELERY_BEAT_SCHEDULE.values()
    assert entry["task"] == recompute_stale.name
    assert entry["schedule"] <= timedelta(seconds=3)
