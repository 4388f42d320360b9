"""Background work says that it is alive."""

from django.utils.timezone import now

from reports.models import Heartbeat

WORKER = "worker"


def beat(name: str, *, detail: str = "") -> None:
    """Note that a background process lives."""
    Heartbeat.objects.update_or_create(name=name, defaults={"at": now(), "detail": detail[:200]})
