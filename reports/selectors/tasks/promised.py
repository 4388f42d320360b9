"""What was promised and is due, and evidence that waits for a second person, as tasks."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from regions.access import covers, scope_of
from regions.models import Region, User
from regions.roles import Permission
from regions.selectors.duty import waiting_evidence
from regions.selectors.meeting import due_until
from regions.stored_text import shown

_SOON = timedelta(days=7)
_MOST = 50


@dataclass(frozen=True)
class PromisedTask:
    region: Region
    title: str
    due: date | None
    url: str


def promised_tasks(user: User, duties: Collection[str]) -> Iterable[PromisedTask]:
    """`duties`: where work is asked of the person; what may be done elsewhere is no task."""
    scope = scope_of(user)
    held = scope.codes.get(Permission.ENTER_REGULATION, frozenset())
    mine = [code for code in held if any(covers(one, code) for one in duties)]
    for row in due_until(mine, localdate() + _SOON):
        title = _("Tindak lanjut: %(promise)s (%(owner)s)")
        told = {"promise": shown(row.promise), "owner": shown(row.owner)}
        yield PromisedTask(row.region, title % told, row.due_on, reverse("commitment_correct", args=[row.pk]))
    if not scope.holds_anywhere(Permission.CHECK_EVIDENCE):
        return
    for filed in waiting_evidence(user)[:_MOST]:
        if any(covers(one, filed.region_id) for one in duties):
            title = _("Periksa bukti kewajiban #%(number)s: %(duty)s")
            told = {"number": str(filed.pk), "duty": shown(filed.duty.title)}
            yield PromisedTask(filed.region, title % told, None, reverse("duty_evidence", args=[filed.pk]))
