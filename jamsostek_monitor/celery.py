import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jamsostek_monitor.settings")
os.environ.setdefault("DATABASE_CLIENT", "worker")

app = Celery("jamsostek_monitor")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
