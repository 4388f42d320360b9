"""Counting several rows as one person, and parting them again."""

import pghistory
from django.db import transaction
from django.db.models import F, Q
from django.utils.timezone import now
from django.utils.translation import gettext as _

from participants.enums import CandidateState, EnrolmentState
from participants.models import DuplicateCandidate, Enrolment, Participant
from participants.services.persons.family import lock_family
from regions.access import require
from regions.enums import Verb
from regions.errors import ChangedMeanwhile, FactRefused, OutsideScope, Problem
from regions.models import User
from regions.roles import Permission
from regions.services.act import counted_months, record_act
from regions.services.change import record_changes

_COUNTED = (EnrolmentState.ACTIVE, EnrolmentState.ENDED)


@transaction.atomic
def merge_participants(
    *, keep: int, other: int, keep_revision: int, other_revision: int, by: User, reason: str
) -> Participant:
    """Make `other` and all that was merged into it point to `keep`; spells stay with the row they came on.

    Rows never chain: a row that is itself merged stands for the person it was merged into. Raises
    OutsideScope, NotPermitted, ChangedMeanwhile when a row is not the one the officer saw, FactRefused.
    """
    kept, moved = _pair(keep, other, by=by)
    for row, revision in ((kept, keep_revision), (moved, other_revision)):
        if row.revision != revision:
            raise ChangedMeanwhile(row)
    target, source = kept.merged_into or kept, moved.merged_into or moved
    _refuse_unless_two(target, source, reason)
    family = _family(source)
    _point(family, to=target.pk, by=by, reason=reason)
    _decide(target, source, by=by, reason=reason)
    _note(Verb.MERGED, source, target, family, by=by, reason=reason)
    return target


@transaction.atomic
def unmerge_participant(*, pk: int, by: User, reason: str) -> Participant:
    """Make a merged row a person of its own again, with the rows that had been merged into it before."""
    row = lock_family([pk]).get(pk)
    if row is None:
        raise OutsideScope(pk)
    require(by, Permission.DECIDE_PERSONS, row.region_id)
    target = row.merged_into
    if target is None:
        raise _refused(_("Orang ini tidak sedang digabung. Muat ulang halamannya."))
    if not reason.strip():
        raise _no_reason()
    followers = [pk for pk in _family(target) if pk not in {target.pk, row.pk} and _came_with(pk, row.pk)]
    _point([row.pk], to=None, by=by, reason=reason)
    _point(followers, to=row.pk, by=by, reason=reason)
    _reopen(row, target)
    _note(Verb.UNMERGED, row, target, [row.pk, *followers], by=by, reason=reason)
    row.refresh_from_db()
    return row


def _pair(keep: int, other: int, *, by: User) -> tuple[Participant, Participant]:
    rows = lock_family([keep, other])
    for pk in (keep, other):
        if pk not in rows:
            raise OutsideScope(pk)
        require(by, Permission.DECIDE_PERSONS, rows[pk].region_id)
    return rows[keep], rows[other]


def _family(root: Participant) -> list[int]:
    rows = Participant.objects.filter(Q(pk=root.pk) | Q(merged_into=root))
    return list(rows.order_by("pk").values_list("pk", flat=True))


def _point(pks: list[int], *, to: int | None, by: User, reason: str) -> None:
    with pghistory.context(user=by.pk, reason=reason):
        Participant.objects.filter(pk__in=pks).update(
            merged_into=to, revision=F("revision") + 1, changed_at=now()
        )


def _came_with(pk: int, root: int) -> bool:
    """Whether the row was merged into `root` and only moved on with it; the history knows."""
    history = Participant.pgh_event_model.objects.filter(pgh_obj_id=pk)  # type: ignore[attr-defined]
    alone = history.filter(merged_into=None).order_by("-pgh_id").values_list("pgh_id", flat=True).first()
    return bool(history.filter(merged_into_id=root, pgh_id__gt=alone or 0).exists())


def _decide(target: Participant, source: Participant, *, by: User, reason: str) -> None:
    _candidates(target, source).update(
        state=CandidateState.SAME, decided_by=by, decided_at=now(), decision_reason=reason[:250]
    )


def _reopen(row: Participant, target: Participant) -> None:
    """What was taken for one person is to be looked at again."""
    _candidates(row, target).filter(state=CandidateState.SAME).update(
        state=CandidateState.OPEN, decided_by=None, decided_at=None, decision_reason=""
    )


def _candidates(one: Participant, two: Participant):  # type: ignore[no-untyped-def]
    first, second = sorted([one.pk, two.pk])
    return DuplicateCandidate.objects.filter(first=first, second=second)


def _note(
    verb: Verb, source: Participant, target: Participant, family: list[int], *, by: User, reason: str
) -> None:
    """The ledger, and the months whose distinct persons are now others."""
    spells = Enrolment.objects.filter(participant__in=[*family, target.pk], state__in=_COUNTED)
    spans = list(spells.order_by("first_month").values_list("region_id", "first_month", "last_month"))
    # Whether two rows are one person is no fact of a month: locked months keep the count they closed with.
    record_changes(((code, (first, last)) for code, first, last in spans), report=None)
    subject = _("orang nomor %(source)s dan %(target)s") % {"source": source.pk, "target": target.pk}
    record_act(
        by=by,
        verb=verb,
        subject=subject,
        region_code=source.region_id,
        detail={
            "reason": reason,
            "rows": len(family),
            "counted_months": counted_months([span[1:] for span in spans]),
        },
    )


def _refuse_unless_two(target: Participant, source: Participant, reason: str) -> None:
    if target.pk == source.pk:
        raise _refused(_("Kedua catatan ini sudah digabung. Muat ulang halamannya."))
    if target.region_id != source.region_id:
        raise _refused(
            _(
                "Hanya data peserta dari wilayah yang sama yang dapat digabung; data wilayah lain "
                "dikelola wilayah tersebut."
            )
        )
    if not reason.strip():
        raise _no_reason()


def _no_reason() -> FactRefused:
    message = _("Tulis alasannya, misalnya “KTP sudah diperiksa, orangnya sama”.")
    return FactRefused([Problem(0, "reason", message)])


def _refused(message: str) -> FactRefused:
    return FactRefused([Problem(0, "", message)])
