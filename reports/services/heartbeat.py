"""Background work says that it is alive."""

from django.utils.timezone import now

from reports.models import Heartbeat

WORKER = "worker"


def beat(name: str, *, detail: str = "", behind_seconds: int = 0) -> None:
    """Note that a background process lives, and how long figures will not be up to date."""
    told = {"at": now(), "detail": detail[:200], "behind_seconds": behind_seconds}
    Heartbeat.objects.update_or_create(name=name, defaults=told)
