"""What a worker does with wishes for packs, so that any worker may die at any moment and another goes on.

A wish at work is a row that says so; whoever works on it holds a lock that ends with the connection. The
files come into the database in one transaction with the pack: there is never half of one.
"""

import hashlib
import logging
import time
from collections.abc import Callable

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import override

from regions.advisory_lock import AdvisoryLock
from regions.enums import Level
from regions.month import last_day
from regions.selectors.region import list_regions
from regions.services.advisory_lock import lock_region, work_lock
from reports.models import Document, Face, JobPhase, JobState, Pack, PackFile, PackJob
from reports.models.pack_job import JOB_AT_WORK
from reports.pack.assembly import assembled
from reports.pack.content import PackContent, to_json
from reports.pack.faces.docx import render_docx
from reports.pack.faces.pdf import render_pdf
from reports.pack.faces.pptx import render_pptx
from reports.pack.faces.xlsx import render_xlsx
from reports.selectors.packs.closing_record import gather_closing
from reports.selectors.packs.content import gather_pack
from reports.selectors.packs.reconciliation_record import gather_reconciliation
from reports.selectors.packs.template import template_for
from reports.services.pack import queue_job

log = logging.getLogger(__name__)
MOST_ATTEMPTS = 5
# What one pack of four files takes: gathering, four faces, storing.
_STEPS = 6


class JobCancelled(Exception):
    """Somebody asked to stop."""


def work_on_packs(*, seconds: float = 3600) -> int:
    """Make what waits, single ones before those of a bundle; the number of wishes worked on.

    Safe to run twice at once. After `seconds` no other is begun: the worker has more to do than packs.
    """
    deadline, worked = time.monotonic() + seconds, 0
    for pk in _waiting():
        if worked and time.monotonic() > deadline:
            break
        with work_lock(AdvisoryLock.PACK_WORK, pk) as held:
            if held:
                worked += _work(pk)
    for pk in _waiting(document=Document.BUNDLE):
        with work_lock(AdvisoryLock.PACK_WORK, pk) as held:
            if held:
                _count_parts(pk)
    return worked


def _waiting(**more: str) -> list[int]:
    part = Exists(PackJob.objects.filter(parts=OuterRef("pk")))
    rows = PackJob.objects.filter(state__in=JOB_AT_WORK, **more).annotate(is_part=part)
    return list(rows.order_by("is_part", "pk").values_list("pk", flat=True))


def _work(pk: int) -> bool:
    job = _begin(pk)
    if job is None:
        return False
    if job.attempts > MOST_ATTEMPTS:
        _finish(job, JobState.FAILED, failure=_given_up())
    elif job.document == Document.BUNDLE:
        _ask_parts(job)
    else:
        try:
            # Documents are in Indonesian whoever asks, and whatever the worker's own language.
            with override(settings.LANGUAGE_CODE):
                _make(job)
        except JobCancelled:
            _finish(job, JobState.CANCELLED)
        except (ValueError, RuntimeError) as error:
            # What the typesetter or a template refuses it refuses again: trying once more is no help.
            log.exception("pack job %s failed", job.pk)
            told = _("Tidak dapat disusun: %s. Sampaikan nomor pembuatan ini kepada administrator.")
            _finish(job, JobState.FAILED, failure=(told % str(error)[:250]))
    return True


@transaction.atomic
def _begin(pk: int) -> PackJob | None:
    """The wish marked as being worked on; None if it needs no work any more."""
    job = PackJob.objects.select_for_update(of=("self",)).select_related("region", "asked_by").get(pk=pk)
    if not job.is_at_work or (job.document == Document.BUNDLE and job.parts.exists()):
        return None
    job.state, job.attempts = JobState.WORKING, job.attempts + 1
    job.done, job.total = 0, _STEPS
    job.began_at = job.heartbeat_at = now()
    job.save()
    return job


def _step(job: PackJob, phase: JobPhase) -> None:
    """A sign of life, seen at once by whoever watches. Raises JobCancelled."""
    job.phase, job.heartbeat_at = phase, now()
    PackJob.objects.filter(pk=job.pk).update(phase=phase, done=job.done, heartbeat_at=job.heartbeat_at)
    job.done += 1
    if PackJob.objects.filter(pk=job.pk, cancel_asked=True).exists():
        raise JobCancelled


