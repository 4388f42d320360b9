from django.urls import path, re_path

from reports.views.api import measures
from reports.views.definitions import definitions
from reports.views.explanation import explanation
from reports.views.export import region_csv
from reports.views.home import home
from reports.views.inbox import inbox
from reports.views.jobs import jobs
from reports.views.month import (
    month_bulk_step,
    month_matrix,
    month_page,
    month_remind,
    month_step,
    reopening_ask,
    reopening_decide,
)
from reports.views.region_board import region_board, region_index
from reports.views.restatement import restatement_detail, restatement_list
from reports.views.status import region_status

urlpatterns = [
    path("", home, name="home"),
    path("wilayah/", region_index, name="region_index"),
    path("wilayah/<str:code>/", region_board, name="region_board"),
    path("wilayah/<str:code>/status/", region_status, name="region_status"),
    re_path(
        r"^wilayah/(?P<code>[^/]+)/(?P<table>tren|peringkat|angka)\.csv$",
        region_csv,
        name="region_csv",
    ),
    path("angka/<str:code>/<str:period>/<str:measure>/", explanation, name="explanation"),
    path("bulan/", month_matrix, name="month_matrix"),
    path("bulan/langkah/", month_bulk_step, name="month_bulk_step"),
    path("bulan/ingatkan/", month_remind, name="month_remind"),
    path("bulan/permintaan/<int:pk>/", reopening_decide, name="reopening_decide"),
    path("bulan/<str:code>/<str:month>/", month_page, name="month_page"),
    path("bulan/<str:code>/<str:month>/langkah/", month_step, name="month_step"),
    path("bulan/<str:code>/<str:month>/buka/", reopening_ask, name="reopening_ask"),
    path("penyajian-kembali/", restatement_list, name="restatement_list"),
    path("penyajian-kembali/<int:pk>/", restatement_detail, name="restatement_detail"),
    path("tugas/", inbox, name="inbox"),
    path("definisi/", definitions, name="definitions"),
    path("pekerjaan/", jobs, name="jobs"),
    path("api/v1/measures/<str:code>/<str:period>/", measures, name="api_measures"),
]
