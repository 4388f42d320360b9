from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _

from regions.access import home_codes, scope_of
from regions.models import User
from regions.roles import Permission
from regions.signins import SIGNINS
from reports.selectors.run import get_heartbeat
from reports.services.heartbeat import WORKER

# Beat calls every three seconds; ten missed calls are no hiccup.
_SILENCE = timedelta(seconds=30)
_STARTED = now()


@dataclass(frozen=True)
class NavigationItem:
    label: str
    url: str
    is_current: bool


def page_frame(request: HttpRequest) -> dict[str, Any]:
    """What the frame around every page shows."""
    user = getattr(request, "user", None)
    signed_in = isinstance(user, User)
    return {
        "frame": {
            "navigation": _navigation(request, user) if isinstance(user, User) else [],
            "scope_label": _scope_label(user) if isinstance(user, User) else "",
            "here": request.get_full_path(),
            "user_name": str(user) if signed_in else "",
            "example_data": settings.EXAMPLE_DATA,
            "example_signins": [] if signed_in or not settings.EXAMPLE_DATA else SIGNINS,
            "worker_silent_since": worker_silent_since() if signed_in else None,
        }
    }


def worker_silent_since() -> datetime | None:
    """When the background worker was last seen, if that is too long ago; None while it lives."""
    heartbeat = get_heartbeat(WORKER)
    seen = heartbeat.at if heartbeat else _STARTED
    return seen if now() - seen > _SILENCE else None


def _scope_label(user: User) -> str:
    if not user.current_assignments:
        return _("Belum ada penugasan")
    first = user.current_assignments[0]
    place = first.region.full_label if first.region else str(first.office)
    others = len(user.current_assignments) - 1
    more = _(" dan %(count)s lainnya") % {"count": others} if others else ""
    return f"{first.get_role_display()} · {place}{more}"


def _navigation(request: HttpRequest, user: User) -> list[NavigationItem]:
    scope = scope_of(user)
    codes = home_codes(user)
    items: list[tuple[str, str, Permission | None]] = [(_("Beranda"), reverse("home"), None)]
    if codes:
        items.append((_("Cakupan"), reverse("region_board", args=[codes[0]]), None))
    items += [
        (_("Peserta aktif"), reverse("membership_count_list"), Permission.VIEW_COVERAGE),
        (_("Per kategori"), reverse("headcount_list"), Permission.VIEW_COVERAGE),
        (_("Peserta dengan nama"), reverse("person_list"), Permission.VIEW_PERSONS),
        (_("Kiriman daftar"), reverse("batch_list"), Permission.VIEW_PERSONS),
        (_("Jumlah pekerja"), reverse("workforce_list"), Permission.VIEW_COVERAGE),
        (_("Iuran"), reverse("contribution_list"), Permission.VIEW_COVERAGE),
        (_("Klaim"), reverse("claim_list"), Permission.VIEW_COVERAGE),
        (_("Definisi ukuran"), reverse("definitions"), None),
        (_("Pekerjaan latar"), reverse("jobs"), Permission.VIEW_JOBS),
        (_("Catatan perbuatan"), reverse("ledger"), Permission.VIEW_LEDGER),
        (_("Tabel acuan"), reverse("admin:index"), Permission.MANAGE_REFERENCE),
    ]
    here = request.path
    return [
        NavigationItem(label, url, here == url or (url != "/" and here.startswith(url)))
        for label, url, permission in items
        if permission is None or scope.holds_anywhere(permission)
    ]
