"""What was said of one figure of a month, and who wrote it last."""

from datetime import date, datetime

from django.db.models import F
from django.utils.timezone import localtime

from participants.models import Comment, Headcount, MembershipCount
from participants.month_entry_key import MonthEntryKey, Section
from participants.programme_set import usual_programmes


def list_month_entry_comments(code: str, month: date, key: MonthEntryKey) -> list[Comment]:
    """Remarks on a figure, the open ones first. Ask `entered_sections` before."""
    rows = Comment.objects.filter(
        region_id=code,
        month=month,
        segment=key.segment or None,
        category=key.category or None,
        funding=key.funding or None,
    )
    rows = rows.select_related("entered_by", "settled_by")
    return list(rows.order_by(F("settled_at").desc(nulls_first=True), "-pk"))


def last_hand(code: str, month: date, key: MonthEntryKey) -> tuple[str, datetime] | None:
    """Who wrote a figure last, and when; None where it is gone."""
    row: MembershipCount | Headcount | None
    if key.section == Section.MEMBERS:
        counted = MembershipCount.objects.filter(
            region_id=code, month=month, segment=key.segment, programmes=usual_programmes()
        )
        row = counted.select_related("entered_by").first()
    else:
        people = Headcount.objects.filter(region_id=code, month=month, category=key.category)
        row = people.filter(funding=key.funding).select_related("entered_by").first()
    return (str(row.entered_by), localtime(row.changed_at)) if row else None
