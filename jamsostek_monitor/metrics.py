"""Numbers of an installation for Prometheus: requests and jobs of all processes, and its health.

Every process adds to files of its own in `PROMETHEUS_MULTIPROC_DIR`, which the start makes anew; the process
that is asked sums them. Without that folder it tells of itself alone.
"""

import os
import time
from collections.abc import Callable, Iterator
from typing import Any

from celery.signals import task_postrun, task_prerun
from django.http import HttpRequest, HttpResponse
from prometheus_client import CollectorRegistry, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import REGISTRY, Collector

REQUESTS = Histogram(
    "jamsostek_request_seconds",
    "Seconds until a request was answered; streamed answers until their first part.",
    ["method", "view", "status"],
    buckets=(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30),
)
JOBS = Histogram(
    "jamsostek_job_seconds",
    "Seconds of a task of the workers, by how it ended.",
    ["task", "state"],
    buckets=(0.01, 0.1, 0.5, 1, 5, 10, 30, 60, 300, 900, 3600),
)
# What is asked of us is a few words; any other is one of these, so that nobody fills the disk with names.
_METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}
_began: dict[str, float] = {}


class MetricsMiddleware:
    """Stands outermost, so that all that a person waits for is counted. Names views, never addresses."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        began = time.perf_counter()
        response = self.get_response(request)
        match = request.resolver_match
        view = match.view_name if match else "static" if response.status_code in (200, 304) else "none"
        method = request.method if request.method in _METHODS else "other"
        REQUESTS.labels(method, view, response.status_code).observe(time.perf_counter() - began)
        return response


@task_prerun.connect
def _note_begin(task_id: str, **_sent: Any) -> None:
    _began[task_id] = time.perf_counter()


@task_postrun.connect
def _note_end(task_id: str, task: Any, state: str | None = None, **_sent: Any) -> None:
    began = _began.pop(task_id, None)
    if began is not None:
        JOBS.labels(task.name, state or "UNKNOWN").observe(time.perf_counter() - began)


class HealthCollector(Collector):
    """What /healthz/deep tells, as gauges: whether each part is well, and its numbers."""

    def __init__(self, health: dict[str, Any]) -> None:
        self.health = health

    def collect(self) -> Iterator[Metric]:
        well = GaugeMetricFamily("jamsostek_part_ok", "Whether a part of it is well.", labels=["part"])
        told = GaugeMetricFamily("jamsostek_part", "A number of a part.", labels=["part", "name"])
        for part, found in self.health["parts"].items():
            well.add_metric([part], found["ok"])
            for name, value in _numbers(found["told"]):
                told.add_metric([part, name], value)
        yield well
        yield told


def _numbers(told: dict[str, Any], before: str = "") -> Iterator[tuple[str, float]]:
    for name, value in told.items():
        if isinstance(value, dict):
            yield from _numbers(value, f"{before}{name}_")
        elif isinstance(value, int | float):
            yield f"{before}{name}", float(value)


def written(health: dict[str, Any]) -> bytes:
    """All of it in the text format of Prometheus."""
    if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        registry = CollectorRegistry()
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
        numbers = generate_latest(registry)
    else:
        numbers = generate_latest(REGISTRY)
    own = CollectorRegistry()
    own.register(HealthCollector(health))
    return numbers + generate_latest(own)
