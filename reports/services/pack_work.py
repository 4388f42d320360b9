"""What a worker does with requests for packs: gathering, typesetting, storing.

The files come into the database in one transaction with the pack: there is never half of one.
"""

import hashlib
import logging
from collections.abc import Callable, Iterable, Mapping

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import override

from regions.advisory_lock import AdvisoryLock
from regions.enums import Happened, Level
from regions.month import iso_month, last_day
from regions.practice import data_warning
from regions.roles import Permission
from regions.selectors.region import list_regions
from regions.selectors.replica import reading_replica_up_to_now
from regions.services.advisory_lock import lock_region
from regions.services.head import head_to_print
from regions.services.outbox import announce
from regions.services.work_queue import WorkQueue
from reports.models import Document, Face, JobPhase, JobState, Pack, PackFile, PackJob
from reports.models.pack_job import JOB_AT_WORK
from reports.pack.assembly import assembled
from reports.pack.content import PackContent, to_json
from reports.pack.faces.docx import render_docx
from reports.pack.faces.own_layout import set_docx, set_pdf
from reports.pack.faces.pdf import render_pdf, shows
from reports.pack.faces.pptx import render_pptx
from reports.pack.faces.xlsx import render_xlsx
from reports.pack.shown_characters import with_shown_characters
from reports.selectors.packs.closing_record import gather_closing
from reports.selectors.packs.content import gather_pack
from reports.selectors.packs.crest import crest_of
from reports.selectors.packs.reconciliation_record import gather_reconciliation
from reports.selectors.packs.template import template_for
from reports.services.pack import queue_job

log = logging.getLogger(__name__)
# What one pack of four files takes: gathering, four faces, storing.
_STEPS = 6


class JobCancelled(Exception):
    """Somebody asked to stop."""


class PackQueue(WorkQueue[PackJob]):
    """Requests for packs, single ones before those of a bundle."""

    lock = AdvisoryLock.PACK_WORK

    def waiting(self) -> Iterable[int]:
        return _waiting()

    def find(self, pk: int) -> PackJob | None:
        rows = PackJob.objects.select_for_update(of=("self",)).select_related("region", "asked_by")
        job = rows.get(pk=pk)
        is_counted = job.document == Document.BUNDLE and job.parts.exists()
        return job if job.is_at_work and not is_counted else None

    def mark(self, work: PackJob) -> None:
        work.state, work.done, work.total = JobState.WORKING, 0, _STEPS

    def do(self, work: PackJob) -> None:
        if work.document == Document.BUNDLE:
            _ask_parts(work)
            return
        try:
            # In the language that was asked for, whatever the worker's own.
            with override(work.language):
                _make(work)
        except JobCancelled:
            _finish(work, JobState.CANCELLED)
        except (ValueError, RuntimeError):
            # What cannot be told of these figures cannot be told a second time either.
            log.exception("pack job %s failed", work.pk)
            told = _("Tidak dapat disusun. Sampaikan nomor pembuatan ini kepada administrator.")
            _finish(work, JobState.FAILED, failure=told)

    def give_up(self, work: PackJob) -> None:
        told = _("Gagal %(count)s kali. Sampaikan nomor pembuatan ini kepada administrator.")
        _finish(work, JobState.FAILED, failure=told % {"count": self.most_attempts})


class BundleQueue(PackQueue):
    """Bundles whose packs are being made: counted until the last of them is ready."""

    def waiting(self) -> Iterable[int]:
        return _waiting(document=Document.BUNDLE)

    def find(self, pk: int) -> PackJob | None:
        _count_parts(pk)
        return None


def work_on_packs(*, seconds: float = 3600) -> int:
    """Make what waits; the number of requests worked on. After `seconds` no other is begun."""
    worked = PackQueue().run(seconds=seconds)
    BundleQueue().run()
    return worked


def _waiting(**more: str) -> list[int]:
    part = Exists(PackJob.objects.filter(parts=OuterRef("pk")))
    rows = PackJob.objects.filter(state__in=JOB_AT_WORK, **more).annotate(is_part=part)
    return list(rows.order_by("is_part", "pk").values_list("pk", flat=True))


def _step(job: PackJob, phase: JobPhase) -> None:
    """A sign of life, seen at once by those who watch. Raises JobCancelled."""
    job.phase, job.heartbeat_at = phase, now()
    PackJob.objects.filter(pk=job.pk).update(phase=phase, done=job.done, heartbeat_at=job.heartbeat_at)
    job.done += 1
    if PackJob.objects.filter(pk=job.pk, cancel_asked=True).exists():
        raise JobCancelled


