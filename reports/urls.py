from django.urls import path, re_path

from reports.views.api import measures
from reports.views.definitions import definitions
from reports.views.explanation import explanation
from reports.views.export import region_csv
from reports.views.home import home
from reports.views.jobs import jobs
from reports.views.region_board import region_board, region_index
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
    path("definisi/", definitions, name="definitions"),
    path("pekerjaan/", jobs, name="jobs"),
    path("api/v1/measures/<str:code>/<str:period>/", measures, name="api_measures"),
]
