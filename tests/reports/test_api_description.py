"""The description of the API is made once for each language and form, whoever asks for it."""

import json

import pytest

from reports.api.page import _document

pytestmark = pytest.mark.django_db
ADDRESS = "/api/v1/schema/"


@pytest.fixture
def made():
    """How many were made in this test."""
    _document.cache_clear()
    return lambda: _document.cache_info().misses


def test_it_is_made_once_for_all_who_ask(client_of, cast, made):
    for person in (cast.wayan, cast.admin, cast.wayan):
        answer = client_of(person).get(ADDRESS)
        assert (answer.status_code, answer["Content-Type"]) == (
            200,
            "application/vnd.oai.openapi; charset=utf-8",
        )
        assert b"/api/v1/regions/" in answer.content
    assert made() == 1


def test_each_language_and_form_has_its_own(client_of, cast, made):
    client = client_of(cast.wayan)
    told = {
        language: json.loads(client.get(ADDRESS, {"lang": language}, HTTP_ACCEPT="application/json").content)
        for language in ("id", "en")
    }
    assert told["id"]["paths"].keys() == told["en"]["paths"].keys()
    assert told["id"] != told["en"]
    assert made() == 2


def test_languages_that_nobody_speaks_here_fill_no_memory(client_of, cast, made):
    client = client_of(cast.wayan)
    answers = {client.get(ADDRESS, {"lang": f"x{number}"}).content for number in range(4)}
    assert (len(answers), made()) == (1, 1)