def _make(job: PackJob) -> None:
    _step(job, JobPhase.GATHERING)
    with reading_replica_up_to_now():
        content = gathered(job)
    known = Pack.objects.filter(sha256=content.sha256).first()
    if known is not None and not _lacks(known, faces_of(job, content)):
        _finish(job, JobState.READY, pack=known)
        return
    content.ledger_head = head_to_print()
    files, failed = {}, []
    for face, render in faces_of(job, content).items():
        _step(job, JobPhase(face.value))
        try:
            files[face] = render(content)
        except (ValueError, RuntimeError, KeyError, TypeError):
            # What the typesetter or a template refuses it refuses again: trying once more is no help.
            log.exception("face %s of pack job %s failed", face, job.pk)
            failed.append(face)
    if not files:
        _finish(job, JobState.FAILED, failure=_failure(failed))
        return
    _step(job, JobPhase.STORING)
    pack = store_pack(job, content, files)
    _finish(job, JobState.READY, pack=pack, failure=_failure(failed) if failed else "")


def _lacks(pack: Pack, faces: Iterable[Face]) -> set[Face]:
    """Files that failed when the pack was made."""
    return set(faces) - {Face(face) for face in pack.files.values_list("face", flat=True)}


def _failure(failed: list[Face]) -> str:
    return _(
        "Berkas %(faces)s tidak dapat disusun dari templat atau isinya; berkas lain tidak terganggu. "
        "Sampaikan nomor pembuatan ini kepada administrator."
    ) % {"faces": ", ".join(str(face.label) for face in failed)}


def gathered(job: PackJob) -> PackContent:
    content = with_shown_characters(_told(job), shows)
    content.warning = data_warning()
    content.origin = job.origin
    if job.document == Document.PACK:
        content.show_crest(crest_of(job.region_id))
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
        Face.PDF: lambda one: render_pdf(one) if typst is None else set_pdf(one, typst),
        Face.XLSX: render_xlsx,
        Face.DOCX: lambda one: render_docx(one) if word is None else set_docx(one, word),
        Face.PPTX: render_pptx,
    }


@transaction.atomic
def store_pack(job: PackJob, content: PackContent, files: dict[Face, bytes]) -> Pack:
    """All files or none; equal content that another worker has just stored is that pack."""
    lock_region(AdvisoryLock.PACK_STORE, job.region_id)
    known = Pack.objects.filter(sha256=content.sha256).first()
    if known is not None:
        lacking = _lacks(known, files)
        _add_files(known, {face: made for face, made in files.items() if face in lacking})
        return known
    same = Pack.objects.filter(
        document=job.document,
        region=job.region,
        kind=job.kind,
        first_month=job.first_month,
        reconciliation=job.reconciliation,
        language=job.language,
    )
    last = same.order_by("-version").values_list("version", flat=True).first() or 0
    pack = Pack.objects.create(
        code=content.code,
        document=job.document,
        reconciliation=job.reconciliation,
        region=job.region,
        kind=job.kind,
        first_month=job.first_month,
        language=job.language,
        version=last + 1,
        is_draft=content.is_draft,
        sha256=content.sha256,
        content=to_json(content),
        made_at=now(),
        ledger_head=content.ledger_head,
    )
    _add_files(pack, files)
    announce(
        Happened.PACK_MADE,
        region_code=pack.region_id,
        needs=Permission.VIEW_DRAFTS if pack.is_draft else Permission.VIEW_COVERAGE,
        data={
            **{"pack": pack.code, "document": pack.document, "kind": pack.kind},
            **{"month": iso_month(pack.first_month), "version": pack.version, "is_draft": pack.is_draft},
        },
    )
    return pack


def _add_files(pack: Pack, files: Mapping[Face, bytes]) -> None:
    PackFile.objects.bulk_create(
        PackFile(pack=pack, face=face, content=made, size=len(made), sha256=hashlib.sha256(made).hexdigest())
        for face, made in files.items()
    )


def _ask_parts(job: PackJob) -> None:
    """A pack of the region itself and of every one just below; what is being made already is waited for."""
    with transaction.atomic():
        level = Level(min(job.region.level + 1, Level.REGENCY))
        places = list_regions(level, last_day(job.period.last))
        inside = [job.region, *places.filter(parent=job.region)]
        parts = [
            queue_job(
                region_code=one.code,
                period=job.period,
                by=job.asked_by,
                document=Document.PACK,
                origin=job.origin,
                language=job.language,
            )
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
