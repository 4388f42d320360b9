"""The addresses of version 1. What stands here stays; see docs/api.md for how something is taken away."""

from django.urls import path

from reports.api.attachments import AttachmentFile, AttachmentList, AttachmentRemoval
from reports.api.batches import (
    BatchCancellation,
    BatchConfirmation,
    BatchDetail,
    BatchList,
    BatchRows,
    BatchUndo,
)
from reports.api.exchange import DataValueSets, ExchangeList
from reports.api.explained import changes, measures
from reports.api.explanations import ExplanationView
from reports.api.extras import ExtraFieldList, MonthExtraView
from reports.api.facts import fact_kinds, fact_paths
from reports.api.figures import PublishedList, RunList, ValueList
from reports.api.hooks import HookDeliveries, HookDetail, HookList
from reports.api.month_steps import MonthSteps
from reports.api.months import MonthList, PackList
from reports.api.pack_jobs import PackFileView, PackJobDetail, PackJobs
from reports.api.page import ApiDescription, ApiPage, NothingHere
from reports.api.persons import PersonDetail, PersonList, PersonUnmasking
from reports.api.reference import (
    CategoryList,
    FundingSourceList,
    InstitutionList,
    MeasureList,
    OfficeCoverageList,
    OfficeList,
    RateList,
    RegionList,
)
from reports.api.waiting import ActList, AlertList, TaskList

urlpatterns = [
    path("", ApiPage.as_view(), name="api"),
    path("schema/", ApiDescription.as_view(), name="api_schema"),
    path("regions/", RegionList.as_view(), name="api_regions"),
    path("categories/", CategoryList.as_view(), name="api_categories"),
    path("funding-sources/", FundingSourceList.as_view(), name="api_funding_sources"),
    path("institutions/", InstitutionList.as_view(), name="api_institutions"),
    path("offices/", OfficeList.as_view(), name="api_offices"),
    path("office-coverages/", OfficeCoverageList.as_view(), name="api_office_coverages"),
    path("rates/", RateList.as_view(), name="api_rates"),
    path("measures/", MeasureList.as_view(), name="api_measure_words"),
    path("measures/<str:code>/<str:period>/", measures, name="api_measures"),
    path("changes/<str:code>/<str:first>/<str:last>/", changes, name="api_changes"),
    path("values/", ValueList.as_view(), name="api_values"),
    path("runs/", RunList.as_view(), name="api_runs"),
    path("published-figures/", PublishedList.as_view(), name="api_published_figures"),
    path("months/", MonthList.as_view(), name="api_months"),
    path("packs/", PackList.as_view(), name="api_packs"),
    path("packs/<str:code>/<str:face>/", PackFileView.as_view(), name="api_pack_file"),
    path("pack-jobs/", PackJobs.as_view(), name="api_pack_jobs"),
    path("pack-jobs/<int:pk>/", PackJobDetail.as_view(), name="api_pack_job"),
    path("extra-fields/", ExtraFieldList.as_view(), name="api_extra_fields"),
    path("months/<str:code>/<str:month>/extra/", MonthExtraView.as_view(), name="api_month_extra"),
    path("months/<str:code>/<str:month>/steps/", MonthSteps.as_view(), name="api_month_steps"),
    path(
        "explanations/<str:code>/<str:period>/<str:measure>/",
        ExplanationView.as_view(),
        name="api_explanation",
    ),
    path("exchange/", ExchangeList.as_view(), name="api_exchange"),
    path("exchange/<slug:code>/dataValueSets/", DataValueSets.as_view(), name="api_data_values"),
    path("webhooks/", HookList.as_view(), name="api_hooks"),
    path("webhooks/<int:pk>/", HookDetail.as_view(), name="api_hook"),
    path("webhooks/<int:pk>/deliveries/", HookDeliveries.as_view(), name="api_hook_deliveries"),
    path("alerts/", AlertList.as_view(), name="api_alerts"),
    path("tasks/", TaskList.as_view(), name="api_tasks"),
    path("acts/", ActList.as_view(), name="api_acts"),
    path("persons/", PersonList.as_view(), name="api_persons"),
    path("persons/<int:pk>/", PersonDetail.as_view(), name="api_person"),
    path("persons/<int:pk>/unmasked/", PersonUnmasking.as_view(), name="api_person_unmask"),
    path("batches/", BatchList.as_view(), name="api_batches"),
    path("batches/<int:pk>/", BatchDetail.as_view(), name="api_batch"),
    path("batches/<int:pk>/rows/", BatchRows.as_view(), name="api_batch_rows"),
    path("batches/<int:pk>/confirmation/", BatchConfirmation.as_view(), name="api_batch_confirm"),
    path("batches/<int:pk>/cancellation/", BatchCancellation.as_view(), name="api_batch_cancel"),
    path("batches/<int:pk>/undo/", BatchUndo.as_view(), name="api_batch_undo"),
    path("attachments/", AttachmentList.as_view(), name="api_attachments"),
    path("attachments/<int:pk>/file/", AttachmentFile.as_view(), name="api_attachment_file"),
    path("attachments/<int:pk>/removal/", AttachmentRemoval.as_view(), name="api_attachment_removal"),
    *(one for kind in fact_kinds() for one in fact_paths(kind)),
    path("<path:rest>", NothingHere.as_view(), name="api_nothing"),
]
