"""Schedules of packs and which of them are due."""

from dataclasses import dataclass

from django.db.models import QuerySet

from regions.access import within
from regions.models import User
from regions.roles import Permission, Role
from reports.models import Mail, PackSchedule


@dataclass(frozen=True)
class ScheduleRow:
    """A schedule with the messages about it, newest first; what was not sent says why."""

    schedule: PackSchedule
    mails: list[Mail]

    @property
    def roles(self) -> str:
        return ", ".join(str(Role(role).label) for role in self.schedule.roles)

    @property
    def failed(self) -> bool:
        return any(mail.failure for mail in self.mails)


def list_schedules(user: User) -> list[ScheduleRow]:
    rows = _visible(user).select_related("region", "by", "job__pack").defer("job__pack__content")
    mails: dict[str, list[Mail]] = {}
    found = list(rows.order_by("region_id"))
    kinds = [kind_of(row) for row in found]
    for mail in Mail.objects.filter(kind__in=kinds).select_related("user").order_by("-pk")[:200]:
        mails.setdefault(mail.kind, []).append(mail)
    return [ScheduleRow(row, mails.get(kind_of(row), [])[:10]) for row in found]


def _visible(user: User) -> QuerySet[PackSchedule]:
    return PackSchedule.objects.filter(within(user, permission=Permission.MAKE_PACK))


def kind_of(schedule: PackSchedule) -> str:
    """Under which name its messages are kept."""
    return f"paket-{schedule.pk}"
