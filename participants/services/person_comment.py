"""Remarks on a person: written, and settled once they are dealt with."""

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from participants.errors import PersonRefused
from participants.models import Comment, Participant
from participants.nik import mask_digits
from regions.access import require
from regions.enums import Verb
from regions.models import User
from regions.roles import Permission
from regions.services.act import record_act


@transaction.atomic
def comment_on_person(*, participant_id: int, text: str, by: User) -> Comment:
    """Raises PersonRefused for an empty remark, OutsideScope or NotPermitted."""
    person = Participant.objects.get(pk=participant_id)
    require(by, Permission.VIEW_PERSONS, person.region_id)
    words = mask_digits(text.strip())
    if not words:
        raise PersonRefused(_("Tulis komentarnya."))
    if len(words) > 500:
        raise PersonRefused(_("Komentar paling panjang 500 huruf. Ringkas dahulu."))
    comment = Comment.objects.create(
        region_id=person.region_id, participant=person, text=words, entered_by=by
    )
    _record(comment, Verb.RECORDED, by)
    return comment


@transaction.atomic
def settle_comment(*, participant_id: int, pk: int, by: User) -> Comment:
    """Settling twice is once. Raises PersonRefused where there is no such remark on the person."""
    comment = (
        Comment.objects.select_for_update(of=("self",)).filter(pk=pk, participant=participant_id).first()
    )
    if comment is None:
        raise PersonRefused(_("Komentar ini tidak ada lagi. Muat ulang halamannya."))
    require(by, Permission.ENTER_PERSONS, comment.region_id)
    if comment.settled_at is None:
        comment.settled_by, comment.settled_at = by, now()
        comment.save(update_fields=["settled_by", "settled_at"])
        _record(comment, Verb.CORRECTED, by)
    return comment


def _record(comment: Comment, verb: Verb, by: User) -> None:
    record_act(
        by=by,
        verb=verb,
        subject=f"{Comment._meta.verbose_name} #{comment.pk}",
        region_code=comment.region_id,
        detail={"person": comment.participant_id},
    )
