"""Django's admin: every table × two administrators. One of a city gets nothing that is not the city's."""

from datetime import date

import pytest
from django.contrib import admin
from django.db.models import ForeignKey
from django.urls import get_resolver, reverse

from budgets.models import ContributionRate
from regions.admin import RegionalAdmin
from regions.enums import InstitutionKind
from regions.models import Act, Institution, MonthRule, Office, OfficeCoverage, Region
from tests.administrators import administrator, office_of
from tests.cast import KOTA_A, KOTA_B, PROVINCE

# Reading the addresses leaves in the admin what is ours.
assert get_resolver().url_patterns
MODELS = sorted(admin.site._registry, key=lambda model: model._meta.label)
REGIONAL = [model for model in MODELS if isinstance(admin.site._registry[model], RegionalAdmin)]
NATIONAL = [model for model in MODELS if model not in REGIONAL]
HIDDEN = {302, 403, 404}
pytestmark = [pytest.mark.ignore_template_errors, pytest.mark.usefixtures("cast_once")]


def url(model, page, *args):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


@pytest.fixture
def rows(cast, system):
    """Model → (a row of Kota A, a row elsewhere)."""
    own, foreign = office_of("dalam", KOTA_A), office_of("luar", KOTA_B)
    rules = [
        MonthRule.objects.create(region_id=code, first_month=date(2025, 1, 1), legal_source="uji")
        for code in (KOTA_A, KOTA_B)
    ]
    bodies = [
        Institution.objects.create(
            code=f"opd-{code[-2:]}", name=f"OPD {code}", kind=InstitutionKind.OPD, region_id=code
        )
        for code in (KOTA_A, KOTA_B)
    ]
    return {
        Region: (Region.objects.get(code=f"{KOTA_A}.01"), Region.objects.get(code=KOTA_B)),
        Office: (own, foreign),
        MonthRule: tuple(rules),
        Institution: tuple(bodies),
    }


@pytest.fixture
def city(cast, client_of):
    return client_of(administrator("arif", KOTA_A))


@pytest.fixture
def nation(cast, client_of):
    return client_of(cast.admin)


def test_every_table_of_the_admin_is_ours_and_is_sorted():
    assert {model._meta.app_label for model in MODELS} == {"regions", "participants", "budgets", "reports"}
    assert {model.__name__ for model in REGIONAL} == {"Region", "Office", "MonthRule", "Institution"}
    # A table with a region of its own may not be left to the nation's administrator by oversight.
    with_region = {
        model
        for model in NATIONAL
        for field in model._meta.get_fields()
        if isinstance(field, ForeignKey) and field.related_model is Region
    }
    assert with_region == set()


@pytest.mark.parametrize("model", NATIONAL)
def test_national_tables_are_closed_to_the_administrator_of_a_city(city, nation, model):
    first = model._default_manager.first()
    pages = [url(model, "changelist"), url(model, "add")]
    pages += [url(model, page, first.pk) for page in ("change", "delete", "history")] if first else []
    for page in pages:
        assert city.get(page).status_code in HIDDEN, page
        assert city.post(page, {"a": "b"}).status_code in HIDDEN, page
        assert nation.get(page).status_code == 200, page


@pytest.mark.parametrize("model", REGIONAL)
def test_regional_tables_show_and_change_only_what_is_ones_own(city, nation, rows, model):
    own, foreign = rows[model]
    listed = city.get(url(model, "changelist"))
    assert own in listed.context["cl"].result_list
    assert foreign not in listed.context["cl"].result_list
    assert foreign in nation.get(url(model, "changelist") + "?all=1").context["cl"].queryset
    for page in ("change", "delete", "history"):
        assert city.get(url(model, page, own.pk)).status_code == 200, page
        assert city.get(url(model, page, foreign.pk)).status_code in HIDDEN, page
        assert nation.get(url(model, page, foreign.pk)).status_code == 200, page
    before = model._default_manager.filter(pk=foreign.pk).values().get()
    for page, sent in (("change", {"name": "diganti"}), ("delete", {"post": "yes"})):
        assert city.post(url(model, page, foreign.pk), sent).status_code in HIDDEN
    city.post(
        url(model, "changelist"),
        {"action": "delete_selected", "_selected_action": [foreign.pk], "post": "yes"},
    )
    assert model._default_manager.filter(pk=foreign.pk).values().get() == before


@pytest.mark.parametrize("model", REGIONAL)
def test_choices_of_regions_and_offices_are_ones_own(city, rows, model):
    form = city.get(url(model, "add")).context["adminform"].form
    for name, field in form.fields.items():
        related = getattr(field, "queryset", None)
        if related is not None and related.model in rows:
            own, foreign = rows[related.model]
            assert own in related.all(), name
            assert foreign not in related.all(), name


def rule_of(code, **changes):
    return {
        "region": code,
        "first_month": "2026-01-01",
        "due_days": "12",
        "return_days": "7",
        "legal_source": "uji",
        **changes,
    }


