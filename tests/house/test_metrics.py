"""What Prometheus is told: requests and jobs of every process, the health of each part, and no address."""

import os
import subprocess
import sys

import pytest
from celery.signals import task_postrun, task_prerun
from django.test import Client
from prometheus_client.parser import text_string_to_metric_families as parsed

from jamsostek_monitor import metrics
from reports.services.heartbeat import WORKER, beat
from tests.cast import KOTA_A

pytestmark = pytest.mark.django_db
TOKEN = "token-pemantau-uji"


def told(settings):
    settings.MONITOR_TOKEN = TOKEN
    answer = Client().get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"})
    assert answer.status_code == 200
    samples = [sample for family in parsed(answer.content.decode()) for sample in family.samples]
    return {(one.name, *sorted(one.labels.items())): one.value for one in samples}


def requests(found, **labels):
    return found.get(("jamsostek_request_seconds_count", *sorted(labels.items())), 0)


def test_requests_are_counted_by_view_and_never_by_address(settings, cast, client_of):
    labels = {"method": "GET", "view": "region_board", "status": "200"}
    before = told(settings)
    client_of(cast.wayan).get(f"/wilayah/{KOTA_A}/?periode=2025-07")
    client_of(cast.wayan).get("/tidak-ada/3671234567890001/")
    client_of(cast.wayan).generic("BREW", "/")
    after = told(settings)
    assert requests(after, **labels) == requests(before, **labels) + 1
    other = [key for key in after if ("method", "BREW") in key]
    assert other == []
    assert not [key for key in after if "3671234567890001" in repr(key) or KOTA_A in repr(key)]


def test_each_part_of_the_health_is_a_gauge(settings):
    beat(WORKER)
    assert told(settings)["jamsostek_part_ok", ("part", "broker")] == 1
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    found = told(settings)
    assert found["jamsostek_part_ok", ("part", "broker")] == 0
    assert found["jamsostek_part", ("name", "waiting"), ("part", "backlog")] == 0


def test_jobs_are_counted_by_how_they_ended(settings):
    class Job:
        name = "tests.house.job"

    job = Job()
    before = told(settings)
    for state in ("SUCCESS", "FAILURE"):
        task_prerun.send(sender=job, task_id=state, task=job)
        task_postrun.send(sender=job, task_id=state, task=job, state=state)
    task_postrun.send(sender=job, task_id="never begun", task=job, state="SUCCESS")
    after = told(settings)
    for state in ("SUCCESS", "FAILURE"):
        key = ("jamsostek_job_seconds_count", ("state", state), ("task", "tests.house.job"))
        assert after[key] - before.get(key, 0) == 1


def test_processes_are_summed(tmp_path):
    environment = {**os.environ, "PROMETHEUS_MULTIPROC_DIR": str(tmp_path)}
    count = "from jamsostek_monitor.metrics import REQUESTS; REQUESTS.labels('GET', 'x', 200).observe(1)"
    tell = "from jamsostek_monitor.metrics import written; print(written({'parts': {}}).decode())"
    for code in (count, count, tell):
        output = subprocess.run(
            [sys.executable, "-c", code], env=environment, check=True, capture_output=True, text=True
        ).stdout
    assert 'jamsostek_request_seconds_count{method="GET",status="200",view="x"} 2.0' in output


def test_who_is_neither_watcher_nor_keeper_is_refused(settings, cast, client_of):
    settings.MONITOR_TOKEN = TOKEN
    for client in (Client(), Client(headers={"Authorization": "Bearer x"}), client_of(cast.wayan)):
        assert client.get("/metrics").status_code == 403
    assert b"jamsostek_part_ok" in client_of(cast.admin).get("/metrics").content


def test_both_kinds_of_worker_count_their_jobs():
    for application in ("celery", "corrections"):
        code = f"import sys; from jamsostek_monitor.{application} import app; "
        code += (
            f"app.loader.import_default_modules(); sys.exit(0 if {metrics.__name__!r} in sys.modules else 1)"
        )
        subprocess.run([sys.executable, "-c", code], check=True)
