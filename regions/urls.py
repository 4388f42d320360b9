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
from regions.views.people.link import (
    link_open,
    link_page,
    link_revoke,
    link_send_again,
    user_invite,
    user_reset,
)
from regions.views.people.person import assignment_end, user_grant, user_list, user_switch
from regions.views.people.viewing import viewing_begin, viewing_end

urlpatterns = [
    path("akun/masuk/", LoginView.as_view(), name="account_login"),
    path("akun/keluar/", LogoutView.as_view(), name="account_logout"),
    path("akun/kata-sandi/", PasswordChangeView.as_view(), name="account_change_password"),
    path("akun/masuk-ulang/", ReauthenticateView.as_view(), name="account_reauthenticate"),
    path("akun/tidak-aktif/", AccountInactiveView.as_view(), name="account_inactive"),
    path("akun/keamanan/", include("allauth.mfa.urls")),
    path("catatan/", ledger, name="ledger"),
    path("pengguna/", user_list, name="user_list"),
    path("pengguna/undang/", user_invite, name="user_invite"),
    path("pengguna/tautan/<int:pk>/kirim-ulang/", link_send_again, name="link_send_again"),
    path("pengguna/tautan/<int:pk>/batalkan/", link_revoke, name="link_revoke"),
    path("pengguna/lihat-sebagai/selesai/", viewing_end, name="viewing_end"),
    path("pengguna/<int:pk>/peran/", user_grant, name="user_grant"),
    path("pengguna/<int:pk>/peran/<int:assignment>/akhiri/", assignment_end, name="assignment_end"),
    path("pengguna/<int:pk>/akun/", user_switch, name="user_switch"),
    path("pengguna/<int:pk>/tautan-sandi/", user_reset, name="user_reset"),
    path("pengguna/<int:pk>/lihat-sebagai/", viewing_begin, name="viewing_begin"),
    path("undangan/", link_page, name="link_page"),
    path("undangan/<str:token>/", link_open, name="link_open"),
    path("komponen/", components, name="components"),
]
