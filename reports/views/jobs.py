from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from regions.access import require_anywhere, scope_of
from regions.roles import Permission
from regions.signed_in import SignedInRequest
from reports.selectors.backlog import backlog_by_place, backlog_of, list_failed, runs_by_hour
from reports.selectors.backup import backup_state, list_backups
from reports.selectors.packs.pack import list_jobs
from reports.selectors.recount_finding import recount_summary
from reports.selectors.run import get_heartbeat, list_changes, list_runs, list_waiting
from reports.services.heartbeat import WORKER
from reports.services.waiting_region import retry_now


@require_safe
def jobs(request: SignedInRequest) -> HttpResponse:
    """What the background worker did, what waits for it, and whether it lives."""
    require_anywhere(request.user, Permission.VIEW_JOBS)
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
    }
    return render(request, "reports/jobs.html", context)


@require_POST
def job_retry(request: SignedInRequest, code: str) -> HttpResponse:
    """Try a region that failed at once."""
    retry_now(code=code, by=request.user)
    return redirect("jobs")
