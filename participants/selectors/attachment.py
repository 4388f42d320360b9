"""Documents of a subject, and those of many facts at once."""

from collections import defaultdict
from collections.abc import Collection
from typing import Any

from django.db.models import Q, QuerySet

from participants.models import Attachment
from participants.selectors.attachment_subject import AttachmentSubject, find_subject
from regions.cipher import unseal_bytes
from regions.errors import OutsideScope
from regions.models import User

# Kind and number of a fact.
FactKey = tuple[str, str]


def list_attachments(subject: AttachmentSubject) -> QuerySet[Attachment]:
    rows = Attachment.objects.filter(kind=subject.kind, subject=subject.key).defer("content_sealed")
    return rows.select_related("added_by")


def attachments_of_region(region_code: str) -> QuerySet[Attachment]:
    """Of whatever belongs to the region itself, newest first; who asks must see the subject of each."""
    rows = Attachment.objects.filter(region=region_code).defer("content_sealed")
    return rows.select_related("added_by").order_by("-pk")


def list_removed(subject: AttachmentSubject) -> list[Any]:
    """Documents that were here, newest removal first, each with who removed it and why."""
    events = Attachment.pgh_event_model.objects.filter(  # type: ignore[attr-defined]
        kind=subject.kind, subject=subject.key
    )
    found = list(events.select_related("pgh_context").order_by("-pgh_id"))
    said = [event.pgh_context.metadata if event.pgh_context else {} for event in found]
    people = User.objects.in_bulk([one["user"] for one in said if one.get("user")])
    for event, one in zip(found, said, strict=True):
        event.removed_by = people.get(one.get("user"))
        event.reason = one.get("reason", "")
    return found


def get_attachment(user: User, pk: int) -> tuple[Attachment, AttachmentSubject]:
    """A document and what it belongs to. Raises OutsideScope or NotPermitted."""
    row = Attachment.objects.defer("content_sealed").filter(pk=pk).first()
    if row is None:
        raise OutsideScope(pk)
    return row, find_subject(user, row.kind, row.subject)


def content_of_attachment(row: Attachment) -> bytes:
    return unseal_bytes(Attachment.objects.values_list("content_sealed", flat=True).get(pk=row.pk))


def attachments_of_facts(keys: Collection[FactKey]) -> dict[FactKey, list[Attachment]]:
    """One question for all of them; who asks sees these facts already."""
    if not keys:
        return {}
    by_kind: dict[str, set[str]] = defaultdict(set)
    for kind, subject in keys:
        by_kind[kind].add(subject)
    wanted = Q()
    for kind, subjects in by_kind.items():
        wanted |= Q(kind=kind, subject__in=subjects)
    found: dict[FactKey, list[Attachment]] = defaultdict(list)
    for row in Attachment.objects.filter(wanted).defer("content_sealed"):
        found[row.kind, row.subject].append(row)
    return dict(found)
