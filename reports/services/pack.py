"""Asking for packs, and what people write into them."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from budgets.models import Reconciliation
from budgets.selectors.reconciliation import get_reconciliation
from regions.access import get_region
from regions.enums import Level, Verb
from regions.errors import ChangedMeanwhile, OutsideScope
from regions.models import User
from regions.personal_numbers import masked_inside
from regions.roles import Permission
from regions.services.act import record_act
from reports.models import Document, JobState, PackDownload, PackFile, PackJob, PackText
from reports.models.pack_job import JOB_AT_WORK
from reports.pack.period import Period, PeriodKind
from reports.selectors.standing import require_all_told, require_told


@transaction.atomic
def ask_pack(
    *,
    region_code: str,
    period: Period,
    by: User,
    document: Document = Document.PACK,
    origin: str = "",
    language: str = settings.LANGUAGE_CODE,
) -> PackJob:
    """A worker makes it. Asked again while it waits, it is the same wish.

    `origin` is where the site was reached; without it the configured address is printed.

    Raises OutsideScope or NotPermitted, and MonthNotClosed for who sees closed months only.
    """
    region = get_region(by, region_code, Permission.MAKE_PACK)
    if region.level > Level.REGENCY:
        raise OutsideScope(region_code)
    if document == Document.BUNDLE:
        require_all_told(by, region, *period.months)
    else:
        require_told(by, region, *period.months)
    return queue_job(
        region_code=region_code,
        period=period,
        by=by,
        document=document,
        origin=origin,
        language=language,
    )


@transaction.atomic
def ask_reconciliation_record(*, pk: int, by: User, origin: str = "") -> PackJob:
    """A person who sees a reconciliation may have it on paper. Raises OutsideScope."""
    made = get_reconciliation(by, pk)
    if made is None or not made.code:
        # Nothing has been compared yet: there is no document to sign.
        raise OutsideScope(pk)
    period = Period(PeriodKind.MONTH, made.month)
    return queue_job(
        region_code=made.region_id,
        period=period,
        by=by,
        document=Document.RECONCILIATION,
        reconciliation=made,
        origin=origin,
    )


def queue_job(
    *,
    region_code: str,
    period: Period,
    by: User,
    document: Document,
    reconciliation: Reconciliation | None = None,
    origin: str = "",
    language: str = settings.LANGUAGE_CODE,
) -> PackJob:
    """Without asking who may: for what somebody was allowed to ask as a whole."""
    job, made = PackJob.objects.get_or_create(
        document=document,
        region_id=region_code,
        kind=period.kind,
        first_month=period.first,
        reconciliation=reconciliation,
        language=language,
        state__in=JOB_AT_WORK,
        defaults={"asked_by": by, "asked_at": now(), "state": JobState.WAITING, "origin": origin},
    )
    if made:
        record_act(
            by=by,
            verb=Verb.RECORDED,
            subject=f"{Document(document).label}: {period.label}",
            region_code=region_code,
        )
    return job


@transaction.atomic
def cancel_job(*, pk: int, by: User) -> PackJob:
    """What waits is gone at once; what is being made stops at its next phase.

    Raises OutsideScope or NotPermitted.
    """
    job = PackJob.objects.select_for_update().get(pk=pk)
    get_region(by, job.region_id, Permission.MAKE_PACK)
    if not job.is_at_work:
        return job
    waiting = PackJob.objects.filter(bundles=job, state=JobState.WAITING, asked_by=job.asked_by)
    for part in [*waiting, job]:
        if part.state == JobState.WAITING or part.document == Document.BUNDLE:
            part.state, part.finished_at = JobState.CANCELLED, now()
        part.cancel_asked = True
        part.save(update_fields=["state", "finished_at", "cancel_asked"])
    return job


@transaction.atomic
def write_text(
    *, region_code: str, period: Period, words: Mapping[str, str], revision: int, by: User
) -> PackText:
    """The words of the next version. Raises OutsideScope, NotPermitted, or ChangedMeanwhile."""
    get_region(by, region_code, Permission.MAKE_PACK)
    place: dict[str, Any] = {"region_id": region_code, "kind": period.kind, "first_month": period.first}
    start = {"changed_by": by, "changed_at": now(), "revision": 0}
    row, _made = PackText.objects.select_for_update().get_or_create(**place, defaults=start)
    if row.revision != revision:
        raise ChangedMeanwhile(row)
    words = masked_inside(dict(words))
    changed = [name for name, value in words.items() if getattr(row, name) != value]
    if not changed and row.revision:
        return row
    for name in changed:
        setattr(row, name, words[name])
    row.revision, row.changed_by, row.changed_at = row.revision + 1, by, now()
    row.save()
    # Who signs and what was written stays out of the ledger: only which parts were touched.
    record_act(
        by=by,
        verb=Verb.CORRECTED,
        subject=_("teks paket monev, %s") % period.label,
        region_code=region_code,
        detail={"changed": changed},
    )
    return row


@transaction.atomic
def note_download(file: PackFile, *, by: User) -> PackDownload:
    pack = file.pack
    record_act(
        by=by,
        verb=Verb.EXPORTED,
        subject=_("paket %(code)s (%(face)s)") % {"code": pack.printed_code, "face": file.get_face_display()},
        region_code=pack.region_id,
    )
    return PackDownload.objects.create(file=file, by=by, at=now())
