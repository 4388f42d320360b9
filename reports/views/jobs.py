from django.core.paginator import Paginator
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from regions.access import require_anywhere, scope_of
from regions.month import iso_month
from regions.roles import Permission
from regions.selectors.replica import ask_replica, has_replica
from regions.signed_in import SignedInRequest
from regions.views.table_file import asked_file, table_file
from reports.selectors.backlog import backlog_by_place, backlog_of, list_failed, runs_by_hour
from reports.selectors.backup import backup_state, list_backups
from reports.selectors.packs.pack import list_jobs
from reports.selectors.recount_finding import recount_summary
from reports.selectors.run import get_heartbeat, list_changes, list_runs, list_waiting
from reports.selectors.wal import wal_state
from reports.services.heartbeat import WORKER
from reports.services.waiting_region import retry_now


@require_safe
def jobs(request: SignedInRequest) -> HttpResponseBase:
    """What the background worker did, what waits for it, and whether it lives."""
    require_anywhere(request.user, Permission.VIEW_JOBS)
    if asked_file(request):
        return _table(request)
    runs = Paginator(list_runs(request.user), 50).get_page(request.GET.get("halaman"))
    waiting, changes = list_waiting(request.user), list_changes(request.user)
    context = {
        "page": runs,
        "waiting": waiting[:50],
        "waiting_count": waiting.count(),
        "backlog": backlog_of(request.user),
        "places": backlog_by_place(request.user),
        "may_retry": scope_of(request.user).holds_anywhere(Permission.MANAGE_REFERENCE),
        "failed": list_failed(request.user)[:50],
        "hours": runs_by_hour(request.user),
        "changes": changes[:50],
        "changes_count": changes.count(),
        "heartbeat": get_heartbeat(WORKER),
        "recounts": recount_summary(request.user),
        "packs": list_jobs(request.user),
        "backup": backup_state(),
        "backups": list_backups(request.user)[:14],
        "wal": wal_state(),
        "has_replica": has_replica(),
        "replica": ask_replica() if has_replica() else None,
    }
    return render(request, "reports/jobs.html", context)


def _table(request: SignedInRequest) -> HttpResponseBase:
    """The computations, the newest first."""
    return table_file(
        request,
        name="hitungan",
        subject=_("hitungan"),
        header=[_("Nomor"), _("Kode wilayah"), _("Wilayah"), _("Bulan"), _("Dihitung pada"), _("Status")],
        rows=(
            (
                run.pk,
                run.region_id,
                run.region.full_label,
                iso_month(run.period),
                f"{localtime(run.computed_at):%Y-%m-%d %H:%M:%S}",
                _("berlaku") if run.is_current else _("digantikan"),
            )
            for run in list_runs(request.user).select_related("region__parent").iterator(chunk_size=2000)
        ),
    )


@require_POST
def job_retry(request: SignedInRequest, code: str) -> HttpResponse:
    """Try a region that failed at once."""
    retry_now(code=code, by=request.user)
    return redirect("jobs")
