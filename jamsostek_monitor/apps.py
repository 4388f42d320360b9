from importlib import import_module

from django.apps import AppConfig


class JamsostekMonitorConfig(AppConfig):
    name = "jamsostek_monitor"

    def ready(self) -> None:
        # Tasks declared with shared_task find their Celery application through this. The package
        # itself stays empty, so that the embedded services start without loading Django or Celery.
        import_module("jamsostek_monitor.celery")
        # The checks that Django asks before a command begins.
        import_module("jamsostek_monitor.safe_settings")
