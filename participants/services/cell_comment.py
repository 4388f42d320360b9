from datetime import date

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from participants.models import Comment
from participants.nik import mask_digits
from regions.access import require
from regions.enums import Verb
from regions.errors import FactRefused, OutsideScope, Problem
from regions.models import User
from regions.roles import Permission
from regions.services.act import record_act


@transaction.atomic
def comment_on_cell(
    *, by: User, region_code: str, month: date, category: str, funding: str, text: str
) -> Comment:
    """Remark on a category's number of persons in a month. Raises FactRefused for an empty remark."""
    require(by, Permission.ENTER_PERSONS, region_code)
    if not text.strip():
        raise FactRefused([Problem(0, "text", _("Tulis komentarnya."))])
    comment = Comment.objects.create(
        region_id=region_code,
        month=month,
        category_id=category,
        funding_id=funding,
        text=mask_digits(text.strip()),
        entered_by=by,
    )
    subject = _("komentar #%(number)s") % {"number": comment.pk}
    record_act(by=by, verb=Verb.RECORDED, subject=subject, region_code=region_code)
    return comment


@transaction.atomic
def settle_cell_comment(*, by: User, pk: int) -> Comment:
    """Settled once: who did it first is kept."""
    comment = Comment.objects.select_for_update().filter(pk=pk, month__isnull=False).first()
    if comment is None:
        raise OutsideScope(pk)
    require(by, Permission.ENTER_PERSONS, comment.region_id)
    if comment.settled_at is None:
        comment.settled_by, comment.settled_at = by, now()
        comment.save()
        subject = _("komentar #%(number)s selesai") % {"number": comment.pk}
        record_act(by=by, verb=Verb.CORRECTED, subject=subject, region_code=comment.region_id)
    return comment
