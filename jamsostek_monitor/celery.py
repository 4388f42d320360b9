"""The workers of files, packs and rebuilds; they know every task, so that one of them may take all queues."""

import gc
import os

from celery import Celery
from celery.signals import worker_init

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jamsostek_monitor.settings")
os.environ.setdefault("DATABASE_CLIENT", "worker")

app = Celery("jamsostek_monitor", include=["jamsostek_monitor.metrics"])
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.autodiscover_tasks(related_name="corrections")


@worker_init.connect
def share_what_is_loaded(**_sent: object) -> None:
    """Children are forks: what the collector never touches again stays in pages that all of them share."""
    gc.collect()
    gc.freeze()
