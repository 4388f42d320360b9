"""A kind of fact is described once: a made-up one is stored, locked, corrected and counted like any other."""

from datetime import date, timedelta
from types import ModuleType

import pghistory
import pytest
from django import forms
from django.apps import apps
from django.db import connection, models
from django.http import HttpResponse
from django.urls import path, reverse
from django.utils.timezone import now

from jamsostek_monitor import urls
from regions.counted_months import MonthOf
from regions.enums import MonthState, Origin, ReportKind, Verb
from regions.errors import ChangedMeanwhile, FactRefused, MonthLocked, OutsideScope
from regions.fact_kind import FactKind
from regions.forms.fact import FactForm
from regions.forms.fields import MonthField, WholeNumberField
from regions.models import Act, Change, MonthStep, SourcedFact
from regions.month_rules import month_problem
from regions.roles import Permission
from regions.selectors.fact import list_history
from regions.selectors.fact_change import counted_kinds
from regions.services.fact import FactStore
from regions.views.fact import FactCorrectView, FactListView, FactPages, FactRecordView
from reports.selectors.months import since_approval
from tests.cast import KOTA_A
from tests.months import JULY, close

CACHED = (counted_kinds, since_approval._moved, since_approval._by_name)


def declare():
    """The model, as a developer would write it, with its history and its triggers."""

    @pghistory.track(pghistory.UpdateEvent(row="OLD"), pghistory.DeleteEvent())
    class SafetyTraining(SourcedFact):
        fact = FactKind(
            name="safety_training",
            key=("month", "region_id"),
            values=("trained",),
            permission=Permission.ENTER_HEADCOUNT,
            report=ReportKind.HEADCOUNTS,
            first=MonthOf("month"),
            last=MonthOf("month"),
            states=(("month", ("trained",)),),
            named=("month",),
        )
        month = models.DateField("bulan")
        trained = models.BigIntegerField("orang dilatih")

        class Meta:
            app_label = "regions"
            verbose_name = "pelatihan keselamatan"
            constraints = [models.UniqueConstraint(fields=["month", "region"], name="safetytraining_once")]

        def __str__(self):
            return str(self.trained)

    return SafetyTraining


@pytest.fixture(scope="module")
def declared():
    """In the registry for these tests alone: pages and migrations of others must not see it."""
    made = declare()
    yield made
    for gone in (made, made.pgh_event_model):
        del apps.all_models["regions"][gone._meta.model_name]
    delattr(apps.get_app_config("regions").models_module, made.pgh_event_model.__name__)
    for trigger in made._meta.triggers:
        trigger.unregister(made)
    apps.clear_cache()
    for cached in CACHED:
        cached.cache_clear()


@pytest.fixture
def model(declared, db):
    with connection.schema_editor() as editor:
        editor.create_model(declared)
        editor.create_model(declared.pgh_event_model)
    for trigger in declared._meta.triggers:
        trigger.install(declared)
    for cached in CACHED:
        cached.cache_clear()
    return declared


@pytest.fixture
def store(model):
    class SafetyTrainingStore(FactStore):
        kind = model.fact

        def problems(self, rows):
            for index, row in enumerate(rows):
                yield from month_problem(index, row.month)

    return SafetyTrainingStore()


def row(model, trained=12, month=JULY, **columns):
    given = {"source": "Surat uji", "as_of": month, "origin": Origin.FORM, "region_id": KOTA_A} | columns
    return model(month=month, trained=trained, **given)


def test_it_goes_through_the_three_doors(model, store, cast):
    (stored,) = store.record([row(model)], by=cast.wayan).created
    assert store.record([row(model)], by=cast.wayan).unchanged == (stored,)
    with pytest.raises(FactRefused, match="Koreksi"):
        store.record([row(model, trained=13)], by=cast.wayan)
    with pytest.raises(OutsideScope):
        store.correct(pk=stored.pk, revision=1, by=cast.budi, reason="x", new={"trained": 1})
    corrected = store.correct(pk=stored.pk, revision=1, by=cast.siti, reason="salah", new={"trained": 14})
    assert [one.trained for one in list_history(corrected)] == [12]
    with pytest.raises(ChangedMeanwhile):
        store.remove(pk=stored.pk, revision=1, by=cast.wayan, reason="salah tempat")
    store.remove(pk=stored.pk, revision=2, by=cast.wayan, reason="salah tempat")
    assert not model.objects.exists()
    assert model.pgh_event_model.objects.filter(pgh_label="delete").get().trained == 14
    spans = Change.objects.order_by("pk").values_list("region_id", "first_month", "last_month")
    assert set(spans) == {(KOTA_A, JULY, JULY)}
    acts = Act.objects.exclude(verb=Verb.SIGNED_IN).order_by("pk").values_list("verb", "detail__changed")
    assert list(acts)[-3:] == [
        (Verb.RECORDED, 0),
        (Verb.CORRECTED, {"trained": ["12", "14"]}),
        (Verb.UNDONE, {"trained": ["14", ""]}),
    ]


