from allauth.account.views import (
    AccountInactiveView,
    LoginView,
    LogoutView,
    PasswordChangeView,
    ReauthenticateView,
)
from django.urls import include, path

from regions.views.components import components
from regions.views.ledger import ledger

urlpatterns = [
    path("akun/masuk/", LoginView.as_view(), name="account_login"),
    path("akun/keluar/", LogoutView.as_view(), name="account_logout"),
    path("akun/kata-sandi/", PasswordChangeView.as_view(), name="account_change_password"),
    path("akun/masuk-ulang/", ReauthenticateView.as_view(), name="account_reauthenticate"),
    path("akun/tidak-aktif/", AccountInactiveView.as_view(), name="account_inactive"),
    path("akun/keamanan/", include("allauth.mfa.urls")),
    path("catatan/", ledger, name="ledger"),
    path("komponen/", components, name="components"),
]
