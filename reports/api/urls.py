"""The addresses of version 1. What stands here stays; see docs/api.md for how something is taken away."""

from django.urls import path
from drf_spectacular.views import SpectacularAPIView

from reports.api.explained import changes, measures
from reports.api.facts import fact_kinds, fact_paths
from reports.api.figures import PublishedList, RunList, ValueList
from reports.api.months import MonthList, PackList
from reports.api.page import ApiPage
from reports.api.reference import CategoryList, FundingSourceList, InstitutionList, MeasureList, RegionList

urlpatterns = [
    path("", ApiPage.as_view(), name="api"),
    path("schema/", SpectacularAPIView.as_view(), name="api_schema"),
    path("regions/", RegionList.as_view(), name="api_regions"),
    path("categories/", CategoryList.as_view(), name="api_categories"),
    path("funding-sources/", FundingSourceList.as_view(), name="api_funding_sources"),
    path("institutions/", InstitutionList.as_view(), name="api_institutions"),
    path("measures/", MeasureList.as_view(), name="api_measure_words"),
    path("measures/<str:code>/<str:period>/", measures, name="api_measures"),
    path("changes/<str:code>/<str:first>/<str:last>/", changes, name="api_changes"),
    path("values/", ValueList.as_view(), name="api_values"),
    path("runs/", RunList.as_view(), name="api_runs"),
    path("published-figures/", PublishedList.as_view(), name="api_published_figures"),
    path("months/", MonthList.as_view(), name="api_months"),
    path("packs/", PackList.as_view(), name="api_packs"),
    *(one for kind in fact_kinds() for one in fact_paths(kind)),
]
