"""Workers of a category in a region: a statement of a year that holds until a newer one; it is no figure."""

import pytest
from django.urls import reverse

from participants.models import CategoryPopulation
from participants.selectors.category_population import list_category_populations, populations_in_force
from participants.services.category_population import (
    CATEGORY_POPULATIONS,
    correct_category_population,
    record_category_populations,
)
from regions.enums import Verb
from regions.errors import FactRefused, MonthLocked, NotPermitted
from regions.models import Act, Change
from tests.cast import KOTA_A, KOTA_B, PROVINCE
from tests.factories import CategoryPopulationFactory
from tests.months import close

pytestmark = pytest.mark.usefixtures("cast_once")

FORM = {
    "region": KOTA_A,
    "year": "2025",
    "category": "nelayan",
    "people": "15.000",
    "kind": "register",
    "source": "Pendataan DKP 2025",
    "as_of": "2025-08-01",
}


def test_typed_corrected_and_kept_in_history(cast, client_of):
    wayan = client_of(cast.wayan)
    response = wayan.post(reverse("category_population_record"), FORM)
    assert (response.status_code, response.url) == (302, reverse("category_need", args=[KOTA_A]))
    row = CategoryPopulation.objects.get()
    said = (row.region_id, row.year, row.category_id, row.people, row.kind)
    assert said == (KOTA_A, 2025, "nelayan", 15_000, "register")
    again = wayan.post(reverse("category_population_record"), {**FORM, "kind": "sensus"})
    assert again.status_code == 422
    new = {**FORM, "people": "14.500", "kind": "perkiraan", "reason": "salah ketik", "revision": "1"}
    wayan.post(reverse("category_population_correct", args=[row.pk]), new)
    row.refresh_from_db()
    assert (row.people, row.kind, row.revision) == (14_500, "perkiraan", 2)
    shown = wayan.get(reverse("category_population_correct", args=[row.pk])).content.decode()
    assert "nelayan 2025: 15.000" in shown
    verbs = Act.objects.filter(actor_id=cast.wayan.pk).order_by("id").values_list("verb", flat=True)
    assert list(verbs) == [Verb.RECORDED, Verb.CORRECTED]


@pytest.mark.parametrize(
    "wrong",
    [{"people": "x"}, {"people": "-1"}, {"year": "26"}, {"year": "2099"}, {"category": ""}, {"kind": "kira"}],
)
def test_what_makes_no_sense_is_refused_at_its_field(cast, client_of, wrong):
    response = client_of(cast.wayan).post(reverse("category_population_record"), {**FORM, **wrong})
    assert response.status_code == 422
    assert set(response.context["form"].errors) == set(wrong)
    assert not CategoryPopulation.objects.exists()


def test_no_more_people_than_there_are_workers_and_nought_is_a_statement(figures, cast):
    with pytest.raises(FactRefused, match="lebih dari seluruh pekerja"):
        record_category_populations([CategoryPopulationFactory(people=174_898)], by=cast.wayan)
    rows = [CategoryPopulationFactory(people=174_897), CategoryPopulationFactory(category_id="art", people=0)]
    assert len(record_category_populations(rows, by=cast.wayan).created) == 2


def test_only_for_regions_of_ones_own_and_with_the_permission(cast):
    with pytest.raises(FactRefused, match="di luar wewenang"):
        record_category_populations([CategoryPopulationFactory()], by=cast.budi)
    row = record_category_populations([CategoryPopulationFactory()], by=cast.wayan).created[0]
    with pytest.raises(NotPermitted):
        correct_category_population(pk=row.pk, revision=1, by=cast.ratna, reason="x", new={"people": 1})
    assert not list_category_populations(cast.budi).exists()
    assert list_category_populations(cast.ratna, region_code=PROVINCE).get() == row


def test_no_figure_is_computed_anew_and_no_month_binds_it(figures, cast):
    close(cast)
    Change.objects.all().delete()
    try:
        row = record_category_populations([CategoryPopulationFactory()], by=cast.wayan).created[0]
    except MonthLocked:
        pytest.fail("workers of a year are of no month")
    correct_category_population(pk=row.pk, revision=1, by=cast.wayan, reason="x", new={"people": 5})
    CATEGORY_POPULATIONS.remove(pk=row.pk, revision=2, by=cast.wayan, reason="y")
    assert not Change.objects.exists()


def test_in_force_is_the_newest_year_that_is_not_later(cast, system):
    rows = [
        CategoryPopulationFactory(year=2024, people=1),
        CategoryPopulationFactory(year=2022, people=3),
        CategoryPopulationFactory(year=2025, people=2),
        CategoryPopulationFactory(year=2023, category_id="kader", people=4),
        CategoryPopulationFactory(region_id=KOTA_B, year=2025, people=9),
    ]
    record_category_populations(rows, by=system)

    def told(codes, year):
        return {key: row.people for key, row in populations_in_force(codes, year).items()}

    assert told([KOTA_A], 2024) == {(KOTA_A, "linmas"): 1, (KOTA_A, "kader"): 4}
    assert told([KOTA_A, KOTA_B], 2026) == {
        (KOTA_A, "linmas"): 2,
        (KOTA_A, "kader"): 4,
        (KOTA_B, "linmas"): 9,
    }
    assert told([KOTA_A], 2021) == {}
    assert told([], 2026) == {}
