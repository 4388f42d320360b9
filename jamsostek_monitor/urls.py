from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.utils.translation import gettext_lazy as _
from django.views.i18n import set_language

from jamsostek_monitor.health import deep, healthz, live, metrics, ready
from regions.views.admin_door import admin_login, may_enter

_OWN_TABLES = {"regions", "participants", "budgets", "reports"}

# The admin has a sign-in form of its own, without second factor and rate limit: not used. Libraries bring
# tables of their own into it, open to Django's superusers: accounts are looked after on pages of ours.
admin.autodiscover()
admin.site.unregister([model for model in admin.site._registry if model._meta.app_label not in _OWN_TABLES])
admin.site.has_permission = may_enter  # type: ignore[method-assign]
admin.site.login = admin_login  # type: ignore[method-assign]
admin.site.site_header = admin.site.site_title = admin.site.index_title = _("Tabel acuan")

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("healthz/live", live, name="healthz_live"),
    path("healthz/ready", ready, name="healthz_ready"),
    path("healthz/deep", deep, name="healthz_deep"),
    path("metrics", metrics, name="metrics"),
    path("bahasa/", login_not_required(set_language), name="set_language"),
    path("admin/", admin.site.urls),
    path("", include("regions.urls")),
    path("", include("participants.urls")),
    path("", include("budgets.urls")),
    path("", include("reports.urls")),
]

handler403 = "regions.views.refusal.forbidden"
handler404 = "regions.views.refusal.not_found"
handler400 = "jamsostek_monitor.refusals.bad_request"
handler500 = "jamsostek_monitor.refusals.server_error"
