"""The description of the API is what stands in the repository, and every answer is as it describes."""

import os
import sys
from difflib import unified_diff
from pathlib import Path
from time import monotonic

import pytest
import schemathesis
from django.core.management import call_command
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from regions.services.api_token import make_api_token

WRITTEN = Path(__file__).parents[2] / "docs" / "openapi.yaml"
# Of each address and role; many more with FUZZED=1000.
CASES = int(os.environ.get("FUZZED", "6"))
CHECKS = [
    *(not_a_server_error, status_code_conformance),
    *(content_type_conformance, response_schema_conformance),
]
ROLES = ("wayan", "ratna", "dewi", "admin")


def test_the_description_in_the_repository_is_of_today(tmp_path):
    fresh = tmp_path / "openapi.yaml"
    call_command("spectacular", file=str(fresh), validate=True, fail_on_warn=True)
    # A plain comparison of two texts of half a million characters would bury every other failure of the run.
    written, of_today = WRITTEN.read_text().splitlines(), fresh.read_text().splitlines()
    differing = list(unified_diff(written, of_today, "docs/openapi.yaml", "of today", lineterm="", n=1))
    assert not differing, "\n".join(["./script/manage spectacular --file docs/openapi.yaml", *differing[:40]])


@pytest.mark.usefixtures("figures_once")
def test_the_page_for_people_comes_from_this_host(figures, cast, client_of):
    page = client_of(cast.wayan).get("/api/v1/").content.decode()
    assert "http://" not in page.replace("http://testserver", "")
    assert "https://" not in page
    assert "swagger-ui" in page
    assert client_of(cast.wayan).get("/api/v1/?script=").status_code == 200


@pytest.fixture
def served():
    """The application itself, in the transaction of the test, whose connection it must not close."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield get_wsgi_application()
    for signal in signals:
        signal.connect(close_old_connections)


def _bearer(token):
    return {"Authorization": f"Bearer {token}", "Accept-Encoding": "identity"}


def questions(operation, ask):
    """Asks the address whatever its description allows, and more."""
    quiet = settings(
        max_examples=CASES,
        deadline=None,
        database=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    return quiet(given(case=operation.as_strategy())(ask))


@pytest.mark.usefixtures("figures_once")
@pytest.mark.parametrize("person", ROLES)
def test_whatever_is_asked_the_answer_is_as_described(figures, cast, served, person, record_property, capsys):
    user = getattr(cast, person)
    token = make_api_token(
        by=user, assignment_id=user.assignments.get().pk, name="uji", days=1, may_write=True
    ).text
    schema = schemathesis.openapi.from_wsgi("/api/v1/schema/", served, headers=_bearer(token))
    count = 0

    def ask(case):
        nonlocal count
        count += 1
        case.call_and_validate(headers=_bearer(token), checks=CHECKS)

    operations, began = [found.ok() for found in schema.get_all_operations()], monotonic()
    for operation in operations:
        questions(operation, ask)()
    record_property("cases", count)
    with capsys.disabled():
        told = f"{person}: {count} cases at {len(operations)} operations in {monotonic() - began:.0f} s"
        sys.stderr.write(f"\n{told}\n")
    assert count > len(operations) * CASES / 2