@pytest.mark.parametrize("code", [KOTA_B, PROVINCE, "ID"])
def test_no_month_rule_is_made_or_moved_elsewhere(city, rows, code):
    own, _foreign = rows[MonthRule]
    assert city.post(url(MonthRule, "add"), rule_of(code)).status_code == 200
    assert city.post(url(MonthRule, "change", own.pk), rule_of(code)).status_code == 200
    assert not MonthRule.objects.filter(due_days=12).exists()


def test_a_month_rule_of_ones_own_is_made_changed_and_in_the_ledger(city, rows):
    assert city.post(url(MonthRule, "add"), rule_of(KOTA_A)).status_code == 302
    act = Act.objects.first()
    assert (act.actor_name, act.verb, act.region_code) == ("arif", "recorded", KOTA_A)
    made = MonthRule.objects.get(region=KOTA_A, due_days=12)
    assert city.post(url(MonthRule, "change", made.pk), rule_of(KOTA_A, due_days="15")).status_code == 302
    made.refresh_from_db()
    assert made.due_days == 15


def office_form(code, *regions):
    form = {"code": code, "name": f"Cabang {code}", "kind": "kacab"}
    form |= {
        f"coverages-{name}": value for name, value in (("TOTAL_FORMS", len(regions)), ("INITIAL_FORMS", 0))
    }
    for number, region in enumerate(regions):
        form |= {f"coverages-{number}-region": region, f"coverages-{number}-valid_from": "2025-01-01"}
    return form


def test_an_office_is_made_only_for_regions_of_ones_own(city, rows):
    for regions in ([KOTA_B], [KOTA_A, KOTA_B], []):
        assert city.post(url(Office, "add"), office_form("baru", *regions)).status_code == 200
    assert not Office.objects.filter(code="baru").exists()
    assert city.post(url(Office, "add"), office_form("baru", KOTA_A)).status_code == 302
    assert Office.objects.get(code="baru").coverages.get().region_id == KOTA_A


def test_an_office_that_ever_served_elsewhere_is_not_ones_own(city, rows):
    own, _foreign = rows[Office]
    OfficeCoverage.objects.create(
        office=own, region_id=KOTA_B, valid_from=date(2020, 1, 1), valid_until=date(2021, 1, 1)
    )
    assert city.get(url(Office, "change", own.pk)).status_code in HIDDEN


def test_a_region_is_not_added_elsewhere(city, rows):
    form = {"code": f"{KOTA_B}.99", "name": "X", "level": 3, "kind": "kecamatan", "parent": KOTA_A}
    assert city.post(url(Region, "add"), form).status_code == 403
    assert not Region.objects.filter(code=f"{KOTA_B}.99").exists()
    assert city.post(url(Region, "add"), {**form, "code": f"{KOTA_A}.99"}).status_code == 302


def test_the_place_of_a_region_in_the_tree_is_not_the_citys_to_change(city, rows):
    form = {"code": "36", "name": "Cilegon Raya", "level": 1, "kind": "provinsi", "parent": KOTA_A}
    assert city.post(url(Region, "change", KOTA_A), form).status_code == 302
    region = Region.objects.get(code=KOTA_A)
    assert (region.name, region.kind, region.level, region.parent_id) == ("Cilegon Raya", "kota", 2, PROVINCE)


def test_from_when_to_when_a_region_counts_is_not_the_citys_to_change(city, nation, rows):
    """The children of a month are those that existed in it."""
    code = f"{KOTA_A}.01"
    days = {"valid_from": "2025-01-01", "valid_until": "2026-01-01", "replaced_by": f"{KOTA_A}.02"}
    form = {"code": code, "name": "Cibeber", "level": 3, "kind": "kecamatan", "parent": KOTA_A, **days}
    before = Region.objects.filter(code=code).values_list(*days).get()
    assert city.post(url(Region, "change", code), form).status_code == 302
    assert Region.objects.filter(code=code).values_list(*days).get() == before
    assert nation.post(url(Region, "change", code), form).status_code == 302
    after = Region.objects.filter(code=code).values_list(*days).get()
    assert after == (date(2025, 1, 1), date(2026, 1, 1), f"{KOTA_A}.02")


def test_rows_deleted_together_stand_in_the_ledger_each(nation, rows):
    doomed = list(ContributionRate.objects.order_by("pk")[:2])
    nation.post(
        url(ContributionRate, "changelist"),
        {"action": "delete_selected", "_selected_action": [row.pk for row in doomed], "post": "yes"},
    )
    told = Act.objects.filter(detail__deleted=True).values_list("subject", flat=True)
    assert sorted(told) == sorted(f"{ContributionRate._meta.verbose_name} {row.pk}" for row in doomed)


def test_the_door_opens_by_roles_and_not_by_djangos_flags(cast, client_of):
    cast.siti.is_staff = cast.siti.is_superuser = True
    cast.siti.save()
    client = client_of(cast.siti)
    assert client.get(reverse("admin:index")).status_code == 302
    assert client.get(reverse("admin:login")).status_code == 403
    assert client_of(None).get(reverse("admin:login")).status_code == 302
    assert client_of(cast.admin).get(reverse("admin:login")).url == reverse("admin:index")
