from allauth.account.views import (
    AccountInactiveView,
    LoginView,
    LogoutView,
    PasswordChangeView,
    PasswordResetDoneView,
    PasswordResetFromKeyDoneView,
    PasswordResetFromKeyView,
    ReauthenticateView,
)
from allauth.socialaccount.providers.openid_connect.views import callback, login
from allauth.usersessions.views import ListUserSessionsView
from django.conf import settings
from django.urls import include, path, re_path
from django.views.decorators.cache import never_cache

from regions.views.components import components
from regions.views.glossary import glossary, glossary_term
from regions.views.institution import institution_change, institution_create, institution_list
from regions.views.ledger import ledger
from regions.views.meeting import (
    CommitmentCorrect,
    CommitmentList,
    CommitmentRecord,
    MinutesCorrect,
    MinutesList,
    MinutesRecord,
)
from regions.views.month_rule import month_rule_list, month_rule_set
from regions.views.people.api_token import api_token_list, api_token_revoke
from regions.views.people.forgotten import ForgottenView
from regions.views.people.hook import (
    hook_detail,
    hook_list,
    hook_replay,
    hook_secret,
    hook_stop,
    hook_test,
)
from regions.views.people.link import (
    link_open,
    link_page,
    link_revoke,
    link_send_again,
    user_invite,
    user_reset,
)
from regions.views.people.person import (
    assignment_end,
    user_factor,
    user_grant,
    user_list,
    user_office,
    user_switch,
)
from regions.views.people.program import (
    program_detail,
    program_keeper,
    program_make,
    program_token_revoke,
)
from regions.views.people.shortcut import account_shortcuts
from regions.views.people.viewing import viewing_begin, viewing_end
from regions.views.regulation import RegulationCorrect, RegulationList, RegulationRecord

# The installation knows one provider; its key stands in no address, so that the callback stays the same.
_OFFICE = {"provider_id": settings.OIDC.key}

urlpatterns = [
    path("akun/masuk/", LoginView.as_view(), name="account_login"),
    path("akun/keluar/", LogoutView.as_view(), name="account_logout"),
    path("akun/kata-sandi/", PasswordChangeView.as_view(), name="account_change_password"),
    path("akun/masuk-ulang/", ReauthenticateView.as_view(), name="account_reauthenticate"),
    path("akun/tidak-aktif/", AccountInactiveView.as_view(), name="account_inactive"),
    path("akun/keamanan/", include("allauth.mfa.urls")),
    path("akun/pintasan/", account_shortcuts, name="account_shortcuts"),
    path("akun/token/", api_token_list, name="api_token_list"),
    path("akun/token/<int:pk>/cabut/", api_token_revoke, name="api_token_revoke"),
    path("akun/pemberitahuan-program/", hook_list, name="hook_list"),
    path("akun/pemberitahuan-program/<int:pk>/", hook_detail, name="hook_detail"),
    path("akun/pemberitahuan-program/<int:pk>/uji/", hook_test, name="hook_test"),
    path("akun/pemberitahuan-program/<int:pk>/rahasia/", hook_secret, name="hook_secret"),
    path("akun/pemberitahuan-program/<int:pk>/hentikan/", hook_stop, name="hook_stop"),
    path("akun/pemberitahuan-program/<int:pk>/kirim-lagi/<int:delivery>/", hook_replay, name="hook_replay"),
    path("akun/sesi/", ListUserSessionsView.as_view(), name="usersessions_list"),
    path("akun/kantor/", login, _OFFICE, name="openid_connect_login"),
    path("akun/kantor/selesai/", callback, _OFFICE, name="openid_connect_callback"),
    path("akun/lupa-sandi/", ForgottenView.as_view(), name="account_reset_password"),
    path("akun/lupa-sandi/terkirim/", PasswordResetDoneView.as_view(), name="account_reset_password_done"),
    path(
        "akun/lupa-sandi/tersimpan/",
        PasswordResetFromKeyDoneView.as_view(),
        name="account_reset_password_from_key_done",
    ),
    re_path(
        r"^akun/lupa-sandi/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[0-9A-Za-z-]+)/$",
        never_cache(PasswordResetFromKeyView.as_view()),
        name="account_reset_password_from_key",
    ),
    path("aturan-bulan/", month_rule_list, name="month_rule_list"),
    path("aturan-bulan/atur/", month_rule_set, name="month_rule_set"),
    path("lembaga/", institution_list, name="institution_list"),
    path("lembaga/daftarkan/", institution_create, name="institution_create"),
    path("lembaga/<slug:code>/", institution_change, name="institution_change"),
    path("regulasi/", RegulationList.as_view(), name="regulation_list"),
    path("regulasi/catat/", RegulationRecord.as_view(), name="regulation_record"),
    path("regulasi/<int:pk>/koreksi/", RegulationCorrect.as_view(), name="regulation_correct"),
    path("rapat/", MinutesList.as_view(), name="minutes_list"),
    path("rapat/catat/", MinutesRecord.as_view(), name="minutes_record"),
    path("rapat/<int:pk>/koreksi/", MinutesCorrect.as_view(), name="minutes_correct"),
    path("komitmen/", CommitmentList.as_view(), name="commitment_list"),
    path("komitmen/catat/", CommitmentRecord.as_view(), name="commitment_record"),
    path("komitmen/<int:pk>/koreksi/", CommitmentCorrect.as_view(), name="commitment_correct"),
    path("catatan/", ledger, name="ledger"),
    path("pengguna/", user_list, name="user_list"),
    path("pengguna/undang/", user_invite, name="user_invite"),
    path("pengguna/program/", program_make, name="program_make"),
    path("pengguna/<int:pk>/program/", program_detail, name="program_detail"),
    path("pengguna/<int:pk>/penanggung-jawab/", program_keeper, name="program_keeper"),
    path("pengguna/<int:pk>/program/<int:token>/cabut/", program_token_revoke, name="program_token_revoke"),
    path("pengguna/tautan/<int:pk>/kirim-ulang/", link_send_again, name="link_send_again"),
    path("pengguna/tautan/<int:pk>/batalkan/", link_revoke, name="link_revoke"),
    path("pengguna/lihat-sebagai/selesai/", viewing_end, name="viewing_end"),
    path("pengguna/<int:pk>/peran/", user_grant, name="user_grant"),
    path("pengguna/<int:pk>/peran/<int:assignment>/akhiri/", assignment_end, name="assignment_end"),
    path("pengguna/<int:pk>/akun/", user_switch, name="user_switch"),
    path("pengguna/<int:pk>/langkah-kedua/", user_factor, name="user_factor"),
    path("pengguna/<int:pk>/akun-kantor/", user_office, name="user_office"),
    path("pengguna/<int:pk>/tautan-sandi/", user_reset, name="user_reset"),
    path("pengguna/<int:pk>/lihat-sebagai/", viewing_begin, name="viewing_begin"),
    path("undangan/", link_page, name="link_page"),
    path("undangan/<str:token>/", link_open, name="link_open"),
    path("istilah/", glossary, name="glossary"),
    path("istilah/<slug:key>/", glossary_term, name="glossary_term"),
    path("komponen/", components, name="components"),
]
