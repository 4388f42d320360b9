"""What the fields that an office added to its months hold: written while the month is open."""

from collections.abc import Mapping
from datetime import date

import pghistory
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from participants.enums import ExtraAbout
from participants.importers.extra import read_extras
from participants.importers.faults import Reason, sentence_of
from participants.models import MonthExtra
from participants.selectors.extra_field import list_fields
from regions.access import get_region
from regions.enums import Level, ReportKind, Verb
from regions.errors import ChangedMeanwhile, FactRefused, OutsideScope, Problem
from regions.models import User
from regions.month_rules import month_problem
from regions.roles import Permission
from regions.services.act import record_act
from regions.services.month_lock import demand_open


@transaction.atomic
def save_month_extra(
    *, region_code: str, month: date, cells: Mapping[str, str], revision: int, by: User
) -> MonthExtra:
    """Take over the cells that are there, by the keys of their fields; a blank one empties its field.

    Raises FactRefused, MonthLocked, ChangedMeanwhile, OutsideScope or NotPermitted.
    """
    region = get_region(by, region_code, Permission.ENTER_HEADCOUNT)
    if region.level > Level.REGENCY:
        raise OutsideScope(region_code)
    fields = {str(one.key): one for one in list_fields(by, region_code, ExtraAbout.MONTH, month)}
    problems = [*month_problem(0, month)]
    problems += [Problem(0, key, _("Isian ini tidak ada.")) for key in sorted(set(cells) - set(fields))]
    said, faults = read_extras([one.spec for one in fields.values()], cells, localdate())
    problems += [Problem(0, str(key), sentence_of(reason)) for key, reason in faults]
    refused = {str(key) for key, _reason in faults}
    for key in cells:
        if key in fields and fields[key].is_required and key not in said.plain and key not in refused:
            problems.append(Problem(0, key, sentence_of(Reason.EXTRA_MISSING)))
    if problems:
        raise FactRefused(problems)
    demand_open([(region_code, (month, month))], ReportKind.HEADCOUNTS)
    names = {key: field.name for key, field in fields.items()}
    return _store(region_code, month, dict(said.plain), set(cells), names, revision=revision, by=by)


def _store(
    code: str,
    month: date,
    plain: dict[str, object],
    given: set[str],
    names: Mapping[str, str],
    *,
    revision: int,
    by: User,
) -> MonthExtra:
    row, is_new = MonthExtra.objects.get_or_create(
        region_id=code, month=month, defaults={"extra": plain, "entered_by": by}
    )
    if not is_new:
        row = MonthExtra.objects.select_for_update(of=("self",)).get(pk=row.pk)
    if revision != (0 if is_new else row.revision):
        raise ChangedMeanwhile(row)
    kept = {key: value for key, value in row.extra.items() if key not in given} | plain
    changed = sorted(key for key in {*kept, *row.extra} if is_new or kept.get(key) != row.extra.get(key))
    if not is_new and not changed:
        return row
    if not is_new:
        row.extra, row.entered_by, row.revision = kept, by, row.revision + 1
        with pghistory.context(user=by.pk):
            row.save()
    record_act(
        by=by,
        verb=Verb.RECORDED if is_new else Verb.CORRECTED,
        subject=str(MonthExtra._meta.verbose_name),
        region_code=code,
        # A key means nothing to a reader; names stay as they were called then.
        detail={"fields": [names.get(key, key) for key in changed]},
        months=[month],
    )
    return row
