"""Remarks on a person or on a figure of a month: written, and settled once they are dealt with."""

from datetime import date

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from participants.enums import CountedSegment
from participants.errors import PersonRefused
from participants.models import Comment, Participant
from participants.month_entry_key import MonthEntryKey, Section
from participants.nik import mask_digits
from regions.access import require
from regions.enums import Verb
from regions.errors import FactRefused, OutsideScope, Problem
from regions.models import User
from regions.personal_numbers import has_personal_number
from regions.roles import Permission
from regions.services.act import record_act

_LONGEST = 500


@transaction.atomic
def comment_on_person(*, participant_id: int, text: str, by: User) -> Comment:
    """Raises PersonRefused for an empty remark, OutsideScope or NotPermitted."""
    person = Participant.objects.get(pk=participant_id)
    require(by, Permission.COMMENT, person.region_id)
    words = text.strip()
    if sentence := _unfit(words):
        raise PersonRefused(sentence)
    return _write(Comment(region_id=person.region_id, participant=person, text=words), by)


@transaction.atomic
def comment_on_cell(
    *, by: User, region_code: str, month: date, category: str, funding: str, text: str
) -> Comment:
    """Remark on a category's number of persons in a month. Raises FactRefused for an empty remark."""
    key = MonthEntryKey.headcount(category, funding)
    return comment_on_month_entry(by=by, region_code=region_code, month=month, key=key, text=text)


@transaction.atomic
def comment_on_month_entry(
    *, by: User, region_code: str, month: date, key: MonthEntryKey, text: str, is_follow_up: bool = False
) -> Comment:
    """Remark on a figure of a month, or mark it to be followed up.

    Raises FactRefused for an empty remark, ValueError for figures that take none.
    """
    if key.section not in {Section.MEMBERS, Section.HEADCOUNT}:
        raise ValueError(key.section)
    require(by, key.permission, region_code)
    words = text.strip()
    if sentence := _unfit(words):
        raise FactRefused([Problem(0, "text", sentence)])
    comment = Comment(
        region_id=region_code,
        month=month,
        category_id=key.category or None,
        funding_id=key.funding or None,
        segment=CountedSegment(key.segment) if key.segment else None,
        text=words,
        is_follow_up=is_follow_up,
    )
    return _write(comment, by)


@transaction.atomic
def settle_comment(*, pk: int, by: User, participant_id: int | None = None) -> Comment:
    """Settling twice is once: who did it first is kept.

    Raises OutsideScope where there is no such remark (on the person, where one is named), NotPermitted.
    """
    rows = Comment.objects.select_for_update(of=("self",)).filter(pk=pk)
    comment = rows.filter(participant=participant_id).first()
    if comment is None:
        raise OutsideScope(pk)
    require(by, comment_permission(comment), comment.region_id)
    if comment.settled_at is None:
        comment.settled_by, comment.settled_at = by, now()
        comment.save(update_fields=["settled_by", "settled_at"])
        _note(comment, Verb.CORRECTED, by)
    return comment


def comment_permission(comment: Comment) -> Permission:
    """The permission that settling a remark needs."""
    if comment.participant_id:
        return Permission.ENTER_PERSONS
    return Permission.ENTER_MEMBERSHIP if comment.segment else Permission.ENTER_HEADCOUNT


def _unfit(words: str) -> str:
    if not words:
        return _("Tulis komentarnya.")
    if has_personal_number(words) or mask_digits(words) != words:
        return _(
            "Jangan menulis NIK, KPJ atau nomor telepon di sini: komentar dibaca orang lain. Hapus nomornya; "
            "sebut nama orangnya saja."
        )
    return _("Komentar paling panjang 500 huruf. Ringkas dahulu.") if len(words) > _LONGEST else ""


def _write(comment: Comment, by: User) -> Comment:
    comment.entered_by = by
    comment.save(force_insert=True)
    _note(comment, Verb.RECORDED, by)
    return comment


def _note(comment: Comment, verb: Verb, by: User) -> None:
    record_act(
        by=by,
        verb=verb,
        subject=f"{Comment._meta.verbose_name} #{comment.pk}",
        region_code=comment.region_id,
        detail={"person": comment.participant_id} if comment.participant_id else {},
    )
