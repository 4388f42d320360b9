"""No address of the API passes over a parameter that its description does not name."""

import pytest
from django.test import Client

from regions.services.user import ensure_system_user
from tests.cast import make_cast
from tests.conftest import make_figures
from tests.house.access_table import API
from tests.house.access_world import make_addresses

pytestmark = pytest.mark.django_db
# The page for people, the description itself, and what is not there.
FOR_PEOPLE = {"api", "api_schema", "api_nothing"}


@pytest.fixture(scope="module")
def world(shared_rows):
    cast, system = make_cast(), ensure_system_user()
    make_figures(system)
    return cast, make_addresses(cast, system)


def test_unknown_parameters_are_refused_everywhere(world):
    cast, addresses = world
    client, passed = Client(), {}
    client.force_login(cast.admin)
    for name in sorted(API - FOR_PEOPLE):
        address = addresses[name]
        for method in (client.get, client.post, client.patch):
            answer = method(f"{address}{'&' if '?' in address else '?'}uji=1")
            if answer.status_code == 405:
                continue
            told = answer.json().get("errors", []) if answer.status_code == 400 else []
            if "/uji" not in {one["pointer"] for one in told}:
                passed[name, method.__name__] = answer.status_code
    assert passed == {}
