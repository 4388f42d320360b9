"""What was promised and is due, and evidence that waits for a second person, as tasks."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import CharField, DateField, F, QuerySet, Value
from django.db.models.functions import Cast
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
_MOST = 200
_PROMISE, _EVIDENCE = "promise", "evidence"
_REGION = ("code", "name", "level", "kind")


@dataclass(frozen=True)
class PromisedTask:
    region: Region
    title: str
    due: date | None
    url: str


def promised_tasks(user: User, duties: Collection[str]) -> Iterable[PromisedTask]:
    """`duties`: where work is asked of the person; what may be done elsewhere is no task.

    Both kinds in one question, for it is asked on the landing page.
    """
    scope = scope_of(user)
    held = scope.codes.get(Permission.ENTER_REGULATION, frozenset())
    mine = [code for code in held if any(covers(one, code) for one in duties)]
    checks = scope.holds_anywhere(Permission.CHECK_EVIDENCE)
    if not mine and not checks:
        return
    rows = _told(due_until(mine, localdate() + _SOON), _PROMISE, "promise", F("owner"), F("due_on"))
    if checks:
        no_day = Cast(Value(None), DateField())
        filed = _told(waiting_evidence(user), _EVIDENCE, "duty__title", Value(""), no_day)
        rows = rows.union(filed, all=True)
    for what, pk, said, who, day, code, *named in rows[:_MOST]:
        name, level, kind = named
        region = Region(code=code, name=name, level=level, kind=kind)
        if what == _PROMISE:
            title = _("Tindak lanjut: %(promise)s (%(owner)s)") % {
                "promise": shown(said),
                "owner": shown(who),
            }
            yield PromisedTask(region, title, day, reverse("commitment_correct", args=[pk]))
        elif any(covers(one, code) for one in duties):
            title = _("Periksa bukti kewajiban #%(number)s: %(duty)s")
            told = {"number": str(pk), "duty": shown(said)}
            yield PromisedTask(region, title % told, None, reverse("duty_evidence", args=[pk]))


def _told(rows: QuerySet[Any], what: str, said: str, who: Any, day: Any) -> QuerySet[Any]:
    columns = ("what", "pk", "said", "who", "day", *(f"region__{one}" for one in _REGION))
    named = rows.order_by().annotate(
        what=Value(what), said=Cast(F(said), CharField()), who=Cast(who, CharField()), day=day
    )
    found: QuerySet[Any] = named.values_list(*columns)
    return found
