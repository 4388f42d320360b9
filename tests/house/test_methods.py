"""What is sent without a token of ours is refused at every address, and nothing answers TRACE."""

import pytest
from django.test import Client

from tests.addresses import every_pattern

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]
# Regular expressions (the reset link, tables of reference) are no addresses by themselves.
ADDRESSES = sorted({route for _pattern, route in every_pattern() if not set("<>()^$\\") & set(route)})


def test_the_walk_knows_the_addresses():
    assert {"/peserta/", "/pengguna/", "/pengguna/1/akun/", "/akun/masuk/"} <= set(ADDRESSES)
    assert len(ADDRESSES) > 150


@pytest.mark.parametrize("signed_in", [True, False])
def test_without_a_token_nothing_is_taken(cast, signed_in):
    client = Client(enforce_csrf_checks=True)
    if signed_in:
        client.force_login(cast.admin)
    taken = {address: client.post(address, {"x": "1"}).status_code for address in ADDRESSES}
    # Programs are asked for their token first.
    refused = {address: 401 if address.startswith("/api/") and not signed_in else 403 for address in taken}
    assert {address: status for address, status in taken.items() if status != refused[address]} == {}


@pytest.mark.parametrize("method", ["TRACE", "CONNECT", "APA"])
def test_nothing_answers_trace_nor_what_no_page_knows(client, method):
    answered = {address: client.generic(method, address).status_code for address in ADDRESSES}
    assert {address: status for address, status in answered.items() if status != 405} == {}
