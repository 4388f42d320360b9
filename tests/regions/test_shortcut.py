"""The key that leads into the search, switched off by who wants no key alone to do anything."""

import pytest
from django.urls import reverse

from regions.models import Act, User
from regions.services.shortcut import set_search_key
from tests.pages import page_of

pytestmark = pytest.mark.django_db


def test_it_is_kept_with_the_person_and_noted_once(cast):
    set_search_key(by=cast.wayan, is_on=False)
    set_search_key(by=cast.wayan, is_on=False)
    assert list(User.objects.filter(search_key=False)) == [cast.wayan]
    (act,) = Act.objects.filter(actor_id=cast.wayan.pk)
    assert (act.verb, act.subject) == ("corrected", "wayan")
    assert act.detail == {"about": cast.wayan.pk, "changed": {"search_key": ["True", "False"]}}


def test_the_page_turns_it_off_and_on_and_the_box_says_so(cast, client_of):
    client, address = client_of(cast.wayan), reverse("account_shortcuts")
    assert 'aria-keyshortcuts="/"' in page_of(client.get("/"))
    off = page_of(client.post(address, {}, follow=True))
    assert "aria-keyshortcuts" not in off
    assert "tekan /" not in off
    assert 'aria-keyshortcuts="/"' in page_of(client.post(address, {"search_key": "on"}, follow=True))
    assert 'aria-keyshortcuts="/"' in page_of(client_of(cast.siti).get("/"))