def _make(job: PackJob) -> None:
    _step(job, JobPhase.GATHERING)
    content = gathered(job)
    known = Pack.objects.filter(sha256=content.sha256).first()
    if known is not None:
        _finish(job, JobState.READY, pack=known)
        return
    files = {}
    for face, render in faces_of(job, content).items():
        _step(job, JobPhase(face.value))
        files[face] = render(content)
    _step(job, JobPhase.STORING)
    _finish(job, JobState.READY, pack=store_pack(job, content, files))


def gathered(job: PackJob) -> PackContent:
    content = _told(job)
    if settings.EXAMPLE_DATA:
        content.warning = _("Data contoh, sebagian rekaan")
    return content


def _told(job: PackJob) -> PackContent:
    if job.document == Document.CLOSING:
        return gather_closing(job.region, job.first_month)
    if job.reconciliation:
        return gather_reconciliation(job.reconciliation)
    return assembled(gather_pack(job.region, job.period))


def faces_of(job: PackJob, content: PackContent) -> dict[Face, Callable[[PackContent], bytes]]:
    if job.document != Document.PACK:
        return {Face.PDF: render_pdf}
    typst, word = (template_for(job.region_id, face) for face in (Face.PDF, Face.DOCX))
    return {
        Face.PDF: lambda one: render_pdf(one, typst),
        Face.XLSX: render_xlsx,
        Face.DOCX: lambda one: render_docx(one, word),
        Face.PPTX: render_pptx,
    }


@transaction.atomic
def store_pack(job: PackJob, content: PackContent, files: dict[Face, bytes]) -> Pack:
    """All files or none; equal content that another worker has just stored is that pack."""
    lock_region(AdvisoryLock.PACK_STORE, job.region_id)
    known = Pack.objects.filter(sha256=content.sha256).first()
    if known is not None:
        return known
    same = Pack.objects.filter(
        document=job.document,
        region=job.region,
        kind=job.kind,
        first_month=job.first_month,
        reconciliation=job.reconciliation,
    )
    last = same.order_by("-version").values_list("version", flat=True).first() or 0
    pack = Pack.objects.create(
        code=content.code,
        document=job.document,
        reconciliation=job.reconciliation,
        region=job.region,
        kind=job.kind,
        first_month=job.first_month,
        version=last + 1,
        is_draft=content.is_draft,
        sha256=content.sha256,
        content=to_json(content),
        made_at=now(),
    )
    PackFile.objects.bulk_create(
        PackFile(pack=pack, face=face, content=made, size=len(made), sha256=hashlib.sha256(made).hexdigest())
        for face, made in files.items()
    )
    return pack


def _ask_parts(job: PackJob) -> None:
    """A pack of the region itself and of every one just below; what is being made already is waited for."""
    with transaction.atomic():
        level = Level(min(job.region.level + 1, Level.REGENCY))
        places = list_regions(level, last_day(job.period.last))
        inside = [job.region, *places.filter(parent=job.region)]
        parts = [
            queue_job(region_code=one.code, period=job.period, by=job.asked_by, document=Document.PACK)
            for one in inside
        ]
        job.parts.set(parts)
        PackJob.objects.filter(pk=job.pk).update(
            phase=JobPhase.PARTS, total=len(parts), done=0, heartbeat_at=now()
        )


def _count_parts(pk: int) -> None:
    job = PackJob.objects.get(pk=pk)
    states = list(job.parts.values_list("state", flat=True))
    if not states:
        return
    done = sum(state not in JOB_AT_WORK for state in states)
    if done < len(states):
        PackJob.objects.filter(pk=pk).update(done=done, heartbeat_at=now())
        return
    bad = sum(state != JobState.READY for state in states)
    job.done = done
    if bad == len(states):
        _finish(job, JobState.FAILED, failure=_("Tidak satu pun paket wilayah selesai."))
        return
    told = _("%(bad)s paket wilayah tidak selesai.") % {"bad": bad} if bad else ""
    _finish(job, JobState.READY, failure=told)


def _finish(job: PackJob, state: JobState, *, pack: Pack | None = None, failure: str = "") -> None:
    done = job.total if state == JobState.READY else job.done
    PackJob.objects.filter(pk=job.pk, state__in=JOB_AT_WORK).update(
        state=state, pack=pack, failure=failure, done=done, finished_at=now(), heartbeat_at=now()
    )


def _given_up() -> str:
    return _("Gagal %(count)s kali. Sampaikan nomor pembuatan ini kepada administrator.") % {
        "count": MOST_ATTEMPTS
    }
