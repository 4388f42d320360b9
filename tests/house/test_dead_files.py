"""Every CSV that any address gives: words that a spreadsheet would run stand in it, and none of them runs."""

import pytest
from django.urls import reverse

from budgets.models import ConstructionProject, Employer, Reconciliation
from participants.models import Category, FundingSource, Participant
from regions.enums import Verb
from regions.models import Region
from regions.services.act import record_act
from tests.cast import KOTA_A, PROVINCE
from tests.factories import EnrolmentFactory, ParticipantFactory, nik_of
from tests.house.access_world import make_addresses
from tests.house.worlds import asked, make_world, places_of, used
from tests.regions.test_dead_cells import running

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.ignore_template_errors,
    pytest.mark.usefixtures("plain_rendering"),
]
# Tables of pages, taken as files.
PAGES = {
    *("membership_count_list", "headcount_list", "workforce_list", "target_list", "category_target_list"),
    *("category_population_list", "category_need", "category_term_list", "cover_endings"),
    *("contribution_list", "claim_list", "realisation_list", "wage_base_list", "allocation_list"),
    *("employer_list", "construction_project_list", "project_count_list", "arrears", "reconciliation_list"),
    *("restatement_list", "month_matrix", "inbox", "batch_list", "money_batch_list"),
}
LIVE = "Cibeber;=1+1"
DATA = {"alasan": "Surat Inspektorat nomor 1", "reason": "Surat Inspektorat nomor 1", "bentuk": "csv"}
FILES = {
    *PAGES,
    "double_funding_export",
    "ledger_export",
    "person_export",
    "reconciliation_csv",
    "region_csv",
    "region_comparison_csv",
    "what_moved_csv",
}
# Made of our own words and of numbers alone.
WITHOUT_WORDS = {"reconciliation_csv"}


@pytest.fixture
def world(db):
    cast, addresses, batch = make_world(make_addresses)
    places = places_of(addresses, batch)
    person = ParticipantFactory(entered_by=cast.wayan, digits=nik_of(77))
    EnrolmentFactory(participant=person, entered_by=cast.wayan)
    twice = {"category_id": "kader", "funding_id": "apbd_provinsi"}
    EnrolmentFactory(participant=person, entered_by=cast.wayan, **twice)
    for model in (Category, FundingSource, Participant, Employer):
        model.objects.update(name=LIVE)
    ConstructionProject.objects.update(package_name=LIVE, contractor=LIVE)
    Region.objects.filter(code__in=[KOTA_A, PROVINCE]).update(name=LIVE)
    record_act(by=cast.wayan, verb=Verb.RECORDED, subject=LIVE, region_code=KOTA_A)
    assert Reconciliation.objects.exists()
    places["arrears"].append(reverse("arrears", args=[PROVINCE]))
    for name in PAGES:
        taken = [f"{one}{'&' if '?' in one else '?'}unduh=csv" for one in places[name]]
        places[name] = [*places[name], *taken]
    return cast, places


def test_nothing_runs_in_any_of_them(world, client_of):
    cast, places = world
    client, alive, told = used(client_of(cast.admin)), set(), {}
    for name, addresses in places.items():
        for method in ("GET", "POST"):
            for address in () if name in {"account_logout", "set_language"} else addresses:
                response, text, _seen = asked(client, method, address, DATA)
                if not response.headers.get("Content-Type", "").startswith("text/csv"):
                    continue
                text = text.removeprefix("\ufeff")
                told[name] = told.get(name, True) and "=1+1" in text
                alive |= {(name, address, cell) for cell in running(text)}
    assert alive == set()
    assert set(told) == FILES
    assert {name for name, words in told.items() if not words} == WITHOUT_WORDS
