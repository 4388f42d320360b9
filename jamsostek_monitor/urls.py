from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.utils.translation import gettext_lazy as _
from django.views.i18n import set_language

from jamsostek_monitor.health import healthz

# The admin has a sign-in form of its own, without second factor and rate limit: not used.
admin.autodiscover()
admin.site.site_header = admin.site.site_title = admin.site.index_title = _("Tabel acuan")
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("bahasa/", login_not_required(set_language), name="set_language"),
    path("admin/", admin.site.urls),
    path("", include("regions.urls")),
    path("", include("participants.urls")),
    path("", include("budgets.urls")),
    path("", include("reports.urls")),
]

handler400 = "jamsostek_monitor.refusals.bad_request"
handler500 = "jamsostek_monitor.refusals.server_error"