def test_no_door_leads_into_a_closed_month(model, store, cast, figures):
    (stored,) = store.record([row(model)], by=cast.wayan).created
    close(cast)
    with pytest.raises(MonthLocked):
        store.record([row(model, trained=13)], by=cast.wayan, overwrite=True)
    with pytest.raises(MonthLocked):
        store.correct(pk=stored.pk, revision=1, by=cast.wayan, reason="x", new={"trained": 1})
    with pytest.raises(MonthLocked):
        store.remove(pk=stored.pk, revision=1, by=cast.wayan, reason="x")
    store.record([row(model, month=date(2025, 6, 1))], by=cast.wayan)
    assert model.objects.count() == 2


def test_it_counts_as_changed_since_the_approval_of_its_month(model, store, cast):
    MonthStep.objects.create(
        region_id=KOTA_A,
        month=JULY,
        verb="verify",
        from_state=MonthState.SUBMITTED,
        to_state=MonthState.VERIFIED,
        by=cast.anton,
        at=now() - timedelta(days=1),
    )
    months = [JULY, date(2025, 6, 1)]
    assert since_approval.count_since_approval([KOTA_A], months) == {}
    store.record([row(model), row(model, month=date(2025, 6, 1))], by=cast.wayan)
    assert since_approval.count_since_approval([KOTA_A], months) == {(KOTA_A, JULY): 1}


def pages_of(model, store):
    class SafetyTrainingForm(FactForm):
        fact = model.fact
        month = MonthField(label="Bulan", widget=forms.TextInput(attrs={"type": "month"}))
        trained = WholeNumberField(label="Orang dilatih")

    class SafetyTrainingPages(FactPages):
        title = "Pelatihan keselamatan"
        form = SafetyTrainingForm

        def list_rows(self, region_code, month):
            return model.objects.order_by("month")

    SafetyTrainingPages.store = store
    views = {"list": FactListView, "record": FactRecordView, "correct": FactCorrectView}
    return {name: type(name, (SafetyTrainingPages, view), {}) for name, view in views.items()}


def test_its_form_and_its_pages_need_nothing_else(model, store, cast, client_of, settings):
    pages = pages_of(model, store)
    pages["list"].template = "participants/workforce_list.html"
    routes = ModuleType("routes_of_a_made_up_kind")
    routes.urlpatterns = [
        path("latih/", lambda _request: HttpResponse("daftar"), name="safety_training_list"),
        path("latih/catat/", pages["record"].as_view(), name="safety_training_record"),
        path("latih/<int:pk>/koreksi/", pages["correct"].as_view(), name="safety_training_correct"),
        *urls.urlpatterns,
    ]
    settings.ROOT_URLCONF = routes
    client = client_of(cast.wayan)
    asked = client.get(reverse("safety_training_record"))
    assert [field.name for field in asked.context["form"]][:3] == ["region", "month", "trained"]
    form = {"region": KOTA_A, "month": "2025-07", "trained": "15", "source": "Surat 1", "as_of": "2025-07-31"}
    assert client.post(reverse("safety_training_record"), form).status_code == 302
    stored = model.objects.get()
    assert (stored.trained, stored.entered_by, stored.origin) == (15, cast.wayan, Origin.FORM)
    address = reverse("safety_training_correct", args=[stored.pk])
    change = {"trained": "16", "source": "Surat 2", "as_of": "2025-07-31", "reason": "salah", "revision": "1"}
    assert client.post(address, change).status_code == 302
    stored.refresh_from_db()
    assert (stored.trained, stored.revision) == (16, 2)
    assert client_of(cast.budi).get(address).status_code == 404
    assert client_of(cast.ratna).get(address).status_code == 403
