"""Packs that were issued, and the work on those that are wished for."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q, QuerySet
from django.utils.timezone import now

from regions.access import require, sees_all_drafts, within
from regions.models import Region, User
from regions.models.region import NATION
from regions.roles import Permission
from reports.models import Document, JobState, Pack, PackDownload, PackFile, PackJob
from reports.models.pack_job import JOB_AT_WORK
from reports.pack.code import typed_code
from reports.pack.period import PeriodKind

_LEAST_OF_A_CODE = 4


def told_packs(user: User, at: str = "") -> Q:
    """Those of the user's regions; drafts for those who see months that are not closed."""
    seen = within(user, field=f"{at}region")
    if sees_all_drafts(user):
        return seen
    return seen & (
        Q(**{f"{at}is_draft": False}) | within(user, field=f"{at}region", permission=Permission.VIEW_DRAFTS)
    )


def list_packs(user: User, *, region_code: str = "") -> QuerySet[Pack]:
    """Newest first, without their contents, where the user may see coverage."""
    rows = Pack.objects.filter(told_packs(user)).defer("content")
    if region_code and region_code != NATION:
        rows = rows.filter(region_id=region_code) | rows.filter(region__code__startswith=f"{region_code}.")
    return rows.select_related("region").order_by("-pk")


def get_pack(user: User, code: str) -> Pack | None:
    rows = Pack.objects.filter(told_packs(user), code=code).select_related("region", "reconciliation")
    return rows.first()


def list_month_documents(user: User, region: Region, month: date) -> QuerySet[Pack]:
    """Records and packs of one month of a region, newest first."""
    rows = Pack.objects.filter(told_packs(user), region=region, kind=PeriodKind.MONTH, first_month=month)
    return rows.defer("content").order_by("-pk")[:10]


def search_packs(user: User, text: str) -> QuerySet[Pack]:
    """By the code in the foot of their pages, or its beginning."""
    code = typed_code(text)
    rows = list_packs(user)
    return rows.filter(code__startswith=code) if len(code) >= _LEAST_OF_A_CODE else rows.none()


def list_files(pack: Pack) -> QuerySet[PackFile]:
    return pack.files.defer("content").order_by("pk")


def get_file(pack: Pack, face: str) -> PackFile | None:
    return pack.files.filter(face=face).select_related("pack__region").first()


def list_versions(pack: Pack) -> QuerySet[Pack]:
    rows = Pack.objects.filter(
        document=pack.document,
        region=pack.region_id,
        kind=pack.kind,
        first_month=pack.first_month,
        reconciliation=pack.reconciliation_id,
        language=pack.language,
    )
    return rows.defer("content").order_by("-version")


def list_downloads(pack: Pack) -> QuerySet[PackDownload]:
    rows = PackDownload.objects.filter(file__pack=pack).select_related("by", "file").defer("file__content")
    return rows.order_by("-pk")[:50]


def list_askers(pack: Pack) -> QuerySet[PackJob]:
    return pack.jobs.select_related("asked_by").order_by("pk")[:20]


def list_jobs(user: User) -> QuerySet[PackJob]:
    """Requests that are not done, and those that failed lately."""
    recent = now() - timedelta(days=2)
    rows = PackJob.objects.filter(within(user), pack=None, asked_at__gte=recent, bundles=None)
    rows = rows.exclude(state=JobState.READY)
    return rows.select_related("region", "asked_by").order_by("-pk")[:20]


def list_bundles(user: User) -> QuerySet[PackJob]:
    """Archives that are ready to be taken."""
    rows = PackJob.objects.filter(within(user), document=Document.BUNDLE, state=JobState.READY)
    return rows.select_related("region", "asked_by").order_by("-pk")[:20]


def list_pack_regions(user: User) -> QuerySet[Region]:
    """Regions of which there are packs that the user may see."""
    return Region.objects.filter(pk__in=Pack.objects.filter(told_packs(user)).values("region")).order_by(
        "code"
    )


def get_job(user: User, pk: int) -> PackJob | None:
    return PackJob.objects.filter(within(user), pk=pk).select_related("region", "asked_by", "pack").first()


@dataclass(frozen=True)
class JobPage:
    job: PackJob
    is_silent: bool
    parts: list[PackJob]


def get_job_page(job: PackJob) -> JobPage:
    silent = job.state in JOB_AT_WORK and job.is_silent(job.asked_at)
    parts = job.parts.select_related("region", "pack").defer("pack__content").order_by("region_id")
    return JobPage(job, silent, list(parts))


def files_of_bundle(user: User, job: PackJob) -> QuerySet[PackFile]:
    """Every file of every pack of a bundle; the user must see the region above them all."""
    require(user, Permission.VIEW_COVERAGE, job.region_id)
    rows = PackFile.objects.filter(told_packs(user, "pack__"), pack__jobs__bundles=job).distinct()
    return rows.select_related("pack__region").order_by("pack__region_id", "pk")
