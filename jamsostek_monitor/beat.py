"""Beat only sends names of tasks when their time has come: it needs the settings, and no Django set up."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jamsostek_monitor.settings")

app = Celery("jamsostek_monitor", fixups=[])
app.config_from_object("django.conf:settings", namespace="CELERY")
app.conf.beat_scheduler = "jamsostek_monitor.lone_clock:LoneScheduler"
