"""What a person began and nobody finished yet: files that wait for a yes, requests for an answer."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from budgets.models import MoneyBatch
from participants.enums import BatchState
from participants.models import Batch
from regions.access import within
from regions.models import Region, Reopening, User
from regions.month import iso_month
from regions.roles import Permission

_MOST = 20


@dataclass(frozen=True)
class Unfinished:
    region: Region
    title: str
    at: datetime


def list_unfinished(user: User, person: User) -> list[Unfinished]:
    """Begun by `person`, in the regions where `user` looks after accounts; newest first."""
    here = within(user, permission=Permission.MANAGE_USERS)
    lists = Batch.objects.filter(here, entered_by=person, state=BatchState.CHECKED)
    money = MoneyBatch.objects.filter(here, entered_by=person, state=BatchState.CHECKED)
    asked = Reopening.objects.filter(here, asked_by=person, decided_at=None)
    found = [
        *(
            Unfinished(row.region, _("Unggahan daftar #%s menunggu persetujuan") % row.pk, row.entered_at)
            for row in lists.select_related("region").order_by("-pk")[:_MOST]
        ),
        *(
            Unfinished(row.region, _("Berkas keuangan #%s menunggu persetujuan") % row.pk, row.entered_at)
            for row in money.select_related("region").order_by("-pk")[:_MOST]
        ),
        *(
            Unfinished(
                row.region,
                _("Permintaan buka kembali %s belum diputuskan") % iso_month(row.month),
                row.asked_at,
            )
            for row in asked.select_related("region").order_by("-pk")[:_MOST]
        ),
    ]
    return sorted(found, key=lambda one: one.at, reverse=True)[:_MOST]
