"""The worker of corrections alone: without pandas and what packs are written with, half as large."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jamsostek_monitor.settings")
os.environ.setdefault("DATABASE_CLIENT", "worker")
# The checks of Django would load every view; whatever prepares an installation has run them.
os.environ.setdefault("CELERY_SKIP_CHECKS", "1")

app = Celery("jamsostek_monitor", include=["jamsostek_monitor.metrics"])
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(related_name="corrections")
