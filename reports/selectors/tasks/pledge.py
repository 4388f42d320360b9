"""Pledges to be paid within so many days, and those whose day has passed."""

from collections.abc import Iterable
from datetime import timedelta
from decimal import Decimal

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from budgets.models import Pledge
from budgets.selectors.pledge import pledges_due
from regions.addresses import address
from regions.formats import day_name
from regions.models import User
from regions.number import grouped
from regions.stored_text import shown
from reports.enums import AlertKind
from reports.selectors.tasks.ending import EndingSoon


def list_pledges_due(user: User, rules: dict[str, Decimal]) -> Iterable[EndingSoon]:
    """Of every level: a province is promised money as well as a regency."""
    before, after = rules.get(AlertKind.PLEDGE_DUE), rules.get(AlertKind.PLEDGE_OVERDUE)
    if before is None and after is None:
        return
    today = localdate()
    for row in pledges_due(user, today + timedelta(days=int(before or 0))):
        if row.due_on is None:
            continue
        late = (today - row.due_on).days
        if late > 0 and after is not None and late >= after:
            yield _told(row, AlertKind.PLEDGE_OVERDUE, _late(), late)
        elif late <= 0 and before is not None:
            yield _told(row, AlertKind.PLEDGE_DUE, _soon(), late)


def _late() -> str:
    return _("Janji %(payer)s untuk %(category)s lewat jatuh tempo %(days)s hari; belum dibayar Rp%(left)s.")


def _soon() -> str:
    return _("Janji %(payer)s untuk %(category)s jatuh tempo pada %(day)s; belum dibayar Rp%(left)s.")


def _told(row: Pledge, kind: AlertKind, sentence: str, late: int) -> EndingSoon:
    paid: int = vars(row)["paid"]
    told = {
        "payer": shown(str(row.institution or row.funding)),
        "category": row.category,
        "day": day_name(row.due_on),
        "days": late,
        "left": grouped(row.amount - paid),
    }
    url = address("region_pledges", row.region_id, year=row.year)
    return EndingSoon(kind, row.region, sentence % told, url)
