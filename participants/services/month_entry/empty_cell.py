"""Reasons why a number of a month stays empty."""

from collections.abc import Iterable
from datetime import date

import pghistory
from django.db import transaction
from django.utils.translation import gettext as _

from participants.enums import EmptyReason
from participants.models import EmptyCell
from participants.month_entry_key import MonthEntryKey
from participants.nik import mask_digits
from participants.selectors.institution_category import require_figure
from participants.selectors.month_entry.cells import get_stored_value, label_keys
from regions.enums import Verb
from regions.errors import FactRefused, Problem
from regions.models import User
from regions.month_rules import month_problem
from regions.number import grouped
from regions.services.act import record_act
from regions.services.month_lock import demand_open

Place = tuple[str, date, MonthEntryKey]


@transaction.atomic
def leave_empty(
    *, by: User, region_code: str, month: date, key: MonthEntryKey, reason: EmptyReason, note: str = ""
) -> EmptyCell:
    """Say why a figure stays empty. Raises FactRefused where it holds a number or the month is locked."""
    require_figure(by, region_code, key)
    words = mask_digits(note.strip())
    problems = [*month_problem(0, month), *_unfit(region_code, month, key, reason, words)]
    if problems:
        raise FactRefused(problems)
    demand_open([(region_code, (month, month))], key.report)
    with pghistory.context(user=by.pk):
        row, _created = EmptyCell.objects.update_or_create(
            region_id=region_code,
            month=month,
            cell=str(key),
            defaults={"reason": reason, "note": words, "entered_by": by},
        )
    _tell(row, by, reason=str(reason))
    return row


@transaction.atomic
def clear_empty(*, by: User, region_code: str, month: date, key: MonthEntryKey) -> None:
    """Take back a reason: the figure counts as missing again. Raises FactRefused in a locked month."""
    require_figure(by, region_code, key)
    demand_open([(region_code, (month, month))], key.report)
    row = EmptyCell.objects.filter(region_id=region_code, month=month, cell=str(key)).first()
    if row is not None:
        with pghistory.context(user=by.pk):
            row.delete()
        _tell(row, by, reason="")


def drop_reasons(places: Iterable[Place], *, by: User) -> None:
    """A number arrived: nothing is empty there any more."""
    wanted = {(code, month, str(key)) for code, month, key in places}
    if not wanted:
        return
    codes, months, cells = (set(column) for column in zip(*wanted, strict=True))
    rows = EmptyCell.objects.filter(region__in=codes, month__in=months, cell__in=cells)
    gone = [row.pk for row in rows if (row.region_id, row.month, row.cell) in wanted]
    if gone:
        with pghistory.context(user=by.pk):
            EmptyCell.objects.filter(pk__in=gone).delete()


def _unfit(
    region_code: str, month: date, key: MonthEntryKey, reason: EmptyReason, note: str
) -> Iterable[Problem]:
    stored = get_stored_value(region_code, month, key)
    if stored is not None:
        sentence = _("Sel ini berisi %(number)s. Hapus dahulu angkanya dengan mengetik HAPUS di selnya.")
        yield Problem(0, "reason", sentence % {"number": grouped(stored)})
    if reason == EmptyReason.OTHER and not note:
        yield Problem(0, "note", _("Tulis sebabnya, karena “sebab lain” dipilih."))


def _tell(row: EmptyCell, by: User, *, reason: str) -> None:
    key = MonthEntryKey.parse(row.cell)
    record_act(
        by=by,
        verb=Verb.RECORDED if reason else Verb.CORRECTED,
        subject=f"{EmptyCell._meta.verbose_name} – {label_keys([key]).get(key, row.cell)}",
        region_code=row.region_id,
        detail={"reason": reason} if reason else {"deleted": True},
        months=[row.month],
    )
